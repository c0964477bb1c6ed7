// Durations, dates and counts as people write them into documents.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/clock.h"
#include "core/time.h"

namespace reelprint::crawler {

/// "PT1M30.5S" (ISO 8601; weeks and days too), "90", "90.5", "90s", "1:30", "01:02:03"; nothing for anything
/// else, for zero, and beyond 1,000 hours.
[[nodiscard]] std::optional<Duration> duration_from(std::string_view text);

/// RFC 3339, also with a blank for its T, without seconds, without a zone (UTC is assumed), or the day alone;
/// "20260102"; RFC 822's "Fri, 02 Jan 2026 10:00:00 +0800"; seconds or milliseconds since 1970. Nothing for
/// anything else.
[[nodiscard]] std::optional<WallTime> date_from(std::string_view text);

/// "1234", "1,234", "1 234", "3.4K", "2.5M", "1.2万", "3億"; a word behind it ("views", "次播放") does not
/// matter. Nothing for anything else.
[[nodiscard]] std::optional<std::uint64_t> count_from(std::string_view text);

/// A number of an episode: "12", "第12集", "EP 3", "Episode 7"; nothing without digits or over 100,000.
[[nodiscard]] std::optional<int> episode_from(std::string_view text);

}  // namespace reelprint::crawler
