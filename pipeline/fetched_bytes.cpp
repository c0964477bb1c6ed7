#include "pipeline/fetched_bytes.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <vector>

#include "core/error.h"
#include "core/exchange.h"

namespace reelprint::pipeline {

void write_at(const std::filesystem::path& to, std::uint64_t at, const std::filesystem::path& from) {
  std::fstream out(to, std::ios::binary | std::ios::in | std::ios::out);
  if (!out.is_open()) out.open(to, std::ios::binary | std::ios::in | std::ios::out | std::ios::trunc);
  std::ifstream in(from, std::ios::binary);
  out.seekp(static_cast<std::streamoff>(at));
  if (in.peek() != std::ifstream::traits_type::eof()) out << in.rdbuf();
  out.flush();
  if (!out || in.bad()) throw Error(ErrorCode::io, "write fetched media '" + to.string() + "': refused");
}

void append_bytes(const std::filesystem::path& to, const std::filesystem::path& from, ByteStretch stretch) {
  std::ofstream out(to, std::ios::binary | std::ios::app);
  std::ifstream in(from, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(stretch.begin));
  std::vector<char> part(std::size_t{1} << 20);
  for (std::uint64_t at = stretch.begin; at < stretch.end && in;) {
    const auto want = std::min<std::uint64_t>(part.size(), stretch.end - at);
    in.read(part.data(), static_cast<std::streamsize>(want));
    out.write(part.data(), in.gcount());
    at += want;
  }
  out.flush();
  if (!out || in.bad()) throw Error(ErrorCode::io, "write fetched media '" + to.string() + "': refused");
}

std::string read_bytes(const std::filesystem::path& file, ByteStretch stretch) {
  std::string bytes(stretch.end - stretch.begin, '\0');
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(stretch.begin));
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
  return bytes;
}

std::optional<ContentRange> content_range_of(const std::string& response_head) {
  const std::string text = header_of(response_head, "Content-Range");
  const std::size_t slash = text.find('/');
  if (!text.starts_with("bytes ") || slash == std::string::npos) return std::nullopt;
  ContentRange range;
  const char* const past = text.data() + text.size();
  const auto first = std::from_chars(text.data() + 6, past, range.first);
  const auto total = std::from_chars(text.data() + slash + 1, past, range.total);
  if (first.ec != std::errc() || *first.ptr != '-' || total.ec != std::errc() || total.ptr != past)
    return std::nullopt;
  return range;
}

std::uint64_t content_length_of(const std::string& response_head) {
  const std::string digits = header_of(response_head, "Content-Length");
  std::uint64_t length = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), length);
  return length;
}

std::string megabytes(std::uint64_t bytes) {
  const std::uint64_t tenths = (bytes + 50'000) / 100'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

}  // namespace reelprint::pipeline
