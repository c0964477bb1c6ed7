// Reads a JSON body field by field, and collects everything that is wrong with it, to be told at once.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "core/clock.h"

namespace reelprint::api {

/// What a text must be. Every text must be UTF-8 without control characters other than line breaks.
struct TextRule {
  bool required = false;
  std::size_t most_bytes = 500;
};

/// The members of one JSON object. Each reader notes its member as known; a member that is absent or null is
/// nothing, one of the wrong type or out of range is noted as an error and is nothing too.
class Fields {
 public:
  /// Of a request's body. Throws Problem: 415 "unsupported-media-type", 400 "invalid-json" (also nested
  /// deeper than 32), 400 when it is no object.
  [[nodiscard]] static Fields of_body(const http::Request& request);
  /// Of an object that stands at `where` ("" or "/rules/0") in a document.
  [[nodiscard]] static Fields of(boost::json::object object, std::string where = {});

  /// "" when it is absent.
  [[nodiscard]] std::string text(std::string_view name, const TextRule& rule = {});
  [[nodiscard]] std::optional<std::string> optional_text(std::string_view name, const TextRule& rule = {});
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, std::int64_t least,
                                                    std::int64_t most);
  [[nodiscard]] std::optional<double> number(std::string_view name, double least, double most);
  [[nodiscard]] std::optional<bool> flag(std::string_view name);
  /// RFC 3339.
  [[nodiscard]] std::optional<WallTime> time(std::string_view name);
  /// Empty when absent.
  [[nodiscard]] std::vector<std::string> texts(std::string_view name, const TextRule& rule = {},
                                               std::size_t most = 1000);
  [[nodiscard]] std::vector<std::int64_t> integers(std::string_view name, std::int64_t least,
                                                   std::int64_t most_value, std::size_t most = 1000);
  /// They share this object's errors: finish() of the outermost tells all.
  [[nodiscard]] std::vector<Fields> objects(std::string_view name, std::size_t most = 1000);
  [[nodiscard]] std::optional<Fields> object(std::string_view name);

  [[nodiscard]] bool has(std::string_view name) const;  ///< also when it is null
  [[nodiscard]] bool is_null(std::string_view name) const;
  void refuse(std::string_view name, std::string reason);
  /// At a JSON pointer below this object: "/scope/hosts/0".
  void refuse_at(std::string_view pointer, std::string reason);

  /// Throws Problem 422 "invalid-fields" with all errors, members that nobody read among them: of this object
  /// and of all that were taken out of it.
  void finish();

 private:
  struct Node;
  struct Document;
  Fields(std::shared_ptr<Document> document, std::shared_ptr<Node> node);

  [[nodiscard]] const boost::json::value* find(std::string_view name);
  [[nodiscard]] const boost::json::array* array(std::string_view name, std::size_t most);
  [[nodiscard]] Fields inner(const boost::json::object& object, std::string where) const;
  void refuse_item(std::string_view name, std::size_t index, std::string reason);

  std::shared_ptr<Document> document_;
  std::shared_ptr<Node> node_;
};

}  // namespace reelprint::api
