// Whether two aligned stretches show the same moment, or only the same set.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "core/fingerprint.h"
#include "index/align.h"
#include "index/laying.h"

namespace reelprint::index {

/// Two aligned thumbnails, and in which shot of the reference they lie.
struct MomentPair {
  const Thumbnail& query;
  const Thumbnail& reference;
  std::size_t shot = 0;
};

/// How well what moves in the query follows what moves in the reference, −1..1: the query's pictures are laid
/// on the reference's, and what remains of both after taking away each shot's mean picture is correlated over
/// the places where either changes. A copy follows (near 1); the same room at another moment does not (near
/// 0). Nothing when hardly anything moves: then there is no moment to tell.
[[nodiscard]] std::optional<Moment> moment_agreement(std::span<const MomentPair> pairs, const Laying& laying);

/// What an alignment's pictures say of its moment, those left out that the negative bank has.
class MomentTest {
 public:
  /// `query` and `reference` must outlive the test.
  MomentTest(const Fingerprint& query, const Alignment& alignment, const Fingerprint& reference);
  ~MomentTest();

  /// moment_agreement of what `line` puts side by side: pictures taken within 0.15 s of one moment. Nothing
  /// either when one of the fingerprints has no thumbnails.
  [[nodiscard]] std::optional<Moment> moment_along(const TimeLine& line);

 private:
  struct Pictures;
  std::unique_ptr<Pictures> pictures_;
};

/// The agreement in standard deviations of what unrelated movement agrees by chance.
[[nodiscard]] double significance(const Moment& moment);

/// How far the significance lies beyond what chance reaches; from 0 on the moment is confirmed.
[[nodiscard]] double beyond_chance(const Moment& moment);

/// Notes the moment in the alignment. Where it agrees less than well, the line is first moved, by up to 0.6 s
/// and if that does not confirm it by up to 5 % of its speed, to where its moment agrees best: a room looks
/// the same at any time, what moves in it at one only.
void settle_moment(Alignment& alignment, const Fingerprint& query, const Fingerprint& reference);

}  // namespace reelprint::index
