#include "index/catalog_background.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/error.h"
#include "index/background.h"
#include "index/picture_match.h"

namespace reelprint::index {
namespace {

constexpr std::array<char, 8> kMagic = {'R', 'P', 'B', 'A', 'C', 'K', 'G', '\n'};
constexpr std::uint16_t kFormatVersion = 1;

constexpr double kPerInlier = 0.5;  ///< shipped: half a unit for each place …
constexpr int kFreeInliers = 4;     ///< … beyond those that strangers have

constexpr int kHashPairs = 20'000;
constexpr int kFeaturePairs = 2'000;
constexpr std::size_t kReferencesSampled = 2'000;
constexpr std::size_t kReferencesLoaded = 48;  ///< for their features
constexpr std::size_t kQueryFeatures = 150;    ///< as a query's picture has
constexpr double kReach_s = 0.4;               ///< as alignments look around a moment
constexpr int kSamePicture = 40;               ///< bits; no stranger is so near
constexpr int kSameInliers = 24;

/// Of what was sampled, the share that is at least as like, one imagined case added.
template <std::size_t Size>
std::array<double, Size> shares(const std::array<std::uint32_t, Size>& counts, bool small_is_like) {
  double total = 0;
  for (const std::uint32_t count : counts) total += count;
  std::array<double, Size> share{};
  double sum = 1;
  for (std::size_t k = 0; k < Size; ++k) {
    const std::size_t i = small_is_like ? k : Size - 1 - k;
    sum += counts[i];
    share[i] = total > 0 ? sum / (total + 1) : 0;
  }
  return share;
}

double evidence(double log10_shipped, double share) {
  const double chance = share > 0 ? std::max(log10_shipped, std::log10(share)) : log10_shipped;
  return std::clamp(-chance, 0.0, CatalogBackground::kMostPerPicture);
}

/// SplitMix64: the same numbers everywhere.
class Numbers {
 public:
  std::size_t below(std::size_t limit) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return static_cast<std::size_t>((z ^ z >> 31) % limit);
  }

 private:
  std::uint64_t state_ = 1;
};

/// The distance of the nearest searchable picture within reach of `at`; nothing where there is none.
std::optional<int> nearest_at(const IndexedReference& reference, Timestamp at, const FrameHash& hash) {
  const Interval window{at - duration_of(kReach_s), at + duration_of(kReach_s)};
  std::optional<int> nearest;
  auto it = std::ranges::upper_bound(reference.keyframes, window.begin, {},
                                     [](const Keyframe& k) { return k.span.end; });
  for (; it != reference.keyframes.end() && it->span.begin < window.end; ++it) {
    if (!is_searchable(it->hash)) continue;
    const int distance = hamming_distance(hash, it->hash);
    nearest = std::min(nearest.value_or(distance), distance);
  }
  return nearest;
}

void sample_hashes(const std::vector<const IndexedReference*>& references, BackgroundCounts& counts) {
  Numbers numbers;
  for (int i = 0; i < kHashPairs; ++i) {
    const IndexedReference& a = *references[numbers.below(references.size())];
    const IndexedReference& b = *references[numbers.below(references.size())];
    if (a.series == b.series || a.keyframes.empty() || b.duration.count() <= 0) continue;
    const FrameHash& hash = a.keyframes[numbers.below(a.keyframes.size())].hash;
    const Timestamp at{
        static_cast<std::int64_t>(numbers.below(static_cast<std::size_t>(b.duration.count())))};
    if (!is_searchable(hash)) continue;
    const auto distance = nearest_at(b, at, hash);
    if (distance && *distance > kSamePicture) ++counts.distances[static_cast<std::size_t>(*distance)];
  }
}

/// As many features as a query's picture has, from details of one reference.
KeyframeDetail gathered(const Fingerprint& print, std::size_t first) {
  KeyframeDetail detail = print.details[first];
  for (std::size_t i = first + 1; i < print.details.size() && detail.features.size() < kQueryFeatures; ++i) {
    const auto& more = print.details[i].features;
    detail.features.insert(detail.features.end(), more.begin(), more.end());
  }
  return detail;
}

struct Loaded {
  SeriesId series;
  std::shared_ptr<const Fingerprint> print;
};

std::vector<Loaded> load(const std::vector<const IndexedReference*>& references,
                         const DetailSource& details) {
  std::vector<Loaded> loaded;
  const std::size_t step = std::max<std::size_t>(1, references.size() / kReferencesLoaded);
  for (std::size_t i = 0; i < references.size() && loaded.size() < kReferencesLoaded; i += step) {
    auto print = details.print_of(references[i]->reference);
    if (print && !print->details.empty()) loaded.push_back({references[i]->series, std::move(print)});
  }
  return loaded;
}

void sample_features(const std::vector<Loaded>& loaded, BackgroundCounts& counts) {
  Numbers numbers;
  for (int i = 0; i < kFeaturePairs; ++i) {
    const Loaded& a = loaded[numbers.below(loaded.size())];
    const Loaded& b = loaded[numbers.below(loaded.size())];
    if (a.series == b.series) continue;
    const std::size_t first = numbers.below(a.print->details.size());
    const KeyframeDetail query = gathered(*a.print, first);
    const KeyframeDetail& other = b.print->details[numbers.below(b.print->details.size())];
    const int distance =
        hamming_distance(a.print->keyframes[query.keyframe].hash, b.print->keyframes[other.keyframe].hash);
    const auto match = match_pictures(view_of(*a.print, query), view_of(*b.print, other));
    const std::size_t inliers = match ? match->inliers.size() : 0;
    if (distance <= kSamePicture || inliers >= kSameInliers) continue;
    ++counts.inliers[std::min(inliers, counts.inliers.size() - 1)];
  }
}

bool has_two_series(const std::vector<const IndexedReference*>& references) {
  return std::ranges::any_of(references,
                             [&](const auto* r) { return r->series != references.front()->series; });
}

}  // namespace

CatalogBackground::CatalogBackground(const BackgroundCounts& counts) : counts_(counts) {
  const auto near = shares(counts.distances, true);
  for (std::size_t d = 0; d < near.size(); ++d) {
    by_distance_[d] = evidence(log10_chance_within(static_cast<int>(d)), near[d]);
  }
  const auto many = shares(counts.inliers, false);
  for (std::size_t n = 0; n < many.size(); ++n) {
    by_inliers_[n] = evidence(-kPerInlier * (static_cast<int>(n) - kFreeInliers), many[n]);
  }
}

double CatalogBackground::evidence_of_distance(int distance) const {
  return by_distance_[static_cast<std::size_t>(std::clamp(distance, 0, 256))];
}

double CatalogBackground::evidence_of_inliers(int inliers) const {
  return by_inliers_[static_cast<std::size_t>(std::clamp(inliers, 0, 63))];
}

const CatalogBackground& shipped_background() {
  static const CatalogBackground shipped;
  return shipped;
}

/// All references, or as many as a sample needs, evenly over the ids.
std::vector<const IndexedReference*> sampled_references(const FrameIndex& frames) {
  const auto records = frames.records();
  const std::size_t step = 1 + records.size() / (kReferencesSampled + 1);
  std::vector<const IndexedReference*> references;
  for (std::size_t i = 0; i < records.size(); i += step)
    references.push_back(frames.find(records[i].reference));
  return references;
}

BackgroundCounts sample_background(const FrameIndex& catalog, const DetailSource* details) {
  BackgroundCounts counts;
  const FrameIndex frames = catalog;
  const auto references = sampled_references(frames);
  if (references.empty() || !has_two_series(references)) return counts;
  sample_hashes(references, counts);
  if (details != nullptr) {
    const auto loaded = load(references, *details);
    if (!loaded.empty()) sample_features(loaded, counts);
  }
  return counts;
}

std::uint32_t key_of(const FrameIndex& frames) {
  ByteWriter out;
  for (const FrameRecord& record : frames.records()) {
    out.put(record.reference.value);
    out.put(record.series.value);
    out.put(record.keyframes);
  }
  return crc32c(out.bytes());
}

std::vector<std::byte> encode_background(const BackgroundCounts& counts, AlgorithmId algorithm,
                                         std::uint32_t key) {
  ByteWriter out;
  out.put_bytes(std::as_bytes(std::span(kMagic)));
  out.put(kFormatVersion);
  out.put(static_cast<std::uint32_t>(algorithm));
  out.put(key);
  for (const std::uint32_t count : counts.distances) out.put(count);
  for (const std::uint32_t count : counts.inliers) out.put(count);
  out.put(crc32c(out.bytes()));
  return out.take();
}

StoredBackground decode_background(std::span<const std::byte> bytes, AlgorithmId algorithm,
                                   const std::string& what) {
  ByteReader in(bytes, what);
  const auto magic = in.take_bytes(kMagic.size());
  if (std::memcmp(magic.data(), kMagic.data(), kMagic.size()) != 0) in.fail("it holds no background");
  if (in.take<std::uint16_t>() != kFormatVersion || AlgorithmId{in.take<std::uint32_t>()} != algorithm) {
    throw Error(ErrorCode::incompatible, "read " + what + ": written by another version");
  }
  StoredBackground stored;
  stored.key = in.take<std::uint32_t>();
  for (std::uint32_t& count : stored.counts.distances) count = in.take<std::uint32_t>();
  for (std::uint32_t& count : stored.counts.inliers) count = in.take<std::uint32_t>();
  if (in.take<std::uint32_t>() != crc32c(bytes.first(bytes.size() - sizeof(std::uint32_t))))
    in.fail("its checksum is wrong");
  if (in.left() != 0) in.fail("it is longer than its content");
  return stored;
}

}  // namespace reelprint::index
