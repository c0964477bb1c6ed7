#include "synthetic.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace reelprint::index::test {
namespace {

constexpr double kKeyframe_s = 0.5;

void move(Keyframe& keyframe, Duration by) {
  keyframe.span = {keyframe.span.begin + by, keyframe.span.end + by};
}

/// Adds a keyframe of another print, and its thumbnail and its detail if it has them.
void append(Fingerprint& print, const Fingerprint& other, std::size_t position, Duration by) {
  print.keyframes.push_back(other.keyframes[position]);
  move(print.keyframes.back(), by);
  if (!other.thumbnails.empty()) print.thumbnails.push_back(other.thumbnails[position]);
  const auto detail = std::ranges::find(other.details, position, &KeyframeDetail::keyframe);
  if (detail == other.details.end()) return;
  print.details.push_back({static_cast<std::uint32_t>(print.keyframes.size() - 1), detail->features});
}

}  // namespace

FrameHash random_hash(Random& random) {
  return {{random(), random(), random(), random()}, 100};
}

FrameHash blank_hash(Random& random) {
  FrameHash hash = random_hash(random);
  hash.quality = 0;
  return hash;
}

FrameHash flipped(FrameHash hash, int bits, Random& random) {
  std::set<std::uint64_t> chosen;
  while (chosen.size() < static_cast<std::size_t>(bits)) chosen.insert(random() % 256);
  for (const std::uint64_t bit : chosen) hash.words[bit / 64] ^= std::uint64_t{1} << (bit % 64);
  return hash;
}

Fingerprint video(std::uint64_t seed, double seconds) {
  Random random(seed);
  Fingerprint print;
  print.duration = duration_of(seconds);
  std::uint64_t left_in_shot = 0;
  for (double begin_s = 0; begin_s < seconds - 1e-6; begin_s += kKeyframe_s) {
    const bool starts_shot = left_in_shot == 0;
    if (starts_shot) left_in_shot = 4 + random() % 9;
    --left_in_shot;
    const FrameHash hash =
        starts_shot ? random_hash(random)
                    : flipped(print.keyframes.back().hash, 12 + static_cast<int>(random() % 13), random);
    const double end_s = std::min(seconds, begin_s + kKeyframe_s);
    print.keyframes.push_back({{timestamp_of(begin_s), timestamp_of(end_s)}, hash, starts_shot});
  }
  return print;
}

Fingerprint still(std::uint64_t seed, double seconds) {
  Random random(seed);
  Fingerprint print;
  print.duration = duration_of(seconds);
  print.keyframes = {{{Timestamp{0}, timestamp_of(seconds)}, random_hash(random), true}};
  return print;
}

Fingerprint excerpt(const Fingerprint& video, double from_s, double to_s) {
  Fingerprint print;
  print.duration = duration_of(to_s - from_s);
  print.width = video.width;
  print.height = video.height;
  for (std::size_t i = 0; i < video.keyframes.size(); ++i) {
    const Timestamp begin = video.keyframes[i].span.begin;
    if (Interval{timestamp_of(from_s), timestamp_of(to_s)}.contains(begin))
      append(print, video, i, -duration_of(from_s));
  }
  if (!print.keyframes.empty()) print.keyframes.front().starts_shot = true;
  return print;
}

Fingerprint joined(const std::vector<Fingerprint>& parts) {
  Fingerprint print;
  for (const Fingerprint& part : parts) {
    for (std::size_t i = 0; i < part.keyframes.size(); ++i) append(print, part, i, print.duration);
    print.duration += part.duration;
    print.width = part.width;
    print.height = part.height;
  }
  return print;
}

Fingerprint sped_up(Fingerprint video, double speed) {
  video.duration = duration_of(to_seconds(video.duration) / speed);
  for (Keyframe& keyframe : video.keyframes) {
    keyframe.span = {timestamp_of(to_seconds(keyframe.span.begin) / speed),
                     timestamp_of(to_seconds(keyframe.span.end) / speed)};
  }
  return video;
}

Fingerprint noisy(Fingerprint video, int most_bits, std::uint64_t seed) {
  Random random(seed);
  for (Keyframe& keyframe : video.keyframes) {
    keyframe.hash =
        flipped(keyframe.hash, static_cast<int>(random() % static_cast<unsigned>(most_bits + 1)), random);
  }
  return video;
}

Fingerprint flipped_over(Fingerprint video) {
  for (Keyframe& keyframe : video.keyframes) keyframe.hash = mirrored(keyframe.hash);
  return video;
}

IndexedReference to_reference(std::int64_t id, std::int64_t episode, std::int64_t series,
                              const Fingerprint& video) {
  IndexedReference reference{{id}, {episode}, {series}, video.duration, video.keyframes, {}};
  for (const KeyframeDetail& detail : video.details) reference.details.push_back(detail.keyframe);
  return reference;
}

FrameIndex index_of(const std::vector<Fingerprint>& videos) {
  FrameIndex index;
  std::int64_t id = 0;
  for (const Fingerprint& video : videos) {
    ++id;
    index.add(to_reference(id, id, id, video));
  }
  return index;
}

}  // namespace reelprint::index::test
