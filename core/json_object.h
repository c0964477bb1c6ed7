// Writes small JSON objects: the data of events and the payloads of jobs.
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace reelprint {

/// In quotation marks, with what JSON wants escaped; the text must be UTF-8.
[[nodiscard]] inline std::string json_text(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string json = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      json += "\\u00";
      json += kHex[byte >> 4];
      json += kHex[byte & 15];
    } else {
      json += c;
    }
  }
  return json + '"';
}

/// One object, member by member, in the order of the calls.
class JsonObject {
 public:
  JsonObject& text(std::string_view name, std::string_view value) { return raw(name, json_text(value)); }
  JsonObject& flag(std::string_view name, bool value) { return raw(name, value ? "true" : "false"); }
  template <std::integral Number>
  JsonObject& number(std::string_view name, Number value) {
    return raw(name, std::to_string(value));
  }
  /// With at most `digits` behind the point; must be finite.
  JsonObject& real(std::string_view name, double value, int digits = 3) {
    std::array<char, 400> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits);
    return raw(name, std::string_view(text.data(), static_cast<std::size_t>(end.ptr - text.data())));
  }
  JsonObject& null(std::string_view name) { return raw(name, "null"); }
  /// `json` is JSON already.
  JsonObject& raw(std::string_view name, std::string_view json) {
    if (!members_.empty()) members_ += ',';
    members_ += json_text(name);
    members_ += ':';
    members_ += json;
    return *this;
  }
  [[nodiscard]] std::string str() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

/// A whole number that an object written by JsonObject has under `name`; nothing if there is none. For our
/// own objects only: names within texts are not told apart.
[[nodiscard]] inline std::optional<std::int64_t> number_in(std::string_view json, std::string_view name) {
  const std::string key = json_text(name) + ":";
  const std::size_t at = json.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = json.substr(at + key.size());
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

}  // namespace reelprint
