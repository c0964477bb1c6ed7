// An index as a value made of immutable parts: a copy is a snapshot, and costs next to nothing.
//
// References come in small parts in memory; parts are merged, in memory and later on disk, into ever larger
// ones (O'Neil et al., The Log-Structured Merge-Tree, Acta Informatica 1996). Removing marks; merging drops
// what is marked. Nothing that somebody may be reading is ever changed.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "index/segment_image.h"
#include "index/segment_writer.h"

namespace reelprint::index {

/// Marks those slots of a part whose references were removed.
using DeadSlots = std::vector<bool>;

/// A part and which of its references are left.
template <class Part>
struct Segment {
  std::shared_ptr<const Part> part;
  std::shared_ptr<const DeadSlots> dead;  ///< null: none
  std::size_t dead_count = 0;
  std::uint64_t file = 0;  ///< the number of the file that it lies in; zero: memory

  [[nodiscard]] bool is_live(std::size_t slot) const { return dead == nullptr || !(*dead)[slot]; }
  [[nodiscard]] std::size_t live() const { return part->references() - dead_count; }
};

/// What a part must offer. Its references have slots 0..references()-1, by ascending id; the same references
/// give the same bytes, however they came together.
template <class Part>
concept SegmentPart = requires(const Part& part, std::span<const Segment<Part>> merged, SegmentWriter& out) {
  Part(SegmentImage());  // of bytes that may be damaged: throws Error{corrupt}
  { part.references() } -> std::convertible_to<std::size_t>;
  { part.reference(std::size_t{}) } -> std::convertible_to<ReferenceId>;
  { part.image() } -> std::convertible_to<const SegmentImage&>;
  { Part::kContent } -> std::convertible_to<SectionTag>;
  Part::write_merged(merged, out);  // the live references of them all, each of which is in one of them only
};

template <SegmentPart Part>
class Segments {
 public:
  struct Place {
    std::size_t segment = 0;
    std::size_t slot = 0;
  };

  explicit Segments(AlgorithmId algorithm = kAlgorithm) : algorithm_(algorithm) {}

  [[nodiscard]] SegmentKind kind() const { return {Part::kContent, algorithm_}; }
  [[nodiscard]] std::span<const Segment<Part>> all() const { return segments_; }
  [[nodiscard]] std::size_t references() const {
    std::size_t count = 0;
    for (const auto& segment : segments_) count += segment.live();
    return count;
  }
  [[nodiscard]] std::vector<ReferenceId> reference_ids() const;  ///< ascending
  [[nodiscard]] std::optional<Place> find(ReferenceId reference) const;

  /// Takes a part in; references that were there already are replaced. Parts in memory are merged as they
  /// come, so that few remain.
  void add(Part part, std::uint64_t file = 0);
  /// Whether it was there.
  bool remove(ReferenceId reference);

  /// Segments that are worth merging into one, by position; none when all is well. Two in memory always are;
  /// two in files are when one is not much larger than the other; one alone is when it has many dead.
  /// Segments whose merger would exceed `most_bytes` are left alone.
  [[nodiscard]] std::vector<std::size_t> due(std::size_t most_bytes) const;
  /// Those that hold a removed reference.
  [[nodiscard]] std::vector<std::size_t> with_dead() const;

  /// Puts the merger of some segments (by their parts) in their place. What was removed from them since they
  /// were merged is removed from it too. False, and nothing is changed, if they are not all there any more.
  bool replace(std::span<const Segment<Part>> merged, Part merger, std::uint64_t file);
  /// Takes in a segment of another arrangement, without those of its references that are here already.
  void take_over(Segment<Part> segment);
  /// Leaves out a part with all that it holds.
  void drop(const std::shared_ptr<const Part>& part);

 private:
  static constexpr std::size_t kGrowth = 3;
  static constexpr std::size_t kDeadShare = 8;
  static constexpr std::size_t kMostInMemory = std::size_t{32} << 20;  ///< bytes that add() merges at once

  [[nodiscard]] static std::optional<std::size_t> slot_in(const Part& part, ReferenceId reference);
  static void kill(Segment<Part>& segment, std::size_t slot);
  void merge_newest();

  AlgorithmId algorithm_;
  std::vector<Segment<Part>> segments_;
};

template <SegmentPart Part>
std::optional<std::size_t> Segments<Part>::slot_in(const Part& part, ReferenceId reference) {
  const auto slots = std::views::iota(std::size_t{0}, part.references());
  const auto at =
      std::ranges::lower_bound(slots, reference, {}, [&](std::size_t s) { return part.reference(s); });
  if (at == slots.end() || part.reference(*at) != reference) return std::nullopt;
  return *at;
}

template <SegmentPart Part>
std::optional<typename Segments<Part>::Place> Segments<Part>::find(ReferenceId reference) const {
  for (std::size_t i = segments_.size(); i-- > 0;) {
    const auto slot = slot_in(*segments_[i].part, reference);
    if (slot && segments_[i].is_live(*slot)) return Place{i, *slot};
  }
  return std::nullopt;
}

template <SegmentPart Part>
std::vector<ReferenceId> Segments<Part>::reference_ids() const {
  std::vector<ReferenceId> ids;
  ids.reserve(references());
  for (const auto& segment : segments_) {
    for (std::size_t slot = 0; slot < segment.part->references(); ++slot)
      if (segment.is_live(slot)) ids.push_back(segment.part->reference(slot));
  }
  std::ranges::sort(ids);
  return ids;
}

template <SegmentPart Part>
void Segments<Part>::kill(Segment<Part>& segment, std::size_t slot) {
  auto dead = segment.dead ? std::make_shared<DeadSlots>(*segment.dead)
                           : std::make_shared<DeadSlots>(segment.part->references());
  (*dead)[slot] = true;
  segment.dead = std::move(dead);
  ++segment.dead_count;
}

template <SegmentPart Part>
bool Segments<Part>::remove(ReferenceId reference) {
  const auto place = find(reference);
  if (!place) return false;
  Segment<Part>& segment = segments_[place->segment];
  kill(segment, place->slot);
  if (segment.live() == 0 && segment.file == 0)
    segments_.erase(segments_.begin() + static_cast<std::ptrdiff_t>(place->segment));
  return true;
}

template <SegmentPart Part>
void Segments<Part>::add(Part part, std::uint64_t file) {
  for (std::size_t slot = 0; slot < part.references(); ++slot) remove(part.reference(slot));
  if (part.references() == 0 && file == 0) return;
  segments_.push_back({std::make_shared<const Part>(std::move(part)), nullptr, 0, file});
  if (file == 0) merge_newest();
}

/// As long as the newest part in memory is not much smaller than the one before.
template <SegmentPart Part>
void Segments<Part>::merge_newest() {
  while (segments_.size() >= 2) {
    const auto pair = std::span(segments_).last(2);
    const std::size_t older = pair[0].part->image().size();
    const std::size_t newer = pair[1].part->image().size();
    if (pair[0].file != 0 || older > kGrowth * newer || older + newer > kMostInMemory) return;
    SegmentWriter out(kind());
    Part::write_merged(pair, out);
    Segment<Part> merger{std::make_shared<const Part>(out.finish()), nullptr, 0, 0};
    segments_.resize(segments_.size() - 2);
    if (merger.part->references() > 0) segments_.push_back(std::move(merger));
  }
}

template <SegmentPart Part>
std::vector<std::size_t> Segments<Part>::due(std::size_t most_bytes) const {
  std::vector<std::size_t> order(segments_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto bytes_of = [&](std::size_t i) { return segments_[i].part->image().size(); };
  std::ranges::stable_sort(order, {}, bytes_of);

  std::vector<std::size_t> gathered;
  std::size_t bytes = 0;
  for (const std::size_t i : order) {
    const bool is_in_memory = segments_[i].file == 0;
    if (!gathered.empty() && !is_in_memory && bytes_of(i) > kGrowth * bytes) break;
    if (!gathered.empty() && bytes + bytes_of(i) > most_bytes) break;
    gathered.push_back(i);
    bytes += bytes_of(i);
  }
  if (gathered.size() >= 2) return gathered;
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i].file == 0 || segments_[i].dead_count * kDeadShare > segments_[i].part->references())
      return {i};
  }
  return {};
}

template <SegmentPart Part>
std::vector<std::size_t> Segments<Part>::with_dead() const {
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < segments_.size(); ++i)
    if (segments_[i].dead_count > 0) positions.push_back(i);
  return positions;
}

template <SegmentPart Part>
bool Segments<Part>::replace(std::span<const Segment<Part>> merged, Part merger, std::uint64_t file) {
  std::vector<std::size_t> positions;
  for (const auto& old : merged) {
    const auto at = std::ranges::find(segments_, old.part, &Segment<Part>::part);
    if (at == segments_.end()) return false;
    positions.push_back(static_cast<std::size_t>(at - segments_.begin()));
  }
  std::ranges::sort(positions);
  Segment<Part> one{std::make_shared<const Part>(std::move(merger)), nullptr, 0, file};
  const auto is_live_still = [&](ReferenceId reference) {
    return std::ranges::any_of(positions, [&](std::size_t i) {
      const auto slot = slot_in(*segments_[i].part, reference);
      return slot && segments_[i].is_live(*slot);
    });
  };
  for (std::size_t slot = 0; slot < one.part->references(); ++slot)
    if (!is_live_still(one.part->reference(slot))) kill(one, slot);
  segments_[positions.front()] = std::move(one);
  for (std::size_t k = positions.size(); k-- > 1;)
    segments_.erase(segments_.begin() + static_cast<std::ptrdiff_t>(positions[k]));
  if (segments_[positions.front()].live() == 0)
    segments_.erase(segments_.begin() + static_cast<std::ptrdiff_t>(positions.front()));
  return true;
}

template <SegmentPart Part>
void Segments<Part>::take_over(Segment<Part> segment) {
  for (std::size_t slot = 0; slot < segment.part->references(); ++slot)
    if (segment.is_live(slot) && find(segment.part->reference(slot))) kill(segment, slot);
  if (segment.live() > 0) segments_.push_back(std::move(segment));
}

template <SegmentPart Part>
void Segments<Part>::drop(const std::shared_ptr<const Part>& part) {
  std::erase_if(segments_, [&](const Segment<Part>& segment) { return segment.part == part; });
}

}  // namespace reelprint::index
