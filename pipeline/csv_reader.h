// CSV as RFC 4180 has it, record by record.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/catalog_document.h"

namespace reelprint::pipeline {

struct CsvRecord {
  std::size_t line = 0;  ///< on which it begins, from 1
  std::vector<std::string> fields;
};

/// Reads record after record; quotes may span lines.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  [[nodiscard]] std::optional<CsvRecord> next() {
    skip_blank_lines();
    if (rest_.empty()) return std::nullopt;
    CsvRecord record{line_, {}};
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

}  // namespace reelprint::pipeline
