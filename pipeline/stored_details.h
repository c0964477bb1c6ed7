// The store as the place where the search gets a reference's details.
#pragma once

#include <cstddef>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <mutex>

#include "index/detail_source.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Reads fingerprints through a connection of its own and keeps the last used ones. Thread-safe.
class StoredDetails final : public index::DetailSource {
 public:
  /// `most` fingerprints are kept at a time, about half a megabyte each.
  explicit StoredDetails(const std::filesystem::path& folder, std::size_t most = 256);

  [[nodiscard]] std::shared_ptr<const Fingerprint> print_of(ReferenceId reference) const override;

 private:
  using Recent = std::list<std::pair<ReferenceId, std::shared_ptr<const Fingerprint>>>;

  mutable std::mutex mutex_;  // guards all below
  store::Store store_;
  std::size_t most_;
  mutable Recent recent_;  // most recently used first
  mutable std::map<ReferenceId, Recent::iterator> places_;
};

}  // namespace reelprint::pipeline
