#include "index/feature_index.h"

#include <algorithm>
#include <limits>
#include <string>

#include "core/error.h"
#include "index/feature_row.h"

namespace reelprint::index {
namespace {

/// Rows swept for each row that died: dead rows stay near one in as many.
constexpr std::size_t kSweptPerDeadRow = 8;

void check_limits(ReferenceId reference, std::span<const std::span<const LocalFeature>> details) {
  const auto refuse = [&](const std::string& reason) {
    throw Error(ErrorCode::too_large,
                "index the features of reference " + std::to_string(reference.value) + ": " + reason);
  };
  if (details.size() > kMaxDetails) refuse(std::to_string(details.size()) + " details");
  for (const auto& features : details) {
    if (features.size() > kMaxFeaturesPerDetail) {
      refuse(std::to_string(features.size()) + " features in a detail");
    }
  }
}

}  // namespace

void FeatureIndex::add(ReferenceId reference, std::span<const std::span<const LocalFeature>> details) {
  check_limits(reference, details);
  remove(reference);
  const std::uint32_t slot = open_slot(reference);
  for (std::size_t k = 0; k < details.size(); ++k) {
    for (std::size_t f = 0; f < details[k].size(); ++f) {
      append(details[k][f].descriptor, row_id(slot, k, f));
      ++slots_[slot].rows;
    }
  }
  // Live only now: should memory run out above, the rows so far are dead ones.
  slots_by_reference_.emplace(reference, slot);
  slots_[slot].is_live = true;
  features_ += slots_[slot].rows;
}

bool FeatureIndex::remove(ReferenceId reference) {
  const auto it = slots_by_reference_.find(reference);
  if (it == slots_by_reference_.end()) return false;
  const std::uint32_t slot = it->second;
  const std::size_t rows = slots_[slot].rows;
  slots_by_reference_.erase(it);
  slots_[slot].is_live = false;
  features_ -= rows;
  if (rows == 0) free_slots_.push_back(slot);
  if (features_ == 0)
    compact();
  else
    sweep(rows * kSweptPerDeadRow);
  return true;
}

void FeatureIndex::compact() {
  sweep(std::numeric_limits<std::size_t>::max());
}

std::size_t FeatureIndex::memory_bytes() const {
  constexpr std::size_t kMapNode = sizeof(std::pair<ReferenceId, std::uint32_t>) + 2 * sizeof(void*);
  return lists_.memory_bytes() + (codebook_ ? codebook_->memory_bytes() : 0) +
         slots_.capacity() * sizeof(Slot) + free_slots_.capacity() * sizeof(std::uint32_t) +
         slots_by_reference_.size() * kMapNode + slots_by_reference_.bucket_count() * sizeof(void*);
}

std::vector<ReferenceId> FeatureIndex::reference_ids() const {
  std::vector<ReferenceId> ids;
  ids.reserve(slots_by_reference_.size());
  for (const auto& [id, slot] : slots_by_reference_) ids.push_back(id);
  std::ranges::sort(ids);
  return ids;
}

std::uint32_t FeatureIndex::open_slot(ReferenceId reference) {
  if (free_slots_.empty()) {
    if (slots_.size() >= kMaxReferences) {
      throw Error(ErrorCode::too_large, "index features: more references than a row can name");
    }
    free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  slots_[slot] = {reference, 0, false};
  return slot;
}

void FeatureIndex::append(const Code& code, RowId id) {
  if (!codebook_ && lists_.rows() >= settings_.exhaustive_below) spread_over_lists();
  lists_.append(finder_ ? finder_->find_nearest(code, 1).front() : 0, code, id);
}

void FeatureIndex::spread_over_lists() {
  auto codebook = std::make_unique<const Codebook>(settings_.path);
  auto finder = std::make_unique<CodebookFinder>(*codebook);
  CodeLists spread(Codebook::kWords);
  const auto codes = lists_.codes(0);
  const auto ids = lists_.ids(0);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    spread.append(finder->find_nearest(codes[i], 1).front(), codes[i], ids[i]);
  }
  lists_ = std::move(spread);
  codebook_ = std::move(codebook);
  finder_ = std::move(finder);
}

void FeatureIndex::sweep(std::size_t rows) {
  lists_.sweep(rows, [&](RowId id) {
    Slot& slot = slots_[slot_of(id)];
    if (slot.is_live) return false;
    if (--slot.rows == 0) free_slots_.push_back(static_cast<std::uint32_t>(slot_of(id)));
    return true;
  });
}

}  // namespace reelprint::index
