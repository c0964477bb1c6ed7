// Whether a round may go on.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/crawl_source.h"

namespace reelprint::crawler {

/// What a round has used of its source's budget.
struct RoundUse {
  std::uint64_t pages = 0;
  std::uint64_t bytes = 0;
  std::chrono::seconds time{0};  ///< since it began
};

/// The part of the budget that is used up: "pages", "bytes", "time"; nothing while there is some of each.
[[nodiscard]] std::optional<std::string_view> used_up(const CrawlBudget& budget, const RoundUse& use);
/// The same of one host in the round: "host pages", "host bytes".
[[nodiscard]] std::optional<std::string_view> host_used_up(const CrawlBudget& budget, std::uint64_t pages,
                                                           std::uint64_t bytes);

}  // namespace reelprint::crawler
