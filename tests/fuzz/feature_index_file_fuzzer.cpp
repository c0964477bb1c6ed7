// Hostile feature index files: read whole or refused.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/checksum.h"
#include "core/error.h"
#include "index/feature_index_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint;
  static const auto file =
      std::filesystem::temp_directory_path() / ("fuzz_features_" + std::to_string(getpid()) + ".rpi");
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (size >= 4) {  // a right checksum, or nothing behind it would ever be reached
    const std::uint32_t crc = crc32c(std::as_bytes(std::span(bytes)).first(size - 4));
    for (std::size_t i = 0; i < 4; ++i) bytes[size - 4 + i] = static_cast<char>(crc >> (8 * i) & 0xFF);
  }
  std::ofstream(file, std::ios::binary) << bytes;
  try {
    (void)index::load_feature_index(file, kAlgorithm);
  } catch (const Error&) {  // refused, which is right
  }
  return 0;
}
