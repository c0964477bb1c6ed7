#include "api/answers.h"

#include <charconv>

#include "api/json_text.h"

namespace reelprint::api {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

http::Problem invalid_parameter(std::string_view name, std::string reason) {
  return {400,
          "invalid-parameter",
          "A query parameter is not valid",
          std::string(name) + " " + reason,
          {{std::string(name), std::move(reason)}}};
}

/// Opaque for clients; the letter leaves room for cursors of another kind.
constexpr char kCursorById = 'i';

std::optional<std::int64_t> id_of_cursor(std::string_view cursor) {
  if (cursor.empty() || cursor.front() != kCursorById) return std::nullopt;
  const auto id = whole_number(cursor.substr(1));
  return id && *id > 0 ? id : std::nullopt;
}

/// Takes the next entity tag off a list of them (RFC 9110, section 8.8.3), without W/ and quotes.
std::optional<std::string_view> take_tag(std::string_view& list) {
  const std::size_t begin = list.find_first_not_of(" \t,");
  if (begin == std::string_view::npos) return std::nullopt;
  list.remove_prefix(begin);
  const std::size_t length = std::min(list.find(','), list.size());
  std::string_view tag = list.substr(0, length);
  list.remove_prefix(length);
  while (!tag.empty() && (tag.back() == ' ' || tag.back() == '\t')) tag.remove_suffix(1);
  return tag;
}

}  // namespace

http::Response json_answer(const boost::json::value& value, unsigned status) {
  http::Response response;
  response.status = status;
  response.body = to_text(value);
  return response;
}

http::Response created(const boost::json::value& value, const std::string& location) {
  http::Response response = json_answer(value, 201);
  response.headers.add("Location", location);
  return response;
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  response.content_type.clear();
  return response;
}

http::Problem not_found(std::string_view kind, std::string_view id) {
  return {404, "not-found", "There is no such thing",
          "there is no " + std::string(kind) + " " + std::string(id)};
}

http::Problem conflict(std::string detail, std::string type) {
  return {409, std::move(type), "This contradicts what is there", std::move(detail)};
}

http::Problem forbidden(std::string detail) {
  return {403, "forbidden", "You may not do this", std::move(detail)};
}

std::int64_t id_in(const Context& context, std::string_view name) {
  const auto found = context.request.params.find(std::string(name));
  const std::string text = found == context.request.params.end() ? std::string{} : found->second;
  const auto id = whole_number(text);
  if (!id || *id <= 0) throw not_found(name, text);
  return *id;
}

void tag(http::Response& response, std::int64_t version) {
  response.headers.set("ETag", "\"v" + std::to_string(version) + "\"");
}

void expect_version(const http::Request& request, std::int64_t version) {
  const auto given = request.headers.find("If-Match");
  if (!given) return;
  const std::string current = "\"v" + std::to_string(version) + "\"";
  std::string_view list = *given;
  while (const auto one = take_tag(list)) {
    if (*one == "*" || *one == current) return;
  }
  throw http::Problem(412, "precondition-failed", "It has been changed meanwhile",
                      "If-Match names another version; the current one is " + current);
}

std::optional<std::int64_t> integer_parameter(const http::Request& request, std::string_view name,
                                              std::int64_t least, std::int64_t most) {
  const auto text = request.query_value(name);
  if (!text) return std::nullopt;
  const auto value = whole_number(*text);
  if (!value || *value < least || *value > most) {
    throw invalid_parameter(
        name, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return value;
}

std::optional<WallTime> time_parameter(const http::Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::nullopt;
  const auto time = wall_time_of(*text);
  if (!time) throw invalid_parameter(name, "must be a time as in RFC 3339: 2026-11-20T09:30:00Z");
  return time;
}

Page page_of(const http::Request& request) {
  constexpr std::int64_t kMostItems = 1000;
  Page page;
  if (const auto limit = integer_parameter(request, "limit", 1, kMostItems))
    page.limit = static_cast<std::size_t>(*limit);
  if (const auto cursor = request.query_value("cursor")) {
    const auto id = id_of_cursor(*cursor);
    if (!id) throw invalid_parameter("cursor", "is none that was given as \"next\"");
    page.after = *id;
  }
  return page;
}

std::string cursor_of(std::int64_t id) {
  return kCursorById + std::to_string(id);
}

}  // namespace reelprint::api
