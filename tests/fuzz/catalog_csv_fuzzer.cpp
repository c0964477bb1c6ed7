// Hostile CSV catalogs: every row is read or has its problem.
#include <cstdint>
#include <string_view>

#include "pipeline/catalog_document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint::pipeline;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)validate(read_csv(text), "/nonexistent");
  return 0;
}
