#include "tests/structure/layering.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "tests/structure/rules.h"

namespace reelprint::structure {
namespace {

std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> words;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) words.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

bool has_word(std::string_view list, std::string_view word) {
  const auto words = words_of(list);
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_prefix_of(std::string_view list, std::string_view text) {
  const auto words = words_of(list);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

std::string_view top_folder(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

const FolderRule* rule_of_folder(std::string_view folder) {
  const auto* found = std::find_if(std::begin(kFolderRules), std::end(kFolderRules),
                                   [&](const FolderRule& rule) { return rule.folder == folder; });
  return found == std::end(kFolderRules) ? nullptr : found;
}

const LibraryRule* rule_of_library(std::string_view header) {
  const auto* found = std::find_if(std::begin(kLibraryRules), std::end(kLibraryRules),
                                   [&](const LibraryRule& rule) { return header.starts_with(rule.header); });
  return found == std::end(kLibraryRules) ? nullptr : found;
}

bool is_header(std::string_view path) {
  return path.ends_with(".h");
}

/// The path of the .cpp that an internal header belongs to, or of the folder ("api/http/") within which all
/// may include it; nothing for any other file.
std::optional<std::string> owner_of(const SourceFile& file) {
  constexpr std::string_view kMark = "// Internal to ";
  if (!is_header(file.path) || !file.text.starts_with(kMark)) return std::nullopt;
  const std::size_t end = file.text.find_first_of(" .:,\n", kMark.size());
  const std::string name = file.text.substr(kMark.size(), end - kMark.size());
  return std::string(top_folder(file.path)) + "/" + name + (name.ends_with('/') ? "" : ".cpp");
}

/// Whether the file at `path` may include a header that belongs to `owner`.
bool belongs_to(std::string_view path, std::string_view owner) {
  return owner.ends_with('/') ? path.starts_with(owner) : path == owner;
}

bool is_public_header(const SourceFile& file) {
  return is_header(file.path) && !owner_of(file) && !has_word(kPrivateHeaderFolders, top_folder(file.path));
}

/// A C++ standard header has neither a folder nor an ending: <vector>.
bool is_standard(std::string_view header) {
  return !header.empty() && std::all_of(header.begin(), header.end(), [](unsigned char c) {
    return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '_';
  });
}

bool is_system(std::string_view header) {
  const auto words = words_of(kSystemHeaders);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return word.ends_with('/') ? header.starts_with(word) : header == word;
  });
}

struct Include {
  std::string_view header;  ///< empty: neither "x" nor <x>
};

std::optional<Include> include_of(std::string_view line) {
  const auto skip_blanks = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip_blanks();
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  skip_blanks();
  if (!line.starts_with("include")) return std::nullopt;
  line.remove_prefix(7);
  skip_blanks();
  if (line.empty() || (line[0] != '"' && line[0] != '<')) return Include{};
  const std::size_t end = line.find(line[0] == '"' ? '"' : '>', 1);
  if (end == std::string_view::npos) return Include{};
  return Include{line.substr(1, end - 1)};
}

/// What is wrong with `from` (a layered folder's file) including our own `folder`; nothing when that is
/// allowed.
std::optional<std::string> folder_fault(std::string_view from, std::string_view folder) {
  const FolderRule& rule = *rule_of_folder(from);
  if (folder == from || has_word(rule.may_include, folder)) return std::nullopt;
  const std::string allowed =
      rule.may_include.empty() ? "nothing else of ours" : std::string(rule.may_include);
  return std::string(from) + "/ may not use " + std::string(folder) + "/ (it may use: " + allowed + ")";
}

std::optional<std::string> library_fault(const SourceFile& file, std::string_view header,
                                         const LibraryRule& rule) {
  if (!has_prefix_of(rule.homes, file.path)) {
    return "<" + std::string(header) + "> belongs to " + std::string(rule.homes);
  }
  if (is_public_header(file) && !rule.may_show) {
    return "<" + std::string(header) + "> in a public header: a third-party type stays in the .cpp";
  }
  return std::nullopt;
}

std::optional<std::string> include_fault(const SourceFile& file, const Include& include) {
  const std::string header(include.header);
  const std::string_view from = top_folder(file.path);
  const std::string_view target = top_folder(header);
  if (header.empty()) return "an include that is neither \"header\" nor <header>";
  if (header.starts_with('.')) return "\"" + header + "\": name it from the root of the tree";
  if (has_word(kFreeFolders, from)) return std::nullopt;
  if (rule_of_folder(target) != nullptr) return folder_fault(from, target);
  if (has_word(kFreeFolders, target)) return std::string(from) + "/ may not use " + std::string(target) + "/";
  if (const LibraryRule* rule = rule_of_library(header)) return library_fault(file, header, *rule);
  if (is_standard(header) || has_word(kGeneratedHeaders, header)) return std::nullopt;
  if (is_system(header)) {
    if (is_public_header(file))
      return "<" + header + "> in a public header: the operating system stays in the .cpp";
    return std::nullopt;
  }
  return "no home is known for '" + header + "': see tests/structure/rules.h";
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool needs_first_comment(const SourceFile& file) {
  return is_header(file.path) || !(file.has_own_header || file.path.ends_with("_test.cpp"));
}

}  // namespace

std::string to_string(const Violation& violation) {
  return violation.path + ":" + std::to_string(violation.line) + ": " + violation.what;
}

std::vector<Violation> check_includes(const SourceFile& file) {
  const std::string_view folder = top_folder(file.path);
  if (rule_of_folder(folder) == nullptr && !has_word(kFreeFolders, folder)) {
    return {{file.path, 1, "a folder without a rule: see tests/structure/rules.h"}};
  }
  std::vector<Violation> violations;
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto include = include_of(lines[i]);
    if (!include) continue;
    if (const auto fault = include_fault(file, *include)) violations.push_back({file.path, i + 1, *fault});
  }
  return violations;
}

std::vector<Violation> check_internal_headers(const std::vector<SourceFile>& files) {
  std::map<std::string, std::string, std::less<>> owners;  // by the header's path
  for (const SourceFile& file : files) {
    if (auto owner = owner_of(file)) owners.emplace(file.path, std::move(*owner));
  }
  std::vector<Violation> violations;
  for (const SourceFile& file : files) {
    const auto lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto include = include_of(lines[i]);
      const auto found = include ? owners.find(include->header) : owners.end();
      if (found == owners.end()) continue;
      const std::string own_source = found->first.substr(0, found->first.size() - 1) + "cpp";
      if (belongs_to(file.path, found->second) || file.path == own_source) continue;
      violations.push_back({file.path, i + 1, "\"" + found->first + "\" is internal to " + found->second});
    }
  }
  return violations;
}

std::vector<Violation> check_shape(const SourceFile& file) {
  std::vector<Violation> violations;
  const auto lines = lines_of(file.text);
  if (needs_first_comment(file) && (lines.empty() || !lines[0].starts_with("//"))) {
    violations.push_back({file.path, 1, "the first line does not say what the file is for (// ...)"});
  }
  if (is_header(file.path) && std::find(lines.begin(), lines.end(), "#pragma once") == lines.end()) {
    violations.push_back({file.path, 1, "no #pragma once"});
  }
  if (lines.size() > kMaxLines) {
    violations.push_back(
        {file.path, lines.size(), "longer than " + std::to_string(kMaxLines) + " lines: this is two files"});
  }
  return violations;
}

std::vector<Violation> check_links(std::string_view path, std::string_view text) {
  const std::string_view from = top_folder(path);
  if (rule_of_folder(from) == nullptr) return {};
  std::vector<Violation> violations;
  bool in_depends = false;
  const auto lines = lines_of(std::string(text));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string line = lines[i].substr(0, lines[i].find('#'));
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '(' || c == ')' || c == '\t'; }, ' ');
    for (std::string_view word : words_of(line)) {
      if (word == "reelprint_folder" || word == "SOURCES" || word == "PRIVATE") in_depends = false;
      if (word == "DEPENDS") in_depends = true;
      const bool is_target = word.starts_with("reelprint_");
      if (is_target) word.remove_prefix(std::string_view("reelprint_").size());
      if (!(is_target || in_depends) || rule_of_folder(word) == nullptr) continue;
      if (const auto fault = folder_fault(from, word))
        violations.push_back({std::string(path), i + 1, *fault});
    }
  }
  return violations;
}

}  // namespace reelprint::structure
