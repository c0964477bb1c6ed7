// What an extractor says, which repeats what a site says.
#include <cstdint>
#include <string_view>

#include "core/utf8.h"
#include "crawler/extractor.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint;
  const auto extraction = crawler::read_extraction({reinterpret_cast<const char*>(data), size});
  for (const auto& video : extraction.videos) {
    if (to_valid_utf8(video.metadata.title) != video.metadata.title) __builtin_trap();
    for (const auto& media : video.media)
      if (!media.url.starts_with("http")) __builtin_trap();
  }
  return 0;
}
