#include "crawler/address_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace reelprint::crawler {
namespace {

constexpr Network v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d, std::size_t bits) {
  return {{{a, b, c, d}, false}, bits};
}

/// The first four groups; none of the networks below is longer.
constexpr Network v6(std::array<std::uint16_t, 4> groups, std::size_t bits) {
  Network network{{{}, true}, bits};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    network.base.bytes[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
    network.base.bytes[2 * i + 1] = static_cast<std::uint8_t>(groups[i] & 0xFF);
  }
  return network;
}

/// IANA IPv4 Special-Purpose Address Registry, multicast, and one metadata service outside of it.
constexpr Network kNotPublicV4[] = {
    v4(0, 0, 0, 0, 8),         // "this network", RFC 791
    v4(10, 0, 0, 0, 8),        // private, RFC 1918
    v4(100, 64, 0, 0, 10),     // carrier-grade NAT, RFC 6598
    v4(127, 0, 0, 0, 8),       // loopback, RFC 1122
    v4(168, 63, 129, 16, 32),  // Azure's WireServer
    v4(169, 254, 0, 0, 16),    // link-local and most metadata services, RFC 3927
    v4(172, 16, 0, 0, 12),     // private, RFC 1918
    v4(192, 0, 0, 0, 24),      // IETF protocol assignments, RFC 6890
    v4(192, 0, 2, 0, 24),      // documentation, RFC 5737
    v4(192, 31, 196, 0, 24),   // AS112, RFC 7535
    v4(192, 52, 193, 0, 24),   // AMT, RFC 7450
    v4(192, 88, 99, 0, 24),    // 6to4 relays, RFC 7526
    v4(192, 168, 0, 0, 16),    // private, RFC 1918
    v4(192, 175, 48, 0, 24),   // AS112, RFC 7534
    v4(198, 18, 0, 0, 15),     // benchmarks, RFC 2544
    v4(198, 51, 100, 0, 24),   // documentation, RFC 5737
    v4(203, 0, 113, 0, 24),    // documentation, RFC 5737
    v4(224, 0, 0, 0, 4),       // multicast, RFC 1112
    v4(240, 0, 0, 0, 4),       // reserved and broadcast, RFC 1112
};

constexpr Network kGlobalUnicastV6 = v6({0x2000, 0, 0, 0}, 3);
/// Of the global unicast addresses those of the IANA IPv6 Special-Purpose Address Registry.
constexpr Network kNotPublicV6[] = {
    v6({0x2001, 0, 0, 0}, 23),            // IETF protocol assignments, Teredo, ORCHID, RFC 2928
    v6({0x2001, 0x0db8, 0, 0}, 32),       // documentation, RFC 3849
    v6({0x2002, 0, 0, 0}, 16),            // 6to4, RFC 3056
    v6({0x2620, 0x004f, 0x8000, 0}, 48),  // AS112, RFC 7534
    v6({0x3fff, 0, 0, 0}, 20),            // documentation, RFC 9637
};
constexpr Network kNat64 = v6({0x0064, 0xff9b, 0, 0}, 96);  // RFC 6052

constexpr Network kMapped{{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, true}, 96};
constexpr Network kLoopbackV6{{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, true}, 128};

IpAddress carried_v4(const IpAddress& address) {
  IpAddress carried;
  std::copy_n(address.bytes.begin() + 12, 4, carried.bytes.begin());
  return carried;
}

bool is_in(std::span<const Network> networks, const IpAddress& address) {
  return std::ranges::any_of(networks, [&](const Network& network) { return network.contains(address); });
}

}  // namespace

bool Network::contains(const IpAddress& address) const {
  if (address.is_v6 != base.is_v6) return false;
  const std::size_t whole = bits / 8;
  if (!std::equal(base.bytes.begin(), base.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes.begin())) {
    return false;
  }
  const std::size_t rest = bits % 8;
  if (rest == 0) return true;
  return ((base.bytes[whole] ^ address.bytes[whole]) >> (8 - rest)) == 0;
}

std::optional<IpAddress> parse_address(std::string_view text) {
  const std::string terminated(text);
  if (terminated.find('\0') != std::string::npos) return std::nullopt;
  IpAddress address;
  if (::inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) return address;
  address.is_v6 = true;
  if (::inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::string to_string(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(address.is_v6 ? AF_INET6 : AF_INET, address.bytes.data(), text.data(), text.size());
  return text.data();
}

std::optional<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto base = parse_address(text.substr(0, slash));
  const std::string_view number = text.substr(slash + 1);
  std::size_t bits = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
  if (!base || error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
  if (bits > (base->is_v6 ? 128U : 32U)) return std::nullopt;
  return Network{*base, bits};
}

bool is_public(const IpAddress& address) {
  if (!address.is_v6) return !is_in(kNotPublicV4, address);
  if (kMapped.contains(address) || kNat64.contains(address)) return is_public(carried_v4(address));
  return kGlobalUnicastV6.contains(address) && !is_in(kNotPublicV6, address);
}

bool is_loopback(const IpAddress& address) {
  if (!address.is_v6) return address.bytes[0] == 127;
  return kLoopbackV6.contains(address) || (kMapped.contains(address) && address.bytes[12] == 127);
}

}  // namespace reelprint::crawler
