#include "index/sound_part.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "index/sound_sections.h"

namespace reelprint::index {
namespace {

constexpr std::size_t kMostItems = std::size_t{1} << 20;
constexpr std::int64_t kShortestStepUs = 20'000;
constexpr std::int64_t kLongestStepUs = 2'000'000;
constexpr std::int64_t kFarthestUs = std::int64_t{1} << 52;

bool is_within_limits(std::size_t items, std::int64_t begin_us, std::int64_t step_us) {
  return items > 0 && items <= kMostItems && step_us >= kShortestStepUs && step_us <= kLongestStepUs &&
         begin_us >= -kFarthestUs && begin_us <= kFarthestUs;
}

}  // namespace

bool is_searchable(const AudioPrint& print) {
  return is_within_limits(print.items.size(), print.begin.us, print.step.count());
}

SoundPart::SoundPart(SegmentImage image)
    : image_(std::move(image)),
      records_(image_.items<SoundRecord>(kSoundRecords)),
      owners_(image_.items<std::uint32_t>(kSoundOwners)),
      items_(image_.items<std::uint32_t>(kSoundItems)),
      keys_(image_.items<std::uint32_t>(kSoundKeys)),
      buckets_(image_.items<std::uint32_t>(kSoundBuckets)),
      places_(image_.items<std::uint32_t>(kSoundPlaces)) {
  std::size_t items = 0;
  for (std::size_t slot = 0; slot < records_.size(); ++slot) {
    const SoundRecord& record = records_[slot];
    if ((slot > 0 && record.reference <= records_[slot - 1].reference) || record.first != items)
      image_.fail("its references are not in order");
    if (record.items > 0 && !is_within_limits(record.items, record.begin_us, record.step_us))
      image_.fail("the sound of a reference makes no sense");
    items += record.items;
  }
  if (items_.size() != items || keys_.size() != items || places_.size() != items ||
      owners_.size() != (items + kOwnerBlock - 1) / kOwnerBlock)
    image_.fail("it has not one key for each item");
  const int bits = sound_bucket_bits(items);
  if (buckets_.size() != (std::size_t{1} << bits) + 1) image_.fail("it has not the buckets for its items");
  shift_ = 32 - bits;
}

std::optional<ItemPlace> SoundPart::place(std::size_t at) const {
  const std::size_t item = places_[at];
  if (item >= items_.size()) return std::nullopt;
  const std::size_t block = item / kOwnerBlock;
  const std::size_t first = owners_[block];
  const std::size_t last = block + 1 < owners_.size() ? owners_[block + 1] : records_.size() - 1;
  if (first > last || last >= records_.size()) return std::nullopt;
  const auto near = records_.subspan(first, last - first + 1);
  const auto behind = std::ranges::upper_bound(near, item, {}, &SoundRecord::first);
  if (behind == near.begin()) return std::nullopt;
  const SoundRecord& record = *std::prev(behind);
  if (item - record.first >= record.items) return std::nullopt;
  return ItemPlace{static_cast<std::uint32_t>(&record - records_.data()),
                   static_cast<std::uint32_t>(item - record.first)};
}

}  // namespace reelprint::index
