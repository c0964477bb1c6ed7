#include "api/upload_metadata.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "api/http/field.h"
#include "api/http/message.h"

namespace reelprint::api {
namespace {

constexpr std::size_t kMostBytes = 4096;

std::optional<std::uint32_t> digit_of(char c) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::size_t digit = kDigits.find(c);
  if (digit == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint32_t>(digit);
}

[[noreturn]] void refuse(std::string reason) {
  throw http::Problem(400, "invalid-metadata", "Upload-Metadata is malformed", {},
                      {{"Upload-Metadata", std::move(reason)}});
}

}  // namespace

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::string bytes;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_padding = i >= text.size() - padding;
    const auto digit = is_padding ? std::optional<std::uint32_t>(0) : digit_of(text[i]);
    if (!digit) return std::nullopt;
    bits = (bits << 6U) | *digit;
    if (i % 4 != 3) continue;
    for (const unsigned shift : {16U, 8U, 0U}) bytes += static_cast<char>((bits >> shift) & 0xFFU);
    bits = 0;
  }
  bytes.erase(bytes.size() - padding);
  return bytes;
}

std::map<std::string, std::string> upload_metadata(std::string_view text) {
  if (text.size() > kMostBytes) refuse("is too long");
  std::map<std::string, std::string> metadata;
  for (const std::string_view pair : http::split_list(text)) {
    const std::size_t blank = std::min(pair.find(' '), pair.size());
    auto value = from_base64(http::trimmed(pair.substr(blank)));
    if (!value) refuse("has a value that is no base64");
    if (!metadata.try_emplace(std::string(pair.substr(0, blank)), std::move(*value)).second)
      refuse("has a key twice");
  }
  return metadata;
}

}  // namespace reelprint::api
