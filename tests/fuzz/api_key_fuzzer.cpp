// Hostile API keys: what is read as one is one, to its checksum.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "access/api_key.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint::access;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto print = parse_api_key(text);
  if (print && (size != kApiKeyBytes || !text.starts_with(print->prefix))) std::abort();
  return 0;
}
