// How often a host may be asked: decided from how it answers. Pure; the caller sees to it that no host has
// two requests at a time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/exchange.h"

namespace reelprint::crawler {

struct PolitenessSettings {
  /// Of the time that a host takes to answer: the rest of the time it is left alone, so that we are at most a
  /// sixth of one of its processes.
  double delay_factor = 5;
  std::chrono::milliseconds least_delay{1'000};
  std::chrono::milliseconds most_delay{60'000};        ///< of what adapts by itself
  std::chrono::milliseconds most_crawl_delay{60'000};  ///< a longer Crawl-delay is not waited for
  std::chrono::seconds most_retry_after{std::chrono::hours{24}};
  int failures_to_open = 5;  ///< in a row, and the host is left alone for a while
  std::chrono::seconds first_pause{std::chrono::minutes{5}};
  std::chrono::seconds most_pause{std::chrono::hours{24}};
};

/// What is remembered of a host between two requests: plain values that the store keeps.
struct HostPace {
  std::chrono::milliseconds delay{0};  ///< as it adapted; 0: it was never asked
  int failures = 0;                    ///< in a row
  WallTime closed_until{};             ///< the circuit breaker is open until then
  WallTime next_at{};                  ///< not asked before then

  friend bool operator==(const HostPace&, const HostPace&) = default;
};

/// How a host took one request.
struct HostAnswer {
  int status = 0;
  std::string error_code{};                                ///< of the exchange
  std::string retry_after{};                               ///< the header, as it came
  std::chrono::milliseconds took{0};                       ///< from the request to the head of the answer
  std::optional<std::chrono::milliseconds> crawl_delay{};  ///< as its robots.txt asks
};

[[nodiscard]] HostAnswer host_answer_of(const Exchange& exchange,
                                        std::optional<std::chrono::milliseconds> crawl_delay);

/// Pace after an answer. The delay goes a quarter of the way to `delay_factor` × `took` with each answer; 429
/// and 503 double it. Retry-After of 429, 5xx and 3xx is kept. No answer, 5xx and 429 are failures; what was
/// not sent (an address that is forbidden, a cancelled order) says nothing of the host. From the
/// `failures_to_open`th failure on the host rests: `first_pause`, doubled with each further failure.
[[nodiscard]] HostPace pace_after(const HostPace& before, const HostAnswer& answer,
                                  const PolitenessSettings& settings, WallTime now);

enum class Breaker {
  closed,     ///< as always
  open,       ///< not to be asked before `closed_until`
  half_open,  ///< one request is to show how it is; its failure opens the breaker for longer
};
[[nodiscard]] Breaker breaker_of(const HostPace& pace, const PolitenessSettings& settings, WallTime now);

/// "reelprint/VERSION (+CONTACT)": who asks, and where to complain. `contact`: an http(s) URL or a mailto:
/// one. Throws Error{invalid_input} for anything else: nobody crawls without saying who it is.
[[nodiscard]] std::string crawler_user_agent(std::string_view version, std::string_view contact);

}  // namespace reelprint::crawler
