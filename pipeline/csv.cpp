// The CSV form of a catalog.
#include <algorithm>
#include <utility>

#include "pipeline/catalog_document.h"
#include "pipeline/csv_reader.h"

namespace reelprint::pipeline {
namespace {

std::string trim(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_known(const std::string& column) {
  return std::ranges::count(required_columns(), column) + std::ranges::count(optional_columns(), column) > 0;
}

void check_header(const CsvRecord& header, std::vector<RowProblem>& problems) {
  for (const std::string& column : required_columns()) {
    if (std::ranges::count(header.fields, column) == 0) {
      problems.push_back({header.line, column, "the header has no such column"});
    }
  }
  for (const std::string& column : header.fields) {
    if (!is_known(column)) problems.push_back({header.line, column, "no such column is known"});
    if (std::ranges::count(header.fields, column) > 1) {
      problems.push_back({header.line, column, "the header names this column twice"});
    }
  }
}

}  // namespace

RawCatalog read_csv(std::string_view text) {
  RawCatalog catalog;
  CsvReader reader(text);
  auto header = reader.next();
  if (!header) {
    catalog.problems.push_back({1, "", "the file is empty"});
    return catalog;
  }
  for (std::string& column : header->fields) {
    column = trim(column);
    std::ranges::transform(column, column.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  }
  check_header(*header, catalog.problems);
  const bool is_header_bad = !catalog.problems.empty();

  while (const auto record = reader.next()) {
    if (is_header_bad) continue;
    if (record->fields.size() != header->fields.size()) {
      catalog.problems.push_back({record->line, "",
                                  "it has " + std::to_string(record->fields.size()) +
                                      " fields where the header has " +
                                      std::to_string(header->fields.size())});
      continue;
    }
    RawRow row{record->line, {}};
    for (std::size_t i = 0; i < header->fields.size(); ++i)
      row.fields[header->fields[i]] = trim(record->fields[i]);
    catalog.rows.push_back(std::move(row));
  }
  std::ranges::copy(reader.problems(), std::back_inserter(catalog.problems));
  return catalog;
}

}  // namespace reelprint::pipeline
