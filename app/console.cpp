#include "app/console.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core/error.h"
#include "core/utf8.h"

namespace reelprint::app {
namespace {

constexpr auto kRedraw = std::chrono::milliseconds(100);
constexpr int kBarWidth = 24;

template <class... Values>
std::string format(const char* pattern, Values... values) {
  const int length = std::snprintf(nullptr, 0, pattern, values...);
  std::string text(static_cast<std::size_t>(std::max(length, 0)), '\0');
  std::snprintf(text.data(), text.size() + 1, pattern, values...);
  return text;
}

bool is_wide(char32_t c) {  // Unicode Standard Annex 11, the blocks that matter
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

const char* code_of(Colour colour) {
  switch (colour) {
    case Colour::green: return "\x1b[32m";
    case Colour::yellow: return "\x1b[33m";
    case Colour::red: return "\x1b[31m";
    case Colour::dim: return "\x1b[2m";
    case Colour::bold: return "\x1b[1m";
    case Colour::plain: break;
  }
  return "";
}

std::string remaining_text(double share, std::chrono::steady_clock::duration elapsed) {
  const double elapsed_s = std::chrono::duration<double>(elapsed).count();
  if (share <= 0.02 || elapsed_s < 2) return "";
  return ", " + format("%.0f s left", std::ceil(elapsed_s * (1 - share) / share));
}

}  // namespace

Console::Console()
    : is_terminal_(::isatty(STDERR_FILENO) == 1),
      has_colour_(::isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr) {}

void Console::report(std::string_view activity, double done, double total, std::string_view item) {
  if (!is_terminal_) return;
  const std::scoped_lock lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (activity != activity_) {
    activity_ = activity;
    began_ = now;
    drawn_ = {};
  }
  if (now - drawn_ < kRedraw) return;
  drawn_ = now;
  is_progress_shown_ = true;
  const double share = total > 0 ? std::clamp(done / total, 0.0, 1.0) : 0;
  const auto filled = static_cast<int>(share * kBarWidth);
  const std::string bar = std::string(static_cast<std::size_t>(filled), '#') +
                          std::string(static_cast<std::size_t>(kBarWidth - filled), '.');
  std::fprintf(stderr, "\r\x1b[K%s [%s] %.1f of %.0f%s  %s", activity_.c_str(), bar.c_str(), done, total,
               remaining_text(share, now - began_).c_str(), printable(item).c_str());
  std::fflush(stderr);
}

void Console::clear_progress() {
  if (!is_progress_shown_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  is_progress_shown_ = false;
}

void Console::print(const std::string& line) {
  const std::scoped_lock lock(mutex_);
  clear_progress();
  const bool is_written = std::fputs(line.c_str(), stdout) >= 0 && std::fputc('\n', stdout) != EOF;
  if (!is_written || std::fflush(stdout) != 0)
    throw Error(ErrorCode::io, "write to standard output: it is not taken");
}

void Console::complain(const std::string& message) {
  const std::scoped_lock lock(mutex_);
  clear_progress();
  std::fprintf(stderr, "reelprint: %s\n", printable(message).c_str());
}

void Console::remark(const std::string& message) {
  if (!is_terminal_) return;
  const std::scoped_lock lock(mutex_);
  clear_progress();
  std::fprintf(stderr, "%s\n", printable(message).c_str());
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  while (!utf8.empty()) {
    const char32_t c = take_code_point(utf8).value_or(U'?');
    const bool is_combining = (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || c == 0xFE0F;
    width += is_combining ? 0 : is_wide(c) ? 2 : 1;
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::string_view before = text;
    const auto code = take_code_point(text);
    const bool is_safe = code && !is_control(*code);
    safe += is_safe ? before.substr(0, before.size() - text.size()) : "?";
  }
  return safe;
}

std::vector<std::string> lay_out(const std::vector<std::vector<Cell>>& rows, bool with_colour) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i].text));
  }
  std::vector<std::string> lines;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      const Cell& cell = rows[r][i];
      const std::string padding(widths[i] - display_width(cell.text), ' ');
      const Colour colour = r == 0 ? Colour::bold : cell.colour;
      const bool is_coloured = with_colour && colour != Colour::plain;
      if (cell.is_right_aligned) line += padding;
      line += is_coloured ? code_of(colour) + cell.text + "\x1b[0m" : cell.text;
      if (!cell.is_right_aligned && i + 1 < rows[r].size()) line += padding;
      if (i + 1 < rows[r].size()) line += "  ";
    }
    lines.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
  }
  return lines;
}

std::string time_code(double seconds) {
  const auto tenths = std::llround(std::max(0.0, seconds) * 10);
  const auto whole = tenths / 10;
  const auto hours = whole / 3600;
  const std::string tail = format("%02lld.%lld", whole % 60, tenths % 10);
  if (hours > 0) return format("%lld:%02lld:", hours, whole / 60 % 60) + tail;
  return format("%lld:", whole / 60) + tail;
}

}  // namespace reelprint::app
