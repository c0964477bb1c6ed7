#include "api/http/encoding.h"

#include <zlib.h>

#include <cstdlib>
#include <limits>
#include <new>
#include <optional>

#include "api/http/field.h"

namespace reelprint::api::http {
namespace {

constexpr std::size_t kLeastBytes = 1024;
constexpr int kLevel = 5;
constexpr int kGzipWindow = 15 + 16;  // zlib: 16 more asks for gzip's header
constexpr int kMemoryLevel = 8;

/// Of "gzip;q=0.5"; a quality that is no number is 0.
double quality_of(std::string_view item) {
  const auto parts = split_list(item, ';');
  for (const std::string_view part : parts) {
    if (!part.starts_with("q=") && !part.starts_with("Q=")) continue;
    const std::string number(part.substr(2));
    return std::strtod(number.c_str(), nullptr);
  }
  return 1;
}

}  // namespace

bool accepts_gzip(const Headers& headers) {
  const auto accepted = headers.find("Accept-Encoding");
  if (!accepted) return false;
  std::optional<double> named;
  std::optional<double> any;
  for (const std::string_view item : split_list(*accepted)) {
    const std::string_view coding = trimmed(item.substr(0, item.find(';')));
    if (is_same_name(coding, "gzip") || is_same_name(coding, "x-gzip")) named = quality_of(item);
    if (coding == "*") any = quality_of(item);
  }
  return named.value_or(any.value_or(0)) > 0;
}

bool is_compressible(std::string_view content_type) {
  const std::string_view type = trimmed(content_type.substr(0, content_type.find(';')));
  return type.starts_with("text/") || type.ends_with("/json") || type.ends_with("+json") ||
         type.ends_with("/javascript") || type.ends_with("+xml") || type.ends_with("/xml");
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  if (bytes.size() > std::numeric_limits<uInt>::max() ||
      deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int ended = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) throw std::bad_alloc();
  return packed;
}

void compress(Response& response, const Headers& request) {
  if (response.file || response.events || response.headers.find("Content-Encoding")) return;
  if (response.body.size() <= kLeastBytes || !is_compressible(response.content_type)) return;
  response.headers.add("Vary", "Accept-Encoding");
  if (!accepts_gzip(request)) return;
  std::string packed = gzip(response.body);
  if (packed.size() >= response.body.size()) return;
  response.body = std::move(packed);
  response.headers.add("Content-Encoding", "gzip");
}

}  // namespace reelprint::api::http
