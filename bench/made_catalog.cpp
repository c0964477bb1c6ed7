#include "bench/made_catalog.h"

#include <algorithm>
#include <random>
#include <span>
#include <string_view>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/file_stream.h"
#include "index/codebook.h"
#include "index/feature_row.h"

namespace reelprint::bench {
namespace {

constexpr std::size_t kVariants = 8;
constexpr std::size_t kKeyframes = 180;
constexpr std::size_t kDetails = 117;
constexpr std::size_t kDetailsOfShot = 3;
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

/// Writes a file and adds up its checksum.
class Output {
 public:
  explicit Output(const std::filesystem::path& file) : file_(file) {}
  void put(const ByteWriter& fields) {
    file_.write(fields.bytes());
    checksum_ = crc32c(fields.bytes(), checksum_);
  }
  void finish() {
    ByteWriter checksum;
    checksum.put(checksum_);
    file_.write(checksum.bytes());
    file_.commit();
  }

 private:
  FileReplacement file_;
  std::uint32_t checksum_ = 0;
};

void put_head(Output& out, std::size_t episodes) {
  ByteWriter head;
  head.put_bytes(std::as_bytes(std::span(std::string_view("RPFEATS\n"))));
  head.put(std::uint16_t{1});
  head.put(static_cast<std::uint32_t>(kAlgorithm));
  head.put(static_cast<std::uint32_t>(index::Codebook::kWords));
  head.put(static_cast<std::uint32_t>(episodes));
  for (std::size_t e = 0; e < episodes; ++e) head.put(reference_of(e).value);
  out.put(head);
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
    AudioPrint sound = made_up_sound(random);
    sounds_.add(id, series, sound);
    frames_.add({id,
                 {id.value},
                 series,
                 std::chrono::seconds(90),
                 made_up_keyframes(random),
                 std::move(sound),
                 details});
  }
}

MadeCatalog::Variant MadeCatalog::variant_of(std::size_t episode, std::size_t detail) const {
  const std::uint64_t shot = seed_of(episode, detail / kDetailsOfShot, 1);
  return {static_cast<std::uint32_t>(shot % pictures_.size()),
          static_cast<std::uint32_t>(seed_of(episode, detail, 2) % kVariants)};
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

void MadeCatalog::write_features(const std::filesystem::path& file) const {
  struct Member {
    Variant variant;
    std::size_t feature = 0;
  };
  std::vector<std::vector<Member>> lists(index::Codebook::kWords);
  const index::Codebook codebook(index::fastest_scan_path());
  index::CodebookFinder finder(codebook);
  for (std::uint32_t p = 0; p < pictures_.size(); ++p) {
    for (std::uint32_t v = 0; v < kVariants; ++v) {
      for (std::size_t i = 0; i < pictures_[p].size(); ++i)
        lists[finder.find_nearest(variant_feature({p, v}, i).descriptor, 1).front()].push_back({{p, v}, i});
    }
  }
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> uses(pictures_.size() * kVariants);
  for (std::uint32_t e = 0; e < episodes_; ++e) {
    for (std::uint32_t k = 0; k < kDetails; ++k) {
      const Variant variant = variant_of(e, k);
      uses[variant.picture * kVariants + variant.number].emplace_back(e, k);
    }
  }
  Output out(file);
  put_head(out, episodes_);
  std::vector<std::pair<index::RowId, LocalFeature>> rows;
  for (const std::vector<Member>& members : lists) {
    rows.clear();
    for (const auto& [variant, i] : members) {
      const LocalFeature made = variant_feature(variant, i);
      for (const auto& [e, k] : uses[variant.picture * kVariants + variant.number]) {
        rows.emplace_back(index::row_id(e, k, i), made);
        disturb_within_list(rows.back().second, e, k, i);
      }
    }
    std::ranges::sort(rows, {}, [](const auto& row) { return row.first; });
    ByteWriter bytes;
    bytes.put(static_cast<std::uint32_t>(rows.size()));
    for (const auto& [id, feature] : rows) {
      bytes.put(static_cast<std::uint64_t>(id));
      bytes.put_bytes(std::as_bytes(std::span(feature.descriptor)));
    }
    out.put(bytes);
  }
  out.finish();
}

}  // namespace reelprint::bench
