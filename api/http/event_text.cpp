#include "api/http/event_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace reelprint::api::http {
namespace {

void add_line(std::string& text, std::string_view name, std::string value) {
  if (value.empty()) return;
  std::replace_if(
      value.begin(), value.end(), [](char c) { return c == '\n' || c == '\r' || c == '\0'; }, ' ');
  text += std::string(name) + ": " + value + "\n";
}

}  // namespace

std::string event_text(const ServerSentEvent& event) {
  std::string text;
  add_line(text, "id", event.id);
  add_line(text, "event", event.type);
  std::string_view rest(event.data);
  for (;;) {
    const std::size_t end = rest.find_first_of("\r\n");
    text += "data: ";
    text += rest.substr(0, end);
    text += "\n";
    if (end == std::string_view::npos) break;
    const bool is_pair = rest[end] == '\r' && end + 1 < rest.size() && rest[end + 1] == '\n';
    rest.remove_prefix(end + (is_pair ? 2 : 1));
  }
  return text + "\n";
}

std::string chunk_of(std::string_view bytes) {
  std::array<char, 16> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), bytes.size(), 16);
  std::string chunk(digits.data(), end);
  chunk += "\r\n";
  chunk += bytes;
  return chunk + "\r\n";
}

}  // namespace reelprint::api::http
