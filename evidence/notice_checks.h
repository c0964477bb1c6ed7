// Shapes of what notices hold: addresses, dates, digests.
#pragma once

#include <string_view>

namespace reelprint::evidence {

/// http or https with a host, printable ASCII or UTF-8 without blanks, at most 8,192 bytes.
[[nodiscard]] bool is_notice_url(std::string_view url);
/// local@domain of RFC 5322 without comments, quotes and folding; ASCII; at most 254 bytes.
[[nodiscard]] bool is_mail_address(std::string_view address);
/// "2026-11-20", a day that there is.
[[nodiscard]] bool is_day(std::string_view text);
[[nodiscard]] bool is_sha256_hex(std::string_view text);

}  // namespace reelprint::evidence
