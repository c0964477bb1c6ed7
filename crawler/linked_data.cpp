#include "crawler/linked_data.h"

#include <vector>

#include "crawler/loose_json.h"

namespace reelprint::crawler {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostValues = 200'000;
constexpr std::size_t kMostObjects = 20'000;

}  // namespace

std::string_view id_of(const json::value& value) {
  const json::value* id = member_of(value, "@id");
  const json::string* text = id == nullptr ? nullptr : id->if_string();
  return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
}

bool is_reference(const json::value& value) {
  const json::object* object = value.if_object();
  return object != nullptr && object->size() == 1 && !id_of(value).empty();
}

LinkedData::LinkedData(const json::value& root) {
  std::vector<const json::value*> open{&root};
  for (std::size_t seen = 0; !open.empty() && seen < kMostValues && objects_.size() < kMostObjects; ++seen) {
    const json::value& value = *open.back();
    open.pop_back();
    if (const json::array* array = value.if_array())
      for (const json::value& inner : *array)
        if (inner.is_structured()) open.push_back(&inner);
    const json::object* object = value.if_object();
    if (object == nullptr) continue;
    if (const std::string_view id = id_of(value); !id.empty() && !is_reference(value))
      objects_.emplace(id, &value);
    for (const auto& member : *object)
      if (member.value().is_structured()) open.push_back(&member.value());
  }
}

const json::value& LinkedData::resolved(const json::value& value) const {
  if (!is_reference(value)) return value;
  const auto found = objects_.find(id_of(value));
  return found == objects_.end() ? value : *found->second;
}

const json::value* LinkedData::member(const json::value& object, std::string_view name) const {
  const json::value* value = member_of(object, name);
  return value == nullptr ? nullptr : &resolved(*value);
}

}  // namespace reelprint::crawler
