#include "core/crawl_url.h"

#include <array>

#include "core/enum_names.h"

namespace reelprint {
namespace {

constexpr std::array<std::string_view, 9> kKinds{"page",   "player", "feed",     "sitemap", "list",
                                                 "oembed", "media",  "playlist", "image"};
constexpr std::array<std::string_view, 5> kStates{"waiting", "taken", "settled", "refused", "gone"};
constexpr std::array<std::string_view, 8> kPurposes{"discover", "hint",    "sample",         "whole",
                                                    "robots",   "capture", "takedown_check", "revisit"};

}  // namespace

std::string_view to_string(CrawlUrlKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}

std::optional<CrawlUrlKind> crawl_url_kind_of(std::string_view name) {
  return named_value<CrawlUrlKind>(kKinds, name);
}

std::string_view to_string(CrawlUrlState state) {
  return kStates.at(static_cast<std::size_t>(state));
}

std::optional<CrawlUrlState> crawl_url_state_of(std::string_view name) {
  return named_value<CrawlUrlState>(kStates, name);
}

std::string_view to_string(CrawlPurpose purpose) {
  return kPurposes.at(static_cast<std::size_t>(purpose));
}

std::optional<CrawlPurpose> crawl_purpose_of(std::string_view name) {
  return named_value<CrawlPurpose>(kPurposes, name);
}

}  // namespace reelprint
