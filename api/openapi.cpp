#include "api/openapi.h"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "api/json_text.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

void merge(json::object& into, json::object&& from, const std::string& where);

void merge_member(json::value& into, json::value&& from, const std::string& where) {
  if (into.is_object() && from.is_object()) {
    merge(into.get_object(), std::move(from.get_object()), where);
  } else if (into.is_array() && from.is_array()) {
    for (json::value& item : from.get_array()) into.get_array().push_back(std::move(item));
  } else if (into != from) {
    throw std::logic_error("merge the OpenAPI description: two fragments have " + where);
  }
}

void merge(json::object& into, json::object&& from, const std::string& where) {
  for (auto& member : from) {
    const std::string name(member.key());
    if (json::value* known = into.if_contains(name)) {
      merge_member(*known, std::move(member.value()), where + "/" + name);
    } else {
      into.emplace(name, std::move(member.value()));
    }
  }
}

bool is_plain(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto may_follow = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  constexpr std::string_view kNotTexts[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, may_follow) &&
         std::ranges::find(kNotTexts, name) == std::end(kNotTexts);
}

void append(std::string& yaml, const json::value& value, std::size_t indent);

void append_members(std::string& yaml, const json::object& object, std::size_t indent, bool is_in_list) {
  bool is_first = is_in_list;
  for (const auto& [key, value] : object) {
    if (!is_first) yaml += std::string(indent, ' ');
    is_first = false;
    yaml += is_plain(key) ? std::string(key) : to_text(json::value(key));
    yaml += ':';
    append(yaml, value, indent);
  }
}

void append_items(std::string& yaml, const json::array& array, std::size_t indent) {
  for (const json::value& item : array) {
    yaml += std::string(indent, ' ') + "-";
    if (item.is_object() && !item.get_object().empty()) {
      yaml += ' ';
      append_members(yaml, item.get_object(), indent + 2, true);
    } else {
      append(yaml, item, indent);
    }
  }
}

/// What stands behind "name:" or "-".
void append(std::string& yaml, const json::value& value, std::size_t indent) {
  if (value.is_object() && !value.get_object().empty()) {
    yaml += '\n';
    append_members(yaml, value.get_object(), indent + 2, false);
  } else if (value.is_array() && !value.get_array().empty()) {
    yaml += '\n';
    append_items(yaml, value.get_array(), indent + 2);
  } else {
    yaml += ' ' + to_text(value) + '\n';
  }
}

}  // namespace

json::object merged(std::span<const Fragment> fragments) {
  json::object document;
  for (const Fragment& fragment : fragments) {
    boost::system::error_code error;
    json::value part = json::parse(fragment.json, error);
    if (error || !part.is_object()) {
      throw std::logic_error("merge the OpenAPI description: '" + std::string(fragment.name) +
                             "' is no JSON object: " + error.message());
    }
    merge(document, std::move(part.get_object()), "");
  }
  return document;
}

json::object openapi_document() {
  return merged(openapi_fragments());
}

std::string to_yaml(const json::value& value) {
  std::string yaml;
  if (value.is_object() && !value.get_object().empty()) {
    append_members(yaml, value.get_object(), 0, false);
  } else if (value.is_array() && !value.get_array().empty()) {
    append_items(yaml, value.get_array(), 0);
  } else {
    yaml = to_text(value) + '\n';
  }
  return yaml;
}

std::string openapi_text(bool as_json) {
  if (as_json) return to_text(openapi_document());
  std::string yaml = to_yaml(openapi_document());
  yaml.pop_back();
  return yaml;
}

}  // namespace reelprint::api
