#include "access/api_key.h"

#include <algorithm>
#include <span>

#include "access/tokens.h"
#include "core/checksum.h"

namespace reelprint::access {
namespace {

constexpr std::string_view kMark = "rp_";
constexpr std::size_t kPublic = 8;
constexpr std::size_t kSecret = 32;
constexpr std::size_t kChecksum = 6;
constexpr std::size_t kPrefix = kMark.size() + kPublic;
static_assert(kPrefix + 1 + kSecret + kChecksum == kApiKeyBytes);

bool is_digit_or_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string checksum_of(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  constexpr std::uint32_t kBase = 62;
  std::uint32_t rest = crc32c(std::as_bytes(std::span(text)));
  std::string checksum(kChecksum, '0');
  for (std::size_t i = kChecksum; i-- > 0; rest /= kBase) checksum[i] = kDigits[rest % kBase];
  return checksum;
}

ApiKeyPrint print_of(std::string_view text) {
  return {std::string(text.substr(0, kPrefix)), digest_of_secret(text)};
}

}  // namespace

NewApiKey make_api_key() {
  NewApiKey key;
  key.text = std::string(kMark) + random_text(kPublic) + "_" + random_text(kSecret);
  key.text += checksum_of(key.text);
  key.print = print_of(key.text);
  return key;
}

std::optional<ApiKeyPrint> parse_api_key(std::string_view text) {
  if (text.size() != kApiKeyBytes || !text.starts_with(kMark) || text[kPrefix] != '_') return std::nullopt;
  const auto is_sound = [&](std::size_t begin, std::size_t count) {
    return std::ranges::all_of(text.substr(begin, count), is_digit_or_letter);
  };
  if (!is_sound(kMark.size(), kPublic) || !is_sound(kPrefix + 1, kSecret + kChecksum)) return std::nullopt;
  const std::size_t body = kApiKeyBytes - kChecksum;
  if (text.substr(body) != checksum_of(text.substr(0, body))) return std::nullopt;
  return print_of(text);
}

}  // namespace reelprint::access
