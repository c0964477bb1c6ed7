#include "crawler/robots_policy.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "crawler/http_date.h"

namespace reelprint::crawler {
namespace {

using std::chrono::seconds;

bool is_unreachable(int status) {
  return status <= 0 || status >= 500 || status == 429;
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lowered;
}

/// How long an answer may be kept by its Cache-Control; nothing when that does not say.
std::optional<seconds> lifetime(std::string_view cache_control) {
  const std::string text = lower(cache_control);
  if (text.find("no-store") != std::string::npos || text.find("no-cache") != std::string::npos)
    return seconds{0};
  constexpr std::string_view kName = "max-age=";
  for (std::size_t at = text.find(kName); at != std::string::npos; at = text.find(kName, at + 1)) {
    const bool is_name = at == 0 || text[at - 1] == ' ' || text[at - 1] == ',';
    if (!is_name) continue;  // s-maxage is for shared caches
    std::int64_t value = 0;
    const char* const begin = text.data() + at + kName.size();
    const auto problem = std::from_chars(begin, text.data() + text.size(), value).ec;
    if (problem == std::errc{} && value >= 0) return std::min(seconds{value}, seconds{kMostRobotsAge});
  }
  return std::nullopt;
}

/// Again as long after as it has been gone: the pauses double, from ten minutes to a day.
RobotsMemory unreachable(const RobotsMemory& before, const RobotsAnswer& answer, WallTime now) {
  RobotsMemory memory = before;
  memory.status = answer.status == 429 || answer.status >= 500 ? answer.status : -1;
  memory.fetched_at = now;
  if (memory.unreachable_since == WallTime{}) memory.unreachable_since = now;
  const auto gone_for = std::chrono::floor<seconds>(now - memory.unreachable_since);
  const auto asked = retry_after_of(answer.retry_after, now).value_or(seconds{0});
  memory.fetch_again_at =
      now + std::clamp(std::max(gone_for, asked), seconds{kLeastRobotsAge}, seconds{kMostRobotsAge});
  return memory;
}

RobotsMemory reached(const RobotsMemory& before, const RobotsAnswer& answer, WallTime now) {
  RobotsMemory memory;
  memory.status = answer.status;
  if (answer.status / 100 == 2) memory.text = answer.text.substr(0, kMostRobotsBytes);
  if (answer.status == 304) {
    memory.status = before.status;
    memory.text = before.text;
  }
  memory.fetched_at = now;
  const auto kept_for = lifetime(answer.cache_control).value_or(seconds{kMostRobotsAge});
  memory.fetch_again_at = now + std::max(kept_for, seconds{kLeastRobotsAge});
  return memory;
}

}  // namespace

RobotsState robots_state(const RobotsMemory& memory, std::string_view product, WallTime now) {
  if (memory.status == 0 || now >= memory.fetch_again_at) return {true, RobotsRules::forbid_all()};
  if (!is_unreachable(memory.status)) {
    // 3xx: it leads on and on, which counts as unavailable, as 4xx does (2.3.1.2, 2.3.1.3).
    return {false, memory.status / 100 == 2 ? RobotsRules(memory.text, product) : RobotsRules()};
  }
  if (now - memory.unreachable_since < kRobotsForbiddenFor) return {false, RobotsRules::forbid_all()};
  return {false, RobotsRules(memory.text, product)};
}

RobotsStep robots_step(const RobotsMemory& before, const RobotsAnswer& answer, WallTime now) {
  const bool is_redirect = answer.status / 100 == 3 && answer.status != 304 && answer.status != 300;
  if (is_redirect && answer.redirects < kMostRobotsRedirects) {
    if (answer.redirect.empty()) return {{}, unreachable(before, answer, now)};
    return {answer.redirect, before};
  }
  if (is_unreachable(answer.status)) return {{}, unreachable(before, answer, now)};
  return {{}, reached(before, answer, now)};
}

}  // namespace reelprint::crawler
