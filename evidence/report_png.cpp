#include "evidence/report_png.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/error.h"
#include "core/files.h"

namespace reelprint::evidence {
namespace {

constexpr std::uintmax_t kMostBytes = 32U << 20;
constexpr std::uint64_t kMostPixels = 40'000'000;
/// Signature, then length and type of the header chunk, which every PNG begins with.
constexpr std::array<unsigned char, 16> kStart{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n',
                                               0,    0,   0,   13,  'I',  'H',  'D',  'R'};

std::uint32_t number_at(const std::vector<std::byte>& bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
  return number;
}

}  // namespace

PngFile read_png_file(const std::filesystem::path& file) {
  PngFile png{read_file(file, kMostBytes), 0, 0};
  const bool is_png =
      png.bytes.size() >= 33 && std::equal(kStart.begin(), kStart.end(), png.bytes.begin(),
                                           [](unsigned char a, std::byte b) { return std::byte{a} == b; });
  if (is_png) {
    png.width = number_at(png.bytes, 16);
    png.height = number_at(png.bytes, 20);
  }
  const std::uint64_t pixels = std::uint64_t{png.width} * png.height;
  if (pixels == 0 || pixels > kMostPixels)
    throw Error(ErrorCode::invalid_input, "read picture '" + file.string() + "': not a PNG of a usable size");
  return png;
}

}  // namespace reelprint::evidence
