// A template taken apart: between parsing and filling in only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "evidence/notice_template.h"

namespace reelprint::evidence {

enum class PartKind : std::uint8_t { text, field, statement, each, condition };

struct TemplatePart {
  PartKind kind = PartKind::text;
  std::string text{};                     ///< the words, or the name of the field, statement or list
  std::vector<TemplatePart> inner{};      ///< of each and condition
  std::vector<TemplatePart> otherwise{};  ///< of a condition
};

struct NoticeTemplate::Parsed {
  std::vector<TemplatePart> subject{};
  std::map<std::string, std::string> statements{};
  std::vector<TemplatePart> body{};
};

/// Takes a template's text apart. `first_line` is where it begins in its file.
class TemplateParser {
 public:
  TemplateParser(std::string name, const std::map<std::string, std::string>& statements)
      : name_(std::move(name)), statements_(statements) {}

  /// Throws Error{invalid_input} as parse_notice_template does.
  [[nodiscard]] std::vector<TemplatePart> parse(std::string_view text, int first_line);
  [[noreturn]] void fail(int line, const std::string& why) const;

 private:
  /// A part that has begun and not ended.
  struct Open {
    TemplatePart part{};
    bool is_otherwise = false;
    int line = 0;
  };

  void take_mark(std::string_view mark);
  void open(PartKind kind, std::string name);
  void close(PartKind kind, const char* mark);
  void turn();
  void add(TemplatePart part);
  [[nodiscard]] bool is_field(std::string_view name) const;

  std::string name_;
  const std::map<std::string, std::string>& statements_;
  std::vector<Open> open_;
  int line_ = 1;
};

}  // namespace reelprint::evidence
