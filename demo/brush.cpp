// Painting on BGR pictures, with OpenCV.
#include "demo/brush.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelprint::demo {
namespace {

constexpr int kShift = 4;                // fractional bits of the coordinates that OpenCV draws with
constexpr double kCapitalHeight = 21.0;  // of OpenCV's Hershey fonts at scale 1

cv::Point fixed(cv::Point2d point) {
  return {cvRound(point.x * (1 << kShift)), cvRound(point.y * (1 << kShift))};
}

std::vector<cv::Point> fixed(const Shape& shape) {
  std::vector<cv::Point> points;
  points.reserve(shape.size());
  for (const cv::Point2d& point : shape) points.push_back(fixed(point));
  return points;
}

cv::Rect within(const cv::Mat& picture, cv::Rect area) {
  return area & cv::Rect(0, 0, picture.cols, picture.rows);
}

cv::Vec3b pixel(const Colour& colour) {
  return {cv::saturate_cast<std::uint8_t>(colour[0]), cv::saturate_cast<std::uint8_t>(colour[1]),
          cv::saturate_cast<std::uint8_t>(colour[2])};
}

}  // namespace

Colour hsv(double hue_deg, double saturation, double value) {
  const auto channel = [&](double offset) {
    const double k = std::fmod(offset + hue_deg / 60.0 + 12.0, 6.0);
    const double fall = std::clamp(std::min(k, 4.0 - k), 0.0, 1.0);
    return 255.0 * value * (1.0 - saturation * fall);
  };
  return {channel(1), channel(3), channel(5), 255};
}

Colour between(const Colour& a, const Colour& b, double share) {
  return {a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share, 255};
}

Colour lit(const Colour& colour, double factor) {
  const auto scaled = [&](int i) { return std::clamp(colour[i] * factor, 0.0, 255.0); };
  return {scaled(0), scaled(1), scaled(2), 255};
}

Shape smooth(const Shape& points) {
  constexpr int kSteps = 6;
  Shape curve;
  const std::size_t n = points.size();
  for (std::size_t i = 0; i < n; ++i) {
    const cv::Point2d a = points[(i + n - 1) % n];
    const cv::Point2d b = points[i];
    const cv::Point2d c = points[(i + 1) % n];
    const cv::Point2d d = points[(i + 2) % n];
    for (int step = 0; step < kSteps; ++step) {
      const double t = static_cast<double>(step) / kSteps;
      curve.push_back(0.5 * (2.0 * b + (c - a) * t + (2.0 * a - 5.0 * b + 4.0 * c - d) * (t * t) +
                             (3.0 * b - a - 3.0 * c + d) * (t * t * t)));
    }
  }
  return curve;
}

void fill(cv::Mat& picture, const Shape& shape, const Colour& colour) {
  const std::vector<std::vector<cv::Point>> polygons{fixed(shape)};
  cv::fillPoly(picture, polygons, colour, cv::LINE_AA, kShift);
}

void fill_box(cv::Mat& picture, double x, double y, double width, double height, const Colour& colour) {
  fill(picture, {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}}, colour);
}

void fill_oval(cv::Mat& picture, cv::Point2d centre, double rx, double ry, const Colour& colour) {
  const cv::Point axes = fixed(cv::Point2d(std::max(rx, 0.1), std::max(ry, 0.1)));
  cv::ellipse(picture, fixed(centre), cv::Size(axes.x, axes.y), 0, 0, 360, colour, cv::FILLED, cv::LINE_AA,
              kShift);
}

void stroke(cv::Mat& picture, const Shape& line, const Colour& colour, double width) {
  const std::vector<std::vector<cv::Point>> lines{fixed(line)};
  cv::polylines(picture, lines, false, colour, std::max(1, cvRound(width)), cv::LINE_AA, kShift);
}

void gradient(cv::Mat& picture, cv::Rect area, const Colour& top, const Colour& bottom) {
  const cv::Rect part = within(picture, area);
  for (int y = part.y; y < part.br().y; ++y) {
    const double share = static_cast<double>(y - area.y) / std::max(1, area.height - 1);
    picture(cv::Rect(part.x, y, part.width, 1)).setTo(between(top, bottom, share));
  }
}

void grain(cv::Mat& picture, cv::Rect area, Seeded& seeded, int cell_px, double amplitude) {
  const cv::Rect part = within(picture, area);
  if (part.empty()) return;
  cv::RNG random(seeded.next());
  cv::Mat noise(part.height / cell_px + 2, part.width / cell_px + 2, CV_32F);
  random.fill(noise, cv::RNG::UNIFORM, -amplitude, amplitude);
  cv::Mat scaled;
  cv::resize(noise, scaled, part.size(), 0, 0, cell_px > 1 ? cv::INTER_CUBIC : cv::INTER_NEAREST);
  const std::vector<cv::Mat> channels(3, scaled);
  cv::Mat layer;
  cv::merge(channels, layer);
  cv::Mat target = picture(part);
  cv::add(target, layer, target, cv::noArray(), CV_8U);
}

void glow(cv::Mat& picture, cv::Point2d centre, double radius_px, const Colour& light) {
  const int reach = cvCeil(radius_px);
  const cv::Rect part =
      within(picture, cv::Rect(cvRound(centre.x) - reach, cvRound(centre.y) - reach, 2 * reach, 2 * reach));
  for (int y = part.y; y < part.br().y; ++y) {
    auto* row = picture.ptr<cv::Vec3b>(y);
    for (int x = part.x; x < part.br().x; ++x) {
      const double dx = (x - centre.x) / radius_px;
      const double dy = (y - centre.y) / radius_px;
      const double fade = 1.0 - (dx * dx + dy * dy);
      if (fade <= 0) continue;
      row[x] = pixel(Colour(row[x][0], row[x][1], row[x][2]) + light * (fade * fade * fade));
    }
  }
}

void darken_edges(cv::Mat& picture, double strength) {
  const double cx = picture.cols / 2.0;
  const double cy = picture.rows / 2.0;
  for (int y = 0; y < picture.rows; ++y) {
    auto* row = picture.ptr<cv::Vec3b>(y);
    for (int x = 0; x < picture.cols; ++x) {
      const double dx = (x - cx) / cx;
      const double dy = (y - cy) / cy;
      const double far = (dx * dx + dy * dy) / 2.0;
      row[x] = pixel(Colour(row[x][0], row[x][1], row[x][2]) * (1.0 - strength * far * far));
    }
  }
}

void tint(cv::Mat& picture, const Colour& tint) {
  cv::multiply(picture, tint * (1.0 / 255.0), picture);
}

double width_of(const std::string& text, const Lettering& lettering) {
  const double scale = lettering.height_px / kCapitalHeight;
  double width = 0;
  int baseline = 0;
  for (const char c : text) {
    const int advance = cv::getTextSize(std::string(1, c), lettering.font, 1.0, 1, &baseline).width;
    width += advance * scale + lettering.spacing_px;
  }
  return text.empty() ? 0 : width - lettering.spacing_px;
}

void letter(cv::Mat& picture, const std::string& text, cv::Point2d centre, const Lettering& lettering,
            const Colour& colour) {
  const double scale = lettering.height_px / kCapitalHeight;
  double x = centre.x - width_of(text, lettering) / 2;
  const double y = centre.y + lettering.height_px / 2;
  for (const char c : text) {
    const std::string one(1, c);
    cv::putText(picture, one, {cvRound(x), cvRound(y)}, lettering.font, scale, colour, lettering.stroke_px,
                cv::LINE_AA);
    x += width_of(one, lettering) + lettering.spacing_px;
  }
}

}  // namespace reelprint::demo
