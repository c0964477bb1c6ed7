#include "evidence/notice_template.h"

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "core/utf8.h"
#include "evidence/builtin_templates.h"
#include "evidence/notice_template_parts.h"
#include "evidence/notice_values.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kMostBytes = 256U << 10;
constexpr std::size_t kMostOutput = 16U << 20;

/// The head of a template, line by line.
struct Head {
  std::string subject{};
  int subject_line = 0;
  std::map<std::string, std::string> statements{};
  std::size_t body_at = 0;
  int body_line = 1;
};

std::string_view blanks_off(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// Reads "subject: …", "statement ID: …" and what goes on from it, up to "---".
Head head_of(std::string_view text, const TemplateParser& parser) {
  constexpr std::string_view kSubject = "subject:";
  constexpr std::string_view kStatement = "statement ";
  Head head;
  std::string* last = nullptr;
  for (int line = 1; head.body_at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', head.body_at), text.size());
    const std::string_view words = text.substr(head.body_at, end - head.body_at);
    head.body_at = std::min(end + 1, text.size());
    head.body_line = line + 1;
    if (words == "---") {
      if (head.subject.empty()) parser.fail(line, "there is no subject");
      return head;
    }
    if (words.starts_with("  ") && last != nullptr) {
      *last += "\n" + std::string(blanks_off(words));
    } else if (words.starts_with(kSubject)) {
      head.subject = blanks_off(words.substr(kSubject.size()));
      head.subject_line = line;
      last = nullptr;
    } else if (words.starts_with(kStatement) && words.find(':') != std::string_view::npos) {
      const std::size_t colon = words.find(':');
      const std::string id(blanks_off(words.substr(kStatement.size(), colon - kStatement.size())));
      last = &head.statements[id];
      *last = blanks_off(words.substr(colon + 1));
    } else if (!words.empty() && !words.starts_with('#')) {
      parser.fail(line, "neither 'subject:' nor 'statement ID:' nor '---'");
    }
  }
  parser.fail(1, "the head does not end: a line '---' is missing");
}

/// Fills in; entries of lists that are open go before the notice's own fields.
class Filler {
 public:
  Filler(const NoticeValues& values, const std::map<std::string, std::string>& statements)
      : values_(values), statements_(statements) {}

  void fill(const std::vector<TemplatePart>& parts, std::string& text) {
    for (const TemplatePart& part : parts) {
      if (text.size() > kMostOutput)
        throw Error(ErrorCode::too_large, "fill in a notice: the text is over 16 MiB");
      switch (part.kind) {
        case PartKind::text: text += part.text; break;
        case PartKind::field: text += value_of(part.text); break;
        case PartKind::statement: text += statements_.at(part.text); break;
        case PartKind::each: fill_each(part, text); break;
        case PartKind::condition: fill(holds(part.text) ? part.inner : part.otherwise, text); break;
      }
    }
  }

 private:
  void fill_each(const TemplatePart& part, std::string& text) {
    for (const NoticeFields& entry : values_.lists.find(part.text)->second) {
      entries_.push_back(&entry);
      fill(part.inner, text);
      entries_.pop_back();
    }
  }

  [[nodiscard]] std::string_view value_of(const std::string& name) const {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
      if (const auto found = (*entry)->find(name); found != (*entry)->end()) return found->second;
    }
    const auto found = values_.fields.find(name);
    return found == values_.fields.end() ? std::string_view() : found->second;
  }

  [[nodiscard]] bool holds(const std::string& name) const {
    if (const auto list = values_.lists.find(name); list != values_.lists.end()) return !list->second.empty();
    return !value_of(name).empty();
  }

  const NoticeValues& values_;
  const std::map<std::string, std::string>& statements_;
  std::vector<const NoticeFields*> entries_;
};

}  // namespace

const std::map<std::string, std::string>& NoticeTemplate::statements() const {
  return parsed_->statements;
}

NoticeTemplate parse_notice_template(std::string_view text, const std::string& name, NoticeKind kind) {
  std::string unix_text(text);
  std::erase(unix_text, '\r');
  auto parsed = std::make_shared<NoticeTemplate::Parsed>();
  TemplateParser parser(name, parsed->statements);
  if (text.size() > kMostBytes) parser.fail(1, "larger than 256 KiB");
  if (to_valid_utf8(unix_text) != unix_text) parser.fail(1, "not UTF-8");
  Head head = head_of(unix_text, parser);
  parsed->statements = std::move(head.statements);
  for (const RequiredStatement& statement : required_statements(kind)) {
    const auto found = parsed->statements.find(std::string(statement.id));
    if (found == parsed->statements.end() || found->second.empty())
      parser.fail(1, "the statement '" + std::string(statement.id) + "' is missing, which " +
                         std::string(statement.clause.empty() ? "this form" : statement.clause) +
                         " asks for");
  }
  parsed->subject = parser.parse(head.subject, head.subject_line);
  parsed->body = parser.parse(std::string_view(unix_text).substr(head.body_at), head.body_line);
  return NoticeTemplate(std::move(parsed));
}

std::string template_file_name(NoticeKind kind, std::string_view language) {
  return std::string(to_string(kind)) + "." + std::string(language) + ".txt";
}

NoticeTemplate load_notice_template(NoticeKind kind, std::string_view language,
                                    const std::filesystem::path& folder) {
  const bool is_name = !language.empty() && language.size() <= 12 &&
                       language.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") ==
                           std::string_view::npos;
  const std::string name = template_file_name(kind, is_name ? language : "?");
  if (is_name && !folder.empty() && std::filesystem::exists(folder / name)) {
    const auto bytes = read_file(folder / name, kMostBytes);
    return parse_notice_template({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                                 (folder / name).string(), kind);
  }
  const std::string_view text = builtin_template(name);
  if (text.empty())
    throw Error(ErrorCode::not_found,
                "load notice template '" + name + "': there is none of this kind and language");
  return parse_notice_template(text, name, kind);
}

NoticeText render(const Notice& notice, const NoticeTemplate& notice_template) {
  const NoticeTemplate::Parsed& parsed = notice_template.parsed();
  const NoticeValues values = values_of(notice);
  Filler filler(values, parsed.statements);
  NoticeText text;
  filler.fill(parsed.subject, text.subject);
  text.subject = visible_line(text.subject, 400);
  filler.fill(parsed.body, text.body);
  return text;
}

}  // namespace reelprint::evidence
