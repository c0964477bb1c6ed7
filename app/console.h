// What a person sees: messages and a progress line on stderr, tables on stdout.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/progress.h"

namespace reelprint::app {

/// Messages go to stderr, results to stdout; the progress line is drawn only when stderr is a terminal.
/// Thread-safe.
class Console final : public Progress {
 public:
  Console();
  ~Console() override { clear_progress(); }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  void report(std::string_view activity, double done, double total, std::string_view item) override;

  /// One line on stdout, flushed. Throws Error{io} when nobody takes it (a full disk; a closed pipe ends the
  /// program).
  void print(const std::string& line);
  /// One line on stderr, behind the program's name.
  void complain(const std::string& message);
  /// One line on stderr, only when it is a terminal.
  void remark(const std::string& message);

  /// Whether progress is drawn.
  [[nodiscard]] bool is_terminal() const { return is_terminal_; }
  [[nodiscard]] bool has_colour() const { return has_colour_; }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  void clear_progress();

  std::mutex mutex_;  // guards everything below and both streams
  bool is_terminal_ = false;
  bool has_colour_ = false;
  bool is_progress_shown_ = false;
  std::string activity_;
  SteadyTime began_;
  SteadyTime drawn_;
};

/// Columns that a text takes on a terminal: East Asian wide characters take two, combining ones none.
[[nodiscard]] std::size_t display_width(std::string_view utf8);

/// `text` with ? for control characters, which could move a terminal's cursor or recolour it, and for broken
/// UTF-8.
[[nodiscard]] std::string printable(std::string_view text);

enum class Colour { plain, green, yellow, red, dim, bold };

struct Cell {
  std::string text;
  Colour colour = Colour::plain;
  bool is_right_aligned = false;
};

/// Lines of text up columns; the first row is the heading. The last column is not padded.
[[nodiscard]] std::vector<std::string> lay_out(const std::vector<std::vector<Cell>>& rows, bool with_colour);

/// "0:07.5", "1:02:03.0": minutes and seconds to a tenth.
[[nodiscard]] std::string time_code(double seconds);

}  // namespace reelprint::app
