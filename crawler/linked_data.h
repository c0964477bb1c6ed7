// References within JSON-LD: {"@id": "#v"} stands for the object of that name elsewhere in the document.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string_view>
#include <unordered_map>

namespace reelprint::crawler {

/// The named objects of one document, which must outlive it. Looking up costs the same however many there
/// are.
class LinkedData {
 public:
  explicit LinkedData(const boost::json::value& root);

  /// What `value` refers to, if it is a reference to something in the document; else itself. One step: a
  /// reference to a reference stays one.
  [[nodiscard]] const boost::json::value& resolved(const boost::json::value& value) const;
  /// The member, resolved; null when there is none.
  [[nodiscard]] const boost::json::value* member(const boost::json::value& object,
                                                 std::string_view name) const;

 private:
  std::unordered_map<std::string_view, const boost::json::value*> objects_;
};

/// The name of an object, or what a reference names; "".
[[nodiscard]] std::string_view id_of(const boost::json::value& value);
/// Whether it has an @id and nothing else.
[[nodiscard]] bool is_reference(const boost::json::value& value);

}  // namespace reelprint::crawler
