// A notice as a mail, RFC 5322.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>

#include "core/error.h"
#include "core/utf8.h"
#include "evidence/notice_checks.h"
#include "evidence/notice_forms.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kLongestLine = 76;

std::string hex_of(unsigned char byte) {
  std::array<char, 4> text{};
  std::snprintf(text.data(), text.size(), "=%02X", byte);
  return text.data();
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      text += i + j > bytes.size() ? '=' : kDigits[group >> (18 - 6 * j) & 63];
  }
  return text;
}

/// Encoded words of RFC 2047 (B, UTF-8), each of whole characters and at most 72 long, on lines of their own:
/// a Chinese name mostly fits into one, as not every reader joins several of a name well. The first has room
/// for the header's name before it, on a line of 76.
std::string encoded_words(std::string_view text, std::string_view header) {
  constexpr std::size_t kMostBytes = 45;
  std::size_t most =
      std::min(kMostBytes, (76 - std::string_view("=?UTF-8?B?\?=").size() - header.size()) / 4 * 3);
  std::string words;
  while (!text.empty()) {
    std::string_view rest = text;
    std::size_t taken = 0;
    while (!rest.empty()) {
      (void)take_code_point(rest);
      if (text.size() - rest.size() > most) break;
      taken = text.size() - rest.size();
    }
    words += (words.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(text.substr(0, taken)) + "?=");
    text.remove_prefix(taken);
    most = kMostBytes;
  }
  return words;
}

/// A header's text: no line end can get into it, whatever it holds.
std::string header_text(std::string_view text) {
  const std::string line = visible_line(text, 400);
  return is_ascii(line) && line.size() < 60 && line.find("=?") == std::string::npos
             ? line
             : encoded_words(line, "Subject: ");
}

std::string mailbox(const NoticeParty& party, const char* which) {
  if (!is_mail_address(party.email)) {
    throw Error(ErrorCode::invalid_input, std::string("make a mail of the notice: the ") + which +
                                              " has no e-mail address that can be one");
  }
  const std::string name = party.name.empty() ? party.organisation : party.name;
  if (name.empty()) return party.email;
  return encoded_words(visible_line(name, 120), "From: ") + "\r\n <" + party.email + ">";
}

std::string date_of(WallTime time) {
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

/// RFC 2045, 6.7: lines of at most 76 characters, line ends CRLF.
std::string quoted_printable(std::string_view text) {
  std::string result;
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      result += "\r\n";
      length = 0;
      continue;
    }
    const bool ends = i + 1 == text.size() || text[i + 1] == '\n';
    const bool is_plain = (c > 0x20 && c < 0x7F && c != '=') || (c == ' ' && !ends);
    // A lone point or "From " at a line's begin is changed by some mail servers.
    const bool is_risky = length == 0 && (c == '.' || c == 'F');
    const std::string piece =
        is_plain && !is_risky ? std::string(1, c) : hex_of(static_cast<unsigned char>(c));
    if (length + piece.size() > kLongestLine - 1) {
      result += "=\r\n";
      length = 0;
    }
    result += piece;
    length += piece.size();
  }
  return result;
}

}  // namespace

std::string mail_of(const Notice& notice, const NoticeText& text, WallTime date) {
  std::string mail = "X-Unsent: 1\r\n";
  mail += "Date: " + date_of(date) + "\r\n";
  mail += "From: " + mailbox(notice.sender, "sender") + "\r\n";
  mail += "To: " + mailbox(notice.recipient, "recipient") + "\r\n";
  mail += "Subject: " + header_text(text.subject) + "\r\n";
  mail += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
  mail += "Content-Transfer-Encoding: quoted-printable\r\n";
  mail += "Content-Language: " + std::string(notice.language == "zh" ? "zh-CN" : "en") + "\r\n\r\n";
  std::string body = text.body;
  if (!body.ends_with('\n')) body += '\n';
  return mail + quoted_printable(body);
}

}  // namespace reelprint::evidence
