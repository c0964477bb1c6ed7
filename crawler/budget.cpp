#include "crawler/budget.h"

namespace reelprint::crawler {
namespace {

template <class Number>
bool is_reached(Number limit, Number use) {
  return limit > Number{0} && use >= limit;
}

}  // namespace

std::optional<std::string_view> used_up(const CrawlBudget& budget, const RoundUse& use) {
  if (is_reached(budget.pages, use.pages)) return "pages";
  if (is_reached(budget.bytes, use.bytes)) return "bytes";
  if (is_reached(budget.time, use.time)) return "time";
  return std::nullopt;
}

std::optional<std::string_view> host_used_up(const CrawlBudget& budget, std::uint64_t pages,
                                             std::uint64_t bytes) {
  if (is_reached(budget.host_pages, pages)) return "host pages";
  if (is_reached(budget.host_bytes, bytes)) return "host bytes";
  return std::nullopt;
}

}  // namespace reelprint::crawler
