#include "index/sound_items.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

#include "core/error.h"

namespace reelprint::index {
namespace {

constexpr std::size_t kGrowth = 8;        ///< a run is at least so many times as long as the next
constexpr std::size_t kOwnerBlock = 64;   ///< a print begins at a multiple of it
constexpr std::size_t kMostRemoved = 4;   ///< for each removed item at least so many live ones
constexpr std::size_t kBatch = 32;        ///< keys looked up side by side
constexpr std::size_t kShortBucket = 16;  ///< searched one by one

/// The finaliser of MurmurHash3: a bijection, so that equal keys are equal items.
constexpr std::uint32_t key_of(std::uint32_t item) {
  item ^= item >> 16;
  item *= 0x85ebca6bU;
  item ^= item >> 13;
  item *= 0xc2b2ae35U;
  return item ^ (item >> 16);
}

template <class T>
std::size_t bytes_of(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

}  // namespace

std::uint32_t SoundItems::add(std::span<const std::uint32_t> items) {
  const std::size_t padded = (items.size() + kOwnerBlock - 1) / kOwnerBlock * kOwnerBlock;
  if (padded > std::numeric_limits<std::uint32_t>::max() - items_.size())
    throw Error(ErrorCode::too_large, "index sound: more than 2^32 items");

  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(prints_.size()));
    prints_.emplace_back();
  }
  const std::uint32_t print = free_.back();
  free_.pop_back();
  const auto first = static_cast<std::uint32_t>(items_.size());
  prints_[print] = {first, static_cast<std::uint32_t>(items.size()), true};
  live_ += items.size();
  if (items_.capacity() < first + padded) items_.reserve((first + padded) / 8 * 9);
  items_.insert(items_.end(), items.begin(), items.end());
  items_.resize(first + padded);
  owners_.resize(items_.size() / kOwnerBlock, print);
  if (items.empty()) return print;

  Run run;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted;
  for (std::size_t i = 0; i < items.size(); ++i)
    sorted.emplace_back(key_of(items[i]), first + static_cast<std::uint32_t>(i));
  std::ranges::sort(sorted);
  for (const auto& [key, place] : sorted) {
    run.keys.push_back(key);
    run.places.push_back(place);
  }
  while (!runs_.empty() && runs_.back().keys.size() < kGrowth * run.keys.size()) {
    run = merged(runs_.back(), run);
    runs_.pop_back();
  }
  index_buckets(run);
  runs_.push_back(std::move(run));
  return print;
}

void SoundItems::remove(std::uint32_t print) {
  prints_[print].is_live = false;
  removed_ += prints_[print].count;
  live_ -= prints_[print].count;
  if (removed_ * kMostRemoved > live_) sweep();
}

std::span<const std::uint32_t> SoundItems::items(std::uint32_t print) const {
  return std::span(items_).subspan(prints_[print].first, prints_[print].count);
}

bool SoundItems::find(std::span<const std::uint32_t> items, std::size_t most,
                      std::vector<ItemPlace>& places) const {
  const std::size_t limit = places.size() + most;
  std::array<std::uint32_t, kBatch> keys{};
  for (; !items.empty(); items = items.subspan(std::min(kBatch, items.size()))) {
    const std::size_t count = std::min(kBatch, items.size());
    std::transform(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(count), keys.begin(), key_of);
    for (const Run& run : runs_) {
      // Nearly every look-up misses the cache: let the misses of a batch overlap.
      for (std::size_t i = 0; i < count; ++i) __builtin_prefetch(&run.buckets[keys[i] >> run.shift]);
      for (std::size_t i = 0; i < count; ++i)
        __builtin_prefetch(run.keys.data() + run.buckets[keys[i] >> run.shift]);
      for (std::size_t i = 0; i < count; ++i) {
        find_in(run, keys[i], limit, places);
        if (places.size() > limit) return false;
      }
    }
  }
  return true;
}

void SoundItems::find_in(const Run& run, std::uint32_t key, std::size_t limit,
                         std::vector<ItemPlace>& places) const {
  const std::size_t bucket = key >> run.shift;
  std::size_t at = run.buckets[bucket];
  const std::size_t end = run.buckets[bucket + 1];
  if (end - at > kShortBucket) {
    const auto begin = run.keys.begin();
    at = static_cast<std::size_t>(std::lower_bound(begin + static_cast<std::ptrdiff_t>(at),
                                                   begin + static_cast<std::ptrdiff_t>(end), key) -
                                  begin);
  }
  for (; at < end && run.keys[at] <= key && places.size() <= limit; ++at) {
    if (run.keys[at] != key) continue;
    const std::uint32_t place = run.places[at];
    const std::uint32_t print = owners_[place / kOwnerBlock];
    if (prints_[print].is_live) places.push_back({print, place - prints_[print].first});
  }
}

std::size_t SoundItems::memory_bytes() const {
  std::size_t bytes = bytes_of(items_) + bytes_of(owners_) + bytes_of(prints_) + bytes_of(free_);
  for (const Run& run : runs_) bytes += bytes_of(run.keys) + bytes_of(run.places) + bytes_of(run.buckets);
  return bytes;
}

SoundItems::Run SoundItems::merged(const Run& a, const Run& b) {
  Run run;
  const std::size_t size = a.keys.size() + b.keys.size();
  run.keys.reserve(size);
  run.places.reserve(size);
  std::size_t in_a = 0;
  std::size_t in_b = 0;
  while (run.keys.size() < size) {
    const bool takes_a = in_b == b.keys.size() || (in_a < a.keys.size() && a.keys[in_a] <= b.keys[in_b]);
    const Run& from = takes_a ? a : b;
    std::size_t& at = takes_a ? in_a : in_b;
    run.keys.push_back(from.keys[at]);
    run.places.push_back(from.places[at]);
    ++at;
  }
  return run;
}

void SoundItems::index_buckets(Run& run) {
  const int bits = std::clamp(static_cast<int>(std::bit_width(run.keys.size())) - 1, 1, 31);
  run.shift = 32 - bits;
  run.buckets.assign((std::size_t{1} << bits) + 1, 0);
  for (const std::uint32_t key : run.keys) ++run.buckets[(key >> run.shift) + 1];
  std::partial_sum(run.buckets.begin(), run.buckets.end(), run.buckets.begin());
}

void SoundItems::sweep() {
  std::vector<std::uint32_t> items;
  std::vector<std::uint32_t> owners;
  std::vector<std::uint32_t> moved(prints_.size());  // new first place of each print
  free_.clear();
  removed_ = 0;
  for (std::uint32_t print = 0; print < prints_.size(); ++print) {
    if (!prints_[print].is_live) {
      free_.push_back(print);
      continue;
    }
    const auto kept = this->items(print);
    moved[print] = static_cast<std::uint32_t>(items.size());
    items.insert(items.end(), kept.begin(), kept.end());
    items.resize((items.size() + kOwnerBlock - 1) / kOwnerBlock * kOwnerBlock);
    owners.resize(items.size() / kOwnerBlock, print);
  }
  for (Run& run : runs_) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < run.keys.size(); ++i) {
      const std::uint32_t print = owners_[run.places[i] / kOwnerBlock];
      if (!prints_[print].is_live) continue;
      run.keys[kept] = run.keys[i];
      run.places[kept++] = run.places[i] - prints_[print].first + moved[print];
    }
    run.keys.resize(kept);
    run.places.resize(kept);
    index_buckets(run);
  }
  std::erase_if(runs_, [](const Run& run) { return run.keys.empty(); });
  for (std::uint32_t print = 0; print < prints_.size(); ++print) prints_[print].first = moved[print];
  for (const std::uint32_t print : free_) prints_[print].count = 0;
  items_ = std::move(items);
  owners_ = std::move(owners);
}

}  // namespace reelprint::index
