// The bytes of one segment of an index, in memory or mapped from a file: named sections, each with a checksum
// (docs/formats.md).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "core/fingerprint.h"

namespace reelprint::index {

/// Four letters.
using SectionTag = std::array<char, 4>;
[[nodiscard]] constexpr SectionTag section_tag(const char (&name)[5]) {
  return {name[0], name[1], name[2], name[3]};
}

/// What a segment holds, and which algorithm made it; both are checked when it is opened.
struct SegmentKind {
  SectionTag content;
  AlgorithmId algorithm{};

  friend bool operator==(const SegmentKind&, const SegmentKind&) = default;
};

/// Immutable; copies share the bytes.
class SegmentImage {
 public:
  /// Without sections.
  SegmentImage() = default;

  /// Maps a file. Checks its head, its table of sections and its length, and the sections themselves when
  /// they are 64 MiB at most in all; a larger file would have to be read whole: verify() does that.
  /// Throws Error: not_found, io, corrupt, incompatible (another algorithm, format or content).
  [[nodiscard]] static SegmentImage open(const std::filesystem::path& file, SegmentKind kind);

  [[nodiscard]] std::span<const std::byte> section(SectionTag tag) const;  ///< empty if there is none
  /// A section as what it holds, little-endian as it lies. Throws Error{corrupt} unless it is whole items.
  template <class T>
  [[nodiscard]] std::span<const T> items(SectionTag tag) const {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64 &&
                  std::endian::native == std::endian::little);
    const auto bytes = section(tag);
    if (bytes.size() % sizeof(T) != 0) fail("a section ends within an item");
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }  ///< bytes, all in
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
  [[nodiscard]] bool is_mapped() const { return is_mapped_; }

  /// Reads everything. Throws Error{corrupt} where a checksum is wrong.
  void verify() const;
  /// Throws Error{corrupt} that names this segment.
  [[noreturn]] void fail(const std::string& why) const;

 private:
  friend class SegmentWriter;
  struct Section {
    std::span<const std::byte> bytes;
    std::uint32_t checksum = 0;
  };

  SegmentImage(std::shared_ptr<const void> owner, std::span<const std::byte> bytes, std::string name)
      : owner_(std::move(owner)), bytes_(bytes), name_(std::move(name)) {}
  void read_table(SegmentKind kind);

  std::shared_ptr<const void> owner_;
  std::span<const std::byte> bytes_;
  std::string name_ = "a segment";
  std::map<SectionTag, Section> sections_;
  bool is_mapped_ = false;
};

}  // namespace reelprint::index
