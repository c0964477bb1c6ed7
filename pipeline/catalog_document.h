// A catalog as somebody wrote it down → the rows to register, or every reason why not.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace reelprint::pipeline {

/// One row by column name, before anybody has looked at the values.
struct RawRow {
  std::size_t line = 0;  ///< where the document has it, from 1
  std::map<std::string, std::string> fields;
};

/// What is wrong with a row, for the person who wrote it.
struct RowProblem {
  std::size_t line = 0;
  std::string column;  ///< "" when it concerns the row as a whole
  std::string reason;
};

struct RawCatalog {
  std::vector<RawRow> rows;
  std::vector<RowProblem> problems;
};

/// A row that may be registered.
struct CatalogRow {
  std::size_t line = 0;
  std::filesystem::path file;
  store::NewReference reference;  ///< media digest and duration still to come
};

struct Catalog {
  std::vector<CatalogRow> rows;      ///< the good ones
  std::vector<RowProblem> problems;  ///< all bad ones, by line
};

/// Columns that a catalog must have, and those that it may have; any other is a problem.
[[nodiscard]] const std::vector<std::string>& required_columns();
[[nodiscard]] const std::vector<std::string>& optional_columns();

/// CSV as RFC 4180 has it, UTF-8 with or without a byte order mark, first line the column names.
/// A text that cannot be read at all is one problem.
[[nodiscard]] RawCatalog read_csv(std::string_view text);

/// A folder of Series/ep01.mp4: each sub-folder a series, each media file in it an episode numbered by the
/// last digits of its name; the holder is `holder`. Throws Error{not_found}.
[[nodiscard]] RawCatalog read_folder(const std::filesystem::path& folder, const std::string& holder);

/// What a row's `file` stands for, or why it stands for nothing.
struct FoundFile {
  std::filesystem::path file;
  std::string problem;  ///< "" when there is none
};
using FindFile = std::function<FoundFile(const std::string& name)>;

/// Checks every value of every row, and asks `find` for every file.
[[nodiscard]] Catalog validate(const RawCatalog& raw, const FindFile& find);

/// Checks every value of every row; paths are relative to `base`. Files must exist; they are not opened yet.
[[nodiscard]] Catalog validate(const RawCatalog& raw, const std::filesystem::path& base);

}  // namespace reelprint::pipeline
