// Little-endian fields in byte buffers, for the file formats of docs/formats.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "core/error.h"

namespace reelprint {

/// Appends fixed-width little-endian fields to a buffer.
class ByteWriter {
 public:
  template <class T>
  requires std::is_integral_v<T>
  void put(T value) {
    auto bits = static_cast<std::make_unsigned_t<T>>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      bytes_.push_back(static_cast<std::byte>(bits & 0xFF));
      if constexpr (sizeof(T) > 1) bits = static_cast<std::make_unsigned_t<T>>(bits >> 8);
    }
  }
  /// Unsigned LEB128, as DWARF and WebAssembly define it.
  void put_varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) put(static_cast<std::uint8_t>(value | 0x80));
    put(static_cast<std::uint8_t>(value));
  }
  void put_bytes(std::span<const std::byte> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }

  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

/// Reads the same fields back from hostile bytes; throws Error{corrupt} rather than read past the end.
class ByteReader {
 public:
  /// `what` names the source in errors.
  ByteReader(std::span<const std::byte> bytes, std::string what) : rest_(bytes), what_(std::move(what)) {}

  template <class T>
  requires std::is_integral_v<T>
  [[nodiscard]] T take() {
    const auto field = take_bytes(sizeof(T));
    std::make_unsigned_t<T> bits = 0;
    for (std::size_t i = sizeof(T); i-- > 0;) {
      if constexpr (sizeof(T) > 1) bits = static_cast<std::make_unsigned_t<T>>(bits << 8);
      bits = static_cast<std::make_unsigned_t<T>>(bits | std::to_integer<std::uint8_t>(field[i]));
    }
    return static_cast<T>(bits);
  }
  /// An unsigned LEB128 of at most `max`.
  [[nodiscard]] std::uint64_t take_varint(std::uint64_t max) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
      const auto byte = take<std::uint8_t>();
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte >= 0x80) continue;
      if (value > max) break;
      return value;
    }
    fail("a number is out of range");
  }
  [[nodiscard]] std::span<const std::byte> take_bytes(std::size_t count) {
    if (count > rest_.size()) fail("it ends too early");
    const auto head = rest_.first(count);
    rest_ = rest_.subspan(count);
    return head;
  }
  /// A count of items that take at least `item_bytes` each, checked against what is left before anyone
  /// allocates.
  [[nodiscard]] std::size_t take_count(std::size_t item_bytes) {
    const auto count = take<std::uint32_t>();
    if (count > rest_.size() / item_bytes) fail("a length is larger than the data");
    return count;
  }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }
  [[noreturn]] void fail(const std::string& why) const {
    throw Error(ErrorCode::corrupt, "read " + what_ + ": " + why);
  }

 private:
  std::span<const std::byte> rest_;
  std::string what_;
};

}  // namespace reelprint
