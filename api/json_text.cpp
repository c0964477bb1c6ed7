#include "api/json_text.h"

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <string_view>

#include "core/utf8.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

void append(std::string& text, const json::value& value);

void append_number(std::string& text, double number) {
  if (!std::isfinite(number)) {
    text += "null";
    return;
  }
  std::array<char, 400> digits{};  // the longest plain double has 309 digits before the point
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed).ptr;
  text.append(digits.data(), end);
}

/// JSON text must be UTF-8 (RFC 8259, section 8.1); file names need not be.
void append_string(std::string& text, std::string_view string) {
  text += json::serialize(json::string(to_valid_utf8(string)));
}

void append_members(std::string& text, const json::object& object) {
  text += '{';
  bool is_first = true;
  for (const auto& [key, value] : object) {
    if (!is_first) text += ',';
    is_first = false;
    append_string(text, key);
    text += ':';
    append(text, value);
  }
  text += '}';
}

void append_elements(std::string& text, const json::array& array) {
  text += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) text += ',';
    append(text, array[i]);
  }
  text += ']';
}

void append(std::string& text, const json::value& value) {
  if (value.is_object()) return append_members(text, value.get_object());
  if (value.is_array()) return append_elements(text, value.get_array());
  if (value.is_double()) return append_number(text, value.get_double());
  if (value.is_string()) return append_string(text, value.get_string());
  text += json::serialize(value);
}

}  // namespace

std::string to_text(const json::value& value) {
  std::string text;
  append(text, value);
  return text;
}

double rounded(double value, int digits) {
  const double scale = std::pow(10.0, digits);
  return std::round(value * scale) / scale;
}

double to_microseconds(double seconds) {
  return rounded(seconds, 6);
}

}  // namespace reelprint::api
