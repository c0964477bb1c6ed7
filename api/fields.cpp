#include "api/fields.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "core/utf8.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostDepth = 32;
constexpr std::size_t kMostErrors = 100;

bool is_json(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find_first_of("; "));
  return type == "application/json" || type == "application/merge-patch+json";
}

/// One part of a JSON pointer (RFC 6901).
std::string pointer_part(std::string_view name) {
  std::string part = "/";
  for (const char c : name) {
    if (c == '~') {
      part += "~0";
    } else if (c == '/') {
      part += "~1";
    } else {
      part += c;
    }
  }
  return part;
}

/// Why a text is refused; nothing when it is sound.
std::optional<std::string> fault_of(std::string_view text, const TextRule& rule) {
  if (text.size() > rule.most_bytes)
    return "must not be longer than " + std::to_string(rule.most_bytes) + " bytes";
  if (rule.required && text.find_first_not_of(' ') == std::string_view::npos) return "must not be empty";
  while (!text.empty()) {
    const auto c = take_code_point(text);
    if (!c) return "must be UTF-8";
    if (is_control(*c) && *c != U'\n' && *c != U'\r' && *c != U'\t')
      return "must not have control characters";
  }
  return std::nullopt;
}

std::string range(std::int64_t least, std::int64_t most) {
  return "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

std::optional<std::int64_t> integer_in(const json::value& value, std::int64_t least, std::int64_t most) {
  boost::system::error_code error;
  const auto number = value.to_number<std::int64_t>(error);
  if (error || number < least || number > most) return std::nullopt;
  return number;
}

}  // namespace

/// One object, and which of its members somebody has asked for.
struct Fields::Node {
  json::object object;
  std::string where;
  std::vector<std::string> known = {};
};

struct Fields::Document {
  std::vector<http::FieldError> errors;
  std::vector<std::shared_ptr<Node>> nodes;

  void note(std::string where, std::string reason) {
    if (errors.size() < kMostErrors) errors.push_back({std::move(where), std::move(reason)});
  }
};

Fields::Fields(std::shared_ptr<Document> document, std::shared_ptr<Node> node)
    : document_(std::move(document)), node_(std::move(node)) {
  document_->nodes.push_back(node_);
}

Fields Fields::of_body(const http::Request& request) {
  if (!is_json(request.headers.find("Content-Type").value_or(""))) {
    throw http::Problem(415, "unsupported-media-type", "The body is of a type that is not understood here",
                        "send JSON, with Content-Type: application/json");
  }
  json::parse_options options;
  options.max_depth = kMostDepth;
  boost::system::error_code error;
  json::value value = json::parse(request.body, error, {}, options);
  if (error) throw http::Problem(400, "invalid-json", "The body is no JSON", error.message());
  if (!value.is_object())
    throw http::Problem(400, "invalid-json", "The body is no JSON object", "a JSON object is expected");
  return of(std::move(value.get_object()));
}

Fields Fields::of(json::object object, std::string where) {
  return {std::make_shared<Document>(), std::make_shared<Node>(Node{std::move(object), std::move(where)})};
}

Fields Fields::inner(const json::object& object, std::string where) const {
  return {document_, std::make_shared<Node>(Node{object, std::move(where)})};
}

bool Fields::has(std::string_view name) const {
  return node_->object.contains(name);
}

bool Fields::is_null(std::string_view name) const {
  const json::value* value = node_->object.if_contains(name);
  return value != nullptr && value->is_null();
}

void Fields::refuse(std::string_view name, std::string reason) {
  document_->note(node_->where + pointer_part(name), std::move(reason));
}

void Fields::refuse_at(std::string_view pointer, std::string reason) {
  document_->note(node_->where + std::string(pointer), std::move(reason));
}

const json::value* Fields::find(std::string_view name) {
  node_->known.emplace_back(name);
  const json::value* value = node_->object.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Fields::optional_text(std::string_view name, const TextRule& rule) {
  const json::value* value = find(name);
  if (value == nullptr) {
    if (rule.required) refuse(name, "is required");
    return std::nullopt;
  }
  if (!value->is_string()) {
    refuse(name, "must be a text");
    return std::nullopt;
  }
  const std::string_view text = value->get_string();
  if (auto fault = fault_of(text, rule)) {
    refuse(name, std::move(*fault));
    return std::nullopt;
  }
  return std::string(text);
}

std::string Fields::text(std::string_view name, const TextRule& rule) {
  return optional_text(name, rule).value_or("");
}

std::optional<std::int64_t> Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto number = integer_in(*value, least, most);
  if (!number) refuse(name, range(least, most));
  return number;
}

std::optional<double> Fields::number(std::string_view name, double least, double most) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  boost::system::error_code error;
  const auto number = value->is_number() ? value->to_number<double>(error) : least - 1;
  if (!error && number >= least && number <= most) return number;
  refuse(name, "must be a number from " + json::serialize(json::value(least)) + " to " +
                   json::serialize(json::value(most)));
  return std::nullopt;
}

std::optional<bool> Fields::flag(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  refuse(name, "must be true or false");
  return std::nullopt;
}

std::optional<WallTime> Fields::time(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  auto time = value->is_string() ? wall_time_of(std::string_view(value->get_string())) : std::nullopt;
  if (!time) refuse(name, "must be a time as in RFC 3339: 2026-11-20T09:30:00Z");
  return time;
}

const json::array* Fields::array(std::string_view name, std::size_t most) {
  const json::value* value = find(name);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) {
    refuse(name, "must be a list");
    return nullptr;
  }
  if (value->get_array().size() <= most) return &value->get_array();
  refuse(name, "must not have more than " + std::to_string(most) + " items");
  return nullptr;
}

std::vector<std::string> Fields::texts(std::string_view name, const TextRule& rule, std::size_t most) {
  std::vector<std::string> texts;
  const json::array* items = array(name, most);
  if (items == nullptr) {
    if (rule.required && !has(name)) refuse(name, "is required");
    return texts;
  }
  if (rule.required && items->empty()) refuse(name, "must not be empty");
  for (std::size_t i = 0; i < items->size(); ++i) {
    const json::value& item = (*items)[i];
    const std::string_view text = item.is_string() ? std::string_view(item.get_string()) : std::string_view{};
    auto fault = item.is_string() ? fault_of(text, rule) : "must be a text";
    if (fault) {
      refuse_item(name, i, std::move(*fault));
    } else {
      texts.emplace_back(text);
    }
  }
  return texts;
}

std::vector<std::int64_t> Fields::integers(std::string_view name, std::int64_t least, std::int64_t most_value,
                                           std::size_t most) {
  std::vector<std::int64_t> integers;
  const json::array* items = array(name, most);
  if (items == nullptr) return integers;
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (const auto number = integer_in((*items)[i], least, most_value)) {
      integers.push_back(*number);
    } else {
      refuse_item(name, i, range(least, most_value));
    }
  }
  return integers;
}

std::vector<Fields> Fields::objects(std::string_view name, std::size_t most) {
  std::vector<Fields> objects;
  const json::array* items = array(name, most);
  if (items == nullptr) return objects;
  for (std::size_t i = 0; i < items->size(); ++i) {
    if ((*items)[i].is_object()) {
      objects.push_back(
          inner((*items)[i].get_object(), node_->where + pointer_part(name) + "/" + std::to_string(i)));
    } else {
      refuse_item(name, i, "must be an object");
    }
  }
  return objects;
}

std::optional<Fields> Fields::object(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_object()) return inner(value->get_object(), node_->where + pointer_part(name));
  refuse(name, "must be an object");
  return std::nullopt;
}

void Fields::refuse_item(std::string_view name, std::size_t index, std::string reason) {
  document_->note(node_->where + pointer_part(name) + "/" + std::to_string(index), std::move(reason));
}

void Fields::finish() {
  for (const std::shared_ptr<Node>& node : document_->nodes) {
    for (const auto& member : node->object) {
      if (std::ranges::find(node->known, std::string_view(member.key())) == node->known.end())
        document_->note(node->where + pointer_part(member.key()), "is not known here");
    }
  }
  if (document_->errors.empty()) return;
  throw http::Problem(422, "invalid-fields", "Some fields are not valid", {}, std::move(document_->errors));
}

}  // namespace reelprint::api
