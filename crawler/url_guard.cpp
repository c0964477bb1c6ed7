// The part of the guard that needs no network: what a URL says by itself.

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "crawler/guarded_fetch.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostUrlBytes = 2'000;
/// Names that mean something only inside of a network or machine: RFC 6761, 6762, 8375 and common use.
constexpr std::array<std::string_view, 9> kInnerNames{
    "localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain", "corp", "home"};

struct CloseUrl {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
struct FreeText {
  void operator()(char* text) const noexcept { curl_free(text); }
};
using Url = std::unique_ptr<CURLU, CloseUrl>;

/// "" when it has none.
std::string part_of(const Url& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return {};
  const std::unique_ptr<char, FreeText> owner(text);
  return text;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

bool is_inner_name(std::string_view host) {
  while (host.ends_with('.')) host.remove_suffix(1);
  return std::ranges::any_of(kInnerNames, [&](std::string_view name) {
    return host == name ||
           (host.size() > name.size() && host.ends_with(name) && host[host.size() - name.size() - 1] == '.');
  });
}

std::optional<UrlRefusal> refusal_of_host(std::string host, const FetchSettings& settings) {
  if (host.empty()) return UrlRefusal{"it has no host"};
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (const auto address = parse_address(host)) {
    if (is_allowed(*address, settings)) return std::nullopt;
    return UrlRefusal{"the address " + to_string(*address) + " is not of the public internet", true};
  }
  if (is_inner_name(host) && !(settings.allow_loopback && host == "localhost") &&
      settings.also_allowed.empty()) {
    return UrlRefusal{"the name '" + host + "' is not of the public internet", true};
  }
  return std::nullopt;
}

}  // namespace

bool is_allowed(const IpAddress& address, const FetchSettings& settings) {
  if (is_public(address) || (settings.allow_loopback && is_loopback(address))) return true;
  return std::ranges::any_of(settings.also_allowed,
                             [&](const Network& network) { return network.contains(address); });
}

std::optional<UrlRefusal> judge_url(const std::string& url, const FetchSettings& settings) {
  if (url.size() > kMostUrlBytes)
    return UrlRefusal{"it is longer than " + std::to_string(kMostUrlBytes) + " bytes"};
  const bool is_plain = std::ranges::all_of(url, [](unsigned char c) { return c > 0x20 && c != 0x7F; });
  if (!is_plain) return UrlRefusal{"it has blanks or control characters in it"};
  const Url parsed(curl_url());
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    return UrlRefusal{"it is no URL"};
  }
  const std::string scheme = lower(part_of(parsed, CURLUPART_SCHEME));
  if (scheme != "http" && scheme != "https") return UrlRefusal{"it is neither http nor https"};
  if (!part_of(parsed, CURLUPART_USER).empty() || !part_of(parsed, CURLUPART_PASSWORD).empty()) {
    return UrlRefusal{"it has a user name or a password in it"};
  }
  return refusal_of_host(lower(part_of(parsed, CURLUPART_HOST)), settings);
}

std::optional<std::string> refusal_of_url(const std::string& url, const FetchSettings& settings) {
  auto refusal = judge_url(url, settings);
  if (!refusal) return std::nullopt;
  return std::move(refusal->why);
}

}  // namespace reelprint::crawler
