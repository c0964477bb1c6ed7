#include "rights/showing.h"

#include <algorithm>
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

Sentence describe_uploader(const UploadContext& context) {
  Sentence said(SentenceCode::list);
  const auto add = [&](SentenceCode code, const std::string& name) {
    if (!name.empty()) said.values.emplace_back(code, std::initializer_list<Sentence>{name});
  };
  add(SentenceCode::uploader_account, context.account);
  add(SentenceCode::uploader_channel, context.channel);
  add(SentenceCode::uploader_url, context.url);
  return said.values.empty() ? Sentence(SentenceCode::uploader_nobody) : said;
}

Sentence list_territories(std::vector<std::string> territories) {
  if (territories.empty()) return SentenceCode::everywhere;
  std::ranges::sort(territories);
  Sentence listed(SentenceCode::list);
  for (std::size_t i = 0; i < territories.size() && i < kMostListed; ++i)
    listed.values.emplace_back(territories[i]);
  if (territories.size() <= kMostListed) return listed;
  return {SentenceCode::and_more, {listed, territories.size() - kMostListed}};
}

}  // namespace reelprint::rights
