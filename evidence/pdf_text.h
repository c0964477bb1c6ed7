// Text set in lines by Pango, for pages of our own: nothing here knows where the lines will stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "evidence/report.h"

namespace reelprint::evidence {

enum class FontFace : std::uint8_t { plain, bold, fixed };

struct TextStyle {
  double size_pt = 9.5;
  FontFace face = FontFace::plain;
  std::uint32_t rgb = 0x1C2026;
  bool is_right = false;  ///< set against the right edge
  double leading = 1.42;  ///< distance of lines, of the size
};

/// Lines of one text in one style, all equally high. Cheap to copy.
class SetText {
 public:
  struct Lines;  ///< Pango's
  SetText() = default;
  SetText(std::shared_ptr<const Lines> lines, TextStyle style, std::size_t count);

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] double line_height() const { return style_.size_pt * style_.leading; }
  [[nodiscard]] double height() const { return line_height() * static_cast<double>(count_); }
  [[nodiscard]] const TextStyle& style() const { return style_; }
  [[nodiscard]] const Lines& lines() const { return *lines_; }

 private:
  std::shared_ptr<const Lines> lines_;
  TextStyle style_;
  std::size_t count_ = 0;
};

/// Sets texts of one report. Of one thread.
class TextSetter {
 public:
  explicit TextSetter(ReportLanguage language);
  ~TextSetter();
  TextSetter(const TextSetter&) = delete;
  TextSetter& operator=(const TextSetter&) = delete;

  /// Broken to `width_pt`, within words where it must; what the text holds is made visible. At least one
  /// line.
  [[nodiscard]] SetText set(std::string_view text, const TextStyle& style, double width_pt) const;

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace reelprint::evidence
