#include "pipeline/store_pool.h"

#include <utility>

namespace reelprint::pipeline {

StorePool::StorePool(std::filesystem::path folder) : folder_(std::move(folder)) {
  idle_.reserve(64);  // so that giving one back never allocates
  idle_.push_back(std::make_unique<store::Store>(folder_, false));
}

StorePool::Lease::~Lease() {
  const std::lock_guard lock(pool_.mutex_);
  if (pool_.idle_.size() < pool_.idle_.capacity()) pool_.idle_.push_back(std::move(store_));
}

StorePool::Lease StorePool::lease() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<store::Store> store = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(store)};
    }
  }
  return {*this, std::make_unique<store::Store>(folder_, false)};
}

}  // namespace reelprint::pipeline
