// HTTP to addresses that others name: never into our own network, never without a limit.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crawler/address_guard.h"

namespace reelprint::crawler {

/// GET into `file`, unless there is a `body`: then POST.
struct FetchRequest {
  std::string url{};
  std::filesystem::path file{};       ///< of a GET: written when the answer was 2xx and is complete
  std::optional<std::string> body{};  ///< of a POST; its answer is kept in memory, up to 4 KiB
  std::string content_type = "application/json";                         ///< of the body
  std::vector<std::pair<std::string, std::string>> headers{};            ///< more of them; no line breaks
  std::uint64_t most_bytes = std::uint64_t{4} << 30;                     ///< of the answer, decompressed
  std::chrono::milliseconds time_limit{std::chrono::minutes{10}};        ///< for all of it, redirects too
  std::function<void(std::uint64_t done, std::uint64_t of)> on_bytes{};  ///< of a GET; `of` 0: not known
};

struct FetchSettings {
  std::string user_agent = "reelprint";
  bool allow_loopback = false;          ///< for tests and for receivers on the same machine
  std::vector<Network> also_allowed{};  ///< of the own network: 10.1.0.0/16, for one
  std::string proxy{};  ///< its URL; the addresses are then its business. The environment is ignored
  std::string certificate_authorities{};  ///< a PEM file instead of the system's
  std::size_t most_redirects = 5;         ///< of a GET; a POST follows none
  std::chrono::milliseconds connect_limit{10'000};
  std::size_t least_bytes_per_s = 1'000;  ///< over `least_speed_time`, or it is given up
  std::chrono::seconds least_speed_time{30};
};

/// An answer, whatever its status.
struct FetchResult {
  int status = 0;
  std::string url{};           ///< where it came from in the end
  std::string content_type{};  ///< as the server said; ""
  std::uint64_t bytes = 0;     ///< received, decompressed
  std::string answer{};        ///< of a POST, or of a GET that was not 2xx: up to 4 KiB
  std::optional<std::chrono::seconds> retry_after{};  ///< as the server asked
};

/// Whether it may be connected to: it is public, or the settings allow it.
[[nodiscard]] bool is_allowed(const IpAddress& address, const FetchSettings& settings);
/// The part of the guard that needs no network: http or https, a host, no user name or password, no address
/// that is not public, no name that only exists inside (localhost, .local, .internal, …), not over 2,000
/// bytes. Returns what is wrong with it, in words; nothing when it is well.
[[nodiscard]] std::optional<std::string> refusal_of_url(const std::string& url,
                                                        const FetchSettings& settings);
/// Likewise, and whether it is the place that is wrong, and not the way that it is written.
struct UrlRefusal {
  std::string why{};
  bool is_of_address = false;
};
[[nodiscard]] std::optional<UrlRefusal> judge_url(const std::string& url, const FetchSettings& settings);

/// Every address is checked as it is connected to, again at each redirect; https leads to no http. No
/// cookies, no credentials, certificates verified. Throws Error: invalid_input for a URL or an address that
/// is not allowed, and for too many redirects; too_large; io for everything that may be better another time;
/// and cancelled.
[[nodiscard]] FetchResult fetch(const FetchRequest& request, const FetchSettings& settings,
                                const std::stop_token& stop);

}  // namespace reelprint::crawler
