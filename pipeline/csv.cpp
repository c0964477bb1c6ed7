// The CSV form of a catalog (RFC 4180).
#include <algorithm>
#include <optional>
#include <utility>

#include "pipeline/catalog_document.h"

namespace reelprint::pipeline {
namespace {

struct Record {
  std::size_t line = 0;
  std::vector<std::string> fields;
};

/// Reads record after record; quotes may span lines.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  [[nodiscard]] std::optional<Record> next() {
    skip_blank_lines();
    if (rest_.empty()) return std::nullopt;
    Record record{line_, {}};
    do {
      record.fields.push_back(next_field());
    } while (take(','));
    take('\r');
    if (take('\n')) ++line_;
    return record;
  }
  [[nodiscard]] const std::vector<RowProblem>& problems() const { return problems_; }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_blank_lines() {
    while (rest_.starts_with('\n') || rest_.starts_with("\r\n")) {
      take('\r');
      take('\n');
      ++line_;
    }
  }

  std::string next_field() {
    if (rest_.starts_with('"')) return next_quoted();
    const std::size_t end = std::min(rest_.find_first_of(",\n"), rest_.size());
    std::string field(rest_.substr(0, end));
    rest_.remove_prefix(end);
    if (!field.empty() && field.back() == '\r') field.pop_back();
    return field;
  }

  std::string next_quoted() {
    const std::size_t opened_on = line_;
    std::string field;
    take('"');
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '\n') ++line_;
      if (c != '"') {
        field += c;
        continue;
      }
      if (!take('"')) return field + trailing_text(opened_on);
      field += '"';
    }
    problems_.push_back({opened_on, "", "a quote is opened and never closed"});
    return field;
  }

  std::string trailing_text(std::size_t line) {
    const std::size_t end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
    if (end == 0) return "";
    problems_.push_back({line, "", "there is text after a closing quote"});
    std::string text(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return text;
  }

  std::string_view rest_;
  std::size_t line_ = 1;
  std::vector<RowProblem> problems_;
};

std::string trim(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_known(const std::string& column) {
  return std::ranges::count(required_columns(), column) + std::ranges::count(optional_columns(), column) > 0;
}

void check_header(const Record& header, std::vector<RowProblem>& problems) {
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
