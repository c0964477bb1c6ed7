// When a host's robots.txt is fetched, and what it means in the meantime: RFC 9309, sections 2.3.1 and 2.4.
// Pure: what is remembered and what was answered in, what to do out.
//
// Where the RFC leaves a choice: 429 is the server's plea and no "unavailable", so that it forbids as 5xx
// does; a redirect that may not be followed (to an address inside, to nowhere) forbids; while the file cannot
// be reached everything is forbidden, an old copy or not, and after 30 days the old copy applies, if there is
// one.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "crawler/robots.h"

namespace reelprint::crawler {

inline constexpr int kMostRobotsRedirects = 5;
inline constexpr std::chrono::hours kMostRobotsAge{24};
inline constexpr std::chrono::minutes kLeastRobotsAge{10};  ///< whatever Cache-Control says
inline constexpr std::chrono::days kRobotsForbiddenFor{30};

/// What is remembered of a host's robots.txt: plain values that the store keeps.
struct RobotsMemory {
  std::string text{};            ///< of the last success; kept while it cannot be reached
  int status = 0;                ///< of the last answer; 0: never fetched, -1: could not be reached
  WallTime fetched_at{};         ///< of the last answer
  WallTime fetch_again_at{};     ///< a past one: before anything else is fetched
  WallTime unreachable_since{};  ///< zero: it is not

  friend bool operator==(const RobotsMemory&, const RobotsMemory&) = default;
};

/// What applies now.
struct RobotsState {
  bool must_fetch = false;  ///< robots.txt first; until then nothing is allowed
  RobotsRules rules{};
};
[[nodiscard]] RobotsState robots_state(const RobotsMemory& memory, std::string_view product, WallTime now);

/// An answer to a request for robots.txt, after so many redirects.
struct RobotsAnswer {
  int status = 0;          ///< 0: there was none, or not all of it (for another reason than 500 KiB)
  std::string text{};      ///< of 2xx; up to 500 KiB count
  std::string redirect{};  ///< of 3xx: where it leads, absolute; "" when that may not be followed
  std::string cache_control{};
  std::string retry_after{};
  int redirects = 0;  ///< that led here
};

struct RobotsStep {
  std::string follow{};  ///< fetch this next, by way of the guard; the memory is as before. "": settled
  RobotsMemory memory{};
};
/// Rules found behind redirects apply to the host that was asked first.
[[nodiscard]] RobotsStep robots_step(const RobotsMemory& before, const RobotsAnswer& answer, WallTime now);

}  // namespace reelprint::crawler
