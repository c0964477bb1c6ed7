// Big-endian numbers out of bytes that may end anywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace reelprint::crawler {

/// Reads on from where it is; what is beyond the end reads as zero, and `is_over` says so from then on.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  /// `bytes`: 1 to 8.
  [[nodiscard]] std::uint64_t number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (const char c : take(bytes)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  /// Empty when there are not so many.
  [[nodiscard]] std::string_view take(std::size_t bytes) {
    if (bytes > rest_.size()) {
      is_over_ = true;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return taken;
  }
  void skip(std::size_t bytes) { (void)take(bytes); }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }
  [[nodiscard]] bool is_over() const { return is_over_; }

 private:
  std::string_view rest_;
  bool is_over_ = false;
};

}  // namespace reelprint::crawler
