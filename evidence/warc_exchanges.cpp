#include "evidence/warc_exchanges.h"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <optional>
#include <string>

#include "evidence/json_members.h"
#include "evidence/warc_reader.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

/// A member that may be missing, or be of another kind: "" then.
std::string text_in(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::int64_t whole_in(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

WallTime time_in(const json::object& object, std::string_view name) {
  return wall_time_of(text_in(object, name)).value_or(WallTime{});
}

std::vector<PeerCertificate> certificates_in(const json::object& object) {
  std::vector<PeerCertificate> certificates;
  const json::value* found = object.if_contains("certificates");
  if (found == nullptr || !found->is_array()) return certificates;
  for (const json::value& element : found->get_array()) {
    if (!element.is_object()) continue;
    const json::object& one = element.get_object();
    certificates.push_back({text_in(one, "pem"), text_in(one, "subject"), text_in(one, "issuer"),
                            sha256_in_hex(text_in(one, "sha256")).value_or(Sha256{})});
  }
  return certificates;
}

void add_content(Exchange& exchange, const json::object& facts) {
  const json::value* found = facts.if_contains("content");
  if (found == nullptr || !found->is_object()) return;
  const json::object& content = found->get_object();
  exchange.body_bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, whole_in(content, "bytes")));
  exchange.wire_bytes =
      static_cast<std::uint64_t>(std::max<std::int64_t>(0, whole_in(content, "bytes_over_the_wire")));
  exchange.body_digest = sha256_in_hex(text_in(content, "sha256")).value_or(Sha256{});
  const json::value* truncated = content.if_contains("is_truncated");
  exchange.is_truncated = truncated != nullptr && truncated->is_bool() && truncated->get_bool();
}

/// Of RFC 4648's letters; what is none of them is left out.
std::string of_base64(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::size_t letter = kLetters.find(c);
    if (letter == std::string_view::npos) continue;
    pending = (pending << 6U | static_cast<std::uint32_t>(letter)) & 0xFFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(pending >> bits & 0xFFU);
  }
  return bytes;
}

/// Heads that are no UTF-8 are in there as base64.
std::string bytes_in(const json::object& object, const std::string& name) {
  const std::string text = text_in(object, name);
  return text.empty() ? of_base64(text_in(object, name + "_base64")) : text;
}

}  // namespace

std::optional<NotedExchange> exchange_of(std::string_view metadata) {
  json::error_code error;
  const json::value value = json::parse(metadata, error);
  if (error || !value.is_object()) return std::nullopt;
  const json::object& facts = value.get_object();
  NotedExchange noted;
  noted.note.purpose = text_in(facts, "purpose");
  noted.note.redirected_from = text_in(facts, "redirected_from");
  Exchange& exchange = noted.exchange;
  exchange.url = text_in(facts, "url");
  exchange.method = text_in(facts, "method");
  if (exchange.url.empty() || exchange.method.empty()) return std::nullopt;
  exchange.request_head = bytes_in(facts, "request_head");
  exchange.interim_heads = bytes_in(facts, "interim_heads");
  exchange.response_head = bytes_in(facts, "response_head");
  exchange.status = static_cast<int>(std::clamp<std::int64_t>(whole_in(facts, "status"), 0, 999));
  exchange.address = text_in(facts, "ip_address");
  exchange.http_version = text_in(facts, "http_version");
  exchange.certificates = certificates_in(facts);
  exchange.began_at = time_in(facts, "began_at");
  exchange.answered_at = time_in(facts, "answered_at");
  exchange.ended_at = time_in(facts, "ended_at");
  exchange.error_code = text_in(facts, "error_code");
  exchange.error = text_in(facts, "error");
  add_content(exchange, facts);
  return noted;
}

std::vector<Exchange> exchanges_in(const std::filesystem::path& warc, std::size_t most) {
  std::vector<Exchange> exchanges;
  WarcReader reader(warc);
  while (exchanges.size() < most) {
    const auto record = reader.next();
    if (!record) break;
    if (record->field("WARC-Type") != "metadata" || record->bytes != record->begin.size()) continue;
    if (auto noted = exchange_of(record->begin)) exchanges.push_back(std::move(noted->exchange));
  }
  return exchanges;
}

}  // namespace reelprint::evidence
