#include "evidence/sighting_json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "evidence/manifest.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

/// What a page or a server claims may be any number; RFC 8785 ends at 2^53.
json::value whole_or_null(std::optional<std::uint64_t> number) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 53;
  return number && *number <= kMost ? json::value(*number) : json::value();
}

json::object metadata_of(const VideoMetadata& said) {
  return {
      {"title", text_or_null(said.title)},
      {"description", text_or_null(said.description)},
      {"uploader", text_or_null(said.uploader)},
      {"uploader_url", text_or_null(said.uploader_url)},
      {"series", text_or_null(said.series)},
      {"episode", said.episode ? json::value(*said.episode) : json::value()},
      {"duration_us", said.duration ? json::value(said.duration->count()) : json::value()},
      {"published_at", said.published_at ? json::value(to_exact_time(*said.published_at)) : json::value()},
      {"views", whole_or_null(said.views)},
      {"likes", whole_or_null(said.likes)},
      {"thumbnail_url", text_or_null(said.thumbnail_url)},
      {"language", text_or_null(said.language)}};
}

json::array certificates_of(const Exchange& exchange) {
  json::array list;
  for (const PeerCertificate& one : exchange.certificates) {
    list.push_back(json::object{
        {"subject", one.subject}, {"issuer", one.issuer}, {"sha256", to_hex(one.digest)}, {"pem", one.pem}});
  }
  return list;
}

}  // namespace

json::object sighting_json(const Sighting& sighting) {
  return {{"id", sighting.id.value},
          {"location", sighting.location},
          {"page_url", text_or_null(sighting.page_url)},
          {"bytes", whole_or_null(sighting.bytes)},
          {"media_sha256", sighting.media == Sha256{} ? json::value() : json::value(to_hex(sighting.media))},
          {"metadata", metadata_of(sighting.metadata)},
          {"address", text_or_null(sighting.address)},
          {"is_up", sighting.is_up},
          {"seen_at", to_exact_time(sighting.seen_at)},
          {"checked_at", to_exact_time(sighting.checked_at)}};
}

json::array exchanges_json(const std::vector<Exchange>& exchanges) {
  json::array list;
  for (const Exchange& exchange : exchanges) {
    list.push_back(json::object{{"url", exchange.url},
                                {"method", exchange.method},
                                {"request_head", exchange.request_head},
                                {"response_head", exchange.response_head},
                                {"status", exchange.status},
                                {"body_bytes", whole_or_null(exchange.body_bytes)},
                                {"wire_bytes", whole_or_null(exchange.wire_bytes)},
                                {"body_sha256", to_hex(exchange.body_digest)},
                                {"is_truncated", exchange.is_truncated},
                                {"address", text_or_null(exchange.address)},
                                {"http_version", text_or_null(exchange.http_version)},
                                {"certificates", certificates_of(exchange)},
                                {"began_at", to_exact_time(exchange.began_at)},
                                {"ended_at", to_exact_time(exchange.ended_at)},
                                {"error_code", text_or_null(exchange.error_code)},
                                {"error", text_or_null(exchange.error)}});
  }
  return list;
}

}  // namespace reelprint::evidence
