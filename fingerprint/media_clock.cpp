#include "fingerprint/media_clock.h"

#include <algorithm>
#include <chrono>

namespace reelprint::fingerprint {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kLeap = seconds(10);
constexpr Duration kLeapWithoutStatedEnd = minutes(10);
constexpr Duration kMostLead = seconds(1);
constexpr std::size_t kDeepestReorder = 16;  // pictures: the most that H.264 and HEVC allow

Duration within_reach(Duration time) {
  return std::clamp(time, -kFarthestTime, kFarthestTime);
}

void keep_earliest(std::optional<Duration>& earliest, Duration time) {
  earliest = earliest ? std::min(*earliest, time) : time;
}

}  // namespace

bool OriginFinder::look_at(const PacketTimes& packet) {
  keep_earliest(earliest_any_, packet.shown());
  has_key_ = has_key_ || packet.is_key;
  if (!has_key_) return false;
  if (!packet.is_hidden) keep_earliest(earliest_, packet.shown());
  if (!earliest_) return false;
  return (packet.is_key && !packet.is_hidden) || ++packets_since_shown_ > kDeepestReorder;
}

Duration OriginFinder::origin() const {
  return earliest_.value_or(earliest_any_.value_or(Duration{0}));
}

void TimeRepair::repair(PacketTimes& packet, Track& track) {
  if (!packet.decoded && !packet.presented) {
    packet.decoded = track.last ? within_reach(*track.last + track.step) : Duration{0};
  } else {
    if (packet.decoded) packet.decoded = within_reach(*packet.decoded + shift_);
    if (packet.presented) packet.presented = within_reach(*packet.presented + shift_);
    const Duration now = packet.decoded ? *packet.decoded : *packet.presented;
    if (track.last && is_leap(track, now)) {
      const Duration correction = within_reach(*track.last + track.step) - now;
      shift_ = within_reach(shift_ + correction);
      if (packet.decoded) packet.decoded = within_reach(*packet.decoded + correction);
      if (packet.presented) packet.presented = within_reach(*packet.presented + correction);
    }
  }
  if (packet.decoded && packet.presented) {
    const Duration delay = *packet.presented - *packet.decoded;
    if (delay > kLeap || delay < -kLeap) packet.presented.reset();
  }
  track.last = packet.decoded ? packet.decoded : packet.presented;
  if (!track.first) track.first = track.last;
}

bool TimeRepair::is_leap(const Track& track, Duration now) const {
  const Duration gap = now - *track.last;
  if (gap < -kLeap) return true;
  if (gap <= kLeap) return false;
  if (has_splices_) return true;
  if (stated_) return now - *track.first > within_reach(*stated_) + kLeap;
  return gap > kLeapWithoutStatedEnd;
}

std::optional<Timestamp> PictureClock::place(std::optional<Duration> presented, Duration lasts) {
  const Timestamp before = last_.value_or(Timestamp{0});
  Timestamp shown = last_ ? before + step_ : before;
  if (presented) {
    const Duration since_origin = within_reach(*presented) - origin_;
    if (!last_ && since_origin < Duration{0} && since_origin >= -kMostLead) return std::nullopt;
    shown = std::max(before, Timestamp{since_origin.count()});
  }
  last_ = shown;
  step_ = lasts;
  return shown;
}

}  // namespace reelprint::fingerprint
