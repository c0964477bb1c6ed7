// The host of a URL made comparable.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reelprint::crawler {

/// A name in lower case, its labels of other scripts as A-labels (IDNA 2008 by UTS 46, non-transitional),
/// percent-encoding decoded, without the last dot; an IPv4 address in any form that browsers take as four
/// decimal numbers; an IPv6 address in brackets as RFC 5952 writes it. Nothing for what is none.
[[nodiscard]] std::optional<std::string> normal_host(std::string_view host);

}  // namespace reelprint::crawler
