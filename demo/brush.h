// Painting on BGR pictures: colours, gradients, textures, light and smooth shapes. Coordinates are pixels.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "demo/seeded.h"

namespace reelprint::demo {

using Colour = cv::Scalar;
using Shape = std::vector<cv::Point2d>;

/// Hue in degrees, saturation and value in 0..1.
[[nodiscard]] Colour hsv(double hue_deg, double saturation, double value);
/// `share` of `b`, the rest of `a`.
[[nodiscard]] Colour between(const Colour& a, const Colour& b, double share);
/// Brighter above 1, darker below.
[[nodiscard]] Colour lit(const Colour& colour, double factor);

/// A closed curve through the points (Catmull-Rom).
[[nodiscard]] Shape smooth(const Shape& points);

void fill(cv::Mat& picture, const Shape& shape, const Colour& colour);
void fill_box(cv::Mat& picture, double x, double y, double width, double height, const Colour& colour);
void fill_oval(cv::Mat& picture, cv::Point2d centre, double rx, double ry, const Colour& colour);
void stroke(cv::Mat& picture, const Shape& line, const Colour& colour, double width);

/// Parts of `area` outside the picture are left out, here and below.
void gradient(cv::Mat& picture, cv::Rect area, const Colour& top, const Colour& bottom);
/// Adds cloudy noise, `cell_px` being the size of its blots, up to about ±`amplitude` levels.
void grain(cv::Mat& picture, cv::Rect area, Seeded& seeded, int cell_px, double amplitude);
/// Adds light that fades with the distance from `centre`.
void glow(cv::Mat& picture, cv::Point2d centre, double radius_px, const Colour& light);
/// Darkens towards the edges; 0 leaves the picture as it is, 1 makes the corners black.
void darken_edges(cv::Mat& picture, double strength);
/// Multiplies each channel by `tint` / 255.
void tint(cv::Mat& picture, const Colour& tint);

/// Text in one of OpenCV's fonts, its middle at `centre`.
struct Lettering {
  int font = 0;
  double height_px = 20;  ///< of a capital letter
  int stroke_px = 1;
  double spacing_px = 0;  ///< between letters, beyond the font's own
};
void letter(cv::Mat& picture, const std::string& text, cv::Point2d centre, const Lettering& lettering,
            const Colour& colour);
[[nodiscard]] double width_of(const std::string& text, const Lettering& lettering);

}  // namespace reelprint::demo
