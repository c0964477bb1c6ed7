// A file of sources of the crawl.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace reelprint::app {

/// One JSON object a source, as the API takes them, of a file whose name ends in
///   .json  an array of sources, or {"sources": [...]};
///   .csv   a row a source: the first line names fields, "budget.pages" for inner ones; an empty cell is not
///          given; several values of a list are parted by blanks;
///   .toml  a section a source, its heading the name unless it has a `name`.
/// At most 4 MiB. Throws Error{not_found, invalid_input, too_large}.
[[nodiscard]] std::vector<std::string> read_crawl_file(const std::filesystem::path& file);

}  // namespace reelprint::app
