// A picture that is drawn on and written as PNG: the one place that knows how evidence is drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/frame.h"

namespace reelprint::evidence {

/// A place on a canvas, in pixels from the upper left corner, x to the right, y down. What lies outside the
/// canvas is cut off; what is not a number is not drawn.
struct Spot {
  double x = 0;
  double y = 0;
};

struct Ink {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  double opacity = 1;  ///< 0..1

  [[nodiscard]] Ink at(double new_opacity) const { return {red, green, blue, new_opacity}; }
};

inline constexpr Ink kPaper{255, 255, 255};
inline constexpr Ink kBlack{28, 32, 38};
inline constexpr Ink kGrey{110, 118, 128};
inline constexpr Ink kPale{226, 230, 235};
inline constexpr Ink kOrange{245, 130, 32};
inline constexpr Ink kBlue{38, 112, 188};

/// How a text lies about its spot.
enum class Anchor { left, middle, right };

class Canvas {
 public:
  /// White. Throws Error: invalid_input for an empty canvas, too_large beyond 16,384 pixels a side or 64
  /// million in all.
  Canvas(std::size_t width, std::size_t height);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  /// Draws only between these corners from now on.
  void clip_to(Spot upper_left, Spot lower_right);
  void clip_to_all();

  void fill(Spot upper_left, Spot lower_right, const Ink& ink);
  void line(Spot from, Spot to, int width_px, const Ink& ink);
  void dot(Spot centre, double radius_px, const Ink& ink);
  void ring(Spot centre, double radius_px, const Ink& ink);
  /// On one line whose base is at `spot`; capitals are `height_px` high. Characters beyond ASCII come out as
  /// question marks: the strokes have no others.
  void text(std::string_view text, Spot spot, double height_px, const Ink& ink, Anchor anchor = Anchor::left);
  /// As scaled() gives it. Throws what that throws.
  void picture(const Frame& frame, Spot upper_left, std::size_t width, std::size_t height);

  /// As PNG; an old file is replaced in one step. Throws Error{io}.
  void write(const std::filesystem::path& file) const;

 private:
  struct Pixels;
  std::unique_ptr<Pixels> pixels_;
};

/// The frame at width × height pixels; much enlarged, its pixels stay visible as squares. Throws
/// Error{invalid_input} when the frame is empty, its samples are not width × height, or a side is none or
/// over 16,384 pixels.
[[nodiscard]] Frame scaled(const Frame& frame, std::size_t width, std::size_t height);

/// The width that `text` takes on a canvas, in pixels.
[[nodiscard]] double text_width(std::string_view text, double height_px);

/// `text` cut with "..." to fit into `width_px`.
[[nodiscard]] std::string fitted(std::string_view text, double height_px, double width_px);

/// What a score looks like: amber at 0.5 and below, red at 1.
[[nodiscard]] Ink ink_of_score(double score);

}  // namespace reelprint::evidence
