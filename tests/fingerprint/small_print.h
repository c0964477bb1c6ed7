// A small fingerprint, and how its bytes are refused: for the tests of the codec.
#pragma once

#include <optional>
#include <span>

#include "core/error.h"
#include "fingerprint/fingerprint_codec.h"

namespace reelprint::test {

/// Two keyframes, a feature and three sound items.
inline Fingerprint small_print() {
  Fingerprint print;
  print.effort = Effort::deep;
  for (std::size_t i = 0; i < 32; ++i) print.media.bytes[i] = static_cast<std::uint8_t>(i);
  print.duration = std::chrono::microseconds(2'500'000);
  print.width = 720;
  print.height = 1280;
  print.details = {{1, {{{1, 2, 3, 0xFEDCBA9876543210ULL}, 0x1234, 0xFFFF, 4, 200}}}};
  print.keyframes = {
      {{Timestamp{0}, Timestamp{400'000}}, {{1, 2, 3, 4}, 100}, true},
      {{Timestamp{400'000}, Timestamp{2'500'000}}, {{~0ULL, 0, 0x0123456789ABCDEFULL, 7}, 0}, false}};
  print.audio = {Timestamp{-23'000}, std::chrono::microseconds(123'800), {0xDEADBEEF, 0, 0xFFFFFFFF}};
  return print;
}

/// The code of the Error that decoding throws; nothing if it succeeds. Any other exception fails the test.
inline std::optional<ErrorCode> error_of_decoding(std::span<const std::byte> bytes) {
  try {
    (void)fingerprint::decode(bytes, "a test");
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

}  // namespace reelprint::test
