// Screens a file at a reelprint service: sends it, waits, brings the answer.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reelprint::pipeline {

struct RemoteSettings {
  std::string server{};  ///< "https://reelprint.example", with a path below which it stands or without
  std::string key{};     ///< an API key of it
  std::vector<std::pair<std::string, std::string>>
      parameters{};                    ///< of POST /v1/screenings: account, effort …
  std::chrono::seconds patience{600};  ///< with a server that is busy, silent or away
  std::chrono::hours time_limit{6};    ///< for one screening, from its first byte to its end
  std::chrono::milliseconds poll_every{1000};
  /// Whether the JSON of a screening says that it has ended, and what it says of a problem; who reads JSON is
  /// not this folder's business.
  std::function<bool(const std::string& screening)> has_ended{};
  std::function<std::string(const std::string& problem)> problem_text{};
};

/// The screening as the service's JSON has it, ended: done, failed or cancelled. `name` is what it is called
/// there. A server that is busy (429, 503) is asked again when it wants to be; while polling, one that is
/// away too. A connection that breaks while the file is sent is tried three times; the server takes it once.
/// Throws Error: not_found, invalid_input for what the server refuses, too_large, busy, io, cancelled.
[[nodiscard]] std::string screen_remotely(const std::filesystem::path& file, const std::string& name,
                                          const RemoteSettings& settings, const std::stop_token& stop);

}  // namespace reelprint::pipeline
