#include "bench/made_catalog.h"

#include <algorithm>
#include <random>
#include <span>

#include "bench/listed_features.h"
#include "index/codebook.h"
#include "index/feature_part.h"

namespace reelprint::bench {
namespace {

constexpr std::size_t kVariants = 8;
constexpr std::size_t kKeyframes = 180;
constexpr std::size_t kDetails = 117;
constexpr std::size_t kDetailsOfShot = 3;
constexpr std::size_t kShots = kDetails / kDetailsOfShot;
constexpr std::size_t kTracksOfShot = 60;  ///< 26 a second: kMostTracksPerSecond
constexpr std::size_t kEpisodesPerSeries = 80;
constexpr Duration kSoundStep{123810};
constexpr std::size_t kSoundItems = 727;

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

std::uint64_t seed_of(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return mixed(mixed(mixed(a) ^ b) ^ c);
}

/// Flips `least` to `most` bits.
void disturb(LocalFeature& feature, std::uint64_t seed, std::size_t least, std::size_t most) {
  std::size_t left = least + seed % (most - least + 1);
  while (left > 0) {
    seed = mixed(seed);
    for (int byte = 0; byte < 8 && left > 0; ++byte, --left) {
      const auto bit = seed >> (8 * byte) & 255;
      feature.descriptor[bit / 64] ^= std::uint64_t{1} << (bit % 64);
    }
  }
}

void disturb_within_list(LocalFeature& feature, std::size_t episode, std::size_t detail, std::size_t at) {
  disturb(feature, seed_of(episode, detail, at), 4, 24);
}

/// 16 bits of change from sample to sample within a shot of 3 s.
std::vector<Keyframe> made_up_keyframes(std::mt19937_64& random) {
  std::vector<Keyframe> keyframes;
  FrameHash hash;
  hash.quality = 100;
  for (std::size_t i = 0; i < kKeyframes; ++i) {
    const bool starts_shot = i % 6 == 0;
    if (starts_shot) std::ranges::generate(hash.words, std::ref(random));
    for (int flips = 0; flips < 16; ++flips) {
      const auto bit = random() % 256;
      hash.words[bit / 64] ^= std::uint64_t{1} << (bit % 64);
    }
    const double t = 0.5 * static_cast<double>(i);
    keyframes.push_back({{timestamp_of(t), timestamp_of(t + 0.5)}, hash, starts_shot});
  }
  return keyframes;
}

/// 7.8 items a second, each 5 bits from the one before, as in real sound.
AudioPrint made_up_sound(std::mt19937_64& random) {
  AudioPrint print;
  print.step = kSoundStep;
  auto item = static_cast<std::uint32_t>(random());
  while (print.items.size() < kSoundItems) {
    for (int i = 0; i < 5; ++i) item ^= 1U << (random() % 32);
    print.items.push_back(item);
  }
  return print;
}

std::uint32_t keyframe_of(std::size_t detail) {
  return static_cast<std::uint32_t>(detail * kKeyframes / kDetails);
}

ReferenceId reference_of(std::size_t episode) {
  return {static_cast<std::int64_t>(episode + 1)};
}

}  // namespace

MadeCatalog::MadeCatalog(std::vector<PictureFeatures> pictures, std::size_t episodes)
    : pictures_(std::move(pictures)), episodes_(episodes) {
  std::mt19937_64 random(episodes);
  std::vector<std::uint32_t> details;
  for (std::size_t k = 0; k < kDetails; ++k) details.push_back(keyframe_of(k));
  for (std::size_t e = 0; e < episodes; ++e) {
    const ReferenceId id = reference_of(e);
    const SeriesId series{static_cast<std::int64_t>(e / kEpisodesPerSeries + 1)};
    const AudioPrint sound = made_up_sound(random);
    sounds_.add(id, series, sound);
    frames_.add({id, {id.value}, series, std::chrono::seconds(90), made_up_keyframes(random), details});
  }
}

MadeCatalog::Variant MadeCatalog::variant_of(std::size_t episode, std::size_t detail) const {
  const std::size_t shot = detail / kDetailsOfShot;
  return {static_cast<std::uint32_t>(seed_of(episode, shot, 1) % pictures_.size()),
          static_cast<std::uint32_t>(seed_of(episode, shot, 2) % kVariants)};
}

LocalFeature MadeCatalog::variant_feature(const Variant& variant, std::size_t feature) const {
  LocalFeature made = pictures_[variant.picture][feature];
  disturb(made, seed_of(variant.picture, variant.number, feature), 8, 40);
  return made;
}

std::shared_ptr<const Fingerprint> MadeCatalog::print_of(ReferenceId reference) const {
  const auto episode = static_cast<std::size_t>(reference.value - 1);
  auto print = std::make_shared<Fingerprint>();
  print->duration = std::chrono::seconds(90);
  print->width = 720;
  print->height = 1280;
  print->keyframes = frames_.find(reference)->keyframes;
  print->thumbnails.resize(print->keyframes.size());
  for (std::size_t k = 0; k < kDetails; ++k) {
    KeyframeDetail& detail = print->details.emplace_back();
    detail.keyframe = keyframe_of(k);
    const Variant variant = variant_of(episode, k);
    for (std::size_t i = 0; i < pictures_[variant.picture].size(); ++i) {
      detail.features.push_back(variant_feature(variant, i));
      disturb_within_list(detail.features.back(), episode, k, i);
    }
  }
  return print;
}

std::size_t MadeCatalog::tracks_of_shot(const Variant& variant) const {
  return std::min(kTracksOfShot, pictures_[variant.picture].size());
}

std::vector<std::vector<MadeCatalog::Member>> MadeCatalog::lists_of_variants() const {
  std::vector<std::vector<Member>> lists(index::Codebook::kWords);
  index::CodebookFinder finder(index::feature_codebook());
  for (std::uint32_t p = 0; p < pictures_.size(); ++p) {
    for (std::uint32_t v = 0; v < kVariants; ++v) {
      for (std::size_t i = 0; i < tracks_of_shot({p, v}); ++i)
        lists[finder.find_nearest(variant_feature({p, v}, i).descriptor, 1).front()].push_back({{p, v}, i});
    }
  }
  return lists;
}

void MadeCatalog::write_features(const std::filesystem::path& file) const {
  const auto lists = lists_of_variants();
  std::vector<std::vector<std::uint32_t>> uses(pictures_.size() * kVariants);  // first details, of shots
  std::vector<index::FeatureRecord> records;
  for (std::uint32_t e = 0; e < episodes_; ++e) {
    records.push_back({reference_of(e), static_cast<std::uint32_t>(e * kDetails), kDetails, 0, 0});
    for (std::size_t shot = 0; shot < kShots; ++shot) {
      const std::size_t first = shot * kDetailsOfShot;
      const Variant variant = variant_of(e, first);
      records.back().rows += static_cast<std::uint32_t>(tracks_of_shot(variant));
      uses[variant.picture * kVariants + variant.number].push_back(
          static_cast<std::uint32_t>(e * kDetails + first));
    }
  }
  (void)write_listed(file, records, [&](std::size_t list, std::vector<ListedRow>& rows) {
    for (const auto& [variant, i] : lists[list]) {
      const LocalFeature made = variant_feature(variant, i);
      for (const std::uint32_t detail : uses[variant.picture * kVariants + variant.number]) {
        LocalFeature track = made;
        disturb_within_list(track, detail / kDetails, detail % kDetails, i);
        rows.push_back({detail, kDetailsOfShot, track.descriptor});
      }
    }
    std::ranges::stable_sort(rows, {}, &ListedRow::detail);
  });
}

}  // namespace reelprint::bench
