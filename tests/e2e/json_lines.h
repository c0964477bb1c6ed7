// What `--json` prints, read as strictly as its contract is worded.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::e2e {

namespace json = boost::json;

/// One object a line and nothing else: no blank line, no missing line end. Throws std::runtime_error with the
/// line that breaks it.
[[nodiscard]] std::vector<json::object> read_json_lines(std::string_view text);

// Members of an object; each throws std::runtime_error when it is missing or of another kind.
[[nodiscard]] const json::value& member(const json::object& object, std::string_view name);
[[nodiscard]] std::string text_of(const json::object& object, std::string_view name);
[[nodiscard]] double number_of(const json::object& object, std::string_view name);
[[nodiscard]] std::int64_t integer_of(const json::object& object, std::string_view name);
[[nodiscard]] bool flag_of(const json::object& object, std::string_view name);
[[nodiscard]] const json::object& object_of(const json::object& object, std::string_view name);

/// The objects in an array.
[[nodiscard]] std::vector<json::object> objects_of(const json::object& object, std::string_view name);
/// The texts in an array.
[[nodiscard]] std::vector<std::string> texts_of(const json::object& object, std::string_view name);

/// The objects without the members named: what a clock or a counter put there.
[[nodiscard]] std::vector<json::object> without(std::vector<json::object> objects,
                                                const std::vector<std::string_view>& names);

}  // namespace reelprint::e2e
