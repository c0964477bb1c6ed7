#include "crawler/politeness.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.h"
#include "crawler/http_date.h"

namespace reelprint::crawler {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMostContactBytes = 200;

bool was_sent(const HostAnswer& answer) {
  constexpr std::array<std::string_view, 3> kUnsent{"forbidden_address", "invalid_url", "cancelled"};
  return answer.status != 0 || std::ranges::find(kUnsent, answer.error_code) == kUnsent.end();
}

bool is_failure(const HostAnswer& answer) {
  return answer.status == 0 || answer.status >= 500 || answer.status == 429;
}

bool asks_to_slow_down(const HostAnswer& answer) {
  return answer.status == 429 || answer.status == 503;
}

milliseconds adapted_delay(milliseconds before, const HostAnswer& answer,
                           const PolitenessSettings& settings) {
  before = std::clamp(before, settings.least_delay, settings.most_delay);
  if (asks_to_slow_down(answer)) return std::min(2 * before, settings.most_delay);
  const double wanted = settings.delay_factor * static_cast<double>(answer.took.count());
  const milliseconds target(std::llround(std::clamp(wanted, static_cast<double>(settings.least_delay.count()),
                                                    static_cast<double>(settings.most_delay.count()))));
  return before + (target - before) / 4;
}

/// How long a host rests after so many failures in a row; zero while they are few.
seconds pause_after(int failures, const PolitenessSettings& settings) {
  if (failures < settings.failures_to_open) return seconds{0};
  seconds pause = settings.first_pause;
  for (int i = settings.failures_to_open; i < failures && pause < settings.most_pause; ++i) pause *= 2;
  return std::min(pause, settings.most_pause);
}

seconds retry_after(const HostAnswer& answer, const PolitenessSettings& settings, WallTime now) {
  const bool may_ask = answer.status == 429 || answer.status >= 500 || answer.status / 100 == 3;
  if (!may_ask) return seconds{0};
  return std::min(retry_after_of(answer.retry_after, now).value_or(seconds{0}), settings.most_retry_after);
}

}  // namespace

HostAnswer host_answer_of(const Exchange& exchange, std::optional<milliseconds> crawl_delay) {
  const WallTime end = exchange.answered_at == WallTime{} ? exchange.ended_at : exchange.answered_at;
  return {
      .status = exchange.status,
      .error_code = exchange.error_code,
      .retry_after = header_of(exchange.response_head, "Retry-After"),
      .took = std::max(std::chrono::duration_cast<milliseconds>(end - exchange.began_at), milliseconds{0}),
      .crawl_delay = crawl_delay};
}

HostPace pace_after(const HostPace& before, const HostAnswer& answer, const PolitenessSettings& settings,
                    WallTime now) {
  if (!was_sent(answer)) return before;
  HostPace pace = before;
  pace.delay = adapted_delay(before.delay, answer, settings);
  pace.failures = is_failure(answer) ? std::min(before.failures, 1'000'000) + 1 : 0;
  const seconds pause = pause_after(pace.failures, settings);
  pace.closed_until = pause > seconds{0} ? now + pause : WallTime{};
  const milliseconds asked =
      std::min(answer.crawl_delay.value_or(milliseconds{0}), settings.most_crawl_delay);
  pace.next_at = std::max(
      {now + std::max(pace.delay, asked), now + retry_after(answer, settings, now), pace.closed_until});
  return pace;
}

Breaker breaker_of(const HostPace& pace, const PolitenessSettings& settings, WallTime now) {
  if (pace.failures < settings.failures_to_open) return Breaker::closed;
  return now < pace.closed_until ? Breaker::open : Breaker::half_open;
}

std::string crawler_user_agent(std::string_view version, std::string_view contact) {
  const bool is_url =
      contact.starts_with("https://") || contact.starts_with("http://") || contact.starts_with("mailto:");
  const bool is_plain = std::ranges::all_of(
      contact, [](char c) { return c > ' ' && c < '\x7F' && c != '(' && c != ')' && c != '\\'; });
  const bool has_place = contact.find_first_of(":") + 3 < contact.size();
  if (!is_url || !is_plain || !has_place || contact.size() > kMostContactBytes) {
    throw Error(ErrorCode::invalid_input,
                "name the crawler: its contact must be a URL (https://… or mailto:…) that a web site's "
                "owner can complain to");
  }
  return "reelprint/" + std::string(version) + " (+" + std::string(contact) + ")";
}

}  // namespace reelprint::crawler
