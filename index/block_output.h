// Codes into the blocks of a segment's section.
#pragma once

#include <cstddef>
#include <span>

#include "index/hamming_scan.h"
#include "index/segment_writer.h"

namespace reelprint::index {

/// Gathers codes into blocks and writes those that are full.
class BlockOutput {
 public:
  explicit BlockOutput(SegmentWriter& out) : out_(out) {}

  void put(const Code& code) {
    if (codes_.size() == kTogether) flush();
    codes_.append(code);
  }
  /// To be called once, at the end.
  void flush() {
    const CodeSpan all = codes_.all();
    const std::size_t blocks = (all.size() + CodeBlock::kCodes - 1) / CodeBlock::kCodes;
    out_.put_items(std::span(all.blocks(), blocks));
    codes_.clear();
  }

 private:
  static constexpr std::size_t kTogether = 4096;
  SegmentWriter& out_;
  CodeBlocks codes_;
};

}  // namespace reelprint::index
