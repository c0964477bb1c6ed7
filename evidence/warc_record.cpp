#include "evidence/warc_record.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/error.h"
#include "evidence/digest.h"

namespace reelprint::evidence {
namespace {

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

}  // namespace

std::string warc_head(const WarcFields& fields) {
  std::string head = "WARC/1.1\r\n";
  for (const auto& [name, value] : fields) {
    if (has_control(value)) {
      throw Error(ErrorCode::invalid_input,
                  "write a WARC record: its " + name + " has a control character in it");
    }
    head += name + ": " + value + "\r\n";
  }
  return head + "\r\n";
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    pending = (pending << 8 | static_cast<unsigned char>(c)) & 0xFFFU;
    for (bits += 8; bits >= 5; bits -= 5) text += kLetters[(pending >> (bits - 5)) & 31U];
  }
  if (bits > 0) text += kLetters[(pending << (5 - bits)) & 31U];
  while (text.size() % 8 != 0) text += '=';
  return text;
}

std::string warc_digest(const Sha256& digest) {
  return "sha256:" + base32({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()});
}

std::string warc_date(WallTime time) {
  const std::string whole = to_rfc3339(time);
  const auto fraction = (time - std::chrono::floor<std::chrono::seconds>(time)).count();
  std::array<char, 16> digits{};
  const int size = std::snprintf(digits.data(), digits.size(), ".%06lldZ", static_cast<long long>(fraction));
  return whole.substr(0, whole.size() - 1) + std::string(digits.data(), static_cast<std::size_t>(size));
}

std::string warc_record_id(const WarcIdentity& of) {
  const auto microseconds = of.date.time_since_epoch().count();
  std::string text = "reelprint warc record\n" + std::string(of.type) + "\n" + std::string(of.target) + "\n" +
                     std::to_string(microseconds) + "\n" + to_hex(of.block) + "\n" +
                     std::to_string(of.number) + "\n";
  Sha256 digest = sha256_of(text);
  digest.bytes[6] = static_cast<std::uint8_t>((digest.bytes[6] & 0x0F) | 0x80);  // version 8
  digest.bytes[8] = static_cast<std::uint8_t>((digest.bytes[8] & 0x3F) | 0x80);  // RFC 9562's variant
  const std::string hex = to_hex(digest);
  return "<urn:uuid:" + hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20, 12) + ">";
}

}  // namespace reelprint::evidence
