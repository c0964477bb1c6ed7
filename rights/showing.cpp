#include "rights/showing.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "rights/names.h"

namespace reelprint::rights {
namespace {

constexpr std::size_t kMostListed = 30;

bool is_one_of(std::string_view name, const std::vector<std::string>& names) {
  return !name.empty() &&
         std::ranges::any_of(names, [&](const std::string& other) { return is_same_name(name, other); });
}

bool fits_text(std::string_view pattern, const std::optional<WebAddress>& address) {
  if (!address) return false;
  const auto parsed = parse_url_pattern(pattern);
  return parsed && fits(*parsed, *address);
}

}  // namespace

Showing showing_of(const UploadContext& context, WallTime at) {
  return {context, context.url.empty() ? std::nullopt : parse_web_address(context.url), at};
}

bool names(const Grantee& grantee, const Showing& showing) {
  const UploadContext& context = showing.context;
  if (!grantee.platforms.empty() &&
      std::ranges::find(grantee.platforms, context.platform) == grantee.platforms.end())
    return false;
  if (grantee.accounts.empty() && grantee.channels.empty() && grantee.url_patterns.empty())
    return !grantee.platforms.empty();
  return is_one_of(context.account, grantee.accounts) || is_one_of(context.channel, grantee.channels) ||
         std::ranges::any_of(grantee.url_patterns,
                             [&](const std::string& pattern) { return fits_text(pattern, showing.address); });
}

bool names(const AllowEntry& entry, const Showing& showing) {
  const UploadContext& context = showing.context;
  if (entry.platform != TenantId{} && entry.platform != context.platform) return false;
  switch (entry.kind) {
    case AllowKind::account: return is_one_of(context.account, {entry.value});
    case AllowKind::channel: return is_one_of(context.channel, {entry.value});
    case AllowKind::url_pattern: return fits_text(entry.value, showing.address);
  }
  return false;
}

std::string describe_uploader(const UploadContext& context) {
  std::string text;
  const std::array said{std::pair{"account", &context.account}, std::pair{"channel", &context.channel},
                        std::pair{"URL", &context.url}};
  for (const auto& [kind, name] : said) {
    if (name->empty()) continue;
    text += (text.empty() ? "" : ", ") + std::string(kind) + " '" + *name + "'";
  }
  return text.empty() ? "nobody in particular" : text;
}

std::string list_territories(std::vector<std::string> territories) {
  if (territories.empty()) return "everywhere";
  std::ranges::sort(territories);
  std::string text;
  for (std::size_t i = 0; i < territories.size() && i < kMostListed; ++i)
    text += (i == 0 ? "" : ", ") + territories[i];
  if (territories.size() > kMostListed)
    text += " and " + std::to_string(territories.size() - kMostListed) + " more";
  return text;
}

}  // namespace reelprint::rights
