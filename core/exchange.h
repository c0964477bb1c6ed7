// One HTTP request and its answer, as they went over the wire: what a crawl goes by, and what evidence keeps.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/sha256.h"

namespace reelprint {

/// A certificate of the server's chain, as it was presented.
struct PeerCertificate {
  std::string pem{};
  std::string subject{};
  std::string issuer{};
  Sha256 digest{};  ///< of its DER bytes

  friend bool operator==(const PeerCertificate&, const PeerCertificate&) = default;
};

/// Redirects are not followed: each hop is an exchange of its own.
struct Exchange {
  std::string url{};  ///< that was asked for
  std::string method = "GET";
  std::string request_head{};  ///< request line and headers as sent, each line with CRLF, and the empty line
  std::string
      response_head{};  ///< status line and headers as received, likewise; "" when there was no answer
  std::string interim_heads{};   ///< those of 1xx answers that came before it, likewise; mostly ""
  int status = 0;                ///< 0: there was no answer
  std::filesystem::path body{};  ///< the file that has the content, decoded; "" when there is none
  std::uint64_t body_bytes = 0;  ///< of the decoded content that was kept
  std::uint64_t wire_bytes = 0;  ///< received, head and content, as transferred
  Sha256 body_digest{};          ///< of the decoded content that was kept; zero when there is none
  bool is_truncated = false;     ///< more would have come: a limit was reached
  std::string address{};         ///< IP address that was connected to; "" when none was
  std::string http_version{};    ///< "HTTP/1.1", "HTTP/2"
  std::vector<PeerCertificate> certificates{};  ///< of the server, its own first; none without TLS
  WallTime began_at{};
  WallTime answered_at{};  ///< when the response head had come; zero when there was none
  WallTime ended_at{};
  std::string error_code{};  ///< why there was no (whole) answer: "dns", "connect", "tls", "timeout", "slow",
                             ///< "too_large", "forbidden_address", "invalid_url", "decompression",
                             ///< "cancelled", "protocol"; "" when there was
  std::string error{};       ///< in words

  friend bool operator==(const Exchange&, const Exchange&) = default;
};

/// The value of a header of a response or request head, without surrounding blanks; of several the first; ""
/// when there is none. `name` in any case.
[[nodiscard]] std::string header_of(const std::string& head, std::string_view name);
/// All of that name in one, as RFC 9110, section 5.3, joins them: with commas.
[[nodiscard]] std::string headers_of(const std::string& head, std::string_view name);

}  // namespace reelprint
