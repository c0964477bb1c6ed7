#include "api/http/head.h"

#include <algorithm>

#include <charconv>

#include "api/http/field.h"

namespace reelprint::api::http {
namespace {

constexpr std::size_t kMostLengthDigits = 18;

[[noreturn]] void refuse(std::string reason) {
  throw Problem(400, "malformed-request", "The request is malformed", std::move(reason));
}

/// Takes a line; only CR LF ends one.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find("\r\n");
  if (end == std::string_view::npos) refuse("a line does not end with CR LF");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 2);
  return line;
}

Method method_of(std::string_view name) {
  if (!is_token(name)) refuse("the method is no token");
  for (const Method method :
       {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::del, Method::options}) {
    if (name == to_string(method)) return method;
  }
  throw Problem(501, "unknown-method", "There is no such method", std::string(name));
}

void expect_version(std::string_view version) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool is_some = version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
                       version[6] == '.' && is_digit(version[7]);
  if (!is_some) refuse("the request line does not end with an HTTP version");
  if (version == "HTTP/1.1" || version == "HTTP/1.0") return;
  throw Problem(505, "unknown-version", "Only HTTP/1.1 and 1.0 are spoken here", std::string(version));
}

void read_request_line(std::string_view line, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) refuse("the request line has not three parts");
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const bool is_visible = !target.empty() && std::all_of(target.begin(), target.end(),
                                                         [](char c) { return c > ' ' && c < '\x7F'; });
  if (!is_visible) refuse("the target has a blank, a control character or bytes that must be encoded");
  expect_version(line.substr(last + 1));
  head.method = method_of(line.substr(0, first));
  head.target = target;
  head.is_http10 = line.ends_with('0');
}

void read_field(std::string_view line, RequestHead& head) {
  if (line.front() == ' ' || line.front() == '\t') refuse("a header field is folded");
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    refuse("a header field's name is no token followed by a colon");
  const std::string_view value = trimmed(line.substr(colon + 1));
  const bool is_clean = std::all_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' ? c != '\x7F' : c == '\t';
  });
  if (!is_clean) refuse("a header field has a control character in it");
  head.headers.add(std::string(line.substr(0, colon)), std::string(value));
}

/// The only one of that name; throws when there are several.
std::optional<std::string_view> sole(const Headers& headers, std::string_view name) {
  const auto count = std::count_if(headers.all().begin(), headers.all().end(),
                                   [&](const auto& field) { return is_same_name(field.first, name); });
  if (count > 1) refuse(std::string(name) + " is there more than once");
  return headers.find(name);
}

void read_framing(RequestHead& head) {
  const auto length = sole(head.headers, "Content-Length");
  const auto coding = sole(head.headers, "Transfer-Encoding");
  if (length && coding) refuse("Content-Length and Transfer-Encoding exclude each other");
  if (length) {
    const bool is_number = !length->empty() && length->size() <= kMostLengthDigits &&
                           length->find_first_not_of("0123456789") == std::string_view::npos;
    if (!is_number) refuse("Content-Length is no number");
    std::uint64_t bytes = 0;
    std::from_chars(length->data(), length->data() + length->size(), bytes);
    head.content_length = bytes;
  }
  if (coding) {
    if (head.is_http10) refuse("HTTP/1.0 has no Transfer-Encoding");
    if (!is_same_name(*coding, "chunked"))
      throw Problem(501, "unknown-coding", "Only the transfer coding 'chunked' is known");
    head.chunked = true;
  }
}

void check_meaning(RequestHead& head) {
  const auto host = sole(head.headers, "Host");
  if (!host && !head.is_http10) refuse("there is no Host");
  if (host && host->find_first_of(" \t/@,") != std::string_view::npos) refuse("Host is no host");
  const bool sends =
      head.method == Method::post || head.method == Method::put || head.method == Method::patch;
  if (head.is_http10 && sends && !head.content_length)
    throw Problem(411, "length-required", "Content-Length is missing");
  if (const auto expected = head.headers.find("Expect")) {
    if (!is_same_name(*expected, "100-continue"))
      throw Problem(417, "unknown-expectation", "Only 'Expect: 100-continue' can be met");
    head.expects_continue = !head.is_http10 && head.has_body();
  }
  const bool wants_close = lists(head.headers, "Connection", "close");
  head.keep_alive =
      head.is_http10 ? !wants_close && lists(head.headers, "Connection", "keep-alive") : !wants_close;
}

}  // namespace

RequestHead parse_head(std::string_view text, std::size_t most_fields) {
  RequestHead head;
  read_request_line(take_line(text), head);
  std::size_t fields = 0;
  for (;;) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (++fields > most_fields)
      throw Problem(431, "too-many-fields", "The request has too many header fields");
    read_field(line, head);
  }
  if (!text.empty()) refuse("there is something behind the empty line");
  read_framing(head);
  check_meaning(head);
  return head;
}

}  // namespace reelprint::api::http
