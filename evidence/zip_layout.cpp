#include "evidence/zip_layout.h"

#include <algorithm>
#include <chrono>

#include "core/bytes.h"

namespace reelprint::evidence {
namespace {

constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kCentralSignature = 0x02014b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::uint16_t kVersionNeeded = 10;           // 1.0: stored files
constexpr std::uint16_t kMadeBy = (3U << 8) | 63;      // Unix; what libzip says of itself
constexpr std::uint32_t kAttributes = 0100644U << 16;  // a plain file, rw-r--r--

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_';
}

/// What both headers of a member have in common.
void put_common(ByteWriter& writer, const ZipMember& member, const ZipTime& time) {
  writer.put(kVersionNeeded);
  writer.put(std::uint16_t{0});  // flags
  writer.put(std::uint16_t{0});  // method: stored
  writer.put(time.time);
  writer.put(time.date);
  writer.put(member.crc32);
  writer.put(static_cast<std::uint32_t>(member.bytes));
  writer.put(static_cast<std::uint32_t>(member.bytes));
  writer.put(static_cast<std::uint16_t>(member.name.size()));
  writer.put(std::uint16_t{0});  // extra field
}

void put_central(ByteWriter& writer, const ZipMember& member, const ZipTime& time, std::uint64_t offset) {
  writer.put(kCentralSignature);
  writer.put(kMadeBy);
  put_common(writer, member, time);
  writer.put(std::uint16_t{0});  // comment
  writer.put(std::uint16_t{0});  // disk
  writer.put(std::uint16_t{0});  // internal attributes
  writer.put(kAttributes);
  writer.put(static_cast<std::uint32_t>(offset));
  writer.put_bytes(std::as_bytes(std::span(member.name)));
}

}  // namespace

ZipTime zip_time_of(WallTime time) {
  using namespace std::chrono;
  constexpr sys_days kFirst = 1980y / January / 1;
  constexpr sys_seconds kLast = sys_days(2107y / December / 31) + 23h + 59min + 58s;
  const sys_seconds whole = std::clamp(floor<seconds>(time), sys_seconds(kFirst), kLast);
  const sys_days day = floor<days>(whole);
  const year_month_day date(day);
  const hh_mm_ss clock(whole - day);
  const auto years = static_cast<unsigned>(static_cast<int>(date.year()) - 1980);
  return {static_cast<std::uint16_t>(clock.hours().count() << 11 | clock.minutes().count() << 5 |
                                     clock.seconds().count() / 2),
          static_cast<std::uint16_t>(years << 9 | static_cast<unsigned>(date.month()) << 5 |
                                     static_cast<unsigned>(date.day()))};
}

bool is_member_name(std::string_view name) {
  if (name.empty() || name.size() > kMostNameBytes) return false;
  bool is_part_begun = false;
  for (const char c : name) {
    if (c == '/' ? !is_part_begun : (!is_name_letter(c) || (!is_part_begun && c == '.'))) return false;
    is_part_begun = c != '/';
  }
  return is_part_begun;
}

std::vector<std::byte> local_header(const ZipMember& member, const ZipTime& time) {
  ByteWriter writer;
  writer.put(kLocalSignature);
  put_common(writer, member, time);
  writer.put_bytes(std::as_bytes(std::span(member.name)));
  return writer.take();
}

std::vector<std::uint64_t> offsets_of(std::span<const ZipMember> members) {
  std::vector<std::uint64_t> offsets{0};
  for (const ZipMember& member : members)
    offsets.push_back(offsets.back() + kLocalHeaderBytes + member.name.size() + member.bytes);
  return offsets;
}

std::vector<std::byte> zip_tail(std::span<const ZipMember> members, const ZipTime& time) {
  const auto offsets = offsets_of(members);
  ByteWriter writer;
  for (std::size_t i = 0; i < members.size(); ++i) put_central(writer, members[i], time, offsets[i]);
  const std::size_t directory_bytes = writer.bytes().size();
  writer.put(kEndSignature);
  writer.put(std::uint16_t{0});  // this disk
  writer.put(std::uint16_t{0});  // the directory's disk
  writer.put(static_cast<std::uint16_t>(members.size()));
  writer.put(static_cast<std::uint16_t>(members.size()));
  writer.put(static_cast<std::uint32_t>(directory_bytes));
  writer.put(static_cast<std::uint32_t>(offsets.back()));
  writer.put(std::uint16_t{0});  // comment
  return writer.take();
}

}  // namespace reelprint::evidence
