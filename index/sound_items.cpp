#include "index/sound_items.h"

#include <algorithm>
#include <array>

namespace reelprint::index {
namespace {

constexpr std::size_t kItemBits = 32;
constexpr std::size_t kNeighbours = 1 + kItemBits + kItemBits * (kItemBits - 1) / 2;
constexpr std::size_t kTogether = 512;  ///< query items that are looked up side by side
constexpr int kPartShift = 24;          ///< keys are looked up by ascending leading bits
constexpr std::size_t kParts = 1U << (32 - kPartShift);
constexpr std::size_t kBucketsAhead = 32;  ///< keys whose buckets are fetched beforehand
constexpr std::size_t kKeysAhead = 16;     ///< keys whose likes are fetched beforehand
constexpr std::size_t kShortBucket = 16;   ///< keys that are compared all at once

/// The keys of the item and of all that differ from it in one or two bits.
std::array<std::uint32_t, kNeighbours> neighbour_keys_of(std::uint32_t item) {
  std::array<std::uint32_t, kNeighbours> keys{};
  std::size_t count = 0;
  keys[count++] = item;
  for (std::size_t a = 0; a < kItemBits; ++a) {
    const std::uint32_t flipped = item ^ (1U << a);
    keys[count++] = flipped;
    for (std::size_t b = 0; b < a; ++b) keys[count++] = flipped ^ (1U << b);
  }
  for (std::uint32_t& key : keys) key = sound_key_of(key);
  return keys;
}

struct LookUp {
  std::uint32_t key = 0;
  std::uint32_t query = 0;
};

/// Of query items [begin, end), by the leading bits of the key: neighbours in memory are then met one after
/// the other, and the pages of a mapped file in order.
std::vector<LookUp> look_ups_of(ItemSpan query, std::size_t begin, std::size_t end) {
  std::vector<LookUp> unordered;
  unordered.reserve((end - begin) * kNeighbours);
  std::array<std::size_t, kParts + 1> places{};
  for (std::size_t q = begin; q < end; ++q) {
    if (q > 0 && query[q] == query[q - 1]) continue;
    for (const std::uint32_t key : neighbour_keys_of(query[q])) {
      unordered.push_back({key, static_cast<std::uint32_t>(q)});
      ++places[(key >> kPartShift) + 1];
    }
  }
  for (std::size_t part = 1; part <= kParts; ++part) places[part] += places[part - 1];
  std::vector<LookUp> ordered(unordered.size());
  for (const LookUp& look_up : unordered) ordered[places[look_up.key >> kPartShift]++] = look_up;
  return ordered;
}

/// Without a branch for each: whether it comes early or late cannot be foretold.
bool is_among(std::span<const std::uint32_t, kShortBucket> keys, std::uint32_t key) {
  std::uint32_t equal = 0;
  for (const std::uint32_t other : keys) equal |= other == key ? 1U : 0U;
  return equal != 0;
}

/// Looks up what is to be looked up of some query items, segment after segment.
class Search {
 public:
  Search(std::size_t begin, std::size_t end, std::size_t most, std::vector<ItemHit>& hits)
      : begin_(begin), most_(most), counts_(end - begin), hits_(hits) {}

  void look_into(const Segment<SoundPart>& segment, std::uint32_t number, std::span<const LookUp> look_ups) {
    const SoundPart& part = *segment.part;
    const auto key_at = [&](std::size_t i) { return look_ups[std::min(i, look_ups.size() - 1)].key; };
    for (std::size_t i = 0; i < look_ups.size(); ++i) {
      // Nearly every look-up misses the cache: let the misses overlap.
      part.prefetch_bucket(key_at(i + kBucketsAhead));
      part.prefetch_keys(key_at(i + kKeysAhead));
      find(segment, number, look_ups[i]);
    }
  }

  [[nodiscard]] bool is_common(std::size_t query) const { return counts_[query - begin_] > most_; }

 private:
  void find(const Segment<SoundPart>& segment, std::uint32_t number, LookUp look_up) {
    const auto keys = segment.part->keys();
    auto [at, end] = segment.part->bucket_of(look_up.key);
    if (end - at <= kShortBucket && at + kShortBucket <= keys.size() &&
        !is_among(keys.subspan(at).first<kShortBucket>(), look_up.key))
      return;
    if (end - at > kShortBucket) {
      const auto within = keys.subspan(at, end - at);
      at += static_cast<std::size_t>(std::ranges::lower_bound(within, look_up.key) - within.begin());
    }
    for (; at < end && keys[at] <= look_up.key; ++at) {
      if (keys[at] != look_up.key) continue;
      std::size_t& count = counts_[look_up.query - begin_];
      if (count > most_) return;
      const auto place = segment.part->place(at);
      if (!place || !segment.is_live(place->slot)) continue;
      ++count;
      hits_.push_back({number, place->slot, look_up.query, place->position});
    }
  }

  std::size_t begin_;
  std::size_t most_;
  std::vector<std::size_t> counts_;  ///< hits of each query item
  std::vector<ItemHit>& hits_;
};

}  // namespace

std::vector<ItemHit> look_up_items(std::span<const Segment<SoundPart>> segments, ItemSpan query,
                                   std::pair<std::size_t, std::size_t> range, std::size_t most,
                                   std::vector<bool>& is_common) {
  std::vector<ItemHit> hits;
  for (std::size_t begin = range.first; begin < range.second; begin += kTogether) {
    const std::size_t end = std::min(begin + kTogether, range.second);
    const std::vector<LookUp> look_ups = look_ups_of(query, begin, end);
    Search search(begin, end, most, hits);
    for (std::size_t s = 0; s < segments.size(); ++s)
      search.look_into(segments[s], static_cast<std::uint32_t>(s), look_ups);
    for (std::size_t q = begin; q < end; ++q) is_common[q] = search.is_common(q);
  }
  std::erase_if(hits, [&](const ItemHit& hit) { return is_common[hit.query]; });
  return hits;
}

}  // namespace reelprint::index
