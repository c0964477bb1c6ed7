#include "core/crawl_source.h"

#include <array>

#include "core/enum_names.h"

namespace reelprint {
namespace {

constexpr std::array<std::string_view, 7> kKinds{"site", "sitemap", "feed",  "channel",
                                                 "list", "videos",  "folder"};
constexpr std::array<std::string_view, 2> kDepths{"sample", "whole"};
constexpr std::array<std::string_view, 2> kStates{"active", "paused"};

}  // namespace

std::string_view to_string(CrawlSourceKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}

std::optional<CrawlSourceKind> crawl_source_kind_of(std::string_view name) {
  return named_value<CrawlSourceKind>(kKinds, name);
}

std::string_view to_string(FetchDepth depth) {
  return kDepths.at(static_cast<std::size_t>(depth));
}

std::optional<FetchDepth> fetch_depth_of(std::string_view name) {
  return named_value<FetchDepth>(kDepths, name);
}

std::string_view to_string(CrawlSourceState state) {
  return kStates.at(static_cast<std::size_t>(state));
}

std::optional<CrawlSourceState> crawl_source_state_of(std::string_view name) {
  return named_value<CrawlSourceState>(kStates, name);
}

WallTime next_round_after(const CrawlSource& source, WallTime began_at) {
  if (source.every <= std::chrono::minutes{0}) return kNoMoreRounds;
  const WallTime next = began_at + source.every;
  if (!source.at) return next;
  const WallTime day = std::chrono::floor<std::chrono::days>(next);
  const WallTime of_day = day + *source.at;
  return of_day > began_at ? of_day : of_day + std::chrono::days{1};
}

}  // namespace reelprint
