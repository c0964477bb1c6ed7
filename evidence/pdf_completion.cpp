#include "evidence/pdf_completion.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <optional>
#include <system_error>
#include <utility>

#include "core/utf8.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kLongestWords = 400;  ///< characters

std::optional<std::size_t> number_behind(std::string_view text, std::string_view name) {
  const std::size_t at = text.rfind(name);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = text.substr(at + name.size());
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

/// A text as PDF's strings have it: UTF-16 in hexadecimal digits.
std::string hex_text(std::string_view text) {
  const std::string shown = visible_line(text, kLongestWords);
  std::string hex = "<FEFF";
  std::array<char, 12> unit{};
  for (std::string_view rest = shown; !rest.empty();) {
    const auto c = static_cast<unsigned>(take_code_point(rest).value_or(U'\uFFFD'));
    if (c < 0x10000)
      std::snprintf(unit.data(), unit.size(), "%04X", c);
    else
      std::snprintf(unit.data(), unit.size(), "%04X%04X", 0xD800 + ((c - 0x10000) >> 10),
                    0xDC00 + ((c - 0x10000) & 0x3FF));
    hex += unit.data();
  }
  return hex + ">";
}

/// Collects objects that take the place of others.
class Update {
 public:
  explicit Update(std::string_view pdf) : pdf_(pdf) {}

  /// Repeats the dictionary that is object `number` and begins at `at`, with `more` in it.
  bool extend(std::size_t number, std::size_t at, std::string_view more) {
    const std::size_t end = pdf_.find("\n>>\nendobj\n", at);
    if (end == std::string_view::npos) return false;
    places_.emplace_back(number, pdf_.size() + text_.size());
    text_ += std::string(pdf_.substr(at, end - at)) + "\n" + std::string(more) + "\n>>\nendobj\n";
    return true;
  }

  /// Object `number` is `text` from now on.
  void set(std::size_t number, std::string_view text) {
    places_.emplace_back(number, pdf_.size() + text_.size());
    text_ += std::to_string(number) + " 0 obj\n" + std::string(text) + "\nendobj\n";
  }

  [[nodiscard]] std::string finish(std::size_t root, std::size_t info, std::size_t size,
                                   std::size_t previous) const {
    std::string table = "xref\n0 1\n0000000000 65535 f \n";
    std::array<char, 80> line{};
    for (const auto& [number, place] : places_) {
      std::snprintf(line.data(), line.size(), "%zu 1\n%010zu 00000 n \n", number, place);
      table += line.data();
    }
    const auto text = [](std::size_t number) { return std::to_string(number); };
    return text_ + table + "trailer\n<< /Size " + text(size) + "\n   /Root " + text(root) +
           " 0 R\n   /Info " + text(info) + " 0 R\n   /Prev " + text(previous) + "\n>>\nstartxref\n" +
           text(pdf_.size() + text_.size()) + "\n%%EOF\n";
  }

 private:
  std::string_view pdf_;
  std::string text_;
  std::vector<std::pair<std::size_t, std::size_t>> places_;  ///< numbers, and where their objects are now
};

/// Puts a "Document" between the root of the structure and its parts, which cairo hangs on the root: the old
/// root becomes it, so that no part changes, and object `number` the root. False where there is no structure.
bool add_document(Update& update, std::string_view pdf, std::size_t number) {
  constexpr std::string_view kRoot = " 0 obj\n<< /Type /StructTreeRoot\n";
  const std::size_t at = pdf.rfind(kRoot);
  if (at == std::string_view::npos) return false;
  const std::size_t end = pdf.find("\n>>\nendobj\n", at);
  const std::string_view root = pdf.substr(at, end == std::string_view::npos ? 0 : end - at);
  const auto old = number_behind(pdf.substr(0, at), "\n");
  const auto parents = number_behind(root, "/ParentTree ");
  const std::size_t kids = root.find("   /K ");
  if (!old || !parents || kids == std::string_view::npos) return false;
  const std::string document = std::to_string(*old);
  const std::string new_root = std::to_string(number);
  update.set(*old, "<< /Type /StructElem\n   /S /Document\n   /P " + new_root + " 0 R\n" +
                       std::string(root.substr(kids)) + "\n>>");
  update.set(number, "<< /Type /StructTreeRoot\n   /ParentTree " + std::to_string(*parents) +
                         " 0 R\n   /K [ " + document + " 0 R ]\n>>");
  return true;
}

void add_words(Update& update, std::string_view pdf, const std::vector<std::string>& words) {
  constexpr std::string_view kFigure = " 0 obj\n<< /Type /StructElem\n   /S /Figure\n";
  std::size_t at = pdf.find(kFigure);
  for (const std::string& alternative : words) {
    if (at == std::string_view::npos) return;
    const std::size_t line = pdf.rfind('\n', at) + 1;
    const auto number = number_behind(pdf.substr(line - 1, at - line + 1), "\n");
    if (number) (void)update.extend(*number, line, "   /Alt " + hex_text(alternative));
    at = pdf.find(kFigure, at + kFigure.size());
  }
}

}  // namespace

void complete_pdf(std::vector<std::byte>& pdf, std::string_view language,
                  const std::vector<std::string>& words) {
  const std::string_view text(reinterpret_cast<const char*>(pdf.data()), pdf.size());
  const auto previous = number_behind(text, "\nstartxref\n");
  const auto size = number_behind(text, "/Size ");
  const auto root = number_behind(text, "/Root ");
  const auto info = number_behind(text, "/Info ");
  if (!previous || !size || !root || !info) return;
  const std::size_t catalog = text.rfind("\n" + std::to_string(*root) + " 0 obj\n<< /Type /Catalog\n");
  if (catalog == std::string_view::npos) return;
  Update update(text);
  std::string more =
      "   /Lang (" + std::string(language) + ")\n   /ViewerPreferences << /DisplayDocTitle true >>";
  const bool is_tagged = add_document(update, text, *size);
  std::string now(text.substr(catalog + 1, text.find("\n>>\nendobj\n", catalog) - catalog - 1));
  now.erase(0, now.find("<<"));
  if (const std::size_t tree = now.find("   /StructTreeRoot "); is_tagged && tree != std::string::npos) {
    now.erase(tree, now.find('\n', tree) + 1 - tree);
    more += "\n   /MarkInfo << /Marked true >>\n   /StructTreeRoot " + std::to_string(*size) + " 0 R";
  }
  update.set(*root, now + "\n" + more + "\n>>");
  add_words(update, text, words);
  const std::string added = update.finish(*root, *info, *size + 1, *previous);
  const auto* begin = reinterpret_cast<const std::byte*>(added.data());
  pdf.insert(pdf.end(), begin, begin + added.size());
}

}  // namespace reelprint::evidence
