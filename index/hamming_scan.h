// Which of many 256-bit codes lie within a Hamming radius of one: the innermost loop of every descriptor
// search.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace reelprint::index {

/// Bit k (0..255) is bit k % 64 of word k / 64.
using Code = std::array<std::uint64_t, 4>;

inline constexpr int kCodeBits = 256;
inline constexpr std::size_t kCodeBytes = 32;

/// How distances are computed; later is faster. All give the same results. `neon` is for 64-bit Arm.
enum class ScanPath { portable, popcnt, avx2, avx512, neon };

[[nodiscard]] std::string_view to_string(ScanPath path);

/// Those that this processor can run, slowest first; `portable` is always there.
[[nodiscard]] std::vector<ScanPath> available_scan_paths();
[[nodiscard]] ScanPath fastest_scan_path();

/// Eight codes laid out for scanning: their first words, then their second ones, and so on, so that a 512-bit
/// register holds the same word of all eight. 256 bytes, wherever they lie: lists keep them in plain bytes.
struct CodeBlock {
  static constexpr std::size_t kCodes = 8;
  std::array<std::array<std::uint64_t, kCodes>, 4> words{};
};

/// Codes laid out one after the other, from the first of a block on. Does not own them.
class CodeSpan {
 public:
  CodeSpan(const CodeBlock* blocks, std::size_t size) : blocks_(blocks), size_(size) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const CodeBlock* blocks() const { return blocks_; }
  [[nodiscard]] Code operator[](std::size_t i) const {
    const auto& words = blocks_[i / CodeBlock::kCodes].words;
    const std::size_t lane = i % CodeBlock::kCodes;
    return {words[0][lane], words[1][lane], words[2][lane], words[3][lane]};
  }
  /// At most `count` codes from `first` on, which is a multiple of eight below size().
  [[nodiscard]] CodeSpan part(std::size_t first, std::size_t count) const {
    return {blocks_ + first / CodeBlock::kCodes, std::min(count, size_ - first)};
  }

 private:
  const CodeBlock* blocks_;
  std::size_t size_;
};

/// Codes in blocks of eight, the last one perhaps in part. Laid out once and scanned by many queries.
class CodeBlocks {
 public:
  void clear();
  /// `bytes` holds whole codes of 32 bytes, words in the machine's byte order.
  void append(std::span<const std::uint8_t> bytes);
  void append(const Code& code);
  /// Puts a copy of the code at `from` at `to`.
  void copy(std::size_t from, std::size_t to);
  /// Drops the codes from `size` on.
  void truncate(std::size_t size);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] CodeSpan part(std::size_t first, std::size_t count) const { return all().part(first, count); }
  [[nodiscard]] CodeSpan all() const { return {blocks_.data(), size_}; }
  [[nodiscard]] std::size_t memory_bytes() const { return blocks_.capacity() * sizeof(CodeBlock); }

 private:
  std::vector<CodeBlock> blocks_;
  std::size_t size_ = 0;
};

/// Codes that stay in the first-level cache (16 KiB) while many queries pass over them.
inline constexpr std::size_t kTileCodes = 512;

/// A code found: its distance in the upper 32 bits, its position in the lower, so that hits sort by distance
/// and then by position.
using ScanHit = std::uint64_t;
[[nodiscard]] constexpr int distance_of(ScanHit hit) {
  return static_cast<int>(hit >> 32);
}
[[nodiscard]] constexpr std::uint32_t position_of(ScanHit hit) {
  return static_cast<std::uint32_t>(hit);
}

/// A vector store may write this many hits beyond the last one.
inline constexpr std::size_t kScanSlack = CodeBlock::kCodes;

/// Writes the codes whose distance to `query` is at most `radius` (negative: none), by position, to `hits`,
/// which has room for all codes and kScanSlack more; returns their number.
using ScanKernel = std::size_t (*)(CodeSpan codes, const Code& query, int radius, ScanHit* hits);

/// `path` must be an available one.
[[nodiscard]] ScanKernel scan_kernel(ScanPath path);

}  // namespace reelprint::index
