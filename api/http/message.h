// A request and its response as the handlers see them: no socket, no library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reelprint::api::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };

[[nodiscard]] std::string_view to_string(Method method);  ///< "GET"

/// Header fields in their order; names are compared without case.
class Headers {
 public:
  /// The first of that name; nothing if there is none.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  /// Replaces all of that name.
  void set(std::string_view name, std::string value);
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// Where a body goes that is too large for memory. Made when the headers are known, on a thread that may
/// wait for the disk.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// The next bytes, at most a megabyte at a time.
  virtual void write(std::span<const std::byte> bytes) = 0;
  /// The body ended as its headers said. Without this call the connection broke before.
  virtual void finish() = 0;
};

struct Request {
  Method method = Method::get;
  std::string path;                                        ///< percent-decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in order
  Headers headers;
  std::string body;                           ///< unless the route has a sink
  std::shared_ptr<BodySink> sink;             ///< what the route opened, finished
  std::map<std::string, std::string> params;  ///< what the pattern's {names} stand for
  std::string id;                             ///< as given in X-Request-Id if that is sound, else made here
  std::string remote;                         ///< address of the client, or as a trusted proxy says
  bool secure = false;                        ///< it came by TLS, to us or to a trusted proxy

  /// The first value of a query parameter.
  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
};

/// One server-sent event (WHATWG HTML, section 9.2).
struct ServerSentEvent {
  std::string id;  ///< "" for none
  std::string type;
  std::string data;  ///< any number of lines
};

/// Asked for more about twice a second, on a thread that may wait for the database, until it says that it has
/// ended or the client leaves.
class EventStream {
 public:
  virtual ~EventStream() = default;
  /// What is new; nothing at the end.
  [[nodiscard]] virtual std::optional<std::vector<ServerSentEvent>> next() = 0;
};

struct Response {
  unsigned status = 200;
  Headers headers;
  std::string body;
  std::string content_type = "application/json";
  std::optional<std::filesystem::path> file;  ///< sent instead of `body`
  std::shared_ptr<EventStream> events;        ///< sent instead of `body`, as text/event-stream
};

/// What is wrong with one field: a JSON pointer into the body ("/territories/0"), or the name of a header or
/// query parameter.
struct FieldError {
  std::string where;
  std::string reason;
};

/// An answer other than the one asked for, as RFC 9457 has it. Thrown by handlers.
class Problem : public std::exception {
 public:
  /// `type` is the last part of its URI, stable and in docs/api.md: "not-found".
  Problem(unsigned status_code, std::string type_name, std::string title_text, std::string detail_text = {},
          std::vector<FieldError> field_errors = {})
      : status(status_code),
        type(std::move(type_name)),
        title(std::move(title_text)),
        detail(std::move(detail_text)),
        fields(std::move(field_errors)) {}
  [[nodiscard]] const char* what() const noexcept override { return title.c_str(); }

  unsigned status;
  std::string type;
  std::string title;
  std::string detail;
  std::vector<FieldError> fields;
  Headers headers;  ///< to add, Retry-After for one
};

}  // namespace reelprint::api::http
