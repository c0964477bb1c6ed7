// What every request to an address that others name is bound by: set on the libcurl handle that makes it.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crawler/guarded_fetch.h"

namespace reelprint::crawler {

/// An easy handle of libcurl, owned.
class CurlHandle {
 public:
  /// Throws Error{io}.
  CurlHandle();

  [[nodiscard]] void* raw() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(void* handle) const noexcept;
  };
  std::unique_ptr<void, Close> handle_;
};

/// Header lines as libcurl takes them, owned.
class CurlHeaders {
 public:
  /// Throws Error: invalid_input for a line break or a zero in it, io.
  void add(std::string_view name, std::string_view value);
  /// A curl_slist; null when there are none.
  [[nodiscard]] void* raw() const { return list_.get(); }

 private:
  struct Free {
    void operator()(void* list) const noexcept;
  };
  std::unique_ptr<void, Free> list_;
};

/// Decides on every address that a handle is about to connect to, after its name was looked up: what is
/// connected to is what was checked, so that a name that changes its mind gains nothing.
class ConnectGuard {
 public:
  /// `settings` must outlive it.
  explicit ConnectGuard(const FetchSettings& settings) : settings_(settings) {}
  ConnectGuard(const ConnectGuard&) = delete;
  ConnectGuard& operator=(const ConnectGuard&) = delete;

  /// Must outlive the handle's transfer. Behind a proxy the addresses are the proxy's business.
  void watch(const CurlHandle& handle);
  /// The last address that was refused; "" when none was, or when another of the name was allowed.
  [[nodiscard]] std::string refused_address() const { return is_any_allowed_ ? std::string() : refused_; }

 private:
  static int open_socket(void* self, int purpose, void* where);

  const FetchSettings& settings_;
  std::string refused_;
  bool is_any_allowed_ = false;
};

/// The guards that do not change from request to request: http and https only, no redirects, no credentials
/// of any kind, no cookies, no proxy but the settings', certificates verified, TLS 1.2 or newer, no signals,
/// limits of the connecting time and of the least speed. Throws Error{io} when this libcurl lacks one.
void set_guards(const CurlHandle& handle, const FetchSettings& settings,
                std::chrono::milliseconds time_limit);

}  // namespace reelprint::crawler
