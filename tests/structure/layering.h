// Checks source files against the tables of rules.h; pure functions of path and text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::structure {

/// One file of the tree. `path` is relative to the root, with forward slashes.
struct SourceFile {
  std::string path;
  std::string text;
  bool has_own_header = false;  ///< a .cpp beside a .h of the same name
};

/// What is wrong where; `line` counts from 1.
struct Violation {
  std::string path;
  std::size_t line = 0;
  std::string what;
};

/// "path:line: what", as compilers print it.
[[nodiscard]] std::string to_string(const Violation& violation);

/// Includes: of our own folders, of libraries, and of what no table knows.
[[nodiscard]] std::vector<Violation> check_includes(const SourceFile& file);

/// Includes of internal headers by files that they are not internal to.
[[nodiscard]] std::vector<Violation> check_internal_headers(const std::vector<SourceFile>& files);

/// Shape: `#pragma once`, the comment on the first line, the length.
[[nodiscard]] std::vector<Violation> check_shape(const SourceFile& file);

/// Link dependencies in the CMakeLists.txt of a layered folder: the same table as for includes.
[[nodiscard]] std::vector<Violation> check_links(std::string_view path, std::string_view text);

}  // namespace reelprint::structure
