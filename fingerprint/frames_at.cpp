#include "fingerprint/frames_at.h"

#include <algorithm>
#include <map>
#include <utility>

#include "fingerprint/luma_picture.h"

namespace reelprint::fingerprint {
namespace {

constexpr Duration kNear = std::chrono::milliseconds(500);

/// Gathers the pictures as they come by.
class FrameCatcher {
 public:
  FrameCatcher(std::span<const Timestamp> times, std::size_t short_side) : short_side_(short_side) {
    for (const Timestamp time : times) caught_[time];
    next_ = caught_.begin();
  }

  void look_at(const Picture& picture) {
    if (next_ == caught_.end() || picture.shown_at < next_->first - kNear) return;
    LumaPicture small = shrink_to(picture.luma, short_side_);
    Frame frame{small.width, small.height, std::move(small.luma), picture.shown_at};
    for (; next_ != caught_.end() && next_->first <= frame.shown_at; ++next_) {
      const bool is_nearer = !before_ || frame.shown_at - next_->first <= next_->first - before_->shown_at;
      next_->second = is_nearer ? frame : *before_;
    }
    before_ = std::move(frame);
  }

  void finish() {
    for (; before_ && next_ != caught_.end() && next_->first <= before_->shown_at + kNear; ++next_)
      next_->second = *before_;
  }

  [[nodiscard]] const std::optional<Frame>& at(Timestamp time) const { return caught_.at(time); }

 private:
  std::size_t short_side_;
  std::map<Timestamp, std::optional<Frame>> caught_;
  std::map<Timestamp, std::optional<Frame>>::iterator next_;
  std::optional<Frame> before_;  ///< the picture before
};

}  // namespace

std::vector<std::optional<Frame>> frames_at(const MediaSource& file, std::span<const Timestamp> times,
                                            std::size_t short_side, const DecodeLimits& limits,
                                            std::stop_token stop) {
  std::vector<std::optional<Frame>> frames;
  if (times.empty()) return frames;
  FrameCatcher catcher(times, short_side);
  DecodeSink sink;
  sink.on_picture = [&](const Picture& picture) { catcher.look_at(picture); };
  decode_media(file, plan_of(Effort::deep, false), limits, sink, std::move(stop));
  catcher.finish();
  frames.reserve(times.size());
  for (const Timestamp time : times) frames.push_back(catcher.at(time));
  return frames;
}

}  // namespace reelprint::fingerprint
