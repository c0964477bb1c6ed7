// Makes a segment, section after section, in memory or in a file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "index/segment_image.h"
#include "index/segment_layout.h"

namespace reelprint::index {

/// How fast a file may be written, so that work in the background leaves the disk to others.
struct WritePace {
  std::size_t max_bytes_per_s = 0;  ///< zero: no limit
};

/// For one segment. Sections are written one after the other, each once; a file is written as it goes, so
/// that a segment may be larger than memory.
class SegmentWriter {
 public:
  /// In memory.
  explicit SegmentWriter(SegmentKind kind);
  /// Makes `file`, which appears when finish() returns. Throws Error{io}.
  SegmentWriter(SegmentKind kind, const std::filesystem::path& file, WritePace pace = {});
  ~SegmentWriter();
  SegmentWriter(const SegmentWriter&) = delete;
  SegmentWriter& operator=(const SegmentWriter&) = delete;

  /// What follows belongs to this section.
  void begin(SectionTag tag);
  /// Throws Error{io}.
  void put(std::span<const std::byte> bytes);
  template <class T>
  void put_items(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    put(std::as_bytes(items));
  }

  /// The whole segment; a file is on the disk then, and mapped. Throws Error{io}.
  [[nodiscard]] SegmentImage finish();

 private:
  class Sink;
  class MemorySink;
  class FileSink;

  void end_section();
  void write(std::span<const std::byte> bytes);

  SegmentKind kind_;
  std::unique_ptr<Sink> sink_;
  SegmentHead head_;
  std::vector<SectionEntry> table_;
  bool is_in_section_ = false;
  std::uint64_t written_ = 0;
};

}  // namespace reelprint::index
