#include "api/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace reelprint::api {
namespace {

constexpr std::size_t kMostNames = 100'000;
constexpr double kLongest_s = 86'400;

std::chrono::seconds time_for(double tokens, double per_s) {
  if (tokens <= 0) return std::chrono::seconds{0};
  const double time_s = per_s > 0 ? std::min(tokens / per_s, kLongest_s) : kLongest_s;
  return std::chrono::seconds{static_cast<std::int64_t>(std::ceil(time_s))};
}

}  // namespace

Allowance RateLimiter::take(const std::string& name, WallTime now) {
  if (rate_.burst <= 0) return {};
  const std::lock_guard lock(mutex_);
  Bucket& bucket = bucket_of(name, now);
  const bool is_granted = bucket.tokens >= 1;
  if (is_granted) bucket.tokens -= 1;
  Allowance allowance = allowance_of(bucket);
  allowance.is_granted = is_granted;
  return allowance;
}

Allowance RateLimiter::look(const std::string& name, WallTime now) {
  if (rate_.burst <= 0) return {};
  const std::lock_guard lock(mutex_);
  const auto found = buckets_.find(name);
  Bucket bucket = found == buckets_.end() ? Bucket{rate_.burst, now} : found->second;
  refill(bucket, now);
  return allowance_of(bucket);
}

RateLimiter::Bucket& RateLimiter::bucket_of(const std::string& name, WallTime now) {
  auto found = buckets_.find(name);
  if (found == buckets_.end()) {
    if (buckets_.size() >= kMostNames) {
      std::erase_if(buckets_, [&](const auto& entry) {
        Bucket bucket = entry.second;
        refill(bucket, now);
        return bucket.tokens >= rate_.burst;
      });
    }
    const std::string& kept = buckets_.size() >= kMostNames ? std::string{} : name;
    found = buckets_.try_emplace(kept, Bucket{rate_.burst, now}).first;
  }
  refill(found->second, now);
  return found->second;
}

void RateLimiter::refill(Bucket& bucket, WallTime now) const {
  const double elapsed_s = std::chrono::duration<double>(now - bucket.at).count();
  if (elapsed_s > 0) bucket.tokens = std::min(rate_.burst, bucket.tokens + elapsed_s * rate_.per_s);
  bucket.at = now;
}

Allowance RateLimiter::allowance_of(const Bucket& bucket) const {
  return {bucket.tokens >= 1, static_cast<std::size_t>(bucket.tokens),
          time_for(rate_.burst - bucket.tokens, rate_.per_s), time_for(1 - bucket.tokens, rate_.per_s)};
}

}  // namespace reelprint::api
