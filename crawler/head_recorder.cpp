#include "crawler/head_recorder.h"

#include <algorithm>
#include <charconv>

namespace reelprint::crawler {
namespace {

/// "HTTP/1.1 200 OK" → 200; 0 for what is no status line.
int status_of(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (!line.starts_with("HTTP/") || blank == std::string_view::npos) return 0;
  line.remove_prefix(std::min(line.find_first_not_of(' ', blank), line.size()));
  int status = 0;
  std::from_chars(line.data(), line.data() + std::min<std::size_t>(line.size(), 3), status);
  return status;
}

bool is_empty_line(std::string_view line) {
  return line == "\r\n" || line == "\n";
}

}  // namespace

HeadRecorder::Step HeadRecorder::take(std::string_view line) {
  if (is_complete_) return Step::more;  // a trailer
  ++lines_;
  if (lines_ > kMostHeadLines || interim_.size() + head_.size() + line.size() > kMostHeadBytes)
    return Step::too_large;
  if (head_.empty()) status_ = status_of(line);
  head_ += line;
  if (!is_empty_line(line)) return Step::more;
  // 101 would be an upgrade, which nobody asked for.
  if (status_ >= 100 && status_ < 200 && status_ != 101) {
    interim_ += head_;
    head_.clear();
    return Step::more;
  }
  is_complete_ = true;
  return Step::complete;
}

std::string last_request(std::string_view sent) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  if (!sent.ends_with(kEnd)) return std::string(sent);
  const std::size_t before = sent.substr(0, sent.size() - kEnd.size()).rfind(kEnd);
  return std::string(before == std::string_view::npos ? sent : sent.substr(before + kEnd.size()));
}

}  // namespace reelprint::crawler
