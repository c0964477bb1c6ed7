#include "api/http/problem.h"

#include <algorithm>
#include <array>

#include "core/utf8.h"

namespace reelprint::api::http {
namespace {

struct Reason {
  unsigned status;
  std::string_view words;
};

constexpr std::array kReasons{
    Reason{100, "Continue"},
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{206, "Partial Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{411, "Length Required"},
    Reason{412, "Precondition Failed"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{416, "Range Not Satisfiable"},
    Reason{417, "Expectation Failed"},
    Reason{422, "Unprocessable Content"},
    Reason{428, "Precondition Required"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{460, "Checksum Mismatch"},  // tus
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{502, "Bad Gateway"},
    Reason{503, "Service Unavailable"},
    Reason{504, "Gateway Timeout"},
    Reason{505, "HTTP Version Not Supported"},
    Reason{507, "Insufficient Storage"},
};

std::string escaped(unsigned char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  return std::string("\\u00") + kDigits[c >> 4U] + kDigits[c & 15U];
}

std::string errors_of(const Problem& problem) {
  std::string errors;
  for (const FieldError& field : problem.fields) {
    errors += errors.empty() ? "" : ",";
    errors += "{\"where\":" + json_quoted(field.where) + ",\"reason\":" + json_quoted(field.reason) + "}";
  }
  return "[" + errors + "]";
}

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string json = "\"";
  for (const char c : to_valid_utf8(text)) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      json += escaped(static_cast<unsigned char>(c));
    } else {
      json += c;
    }
  }
  return json + "\"";
}

Response to_response(const Problem& problem, std::string_view request_id) {
  Response response;
  response.status = problem.status;
  response.headers = problem.headers;
  response.content_type = "application/problem+json";
  response.body = "{\"type\":" + json_quoted(std::string(kProblemBase) + problem.type) +
                  ",\"title\":" + json_quoted(problem.title) +
                  ",\"status\":" + std::to_string(problem.status);
  if (!problem.detail.empty()) response.body += ",\"detail\":" + json_quoted(problem.detail);
  response.body += ",\"instance\":" + json_quoted(request_id);
  if (!problem.fields.empty()) response.body += ",\"errors\":" + errors_of(problem);
  response.body += "}";
  return response;
}

Problem internal_problem() {
  return {500, "internal", "The service failed", "It is not your request's fault; the log has the reason."};
}

std::string_view reason_of(unsigned status) {
  const auto* found = std::find_if(kReasons.begin(), kReasons.end(),
                                   [&](const Reason& reason) { return reason.status == status; });
  return found == kReasons.end() ? std::string_view{} : found->words;
}

}  // namespace reelprint::api::http
