// Dates and waiting times as HTTP headers write them (RFC 9110, sections 5.6.7 and 10.2.3). Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/clock.h"

namespace reelprint::crawler {

/// "Sun, 06 Nov 1994 08:49:37 GMT", and the two older forms, "Sunday, 06-Nov-94 08:49:37 GMT" (a year that
/// would be more than 50 years after `now` is of the century before) and "Sun Nov  6 08:49:37 1994". Nothing
/// for anything else; the name of the day is not checked against the date.
[[nodiscard]] std::optional<WallTime> http_date_of(std::string_view text, WallTime now);

/// How long from `now` a Retry-After asks to wait: seconds or a date; zero for a date that is past; at most
/// ten years. Nothing for anything else.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after_of(std::string_view text, WallTime now);

}  // namespace reelprint::crawler
