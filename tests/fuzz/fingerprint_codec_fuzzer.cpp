// Hostile .rpf bytes: read whole or refused, and what is read is written back the same.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "core/checksum.h"
#include "core/error.h"
#include "fingerprint/fingerprint_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint;
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = std::byte{data[i]};
  if (size >= 4) {  // a right checksum, or nothing behind it would ever be reached
    const std::uint32_t crc = crc32c(std::span(bytes).first(size - 4));
    for (std::size_t i = 0; i < 4; ++i) bytes[size - 4 + i] = std::byte(crc >> (8 * i) & 0xFF);
  }
  try {
    const Fingerprint print = fingerprint::decode(bytes, "fuzz");
    if (fingerprint::decode(fingerprint::encode(print), "fuzz") != print) std::abort();
  } catch (const Error&) {  // refused, which is right
  }
  return 0;
}
