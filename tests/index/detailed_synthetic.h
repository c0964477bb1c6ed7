// Videos that never were, with local features and thumbnails; and what pirates make of their pictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "core/fingerprint.h"
#include "index/detail_source.h"
#include "index/feature_index.h"
#include "index/matcher.h"
#include "synthetic.h"

namespace reelprint::index::test {

/// `video(seed, seconds)` with 64 features a keyframe and thumbnails. Both last for a shot: its features,
/// each seen a few bits off and hardly moved, and its room, in which a bright figure stands elsewhere in
/// every picture. 9:16.
[[nodiscard]] Fingerprint detailed_video(std::uint64_t seed, double seconds);

/// The same rooms with the same features, nearly the same hashes, and a figure that walks otherwise.
[[nodiscard]] Fingerprint at_another_moment(Fingerprint video, std::uint64_t seed);

/// The part of a picture that another one shows, in fractions of its width and height: within 0..1 it is a
/// crop, beyond that an inset among other things.
struct Part {
  double left = 0;
  double top = 0;
  double width = 1;
  double height = 1;
};
inline constexpr Part kCrop{0.2, 0.15, 0.7, 0.7};
inline constexpr Part kInset{-0.5, -0.2, 1.8, 1.8};

/// What such pictures have: hashes without a likeness to the video's, its features moved and each a few bits
/// off, with strangers among them.
[[nodiscard]] Fingerprint shown_as(const Fingerprint& video, const Part& part, std::uint64_t seed = 1);

/// Flipped left to right, with features and thumbnails.
[[nodiscard]] Fingerprint flipped_over_with_details(Fingerprint video);

/// References 1, 2, …, each of a series of its own, searchable by all that there is.
class DetailedCatalog : public DetailSource {
 public:
  explicit DetailedCatalog(const std::vector<Fingerprint>& videos);
  void add(std::int64_t id, std::int64_t episode, std::int64_t series, const Fingerprint& video);
  [[nodiscard]] std::shared_ptr<const Fingerprint> print_of(ReferenceId reference) const override;
  [[nodiscard]] const FrameIndex& frames() const { return frames_; }
  [[nodiscard]] const FeatureIndex& features() const { return features_; }
  [[nodiscard]] SearchSpace space() const { return {frames_, &features_, &sounds_, this, nullptr}; }

 private:
  FrameIndex frames_;
  FeatureIndex features_;
  SoundIndex sounds_;
  std::map<ReferenceId, std::shared_ptr<const Fingerprint>> prints_;
};

}  // namespace reelprint::index::test
