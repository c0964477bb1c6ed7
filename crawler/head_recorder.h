// The heads of one answer as they came: interim ones, the final one, and nothing of its trailers. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace reelprint::crawler {

inline constexpr std::size_t kMostHeadBytes = 65'536;
inline constexpr std::size_t kMostHeadLines = 300;

class HeadRecorder {
 public:
  enum class Step { more, complete, too_large };

  /// One line with its end, as libcurl gives them. `complete`: this was the empty line of the final head.
  [[nodiscard]] Step take(std::string_view line);
  [[nodiscard]] bool is_complete() const { return is_complete_; }
  [[nodiscard]] const std::string& interim() const { return interim_; }  ///< heads of 1xx answers
  [[nodiscard]] const std::string& head() const { return head_; }  ///< of the final one, or what came of it
  [[nodiscard]] int status() const { return status_; }             ///< of the last status line; 0: none

 private:
  std::string interim_;
  std::string head_;
  std::size_t lines_ = 0;
  int status_ = 0;
  bool is_complete_ = false;
};

/// The last request of what was sent on one or more connections: an attempt on a connection that turned out
/// to be closed is repeated, and a proxy is asked first. `sent` is heads only.
[[nodiscard]] std::string last_request(std::string_view sent);

}  // namespace reelprint::crawler
