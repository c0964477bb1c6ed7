// Where a request comes from, when proxies that are trusted stand in between.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"

namespace reelprint::api::http {

/// An IPv6 address, or an IPv4 one as "::ffff:1.2.3.4".
using AddressBytes = std::array<std::uint8_t, 16>;

/// Of "1.2.3.4", "::1", "[::1]"; also with a port behind ("1.2.3.4:80", "[::1]:80").
[[nodiscard]] std::optional<AddressBytes> address_of(std::string_view text);
/// The usual way to write it.
[[nodiscard]] std::string to_string(const AddressBytes& address);

/// Addresses and blocks of them. Immutable.
class AddressBlocks {
 public:
  /// Throws Error{invalid_input} for what is neither an address nor a CIDR block.
  explicit AddressBlocks(const std::vector<std::string>& blocks);
  [[nodiscard]] bool contains(const AddressBytes& address) const;

 private:
  struct Block {
    AddressBytes address{};
    unsigned bits = 128;
  };
  std::vector<Block> blocks_;
};

struct Origin {
  std::string address;
  bool secure = false;
};

/// `peer` and `secure` as the socket says; only of a trusted peer the headers count: the client is the last
/// address of X-Forwarded-For (else Forwarded) that is no trusted proxy itself.
[[nodiscard]] Origin origin_of(const Headers& headers, const std::string& peer, bool secure,
                               const AddressBlocks& trusted);

}  // namespace reelprint::api::http
