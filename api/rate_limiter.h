// Token buckets: how often somebody may ask.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

#include "core/clock.h"

namespace reelprint::api {

/// `burst` requests at once, and `per_s` more each second. A burst of zero limits nothing.
struct Rate {
  double per_s = 0;
  double burst = 0;
};

/// What became of a request, as the RateLimit fields tell it.
struct Allowance {
  bool is_granted = true;
  std::size_t left = 0;                ///< whole requests that may follow at once
  std::chrono::seconds until_full{0};  ///< rounded up, as below
  std::chrono::seconds until_next{0};  ///< zero when one may follow at once
};

/// One bucket a name. Thread-safe. Keeps about 100,000 names at most: those whose bucket is full are
/// forgotten, which changes nothing; when that does not help, new names share one bucket.
class RateLimiter {
 public:
  explicit RateLimiter(Rate rate) : rate_(rate) {}

  /// Takes one token; a clock that goes back adds none.
  Allowance take(const std::string& name, WallTime now);
  /// What take() would say, taking none.
  [[nodiscard]] Allowance look(const std::string& name, WallTime now);
  [[nodiscard]] const Rate& rate() const { return rate_; }

 private:
  struct Bucket {
    double tokens = 0;
    WallTime at;
  };
  [[nodiscard]] Bucket& bucket_of(const std::string& name, WallTime now);
  void refill(Bucket& bucket, WallTime now) const;
  [[nodiscard]] Allowance allowance_of(const Bucket& bucket) const;

  Rate rate_;
  std::mutex mutex_;  // guards buckets_
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace reelprint::api
