#include "evidence/warc_http.h"

#include <algorithm>
#include <array>

namespace reelprint::evidence {
namespace {

constexpr std::array<std::string_view, 3> kFraming{"transfer-encoding", "content-encoding", "content-length"};

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lowered;
}

bool was_decoded(const Exchange& exchange) {
  if (exchange.body_bytes == 0) return false;
  const std::string encoding = lower(header_of(exchange.response_head, "Content-Encoding"));
  return !header_of(exchange.response_head, "Transfer-Encoding").empty() ||
         (!encoding.empty() && encoding != "identity");
}

std::string_view next_line(std::string_view& head) {
  const std::size_t end = std::min(head.find('\n'), head.size() - 1) + 1;
  const std::string_view line = head.substr(0, end);
  head.remove_prefix(end);
  return line;
}

bool is_empty_line(std::string_view line) {
  return line == "\r\n" || line == "\n";
}

bool is_framing(std::string_view line) {
  const std::string name = lower(line.substr(0, std::min(line.find(':'), line.size())));
  return std::ranges::find(kFraming, name) != kFraming.end();
}

std::string with_content_length(std::string_view head, std::uint64_t bytes) {
  std::string text;
  while (!head.empty()) {
    const std::string_view line = next_line(head);
    if (is_empty_line(line)) text += "Content-Length: " + std::to_string(bytes) + "\r\n";
    if (is_framing(line)) text += "X-Archive-Orig-";
    text += line;
  }
  return text;
}

}  // namespace

ArchivedHead archived_request_head(const Exchange& exchange) {
  ArchivedHead head{exchange.request_head};
  const std::size_t end = head.text.find("\r\n");
  if (end == std::string::npos || !head.text.substr(0, end).ends_with(" HTTP/2")) return head;
  return {head.text.replace(end - 1, 1, "1.1"), true};
}

ArchivedHead archived_response_head(const Exchange& exchange) {
  ArchivedHead head{exchange.response_head};
  const bool is_whole = head.text.ends_with("\r\n\r\n") || head.text.ends_with("\n\n");
  if (exchange.status == 0 || !is_whole) return {};
  if (head.text.starts_with("HTTP/2 ")) head = {"HTTP/1.1 " + head.text.substr(7), true};
  if (was_decoded(exchange)) head = {with_content_length(head.text, exchange.body_bytes), true};
  return head;
}

std::string_view warc_truncation(const Exchange& exchange) {
  if (!exchange.is_truncated) return "";
  if (exchange.error_code.empty()) return "length";
  if (exchange.error_code == "timeout" || exchange.error_code == "slow") return "time";
  if (exchange.error_code == "connect") return "disconnect";
  return "unspecified";
}

}  // namespace reelprint::evidence
