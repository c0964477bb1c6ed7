#include "evidence/warc_metadata.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>

#include "core/utf8.h"
#include "evidence/canonical_json.h"
#include "evidence/warc_http.h"
#include "evidence/warc_record.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    pending = (pending << 8 | static_cast<unsigned char>(c)) & 0x3FFFU;
    for (bits += 8; bits >= 6; bits -= 6) text += kLetters[(pending >> (bits - 6)) & 63U];
  }
  if (bits > 0) text += kLetters[(pending << (6 - bits)) & 63U];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

void put(json::object& into, std::string_view name, std::string_view value) {
  if (!value.empty()) into[name] = value;
}

void put_bytes(json::object& into, const std::string& name, std::string_view bytes) {
  if (to_valid_utf8(bytes) == bytes) return put(into, name, bytes);
  into[name + "_base64"] = base64(bytes);
}

void put_time(json::object& into, std::string_view name, WallTime time) {
  if (time != WallTime{}) into[name] = warc_date(time);
}

json::array certificates_of(const Exchange& exchange) {
  json::array certificates;
  for (const PeerCertificate& one : exchange.certificates) {
    json::object entry;
    put(entry, "subject", to_valid_utf8(one.subject));
    put(entry, "issuer", to_valid_utf8(one.issuer));
    entry["sha256"] = to_hex(one.digest);
    put(entry, "pem", to_valid_utf8(one.pem));
    certificates.push_back(std::move(entry));
  }
  return certificates;
}

json::object content_of(const Exchange& exchange) {
  json::object content;
  content["bytes"] = exchange.body_bytes;
  if (exchange.body_digest != Sha256{}) content["sha256"] = to_hex(exchange.body_digest);
  content["bytes_over_the_wire"] = exchange.wire_bytes;
  content["is_truncated"] = exchange.is_truncated;
  return content;
}

}  // namespace

std::string warc_metadata(const Exchange& exchange, const WarcNote& note) {
  json::object facts;
  put(facts, "url", to_valid_utf8(exchange.url));
  put(facts, "method", exchange.method);
  put(facts, "purpose", note.purpose);
  put(facts, "redirected_from", to_valid_utf8(note.redirected_from));
  put(facts, "redirects_to", to_valid_utf8(header_of(exchange.response_head, "Location")));
  put_time(facts, "began_at", exchange.began_at);
  put_time(facts, "answered_at", exchange.answered_at);
  put_time(facts, "ended_at", exchange.ended_at);
  put(facts, "ip_address", exchange.address);
  put(facts, "http_version", exchange.http_version);
  facts["status"] = exchange.status;
  put(facts, "error_code", exchange.error_code);
  put(facts, "error", to_valid_utf8(exchange.error));
  facts["content"] = content_of(exchange);
  if (!exchange.certificates.empty()) facts["certificates"] = certificates_of(exchange);
  put_bytes(facts, "request_head", exchange.request_head);
  put_bytes(facts, "interim_heads", exchange.interim_heads);
  put_bytes(facts, "response_head", exchange.response_head);
  facts["request_head_was_changed"] = archived_request_head(exchange).is_changed;
  facts["response_head_was_changed"] = archived_response_head(exchange).is_changed;
  json::object more;
  for (const auto& [name, value] : note.facts) more[to_valid_utf8(name)] = to_valid_utf8(value);
  if (!more.empty()) facts["facts"] = std::move(more);
  return canonical_json(facts);
}

}  // namespace reelprint::evidence
