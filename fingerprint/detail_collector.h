// Looks closely at some of the keyframes as they are chosen: their local features.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/fingerprint.h"
#include "fingerprint/layout.h"
#include "fingerprint/luma_picture.h"

namespace reelprint::fingerprint {

/// How closely keyframes are looked at.
struct DetailSettings {
  std::size_t features = 64;                       ///< of one keyframe, at most; 0: none are looked at
  std::size_t short_side = 320;                    ///< of the picture that they are taken from, in pixels
  Duration step = std::chrono::milliseconds(230);  ///< least time between two details of one shot
  std::size_t parts = 0;  ///< of the picture that may be pictures of their own, looked at besides (layout.h)
};

/// What a reference keeps of itself.
inline constexpr DetailSettings kReferenceDetail{};
/// What a query is looked at with: more of each picture, so that a small part of it that is a reference's
/// whole picture has features enough, but fewer pictures. 480 is 320 × 1.5: the pyramids' levels coincide.
inline constexpr DetailSettings kQueryDetail{150, 480, std::chrono::milliseconds(950), 3};
/// The same for a query that left something in doubt.
inline constexpr DetailSettings kDeepDetail{250, 480, std::chrono::milliseconds(450), 4};
inline constexpr DetailSettings kNoDetail{0, 0, Duration{0}, 0};

/// Feed every new keyframe with its picture, in order. Where parts are wanted, holds up to a dozen pictures
/// of at most 720 pixels' short side until it knows their layout.
class DetailCollector {
 public:
  explicit DetailCollector(const DetailSettings& settings) : settings_(settings) {}

  /// `position` is the keyframe's; the same one may come again when a later picture took its place.
  void add(const Keyframe& keyframe, std::size_t position, const LumaPlane& luma);

  /// The details of the first `keyframes` keyframes, the last of which stands until `end`.
  [[nodiscard]] std::vector<KeyframeDetail> finish(std::size_t keyframes, Timestamp end = {});

 private:
  /// A picture that came too soon after the last detail; it gets one after all if it stands long enough.
  struct Skipped {
    std::size_t position = 0;
    Timestamp shown_at;
    LumaPicture picture;
  };

  void look_at(std::size_t position, Timestamp shown_at, LumaPicture picture);
  void settle_skipped(Timestamp until);
  void drop_last();
  void look_at_parts();
  void add_part(KeyframeDetail& detail, const LumaPicture& whole, const PictureBox& box) const;

  DetailSettings settings_;
  Timestamp last_;
  Timestamp before_last_;
  std::vector<KeyframeDetail> details_;
  std::optional<Skipped> skipped_;
  std::vector<LumaPicture> pending_;  ///< pictures of the last details
  std::vector<PictureBox> boxes_;     ///< of the pictures before
};

}  // namespace reelprint::fingerprint
