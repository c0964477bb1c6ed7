// robots.txt and the headers that say when to come back, by a host that wishes us no good.
#include <cstdint>
#include <string_view>

#include "crawler/http_date.h"
#include "crawler/robots.h"
#include "crawler/robots_policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view target = text.substr(0, size / 4);
  const crawler::RobotsRules rules(text.substr(size / 4), "reelprint");
  // what decides is what is said to have decided
  if (!rules.is_allowed(target) && rules.deciding_rule(target).empty()) __builtin_trap();
  const WallTime now{std::chrono::seconds{1'800'000'000}};
  (void)crawler::http_date_of(text, now);
  const auto wait = crawler::retry_after_of(text, now);
  if (wait && wait->count() < 0) __builtin_trap();
  const auto step = crawler::robots_step(
      {}, {.status = 200, .text = std::string(text), .cache_control = std::string(text)}, now);
  if (step.memory.fetch_again_at > now + crawler::kMostRobotsAge) __builtin_trap();
  return 0;
}
