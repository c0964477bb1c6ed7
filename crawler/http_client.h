// HTTP to a server that the user named: with its key, wherever it stands.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace reelprint::crawler {

/// GET, or POST when there is a file.
struct HttpRequest {
  std::string url{};
  std::filesystem::path body{};                                ///< sent as it is read
  std::vector<std::pair<std::string, std::string>> headers{};  ///< no line breaks
  std::chrono::milliseconds time_limit{std::chrono::hours{6}};
  std::size_t most_answer_bytes = std::size_t{64} << 20;
};

/// An answer, whatever its status.
struct HttpAnswer {
  int status = 0;
  std::string body{};
  std::string location{};                             ///< as the server said; ""
  std::optional<std::chrono::seconds> retry_after{};  ///< likewise
};

/// One request on a connection of its own. Certificates are verified, redirects are not followed, proxies are
/// those of the environment; a transfer that stands still for `patience` is given up, as is a server that is
/// silent for that long after it has all. Throws Error: invalid_input for a URL that is not http or https or
/// a header with a line break, not_found for the file, too_large for the answer, io, cancelled.
[[nodiscard]] HttpAnswer call(const HttpRequest& request, std::chrono::seconds patience,
                              const std::stop_token& stop);

}  // namespace reelprint::crawler
