#include "api/routes/import_document.h"

#include <algorithm>
#include <map>

#include "api/catalog_json.h"
#include "core/language_tag.h"
#include "core/licence_number.h"

namespace reelprint::api {
namespace {

constexpr std::size_t kMostColumns = 16;

/// Told by the bytes alone, so that no more is ever built in memory.
bool has_too_many_rows(std::string_view text, bool is_csv) {
  if (is_csv) return std::ranges::count(text, '\n') > static_cast<std::ptrdiff_t>(kMostImportRows + 1);
  return std::ranges::count(text, '{') > static_cast<std::ptrdiff_t>(kMostImportRows + 1) ||
         std::ranges::count(text, ',') > static_cast<std::ptrdiff_t>(kMostImportRows * kMostColumns);
}

pipeline::RawCatalog read_raw(const http::Request& request) {
  const std::string_view type = request.headers.find("Content-Type").value_or("");
  const bool is_csv = type.starts_with("text/csv");
  if (!is_csv && !type.starts_with("application/json")) {
    throw http::Problem(415, "unsupported-media-type", "The body is of a kind that is not taken here",
                        "send text/csv or application/json", {{"Content-Type", "is not taken here"}});
  }
  if (has_too_many_rows(request.body, is_csv)) {
    throw http::Problem(413, "too-large", "The import is too large",
                        "at most " + std::to_string(kMostImportRows) + " rows are taken at once");
  }
  return is_csv ? pipeline::read_csv(request.body) : read_catalog_json(request.body);
}

void check_row(const pipeline::CatalogRow& row, ImportDocument& document) {
  const auto& wanted = row.reference;
  const auto complain = [&](const char* column, std::string reason) {
    document.problems.push_back({row.line, column, std::move(reason)});
  };
  if (!is_language_tag(wanted.reference.language)) complain("language", "it is no language tag (BCP 47)");
  if (!wanted.reference.subtitles.empty() && !is_language_tag(wanted.reference.subtitles))
    complain("subtitles", "it is no language tag (BCP 47)");
  const std::string& number = wanted.episode.licence_number;
  if (!number.empty() && !licence_number_of(number)) {
    document.warnings.push_back(
        {row.line, "licence_number", "it has no shape of an NRTA licence or filing number that is known"});
  }
}

}  // namespace

ImportDocument read_import(Context& context, const CatalogSettings& settings) {
  const pipeline::RawCatalog raw = read_raw(context.request);
  std::map<std::string, store::MediaSource> sources;
  const auto find = [&](const std::string& name) -> pipeline::FoundFile {
    MediaPlace place = place_of_row(context, name, settings);
    if (place.problem.empty()) sources[place.source.place] = place.source;
    return {place.source.place, std::move(place.problem)};
  };
  pipeline::Catalog catalog = pipeline::validate(raw, find);
  ImportDocument document;
  document.problems = std::move(catalog.problems);
  for (pipeline::CatalogRow& row : catalog.rows) {
    check_row(row, document);
    document.rows.push_back({row.line, std::move(row.reference), sources.at(row.file.string())});
  }
  if (raw.rows.empty() && document.problems.empty())
    document.problems.push_back({1, "", "there are no rows"});
  std::ranges::stable_sort(document.problems, {}, &pipeline::RowProblem::line);
  return document;
}

std::string place_of(const pipeline::RowProblem& problem) {
  const std::string line = "line " + std::to_string(problem.line);
  return problem.column.empty() ? line : line + ", column " + problem.column;
}

}  // namespace reelprint::api
