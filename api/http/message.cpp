#include "api/http/message.h"

#include <algorithm>

#include "api/http/field.h"

namespace reelprint::api::http {
std::string_view to_string(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    case Method::options: return "OPTIONS";
  }
  return "GET";
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(),
                                  [&](const auto& field) { return is_same_name(field.first, name); });
  if (found == fields_.end()) return std::nullopt;
  return found->second;
}

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(fields_, [&](const auto& field) { return is_same_name(field.first, name); });
  fields_.emplace_back(name, std::move(value));
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  const auto found =
      std::find_if(query.begin(), query.end(), [&](const auto& pair) { return pair.first == name; });
  if (found == query.end()) return std::nullopt;
  return found->second;
}

}  // namespace reelprint::api::http
