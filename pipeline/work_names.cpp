#include "pipeline/work_names.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace reelprint::pipeline {
namespace {

constexpr std::int64_t kPartSize = 256;  ///< ids

std::int64_t part_of(ReferenceId reference) {
  return reference.value / kPartSize;
}

}  // namespace

StoredWorkNames::StoredWorkNames(const store::Store& store) {
  std::map<std::int64_t, Part> parts;
  for (ReferenceEntry& entry : store.references()) {
    const ReferenceId id = entry.reference.id;
    parts[part_of(id)].emplace(id, std::move(entry));
  }
  for (auto& [number, part] : parts) parts_[number] = std::make_shared<const Part>(std::move(part));
}

const ReferenceEntry* StoredWorkNames::entry_of(ReferenceId reference) const {
  const auto part = parts_.find(part_of(reference));
  if (part == parts_.end()) return nullptr;
  const auto it = part->second->find(reference);
  return it == part->second->end() ? nullptr : &it->second;
}

std::string StoredWorkNames::work_of(const Match& match) const {
  const ReferenceEntry* entry = entry_of(match.reference);
  if (entry == nullptr) return "reference " + std::to_string(match.reference.value);
  return entry->series.name + ", " + to_text(entry->episode);
}

void StoredWorkNames::refresh(const store::Store& store, std::span<const ReferenceId> references) {
  std::map<std::int64_t, Part> changed;
  for (const ReferenceId id : references) {
    const auto before = parts_.find(part_of(id));
    const auto [part, is_new] = changed.try_emplace(part_of(id));
    if (is_new && before != parts_.end()) part->second = *before->second;
    part->second.erase(id);
    if (auto entry = store.reference(id)) part->second.emplace(id, *std::move(entry));
  }
  for (auto& [number, part] : changed) parts_[number] = std::make_shared<const Part>(std::move(part));
}

}  // namespace reelprint::pipeline
