// Store objects for many threads: each is used by one at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "store/store.h"

namespace reelprint::pipeline {

/// Lends stores of one data folder, which must exist. Thread-safe; must outlive what it lent.
class StorePool {
 public:
  /// Opens the first one, so that a data folder that cannot be used is known at once; throws what Store does.
  explicit StorePool(std::filesystem::path folder);

  /// A store that nobody else uses until the lease ends.
  class Lease {
   public:
    Lease(StorePool& pool, std::unique_ptr<store::Store> store) : pool_(pool), store_(std::move(store)) {}
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] store::Store& operator*() const { return *store_; }
    [[nodiscard]] store::Store* operator->() const { return store_.get(); }

   private:
    StorePool& pool_;
    std::unique_ptr<store::Store> store_;
  };

  /// Opens another one when all are lent.
  [[nodiscard]] Lease lease();

 private:
  std::filesystem::path folder_;
  std::mutex mutex_;  // guards idle_
  std::vector<std::unique_ptr<store::Store>> idle_;
};

}  // namespace reelprint::pipeline
