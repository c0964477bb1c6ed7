// The exchanges that a capture keeps, read back from its WARC file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "core/exchange.h"
#include "evidence/warc_metadata.h"

namespace reelprint::evidence {

/// What `warc_metadata` wrote, but for the content's file; nothing for what is of another kind.
struct NotedExchange {
  Exchange exchange{};
  WarcNote note{};  ///< without its facts
};
[[nodiscard]] std::optional<NotedExchange> exchange_of(std::string_view metadata);

/// What the metadata records say (warc_metadata.h), in their order, at most `most`; bodies are not among it.
/// Records of others, and what is of another kind than it should be, are left out. Throws what WarcReader
/// throws.
[[nodiscard]] std::vector<Exchange> exchanges_in(const std::filesystem::path& warc, std::size_t most = 1000);

}  // namespace reelprint::evidence
