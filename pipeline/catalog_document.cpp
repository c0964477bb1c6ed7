#include "pipeline/catalog_document.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <tuple>

#include "core/identifiers.h"
#include "core/utf8.h"
#include "crawler/folder_source.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostBytes = 4096;  ///< of one value
constexpr int kMostNumber = 1'000'000;

constexpr std::string_view kDigits = "0123456789";

std::optional<int> parse_number(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number > kMostNumber)
    return std::nullopt;
  return number;
}

/// The last number in a file's name: "ep07", "Episode 7", "第7集".
std::optional<int> last_number(std::string_view text) {
  const std::size_t last = text.find_last_of(kDigits);
  if (last == std::string_view::npos) return std::nullopt;
  const std::size_t before = text.find_last_not_of(kDigits, last);
  const std::size_t first = before == std::string_view::npos ? 0 : before + 1;
  return parse_number(text.substr(first, last - first + 1));
}

/// A whole number with at most words around it: "7", "07", "ep07", "第7集"; not "-7", "1.5" or "1-2".
std::optional<int> only_number(std::string_view text) {
  const std::size_t first = text.find_first_of(kDigits);
  if (first == std::string_view::npos || text.find_first_of("+-.,/") != std::string_view::npos)
    return std::nullopt;
  return parse_number(text.substr(first, text.find_last_of(kDigits) - first + 1));
}

/// Reads one raw row field by field and collects what is wrong with it.
class RowReader {
 public:
  RowReader(const RawRow& raw, std::vector<RowProblem>& problems) : raw_(raw), problems_(problems) {
    for (const auto& [column, value] : raw.fields) {
      if (!is_printable_utf8(value)) complain(column, "it is not printable UTF-8 text");
      if (value.size() > kMostBytes) complain(column, "it is longer than 4096 bytes");
    }
  }

  [[nodiscard]] std::string optional(const std::string& column) const {
    const auto it = raw_.fields.find(column);
    return it == raw_.fields.end() ? "" : it->second;
  }
  [[nodiscard]] std::string required(const std::string& column) {
    std::string value = optional(column);
    if (value.empty()) complain(column, "it is empty");
    return value;
  }
  [[nodiscard]] int number(const std::string& column, int otherwise) {
    const std::string value = optional(column);
    if (value.empty()) return otherwise;
    const auto parsed = only_number(value);
    if (!parsed) complain(column, "'" + value + "' is not a whole number from 0 to 1000000");
    return parsed.value_or(otherwise);
  }
  void complain(const std::string& column, std::string reason) {
    problems_.push_back({raw_.line, column, std::move(reason)});
    is_good_ = false;
  }
  [[nodiscard]] bool is_good() const { return is_good_; }

 private:
  const RawRow& raw_;
  std::vector<RowProblem>& problems_;
  bool is_good_ = true;
};

FoundFile existing_file(const std::string& name, const std::filesystem::path& base) {
  const std::filesystem::path file = (base / name).lexically_normal();  // an absolute name stays as it is
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) return {{}, "there is no file '" + file.string() + "'"};
  if (!std::filesystem::is_regular_file(status)) return {{}, "'" + file.string() + "' is not a file"};
  return {std::filesystem::absolute(file).lexically_normal(), ""};
}

std::filesystem::path file_of(RowReader& reader, const FindFile& find) {
  const std::string name = reader.required("file");
  if (name.empty()) return {};
  FoundFile found = find(name);
  if (!found.problem.empty()) reader.complain("file", std::move(found.problem));
  return std::move(found.file);
}

std::optional<CatalogRow> read_row(const RawRow& raw, const FindFile& find,
                                   std::vector<RowProblem>& problems) {
  RowReader reader(raw, problems);
  CatalogRow row;
  row.line = raw.line;
  row.reference.holder = reader.required("holder");
  row.reference.series = reader.required("series");
  Episode& episode = row.reference.episode;
  if (!reader.required("episode").empty()) episode.number = reader.number("episode", 0);
  episode.season = reader.number("season", 1);
  episode.title = reader.optional("title");
  episode.licence_number = reader.optional("licence_number");
  episode.eidr = reader.optional("eidr");
  episode.isan = reader.optional("isan");
  if (!episode.eidr.empty() && !is_eidr(episode.eidr)) {
    reader.complain("eidr", "'" + episode.eidr + "' is not an EIDR id with a right check character");
  }
  if (!episode.isan.empty() && !is_isan(episode.isan)) {
    reader.complain("isan", "'" + episode.isan + "' is not an ISAN with right check characters");
  }
  Reference& reference = row.reference.reference;
  reference.language = reader.required("language");
  reference.cut = reader.optional("cut");
  reference.subtitles = reader.optional("subtitles");
  row.file = file_of(reader, find);
  if (!reader.is_good()) return std::nullopt;
  reference.file = row.file.string();
  return row;
}

}  // namespace

const std::vector<std::string>& required_columns() {
  static const std::vector<std::string> columns = {"holder", "series", "episode", "language", "file"};
  return columns;
}

const std::vector<std::string>& optional_columns() {
  static const std::vector<std::string> columns = {"title", "season", "licence_number", "eidr",
                                                   "isan",  "cut",    "subtitles"};
  return columns;
}

RawCatalog read_folder(const std::filesystem::path& folder, const std::string& holder) {
  RawCatalog catalog;
  for (const Sighting& media : crawler::media_in_folder(folder)) {
    const auto relative = std::filesystem::path(media.location).lexically_relative(folder);
    RawRow row{catalog.rows.size() + 1, {}};
    if (!relative.has_parent_path()) {
      catalog.problems.push_back({row.line, "series", "'" + relative.string() + "' is in no series folder"});
      continue;
    }
    const auto number = last_number(relative.stem().string());
    if (!number) {
      catalog.problems.push_back(
          {row.line, "episode", "'" + relative.string() + "' has no episode number in its name"});
      continue;
    }
    row.fields = {{"holder", holder},
                  {"series", relative.begin()->string()},
                  {"episode", std::to_string(*number)},
                  {"language", "und"},  // BCP 47: undetermined
                  {"file", relative.string()}};
    catalog.rows.push_back(std::move(row));
  }
  return catalog;
}

Catalog validate(const RawCatalog& raw, const std::filesystem::path& base) {
  return validate(raw, [&](const std::string& name) { return existing_file(name, base); });
}

Catalog validate(const RawCatalog& raw, const FindFile& find) {
  Catalog catalog;
  catalog.problems = raw.problems;
  // What the document's reader stumbled over may have any value.
  std::set<std::size_t> unread;
  for (const RowProblem& problem : raw.problems) unread.insert(problem.line);
  std::set<std::tuple<std::string, std::string, int, int, std::string, std::string, std::string>> seen;
  for (const RawRow& raw_row : raw.rows) {
    if (unread.contains(raw_row.line)) continue;
    auto row = read_row(raw_row, find, catalog.problems);
    if (!row) continue;
    const auto& r = row->reference;
    if (!seen.emplace(r.holder, r.series, r.episode.season, r.episode.number, r.reference.cut,
                      r.reference.language, r.reference.subtitles)
             .second) {
      catalog.problems.push_back(
          {row->line, "episode", "an earlier row has the same episode, cut, language and subtitles"});
      continue;
    }
    catalog.rows.push_back(std::move(*row));
  }
  std::ranges::stable_sort(catalog.problems, {}, &RowProblem::line);
  return catalog;
}

}  // namespace reelprint::pipeline
