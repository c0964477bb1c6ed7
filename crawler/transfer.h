// One exchange of the pool under way: a libcurl handle, what it is told, and what is kept of what it says.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/exchange.h"
#include "crawler/body_file.h"
#include "crawler/curl_guard.h"
#include "crawler/fetch_pool.h"
#include "crawler/head_recorder.h"

namespace reelprint::crawler {

/// libcurl calls back into it; nothing may be thrown through libcurl, so that what goes wrong there is kept
/// until it has returned.
class Transfer {
 public:
  /// `settings` and `clock` must outlive it. Throws Error: invalid_input, io.
  Transfer(FetchOrder order, const FetchPoolSettings& settings, const Clock& clock);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  [[nodiscard]] void* handle() const { return handle_.raw(); }
  [[nodiscard]] std::uint64_t ticket() const { return order_.ticket; }
  /// Its times count from now on. Once, before libcurl is given the handle.
  void begin();
  /// Ends it. `outcome`: a CURLcode; nothing: it was cancelled. Once. Throws what went wrong within.
  [[nodiscard]] Exchange finish(std::optional<int> outcome);

 private:
  enum class Stop { none, enough, unwanted, head_too_large, bomb };

  void set_request(const FetchPoolSettings& settings);
  void set_callbacks();
  static std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static int observe(void* handle, int kind, char* bytes, std::size_t size, void* self);
  /// Whether to go on.
  bool take_head_line(std::string_view line);
  bool take_content(std::span<const std::byte> bytes);
  void note_connection();
  void explain(int outcome);
  void explain_timeout();
  void fail(std::string_view code, std::string why);

  FetchOrder order_;
  const Clock& clock_;
  std::chrono::steady_clock::time_point began_{};
  ConnectGuard guard_;
  CurlHandle handle_;
  CurlHeaders headers_;
  BodyFile body_;
  HeadRecorder heads_;
  std::string sent_;
  Exchange exchange_;
  std::uint64_t content_wire_bytes_ = 0;
  Stop stop_ = Stop::none;
  std::exception_ptr problem_;
};

}  // namespace reelprint::crawler
