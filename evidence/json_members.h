// Takes the members of a JSON object that may say anything.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/clock.h"
#include "core/error.h"
#include "core/sha256.h"
#include "evidence/digest.h"

namespace reelprint::evidence {

/// Every member throws Error{corrupt} that names what is missing or of another kind. The value must outlive
/// it.
class JsonMembers {
 public:
  /// `where` names the object, `document` what it is read from.
  JsonMembers(const boost::json::value& value, std::string where, std::string document)
      : where_(std::move(where)), document_(std::move(document)) {
    if (!value.is_object()) refuse(where_ + " is no object");
    object_ = &value.get_object();
  }
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(ErrorCode::corrupt, "read " + document_ + ": " + why);
  }
  [[nodiscard]] const boost::json::value& value(std::string_view name) const {
    const boost::json::value* found = object_->if_contains(name);
    if (found == nullptr) refuse(where_ + " has no '" + std::string(name) + "'");
    return *found;
  }
  /// Whether it is there, and not null.
  [[nodiscard]] bool has(std::string_view name) const {
    const boost::json::value* found = object_->if_contains(name);
    return found != nullptr && !found->is_null();
  }
  [[nodiscard]] JsonMembers object(std::string_view name) const {
    return {value(name), "'" + std::string(name) + "'", document_};
  }
  [[nodiscard]] const boost::json::array& list(std::string_view name) const {
    const boost::json::value& found = value(name);
    if (!found.is_array()) refuse(place(name) + " is no list");
    return found.get_array();
  }
  [[nodiscard]] std::string text(std::string_view name) const {
    const boost::json::value& found = value(name);
    if (!found.is_string()) refuse(place(name) + " is no text");
    return std::string(found.get_string());
  }
  /// "" for null.
  [[nodiscard]] std::string text_or_none(std::string_view name) const {
    return value(name).is_null() ? std::string() : text(name);
  }
  [[nodiscard]] std::int64_t whole(std::string_view name) const {
    const boost::json::value& found = value(name);
    if (!found.is_int64()) refuse(place(name) + " is no whole number");
    return found.get_int64();
  }
  [[nodiscard]] double number(std::string_view name) const {
    const boost::json::value& found = value(name);
    if (!found.is_number()) refuse(place(name) + " is no number");
    return found.to_number<double>();
  }
  [[nodiscard]] bool flag(std::string_view name) const {
    const boost::json::value& found = value(name);
    if (!found.is_bool()) refuse(place(name) + " is neither true nor false");
    return found.get_bool();
  }
  [[nodiscard]] Sha256 digest(std::string_view name) const {
    const auto found = sha256_in_hex(text(name));
    if (!found) refuse(place(name) + " is no SHA-256");
    return *found;
  }
  [[nodiscard]] WallTime time(std::string_view name) const {
    const auto found = wall_time_of(text(name));
    if (!found) refuse(place(name) + " is no time");
    return *found;
  }
  /// Zero for null.
  [[nodiscard]] WallTime time_or_none(std::string_view name) const {
    return value(name).is_null() ? WallTime{} : time(name);
  }

 private:
  [[nodiscard]] std::string place(std::string_view name) const {
    return "'" + std::string(name) + "' of " + where_;
  }

  std::string where_;
  std::string document_;
  const boost::json::object* object_ = nullptr;
};

}  // namespace reelprint::evidence
