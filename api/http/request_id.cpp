#include "api/http/request_id.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/error.h"

namespace reelprint::api::http {
namespace {

constexpr std::size_t kMostBytes = 64;

bool is_sound(std::string_view id) {
  return !id.empty() && id.size() <= kMostBytes && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-';
  });
}

std::string made_id() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error(ErrorCode::io, "name a request: the system gives no random bytes");
  std::string id;
  for (const unsigned char byte : bytes) {
    id += kDigits[byte >> 4U];
    id += kDigits[byte & 15U];
  }
  return id;
}

}  // namespace

std::string request_id_of(const Headers& headers) {
  const auto given = headers.find("X-Request-Id");
  return given && is_sound(*given) ? std::string(*given) : made_id();
}

}  // namespace reelprint::api::http
