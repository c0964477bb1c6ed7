#include "api/http/multipart.h"

#include <algorithm>
#include <utility>

#include "api/http/field.h"
#include "core/utf8.h"

namespace reelprint::api::http {
namespace {

constexpr std::size_t kMostBoundaryBytes = 70;
constexpr std::size_t kMostPreambleBytes = 4096;
constexpr std::size_t kMostNameBytes = 200;

[[noreturn]] void refuse(std::string reason) {
  throw Problem(400, "malformed-multipart", "The multipart body is malformed", std::move(reason));
}

bool is_boundary(std::string_view text) {
  constexpr std::string_view kMarks = "'()+_,-./:=? ";
  return !text.empty() && text.size() <= kMostBoundaryBytes && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  kMarks.find(c) != std::string_view::npos;
         });
}

/// The value of a parameter of a header field; throws when it is there twice.
std::optional<std::string> parameter(std::string_view field, std::string_view name) {
  std::optional<std::string> value;
  for (const std::string_view part : split_list(field, ';')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || !is_same_name(trimmed(part.substr(0, equals)), name)) continue;
    if (value) refuse("a parameter is there twice");
    value = unquoted(trimmed(part.substr(equals + 1)));
  }
  return value;
}

void read_disposition(std::string_view value, MultipartPart& part) {
  if (!is_same_name(trimmed(value.substr(0, value.find(';'))), "form-data")) refuse("a part is no form-data");
  const auto name = parameter(value, "name");
  if (!name || name->empty()) refuse("a part has no name");
  part.name = *name;
  part.filename = parameter(value, "filename");
  const bool is_clean = is_printable_utf8(part.name) && is_printable_utf8(part.filename.value_or("")) &&
                        part.name.size() <= kMostNameBytes;
  if (!is_clean) refuse("a part's name is too long, no UTF-8 or has control characters");
}

MultipartPart part_of(std::string_view headers) {
  MultipartPart part;
  bool is_named = false;
  while (!headers.empty()) {
    const std::size_t end = std::min(headers.find("\r\n"), headers.size());
    const std::string_view line = headers.substr(0, end);
    headers.remove_prefix(std::min(end + 2, headers.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
      refuse("a part's header is no name with a colon");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (is_same_name(line.substr(0, colon), "Content-Disposition")) {
      if (std::exchange(is_named, true)) refuse("a part has two dispositions");
      read_disposition(value, part);
    } else if (is_same_name(line.substr(0, colon), "Content-Type")) {
      part.content_type = value;
    } else if (is_same_name(line.substr(0, colon), "Content-Transfer-Encoding") &&
               !is_same_name(value, "binary") && !is_same_name(value, "8bit") &&
               !is_same_name(value, "7bit")) {
      refuse("a part is encoded");
    }
  }
  if (!is_named) refuse("a part has no Content-Disposition");
  return part;
}

}  // namespace

std::optional<std::string> boundary_of(std::string_view content_type) {
  if (!is_same_name(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/form-data"))
    return std::nullopt;
  try {
    auto boundary = parameter(content_type, "boundary");
    if (boundary && is_boundary(*boundary)) return boundary;
  } catch (const Problem&) {
    return std::nullopt;
  }
  return std::nullopt;
}

MultipartParser::MultipartParser(const std::string& boundary, MultipartEvents& events, MultipartLimits limits)
    : delimiter_("\r\n--" + boundary), events_(events), limits_(limits) {}

void MultipartParser::feed(std::span<const std::byte> bytes) {
  unread_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  while (step()) continue;
}

void MultipartParser::finish() const {
  if (state_ != State::epilogue) refuse("the last boundary is missing");
}

/// False when it takes more bytes to go on.
bool MultipartParser::step() {
  switch (state_) {
    case State::preamble: return skip_preamble();
    case State::after_boundary: return read_after_boundary();
    case State::headers: return read_headers();
    case State::content: return read_content();
    case State::epilogue: unread_.clear(); return false;
  }
  return false;
}

/// Where what is searched is, or may be at the earliest when it has not been found.
std::size_t MultipartParser::earliest(std::size_t found, std::size_t searched_bytes) const {
  if (found != std::string::npos) return found;
  return unread_.size() < searched_bytes ? 0 : unread_.size() - searched_bytes + 1;
}

bool MultipartParser::skip_preamble() {
  const std::size_t found = unread_.find(delimiter_);
  if (earliest(found, delimiter_.size()) > kMostPreambleBytes) refuse("the first boundary is missing");
  if (found == std::string::npos) return false;
  unread_.erase(0, found + delimiter_.size());
  state_ = State::after_boundary;
  return true;
}

bool MultipartParser::read_after_boundary() {
  if (unread_.size() < 2) return false;
  if (unread_.starts_with("--")) {
    state_ = State::epilogue;
    return true;
  }
  if (!unread_.starts_with("\r\n")) refuse("a boundary has something behind it");
  if (++parts_ > limits_.parts) refuse("there are too many parts");
  state_ = State::headers;  // the line end stays: it begins the headers' end when there are none
  return true;
}

bool MultipartParser::read_headers() {
  const std::size_t end = unread_.find("\r\n\r\n");
  if (earliest(end, 4) > limits_.header_bytes) refuse("a part's headers are too large");
  if (end == std::string::npos) return false;
  const std::string headers = end < 2 ? "" : unread_.substr(2, end - 2);
  unread_.erase(0, end + 4);
  events_.begin(part_of(headers));
  state_ = State::content;
  return true;
}

bool MultipartParser::read_content() {
  const std::size_t found = unread_.find(delimiter_);
  if (found == std::string::npos) {
    // The last bytes may be the beginning of a boundary.
    const std::size_t held = unread_.rfind('\r');
    const bool may_begin = held != std::string::npos && unread_.size() - held < delimiter_.size() &&
                           delimiter_.starts_with(std::string_view(unread_).substr(held));
    give(may_begin ? held : unread_.size());
    return false;
  }
  give(found);
  unread_.erase(0, delimiter_.size());
  events_.end();
  state_ = State::after_boundary;
  return true;
}

void MultipartParser::give(std::size_t bytes) {
  if (bytes > 0) events_.write(std::as_bytes(std::span(unread_.data(), bytes)));
  unread_.erase(0, bytes);
}

}  // namespace reelprint::api::http
