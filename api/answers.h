// What handlers answer with, and what they ask of a request besides its body.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/context.h"

namespace reelprint::api {

[[nodiscard]] http::Response json_answer(const boost::json::value& value, unsigned status = 200);
/// 201 with Location.
[[nodiscard]] http::Response created(const boost::json::value& value, const std::string& location);
[[nodiscard]] http::Response no_content();

/// 404 "not-found", also for what the principal must not know of: "there is no licence 5".
[[nodiscard]] http::Problem not_found(std::string_view kind, std::string_view id);
/// 409 with the type "conflict" unless another is given.
[[nodiscard]] http::Problem conflict(std::string detail, std::string type = "conflict");
/// 403 "forbidden".
[[nodiscard]] http::Problem forbidden(std::string detail);

/// The number that a pattern's {name} stands for; throws not_found(name) when it is none.
[[nodiscard]] std::int64_t id_in(const Context& context, std::string_view name);

/// Adds ETag: "\"v3\"".
void tag(http::Response& response, std::int64_t version);
/// Throws 412 "precondition-failed" when there is an If-Match and it names another version.
void expect_version(const http::Request& request, std::int64_t version);

/// `limit` (1..1000, 100 unless given) and `cursor` of the query; throws 400 "invalid-parameter".
struct Page {
  std::size_t limit = 100;
  std::int64_t after = 0;  ///< id of the last item of the page before; 0: the first page
};
[[nodiscard]] Page page_of(const http::Request& request);
/// {"items": [...], "next": cursor or null}; ask the store for limit + 1 items and pass all of them: the one
/// too many tells that there is a next page. `id_of` gives the id of an item.
template <class Items, class ToJson, class IdOf>
[[nodiscard]] http::Response page_answer(const Page& page, const Items& items, ToJson to_json, IdOf id_of);
[[nodiscard]] std::string cursor_of(std::int64_t id);

/// A query parameter as a whole number, a time, one of several names; throws 400 "invalid-parameter".
[[nodiscard]] std::optional<std::int64_t> integer_parameter(const http::Request& request,
                                                            std::string_view name, std::int64_t least,
                                                            std::int64_t most);
[[nodiscard]] std::optional<WallTime> time_parameter(const http::Request& request, std::string_view name);

template <class Items, class ToJson, class IdOf>
http::Response page_answer(const Page& page, const Items& items, ToJson to_json, IdOf id_of) {
  boost::json::array shown;
  for (std::size_t i = 0; i < items.size() && i < page.limit; ++i) shown.push_back(to_json(items[i]));
  boost::json::object answer{{"items", std::move(shown)}, {"next", nullptr}};
  if (items.size() > page.limit) answer["next"] = cursor_of(id_of(items[page.limit - 1]));
  return json_answer(answer);
}

}  // namespace reelprint::api
