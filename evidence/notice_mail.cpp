// A notice as a mail, RFC 5322.
#include <algorithm>
#include <array>
#include <chrono>
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

/// Encoded words of RFC 2047 (Q, UTF-8), each of whole characters and at most 75 long, on lines of their own;
/// the first with room for "Subject: " before it.
std::string encoded_words(std::string_view text) {
  constexpr std::string_view kBegin = "=?UTF-8?Q?";
  std::string words(kBegin);
  std::size_t length = kBegin.size() + std::string_view("Subject: ").size();
  while (!text.empty()) {
    const std::string_view before = text;
    (void)take_code_point(text);
    std::string character;
    for (const char c : before.substr(0, before.size() - text.size())) {
      const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      character += c == ' ' ? "_" : is_plain ? std::string(1, c) : hex_of(static_cast<unsigned char>(c));
    }
    if (length + character.size() + 2 > 75) {
      words += "?=\r\n " + std::string(kBegin);
      length = kBegin.size();
    }
    words += character;
    length += character.size();
  }
  return words + "?=";
}

/// A header's text: no line end can get into it, whatever it holds.
std::string header_text(std::string_view text) {
  const std::string line = visible_line(text, 400);
  return is_ascii(line) && line.size() < 60 && line.find("=?") == std::string::npos ? line
                                                                                    : encoded_words(line);
}

std::string mailbox(const NoticeParty& party, const char* which) {
  if (!is_mail_address(party.email)) {
    throw Error(ErrorCode::invalid_input, std::string("make a mail of the notice: the ") + which +
                                              " has no e-mail address that can be one");
  }
  const std::string name = party.name.empty() ? party.organisation : party.name;
  if (name.empty()) return party.email;
  return encoded_words(visible_line(name, 120)) + "\r\n <" + party.email + ">";
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
