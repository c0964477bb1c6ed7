// Whether two aligned stretches show the same moment, or only the same set.
#pragma once

#include <optional>
#include <span>

#include "core/fingerprint.h"
#include "index/align.h"

namespace reelprint::index {

/// Two aligned thumbnails, and in which shot of the reference they lie.
struct MomentPair {
  const Thumbnail& query;
  const Thumbnail& reference;
  std::size_t shot = 0;
};

/// How well what moves in the query follows what moves in the reference, −1..1: what remains of both after
/// taking away each shot's mean picture is correlated over the places where the reference changes. A copy
/// follows (near 1); the same room at another moment does not (near 0). Nothing when the reference hardly
/// moves: then there is no moment to tell.
[[nodiscard]] std::optional<double> moment_agreement(std::span<const MomentPair> pairs, bool mirrored);

/// The same for what an alignment puts side by side: pictures taken within 0.15 s of one moment. Nothing
/// either when one of the fingerprints has no thumbnails.
[[nodiscard]] std::optional<double> moment_of(const Fingerprint& query, const Alignment& alignment,
                                              const Fingerprint& reference);

}  // namespace reelprint::index
