#include "evidence/canvas.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <span>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/utf8.h"
#include "evidence/frame_png.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kLongestSide = 16'384;
constexpr std::size_t kMostPixels = 64'000'000;
constexpr double kFarthest = 100'000;  ///< pixels: what a line may reach beyond the canvas
constexpr int kFraction_bits = 4;      ///< of a pixel, in the coordinates that OpenCV is given
constexpr double kFraction = 1 << kFraction_bits;
constexpr double kCapital_px = 21;   ///< height of Hershey's capitals at scale 1
constexpr double kSquares_from = 4;  ///< enlarged more than this, pixels are shown as squares
constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;

bool is_drawable(Spot spot) {
  return std::isfinite(spot.x) && std::isfinite(spot.y);
}

/// In fractions of a pixel, from the corner of `area`.
cv::Point placed(Spot spot, const cv::Rect& area) {
  const auto fixed = [](double value) {
    return static_cast<int>(std::lround(std::clamp(value, -kFarthest, kFarthest) * kFraction));
  };
  return {fixed(spot.x - area.x - 0.5), fixed(spot.y - area.y - 0.5)};
}

cv::Scalar colour_of(const Ink& ink) {
  return {static_cast<double>(ink.blue), static_cast<double>(ink.green), static_cast<double>(ink.red)};
}

/// The smallest rectangle of whole pixels about two spots and a margin.
cv::Rect bounds_of(Spot a, Spot b, double margin) {
  const auto low = [&](double x, double y) {
    return static_cast<int>(std::floor(std::clamp(std::min(x, y) - margin, -kFarthest, kFarthest)));
  };
  const auto high = [&](double x, double y) {
    return static_cast<int>(std::ceil(std::clamp(std::max(x, y) + margin, -kFarthest, kFarthest)));
  };
  return {cv::Point(low(a.x, b.x), low(a.y, b.y)), cv::Point(high(a.x, b.x), high(a.y, b.y))};
}

/// One question mark for each character that the strokes do not have.
std::string stroked(std::string_view text) {
  std::string ascii;
  while (!text.empty()) {
    const auto c = take_code_point(text);
    if (c == U'–' || c == U'−')
      ascii += '-';
    else if (c == U'×')
      ascii += 'x';
    else
      ascii += c && *c >= 0x20 && *c < 0x7F ? static_cast<char>(*c) : '?';
  }
  return ascii;
}

double scale_of(double height_px) {
  return std::clamp(height_px, 1.0, 200.0) / kCapital_px;
}

int stroke_of(double height_px) {
  return height_px > 13 ? 2 : 1;
}

}  // namespace

struct Canvas::Pixels {
  cv::Mat image;  ///< 8-bit BGR
  cv::Rect clip;

  /// Lets `draw` paint a copy of the part within `bounds`, then lays it over what was there.
  template <class Draw>
  void paint(const cv::Rect& bounds, double opacity, Draw&& draw) {
    const cv::Rect area = bounds & clip;
    if (area.empty() || !(opacity > 0)) return;
    cv::Mat under = image(area);
    cv::Mat over = under.clone();
    draw(over, area);
    const double share = std::min(opacity, 1.0);
    cv::addWeighted(over, share, under, 1 - share, 0, under);
  }
};

Canvas::Canvas(std::size_t width, std::size_t height) : pixels_(std::make_unique<Pixels>()) {
  if (width == 0 || height == 0) throw Error(ErrorCode::invalid_input, "draw a picture: it is empty");
  if (width > kLongestSide || height > kLongestSide || width * height > kMostPixels) {
    throw Error(ErrorCode::too_large, "draw a picture of " + std::to_string(width) + "×" +
                                          std::to_string(height) + " pixels: too large");
  }
  pixels_->image =
      cv::Mat(static_cast<int>(height), static_cast<int>(width), CV_8UC3, cv::Scalar(255, 255, 255));
  clip_to_all();
}

Canvas::~Canvas() = default;

void Canvas::clip_to_all() {
  pixels_->clip = {0, 0, pixels_->image.cols, pixels_->image.rows};
}

void Canvas::clip_to(Spot upper_left, Spot lower_right) {
  clip_to_all();
  if (!is_drawable(upper_left) || !is_drawable(lower_right)) return;
  pixels_->clip &= bounds_of(upper_left, lower_right, 0);
}

void Canvas::fill(Spot upper_left, Spot lower_right, const Ink& ink) {
  if (!is_drawable(upper_left) || !is_drawable(lower_right)) return;
  const auto whole = [](Spot spot) { return Spot{std::round(spot.x), std::round(spot.y)}; };
  pixels_->paint(bounds_of(whole(upper_left), whole(lower_right), 0), ink.opacity,
                 [&](cv::Mat& over, const cv::Rect&) { over.setTo(colour_of(ink)); });
}

void Canvas::line(Spot from, Spot to, int width_px, const Ink& ink) {
  if (!is_drawable(from) || !is_drawable(to)) return;
  pixels_->paint(bounds_of(from, to, width_px + 2), ink.opacity, [&](cv::Mat& over, const cv::Rect& area) {
    cv::line(over, placed(from, area), placed(to, area), colour_of(ink), std::clamp(width_px, 1, 100),
             cv::LINE_AA, kFraction_bits);
  });
}

void Canvas::dot(Spot centre, double radius_px, const Ink& ink) {
  if (!is_drawable(centre)) return;
  const double radius = std::clamp(radius_px, 0.0, 1000.0);
  pixels_->paint(bounds_of(centre, centre, radius + 2), ink.opacity,
                 [&](cv::Mat& over, const cv::Rect& area) {
                   cv::circle(over, placed(centre, area), static_cast<int>(std::lround(radius * kFraction)),
                              colour_of(ink), cv::FILLED, cv::LINE_AA, kFraction_bits);
                 });
}

void Canvas::ring(Spot centre, double radius_px, const Ink& ink) {
  if (!is_drawable(centre)) return;
  const double radius = std::clamp(radius_px, 0.0, 1000.0);
  pixels_->paint(bounds_of(centre, centre, radius + 3), ink.opacity,
                 [&](cv::Mat& over, const cv::Rect& area) {
                   cv::circle(over, placed(centre, area), static_cast<int>(std::lround(radius * kFraction)),
                              colour_of(ink), 2, cv::LINE_AA, kFraction_bits);
                 });
}

void Canvas::text(std::string_view text, Spot spot, double height_px, const Ink& ink, Anchor anchor) {
  if (!is_drawable(spot)) return;
  const double width = text_width(text, height_px);
  if (anchor == Anchor::middle) spot.x -= width / 2;
  if (anchor == Anchor::right) spot.x -= width;
  const Spot upper_left{spot.x, spot.y - height_px};
  const Spot lower_right{spot.x + width, spot.y + height_px / 2};
  pixels_->paint(bounds_of(upper_left, lower_right, 4), ink.opacity,
                 [&](cv::Mat& over, const cv::Rect& area) {
                   const cv::Point base(static_cast<int>(std::lround(spot.x)) - area.x,
                                        static_cast<int>(std::lround(spot.y)) - area.y);
                   cv::putText(over, stroked(text), base, kFont, scale_of(height_px), colour_of(ink),
                               stroke_of(height_px), cv::LINE_AA);
                 });
}

Frame scaled(const Frame& frame, std::size_t width, std::size_t height) {
  const auto is_usable = [](std::size_t side) { return side > 0 && side <= kLongestSide; };
  const bool is_sound =
      is_usable(frame.width) && is_usable(frame.height) && frame.luma.size() == frame.width * frame.height;
  if (!is_sound || !is_usable(width) || !is_usable(height)) {
    throw Error(ErrorCode::invalid_input, "draw a frame of " + std::to_string(frame.width) + "×" +
                                              std::to_string(frame.height) + " pixels with " +
                                              std::to_string(frame.luma.size()) + " samples at " +
                                              std::to_string(width) + "×" + std::to_string(height));
  }
  const cv::Mat luma(static_cast<int>(frame.height), static_cast<int>(frame.width), CV_8UC1,
                     const_cast<std::uint8_t*>(frame.luma.data()));
  const double enlarged = static_cast<double>(width) / static_cast<double>(frame.width);
  const int how = enlarged < 1                ? cv::INTER_AREA
                  : enlarged <= kSquares_from ? cv::INTER_CUBIC
                                              : cv::INTER_NEAREST;
  Frame large{width, height, std::vector<std::uint8_t>(width * height), frame.shown_at};
  cv::Mat into(static_cast<int>(height), static_cast<int>(width), CV_8UC1, large.luma.data());
  cv::resize(luma, into, into.size(), 0, 0, how);
  return large;
}

void Canvas::picture(const Frame& frame, Spot upper_left, std::size_t width, std::size_t height) {
  Frame large = scaled(frame, width, height);
  if (!is_drawable(upper_left)) return;
  const cv::Mat luma(static_cast<int>(height), static_cast<int>(width), CV_8UC1, large.luma.data());
  cv::Mat coloured;
  cv::cvtColor(luma, coloured, cv::COLOR_GRAY2BGR);
  const cv::Rect place(bounds_of({std::round(upper_left.x), std::round(upper_left.y)},
                                 {std::round(upper_left.x) + static_cast<double>(width),
                                  std::round(upper_left.y) + static_cast<double>(height)},
                                 0));
  pixels_->paint(place, 1,
                 [&](cv::Mat& over, const cv::Rect& area) { coloured(area - place.tl()).copyTo(over); });
}

void Canvas::write(const std::filesystem::path& file) const {
  const cv::Mat& image = pixels_->image;
  const std::size_t samples = image.total() * image.elemSize();
  write_picture_png(static_cast<std::size_t>(image.cols), static_cast<std::size_t>(image.rows),
                    std::span(image.data, samples), file);
}

double text_width(std::string_view text, double height_px) {
  int base = 0;
  return cv::getTextSize(stroked(text), kFont, scale_of(height_px), stroke_of(height_px), &base).width;
}

std::string fitted(std::string_view text, double height_px, double width_px) {
  std::string whole = stroked(text);
  if (text_width(whole, height_px) <= width_px) return whole;
  while (!whole.empty() && text_width(whole + "...", height_px) > width_px) whole.pop_back();
  return whole + "...";
}

Ink ink_of_score(double score) {
  const double share = std::isfinite(score) ? std::clamp((score - 0.5) * 2, 0.0, 1.0) : 0;
  const auto mixed = [&](int low, int high) {
    return static_cast<std::uint8_t>(std::lround(low + share * (high - low)));
  };
  return {mixed(247, 196), mixed(190, 30), mixed(76, 46)};
}

}  // namespace reelprint::evidence
