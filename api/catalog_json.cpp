#include "api/catalog_json.h"

#include <algorithm>
#include <boost/json.hpp>
#include <string>
#include <utility>

#include "api/json_text.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

const json::array* rows_of(const json::value& document) {
  if (document.is_array()) return &document.get_array();
  if (!document.is_object()) return nullptr;
  const json::value* rows = document.get_object().if_contains("references");
  return rows != nullptr ? rows->if_array() : nullptr;
}

bool is_known(const std::string& column) {
  return std::ranges::count(pipeline::required_columns(), column) +
             std::ranges::count(pipeline::optional_columns(), column) >
         0;
}

pipeline::RawRow read_row(const json::object& object, std::size_t line,
                          std::vector<pipeline::RowProblem>& problems) {
  pipeline::RawRow row{line, {}};
  for (const auto& [key, value] : object) {
    const std::string column(key);
    if (!is_known(column)) problems.push_back({line, column, "no such column is known"});
    if (value.is_string())
      row.fields[column] = std::string(value.get_string());
    else if (value.is_number())
      row.fields[column] = to_text(value);
    else if (!value.is_null())
      problems.push_back({line, column, "it is neither text nor a number"});
  }
  return row;
}

}  // namespace

pipeline::RawCatalog read_catalog_json(std::string_view text) {
  pipeline::RawCatalog catalog;
  json::error_code error;
  const json::value document = json::parse(json::string_view(text.data(), text.size()), error);
  if (error) {
    catalog.problems.push_back({1, "", "it is not JSON: " + error.message()});
    return catalog;
  }
  const json::array* rows = rows_of(document);
  if (rows == nullptr) {
    catalog.problems.push_back({1, "", "it is neither an array nor an object with an array \"references\""});
    return catalog;
  }
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const json::object* object = (*rows)[i].if_object();
    if (object == nullptr)
      catalog.problems.push_back({i + 1, "", "it is not an object"});
    else
      catalog.rows.push_back(read_row(*object, i + 1, catalog.problems));
  }
  return catalog;
}

}  // namespace reelprint::api
