// Hostile URLs: what comes out is normal, stays as it is, and its parts can be told apart.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/path_shape.h"
#include "crawler/normal_url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint::crawler;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view base = text.substr(0, text.find('\0'));
  const std::string_view reference = text.substr(base.size());
  (void)resolve_url(base, reference);
  const auto url = normal_url(text);
  if (!url) return 0;
  if (normal_url(*url) != url || url->size() > 2'000) std::abort();
  if (host_key(*url) + target_of(*url) != *url) std::abort();
  if (reelprint::path_shape(*url).size() > 100) std::abort();
  return 0;
}
