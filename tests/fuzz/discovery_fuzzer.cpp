// Hostile documents: whatever the server called them, something sound comes of it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crawler/discovery.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint::crawler;
  if (size == 0) return 0;
  constexpr const char* kTypes[] = {"text/html", "application/xml",       "application/json", "text/plain",
                                    "",          "text/html; charset=gbk"};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Discovery found = discover(
      {.url = "https://site.example/a/b.html", .content_type = kTypes[data[0] % 6], .bytes = bytes}, 500);
  for (const Finding& finding : found.findings)
    if (finding.url.empty() || finding.video >= static_cast<int>(found.videos.size())) std::abort();
  return 0;
}
