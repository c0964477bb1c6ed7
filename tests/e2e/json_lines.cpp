#include "tests/e2e/json_lines.h"

#include <stdexcept>

namespace reelprint::e2e {
namespace {

[[noreturn]] void complain(const json::object& object, std::string_view name, const char* what) {
  throw std::runtime_error("'" + std::string(name) + "' " + what + " in " + json::serialize(object));
}

const json::array& array_of(const json::object& object, std::string_view name) {
  const json::array* array = member(object, name).if_array();
  if (array == nullptr) complain(object, name, "is no array");
  return *array;
}

}  // namespace

std::vector<json::object> read_json_lines(std::string_view text) {
  std::vector<json::object> objects;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string line(text.substr(0, end));
    json::error_code error;
    const json::value value = json::parse(line, error);
    if (error || !value.is_object() || end == std::string_view::npos)
      throw std::runtime_error("not a line with a JSON object: '" + line + "'");
    objects.push_back(value.get_object());
    text.remove_prefix(end + 1);
  }
  return objects;
}

const json::value& member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(json::string_view(name.data(), name.size()));
  if (value == nullptr) complain(object, name, "is missing");
  return *value;
}

std::string text_of(const json::object& object, std::string_view name) {
  const json::string* text = member(object, name).if_string();
  if (text == nullptr) complain(object, name, "is no text");
  return {text->data(), text->size()};
}

double number_of(const json::object& object, std::string_view name) {
  const json::value& value = member(object, name);
  if (!value.is_number()) complain(object, name, "is no number");
  return value.to_number<double>();
}

std::int64_t integer_of(const json::object& object, std::string_view name) {
  const json::value& value = member(object, name);
  if (!value.is_int64() && !value.is_uint64()) complain(object, name, "is no whole number");
  return value.to_number<std::int64_t>();
}

bool flag_of(const json::object& object, std::string_view name) {
  const bool* flag = member(object, name).if_bool();
  if (flag == nullptr) complain(object, name, "is neither true nor false");
  return *flag;
}

const json::object& object_of(const json::object& object, std::string_view name) {
  const json::object* inner = member(object, name).if_object();
  if (inner == nullptr) complain(object, name, "is no object");
  return *inner;
}

std::vector<json::object> objects_of(const json::object& object, std::string_view name) {
  std::vector<json::object> objects;
  for (const json::value& value : array_of(object, name)) objects.push_back(value.as_object());
  return objects;
}

std::vector<std::string> texts_of(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  for (const json::value& value : array_of(object, name)) {
    const json::string& text = value.as_string();
    texts.emplace_back(text.data(), text.size());
  }
  return texts;
}

std::vector<json::object> without(std::vector<json::object> objects,
                                  const std::vector<std::string_view>& names) {
  for (json::object& object : objects) {
    for (const std::string_view name : names) object.erase(json::string_view(name.data(), name.size()));
  }
  return objects;
}

}  // namespace reelprint::e2e
