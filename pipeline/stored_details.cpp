#include "pipeline/stored_details.h"

#include <string>
#include <utility>

#include "fingerprint/fingerprint_codec.h"

namespace reelprint::pipeline {

StoredDetails::StoredDetails(const std::filesystem::path& folder, std::size_t most)
    : store_(folder, false), most_(most) {}

std::shared_ptr<const Fingerprint> StoredDetails::print_of(ReferenceId reference) const {
  const std::scoped_lock lock(mutex_);
  if (const auto it = places_.find(reference); it != places_.end()) {
    recent_.splice(recent_.begin(), recent_, it->second);
    return it->second->second;
  }
  const auto stored = store_.fingerprint(reference);
  if (!stored) return nullptr;
  auto print = std::make_shared<const Fingerprint>(
      fingerprint::decode(stored->bytes, "fingerprint of reference " + std::to_string(reference.value)));
  recent_.emplace_front(reference, print);
  places_[reference] = recent_.begin();
  if (recent_.size() > most_) {
    places_.erase(recent_.back().first);
    recent_.pop_back();
  }
  return print;
}

}  // namespace reelprint::pipeline
