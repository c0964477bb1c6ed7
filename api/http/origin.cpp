#include "api/http/origin.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "api/http/field.h"
#include "core/error.h"

namespace reelprint::api::http {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::size_t kMostTextBytes = 64;

bool is_ipv4(const AddressBytes& address) {
  return std::equal(kMapped.begin(), kMapped.end(), address.begin());
}

/// "[::1]:80" and "1.2.3.4:80" without what is around the address.
std::string_view bare(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    return end == std::string_view::npos ? std::string_view{} : text.substr(1, end - 1);
  }
  const std::size_t colon = text.find(':');
  const bool has_port =
      colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos;
  return has_port ? text.substr(0, colon) : text;
}

/// The addresses that a request passed, in their order, and the first protocol named.
struct Passed {
  std::vector<std::string> addresses;
  std::optional<std::string> protocol;
};

Passed passed_by_forwarded(const Headers& headers) {
  Passed passed;
  for (const auto& [name, value] : headers.all()) {
    if (!is_same_name(name, "Forwarded")) continue;
    for (const std::string_view element : split_list(value)) {
      for (const std::string_view pair : split_list(element, ';')) {
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string said = unquoted(pair.substr(std::min(equals + 1, pair.size())));
        if (is_same_name(pair.substr(0, equals), "for")) passed.addresses.push_back(said);
        if (is_same_name(pair.substr(0, equals), "proto")) passed.protocol = said;
      }
    }
  }
  return passed;
}

Passed passed_by(const Headers& headers) {
  if (!headers.find("X-Forwarded-For")) {
    Passed passed = passed_by_forwarded(headers);
    if (const auto protocol = headers.find("X-Forwarded-Proto")) passed.protocol = *protocol;
    return passed;
  }
  Passed passed;
  for (const auto& [name, value] : headers.all()) {
    if (!is_same_name(name, "X-Forwarded-For")) continue;
    for (const std::string_view item : split_list(value)) passed.addresses.emplace_back(item);
  }
  if (const auto protocol = headers.find("X-Forwarded-Proto")) passed.protocol = *protocol;
  return passed;
}

}  // namespace

std::optional<AddressBytes> address_of(std::string_view text) {
  const std::string name(bare(text));
  if (name.empty() || name.size() > kMostTextBytes) return std::nullopt;
  AddressBytes address{};
  if (::inet_pton(AF_INET6, name.c_str(), address.data()) == 1) return address;
  std::copy(kMapped.begin(), kMapped.end(), address.begin());
  if (::inet_pton(AF_INET, name.c_str(), address.data() + kMapped.size()) == 1) return address;
  return std::nullopt;
}

std::string to_string(const AddressBytes& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool is_short = is_ipv4(address);
  ::inet_ntop(is_short ? AF_INET : AF_INET6, address.data() + (is_short ? kMapped.size() : 0), text.data(),
              static_cast<socklen_t>(text.size()));
  return text.data();
}

AddressBlocks::AddressBlocks(const std::vector<std::string>& blocks) {
  for (const std::string& text : blocks) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto address = address_of(std::string_view(text).substr(0, slash));
    unsigned bits = 128;
    bool is_sound = address.has_value();
    if (is_sound && slash < text.size()) {
      const unsigned most = is_ipv4(*address) ? 32 : 128;
      const char* const end = text.data() + text.size();
      const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, bits);
      is_sound = error == std::errc{} && stop == end && bits <= most;
      bits += 128 - most;
    }
    if (!is_sound)
      throw Error(ErrorCode::invalid_input, "trust the proxies '" + text + "': this is no address or block");
    blocks_.push_back({*address, bits});
  }
}

bool AddressBlocks::contains(const AddressBytes& address) const {
  return std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
    for (unsigned bit = 0; bit < block.bits; bit += 8) {
      const unsigned kept = std::min(8U, block.bits - bit);
      const unsigned mask = (0xFFU << (8 - kept)) & 0xFFU;
      if (((address[bit / 8] ^ block.address[bit / 8]) & mask) != 0) return false;
    }
    return true;
  });
}

Origin origin_of(const Headers& headers, const std::string& peer, bool secure, const AddressBlocks& trusted) {
  Origin origin{peer, secure};
  const auto socket = address_of(peer);
  if (!socket || !trusted.contains(*socket)) return origin;
  const Passed passed = passed_by(headers);
  if (passed.protocol) origin.secure = is_same_name(*passed.protocol, "https");
  for (auto said = passed.addresses.rbegin(); said != passed.addresses.rend(); ++said) {
    const auto address = address_of(*said);
    if (!address) break;
    origin.address = to_string(*address);
    if (!trusted.contains(*address)) break;
  }
  return origin;
}

}  // namespace reelprint::api::http
