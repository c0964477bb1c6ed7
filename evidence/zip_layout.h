// The one ZIP that a bundle's members may lie in: every byte that is not a member's own follows from the
// members' names, sizes and checksums and from one time, so that a changed byte has nowhere to hide.
// docs/evidence_bundle.md lists the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"

namespace reelprint::evidence {

struct ZipMember {
  std::string name{};
  std::uint64_t bytes = 0;
  std::uint32_t crc32 = 0;

  friend bool operator==(const ZipMember&, const ZipMember&) = default;
};

/// As MS-DOS had it: local header field "last mod file time" and "date", here in UTC, to two seconds.
struct ZipTime {
  std::uint16_t time = 0;
  std::uint16_t date = 0;

  friend bool operator==(const ZipTime&, const ZipTime&) = default;
};

/// Cut to two seconds; before 1980 and after 2107 the nearest that there is.
[[nodiscard]] ZipTime zip_time_of(WallTime time);

inline constexpr std::size_t kLocalHeaderBytes = 30;    ///< and the name
inline constexpr std::size_t kCentralHeaderBytes = 46;  ///< and the name
inline constexpr std::size_t kEndBytes = 22;
/// There is no ZIP64 here: neither a bundle nor a member reaches 4 GiB, nor 65,535 members.
inline constexpr std::uint64_t kMostBundleBytes = 0xFFFFFFFF - 1;
inline constexpr std::size_t kMostMembers = 60'000;
inline constexpr std::size_t kMostNameBytes = 200;

/// Small letters, digits, '.', '-', '_' and capital letters, in parts between single slashes, none of which
/// begins with a dot; at most 200 bytes.
[[nodiscard]] bool is_member_name(std::string_view name);

/// What lies before a member's bytes: signature, fields, name.
[[nodiscard]] std::vector<std::byte> local_header(const ZipMember& member, const ZipTime& time);
/// What lies behind the last member's bytes: the central directory and its end.
[[nodiscard]] std::vector<std::byte> zip_tail(std::span<const ZipMember> members, const ZipTime& time);
/// Where each member's local header begins, and behind the last one where the central directory does.
[[nodiscard]] std::vector<std::uint64_t> offsets_of(std::span<const ZipMember> members);

}  // namespace reelprint::evidence
