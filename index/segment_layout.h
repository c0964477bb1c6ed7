// How a segment's bytes lie: head, sections, table, tail. Private to segment_image.cpp and
// segment_writer.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "index/segment_image.h"

namespace reelprint::index {

inline constexpr std::array<char, 8> kSegmentMagic = {'R', 'P', 'S', 'E', 'G', 'M', 'N', 'T'};
inline constexpr std::uint16_t kSegmentVersion = 1;
/// Sections begin on such a boundary: a cache line.
inline constexpr std::size_t kSectionAlignment = 64;

struct SegmentHead {
  std::array<char, 8> magic = kSegmentMagic;
  std::uint16_t version = kSegmentVersion;
  std::array<std::uint8_t, 2> zero{};
  SectionTag content{};
  std::uint32_t algorithm = 0;
  std::array<std::uint8_t, 44> more_zero{};
};
static_assert(sizeof(SegmentHead) == kSectionAlignment);

struct SectionEntry {
  SectionTag tag{};
  std::uint32_t checksum = 0;  ///< CRC-32C of its bytes
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};
static_assert(sizeof(SectionEntry) == 24);

struct SegmentTail {
  std::uint64_t table = 0;  ///< its offset
  std::uint32_t sections = 0;
  std::uint32_t checksum = 0;  ///< CRC-32C of head and table
};
static_assert(sizeof(SegmentTail) == 16);

}  // namespace reelprint::index
