// Hostile JSON catalogs: every row is read or has its problem.
#include <cstdint>
#include <string_view>

#include "api/catalog_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)pipeline::validate(api::read_catalog_json(text), "/nonexistent");
  return 0;
}
