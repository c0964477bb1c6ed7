#include "detailed_synthetic.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "feature_synthetic.h"

namespace reelprint::index::test {
namespace {

constexpr std::size_t kFeatures = 64;
constexpr std::size_t kStrangers = 40;
constexpr std::uint64_t kMostFlips = 16;
constexpr std::size_t kFigure = 7;  ///< cells to a side
constexpr std::uint8_t kElsewhere = 90;

std::uint16_t in_65535(double share) {
  return static_cast<std::uint16_t>(std::lround(65535 * std::clamp(share, 0.0, 1.0)));
}

Features strewn(Features features, Random& random) {
  for (LocalFeature& feature : features) {
    feature.x = static_cast<std::uint16_t>(random());
    feature.y = static_cast<std::uint16_t>(random());
    feature.angle = static_cast<std::uint8_t>(random());
  }
  return features;
}

/// Seen once more.
LocalFeature seen_again(LocalFeature feature, Random& random) {
  for (std::uint64_t flips = random() % kMostFlips; flips > 0; --flips) {
    const auto bit = random() % 256;
    feature.descriptor[bit / 64] ^= std::uint64_t{1} << (bit % 64);
  }
  const auto shaken = [&](std::uint16_t place) {
    return in_65535(place / 65535.0 + static_cast<double>(random() % 9) / 2000 - 0.002);
  };
  feature.x = shaken(feature.x);
  feature.y = shaken(feature.y);
  return feature;
}

/// A room's slow slopes of luma.
Thumbnail room(Random& random) {
  const double a = static_cast<double>(random() % 100) / 10;
  const double b = static_cast<double>(random() % 100) / 10;
  Thumbnail picture{};
  for (std::size_t i = 0; i < picture.size(); ++i) {
    const double x = static_cast<double>(i % kThumbnailSize) / kThumbnailSize;
    const double y = static_cast<double>(i / kThumbnailSize) / kThumbnailSize;
    picture[i] = static_cast<std::uint8_t>(100 + 30 * std::sin(a * x + b) + 30 * std::cos(b * y + a));
  }
  return picture;
}

Thumbnail with_figure(Thumbnail picture, Random& random) {
  const std::size_t left = random() % (kThumbnailSize - kFigure);
  const std::size_t top = random() % (kThumbnailSize - kFigure);
  for (std::size_t row = top; row < top + kFigure; ++row) {
    for (std::size_t column = left; column < left + kFigure; ++column)
      picture[row * kThumbnailSize + column] = 230;
  }
  return picture;
}

std::vector<Thumbnail> thumbnails_of(const std::vector<Keyframe>& keyframes, std::uint64_t rooms_seed,
                                     std::uint64_t walk_seed) {
  Random rooms(rooms_seed);
  Random walk(walk_seed);
  std::vector<Thumbnail> thumbnails;
  Thumbnail shot{};
  for (const Keyframe& keyframe : keyframes) {
    if (keyframe.starts_shot) shot = room(rooms);
    thumbnails.push_back(with_figure(shot, walk));
  }
  return thumbnails;
}

Thumbnail shown_as(const Thumbnail& picture, const Part& part) {
  Thumbnail shown{};
  for (std::size_t i = 0; i < shown.size(); ++i) {
    double sum = 0;
    for (int k = 0; k < 16; ++k) {
      const double x = part.left + part.width *
                                       (static_cast<double>(i % kThumbnailSize) + (k % 4 + 0.5) / 4) /
                                       kThumbnailSize;
      const double y = part.top + part.height *
                                      (static_cast<double>(i / kThumbnailSize) + (k / 4 + 0.5) / 4) /
                                      kThumbnailSize;
      const bool is_inside = x >= 0 && x < 1 && y >= 0 && y < 1;
      sum += is_inside ? picture[static_cast<std::size_t>(y * kThumbnailSize) * kThumbnailSize +
                                 static_cast<std::size_t>(x * kThumbnailSize)]
                       : kElsewhere;
    }
    shown[i] = static_cast<std::uint8_t>(sum / 16);
  }
  return shown;
}

Features shown_as(const Features& features, const Part& part, Random& random) {
  Features shown;
  for (const LocalFeature& feature : features) {
    const double x = (feature.x / 65535.0 - part.left) / part.width;
    const double y = (feature.y / 65535.0 - part.top) / part.height;
    if (x < 0 || x > 1 || y < 0 || y > 1) continue;
    LocalFeature moved = feature;
    moved.x = in_65535(x);
    moved.y = in_65535(y);
    shown.push_back(seen_again(moved, random));
  }
  return shown;
}

Thumbnail flipped(const Thumbnail& picture) {
  Thumbnail mirror{};
  for (std::size_t i = 0; i < picture.size(); ++i)
    mirror[i] = picture[i / kThumbnailSize * kThumbnailSize + kThumbnailSize - 1 - i % kThumbnailSize];
  return mirror;
}

}  // namespace

Fingerprint detailed_video(std::uint64_t seed, double seconds) {
  Fingerprint print = video(seed, seconds);
  print.width = 1080;
  print.height = 1920;
  Random random(seed + 5000);
  Features of_shot;
  for (std::uint32_t i = 0; i < print.keyframes.size(); ++i) {
    if (print.keyframes[i].starts_shot) of_shot = strewn(made_up_features(kFeatures, random()), random);
    print.details.push_back({i, {}});
    for (const LocalFeature& feature : of_shot)
      print.details.back().features.push_back(seen_again(feature, random));
  }
  print.thumbnails = thumbnails_of(print.keyframes, seed + 6000, seed + 7000);
  return print;
}

Fingerprint at_another_moment(Fingerprint video, std::uint64_t seed) {
  Fingerprint print = noisy(std::move(video), 30, seed);
  Random random(seed);
  for (Thumbnail& thumbnail : print.thumbnails) {  // the figure stands where it stood, and elsewhere too
    std::ranges::replace(thumbnail, std::uint8_t{230}, std::uint8_t{100});
    thumbnail = with_figure(thumbnail, random);
  }
  return print;
}

Fingerprint shown_as(const Fingerprint& video, const Part& part, std::uint64_t seed) {
  Fingerprint print = video;
  Random random(seed);
  for (Keyframe& keyframe : print.keyframes) keyframe.hash = random_hash(random);
  for (Thumbnail& thumbnail : print.thumbnails) thumbnail = shown_as(thumbnail, part);
  for (KeyframeDetail& detail : print.details) {
    detail.features = shown_as(detail.features, part, random);
    const Features strangers = strewn(made_up_features(kStrangers, random()), random);
    detail.features.insert(detail.features.end(), strangers.begin(), strangers.end());
  }
  return print;
}

Fingerprint flipped_over_with_details(Fingerprint video) {
  Fingerprint print = flipped_over(std::move(video));
  for (Thumbnail& thumbnail : print.thumbnails) thumbnail = flipped(thumbnail);
  for (KeyframeDetail& detail : print.details) {
    for (LocalFeature& feature : detail.features) feature = mirrored(feature);
  }
  return print;
}

DetailedCatalog::DetailedCatalog(const std::vector<Fingerprint>& videos) {
  std::int64_t id = 0;
  for (const Fingerprint& video : videos) {
    ++id;
    add(id, id, id, video);
  }
}

void DetailedCatalog::add(std::int64_t id, std::int64_t episode, std::int64_t series,
                          const Fingerprint& video) {
  frames_.add(to_reference(id, episode, series, video));
  features_.add({id}, tracks_of(video));
  sounds_.add({id}, {series}, video.audio);
  prints_[{id}] = std::make_shared<Fingerprint>(video);
}

std::shared_ptr<const Fingerprint> DetailedCatalog::print_of(ReferenceId reference) const {
  const auto it = prints_.find(reference);
  return it == prints_.end() ? nullptr : it->second;
}

}  // namespace reelprint::index::test
