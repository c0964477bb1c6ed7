#include "evidence/notice_checks.h"

#include <algorithm>
#include <string>

#include "core/clock.h"
#include "core/utf8.h"

namespace reelprint::evidence {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_of(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
  });
}

bool is_dotted(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos;
}

}  // namespace

bool is_notice_url(std::string_view url) {
  if (url.size() > 8'192 || !is_printable_utf8(url) || url.find_first_of(" \"<>\\") != std::string_view::npos)
    return false;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!url.starts_with(scheme)) continue;
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    return !host.empty() && host.find('@') == std::string_view::npos && host.front() != ':' &&
           host.front() != '.';
  }
  return false;
}

bool is_mail_address(std::string_view address) {
  if (address.size() > 254) return false;
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos || at > 64) return false;
  const std::string_view local = address.substr(0, at);
  const std::string_view domain = address.substr(at + 1);
  return is_dotted(local) && is_of(local, "!#$%&'*+-/=?^_`{|}~.") && is_dotted(domain) &&
         is_of(domain, "-.") && domain.find('.') != std::string_view::npos;
}

bool is_day(std::string_view text) {
  return text.size() == 10 && wall_time_of(std::string(text) + "T00:00:00Z").has_value();
}

bool is_sha256_hex(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

}  // namespace reelprint::evidence
