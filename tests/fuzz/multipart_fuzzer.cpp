// Hostile form data: every byte of every part is told once, at any split.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "api/http/multipart.h"

namespace {

using namespace reelprint::api::http;

class Counting final : public MultipartEvents {
 public:
  void begin(const MultipartPart& part) override {
    told += part.name.size() + part.filename.value_or("").size();
  }
  void write(std::span<const std::byte> bytes) override { told += bytes.size(); }
  void end() override { ++told; }

  std::size_t told = 0;
};

std::size_t told_in_pieces(std::span<const std::byte> bytes, std::size_t piece_bytes) {
  Counting counting;
  MultipartParser parser("x", counting);
  try {
    for (std::size_t i = 0; i < bytes.size(); i += piece_bytes)
      parser.feed(bytes.subspan(i, std::min(piece_bytes, bytes.size() - i)));
    parser.finish();
  } catch (const Problem&) {
    return 0;
  }
  return counting.told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  if (told_in_pieces(bytes, 1 + size) != told_in_pieces(bytes, 3)) std::abort();
  return 0;
}
