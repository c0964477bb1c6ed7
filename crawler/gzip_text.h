// gzip that others packed, with an end to it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace reelprint::crawler {

struct GzipReading {
  std::string text{};
  std::string problem{};  ///< "" when all of it was read
};

/// RFC 1952, members in a row too. At most `most_bytes` come out; of what is broken, what was before.
[[nodiscard]] GzipReading gunzip(std::string_view bytes, std::size_t most_bytes);

}  // namespace reelprint::crawler
