// Takes a template apart, mark by mark.
#include <algorithm>
#include <utility>

#include "core/error.h"
#include "evidence/notice_template_parts.h"
#include "evidence/notice_values.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kDeepest = 8;  ///< parts within parts

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Marks that give no text: alone on a line they take the line with them.
bool is_structural(std::string_view mark) {
  return mark.starts_with('#') || mark.starts_with('/') || mark == "else";
}

bool ends_line(std::string_view before) {
  const std::size_t at = before.find_last_not_of(' ');
  return at == std::string_view::npos || before[at] == '\n';
}

/// How many characters of `after` are blanks and the end of the line; npos where there is something else.
std::size_t rest_of_line(std::string_view after) {
  const std::size_t at = after.find_first_not_of(' ');
  if (at == std::string_view::npos) return after.size();
  return after[at] == '\n' ? at + 1 : std::string_view::npos;
}

}  // namespace

void TemplateParser::fail(int line, const std::string& why) const {
  throw Error(ErrorCode::invalid_input,
              "notice template '" + name_ + "', line " + std::to_string(line) + ": " + why);
}

void TemplateParser::add(TemplatePart part) {
  Open& open = open_.back();
  (open.is_otherwise ? open.part.otherwise : open.part.inner).push_back(std::move(part));
}

bool TemplateParser::is_field(std::string_view name) const {
  return is_notice_field(name) || std::any_of(open_.begin(), open_.end(), [&](const Open& open) {
           return open.part.kind == PartKind::each && is_entry_field(open.part.text, name);
         });
}

void TemplateParser::open(PartKind kind, std::string name) {
  if (open_.size() > kDeepest)
    fail(line_, "parts within parts more than " + std::to_string(kDeepest) + " deep");
  open_.push_back({{kind, std::move(name), {}, {}}, false, line_});
}

void TemplateParser::close(PartKind kind, const char* mark) {
  if (open_.size() < 2 || open_.back().part.kind != kind)
    fail(line_, std::string("{{") + mark + "}} ends nothing that was begun");
  TemplatePart part = std::move(open_.back().part);
  open_.pop_back();
  add(std::move(part));
}

void TemplateParser::turn() {
  if (open_.size() < 2 || open_.back().part.kind != PartKind::condition || open_.back().is_otherwise)
    fail(line_, "{{else}} stands in no {{#if}}");
  open_.back().is_otherwise = true;
}

void TemplateParser::take_mark(std::string_view mark) {
  constexpr std::string_view kEach = "#each ";
  constexpr std::string_view kIf = "#if ";
  constexpr std::string_view kStatements = "statements.";
  if (mark == "/each") return close(PartKind::each, "/each");
  if (mark == "/if") return close(PartKind::condition, "/if");
  if (mark == "else") return turn();
  if (mark.starts_with(kEach)) {
    const std::string list(trimmed(mark.substr(kEach.size())));
    if (!is_notice_list(list)) fail(line_, "unknown list '" + list + "'");
    return open(PartKind::each, list);
  }
  if (mark.starts_with(kIf)) {
    const std::string name(trimmed(mark.substr(kIf.size())));
    if (!is_field(name) && !is_notice_list(name)) fail(line_, "unknown field '" + name + "'");
    return open(PartKind::condition, name);
  }
  if (mark.starts_with(kStatements)) {
    const std::string id(mark.substr(kStatements.size()));
    if (!statements_.contains(id)) fail(line_, "unknown statement '" + id + "'");
    return add({PartKind::statement, id, {}, {}});
  }
  if (!is_field(mark)) fail(line_, "unknown field '" + std::string(mark.substr(0, 100)) + "'");
  add({PartKind::field, std::string(mark), {}, {}});
}

std::vector<TemplatePart> TemplateParser::parse(std::string_view text, int first_line) {
  open_.assign(1, {});
  line_ = first_line;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = std::min(text.find("{{", at), text.size());
    std::string_view words = text.substr(at, begin - at);
    line_ += static_cast<int>(std::count(words.begin(), words.end(), '\n'));
    if (begin == text.size()) {
      add({PartKind::text, std::string(words), {}, {}});
      break;
    }
    const std::size_t end = text.find("}}", begin);
    if (end == std::string_view::npos || text.substr(begin, end - begin).find('\n') != std::string_view::npos)
      fail(line_, "a mark that begins with {{ does not end on its line");
    const std::string_view mark = trimmed(text.substr(begin + 2, end - begin - 2));
    at = end + 2;
    const std::size_t rest = rest_of_line(text.substr(at));
    const bool takes_line =
        is_structural(mark) && ends_line(text.substr(0, begin)) && rest != std::string_view::npos;
    if (takes_line) words = words.substr(0, words.find_last_not_of(' ') + 1);
    if (!words.empty()) add({PartKind::text, std::string(words), {}, {}});
    take_mark(mark);
    if (takes_line) {
      at += rest;
      ++line_;
    }
  }
  if (open_.size() > 1) fail(open_.back().line, "this part does not end");
  return std::move(open_.front().part.inner);
}

}  // namespace reelprint::evidence
