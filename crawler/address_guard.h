// Which addresses may be fetched from: those of the public internet, so that nobody can have the service look
// into the network that it runs in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reelprint::crawler {

/// An IPv4 or IPv6 address, in network order; of IPv4 the first four bytes.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool is_v6 = false;

  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// As RFC 4291 and inet_pton write them, without brackets, zone or port; nothing for anything else.
[[nodiscard]] std::optional<IpAddress> parse_address(std::string_view text);
[[nodiscard]] std::string to_string(const IpAddress& address);

/// The addresses that begin with the first `bits` bits of `base`.
struct Network {
  IpAddress base;
  std::size_t bits = 0;

  [[nodiscard]] bool contains(const IpAddress& address) const;
};

/// "10.0.0.0/8"; nothing for anything else.
[[nodiscard]] std::optional<Network> parse_network(std::string_view text);

/// Whether it belongs to the public internet: false for what the IANA special-purpose registries (RFC 6890)
/// list as private, shared, loopback, link-local, multicast, documentation, benchmark or reserved, for the
/// metadata services of clouds, and for IPv6 that carries such an IPv4 address (mapped, NAT64) or could carry
/// any (compatible, 6to4, Teredo).
[[nodiscard]] bool is_public(const IpAddress& address);
[[nodiscard]] bool is_loopback(const IpAddress& address);

}  // namespace reelprint::crawler
