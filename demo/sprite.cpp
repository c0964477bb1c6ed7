// Placing, blending and clothing cut-outs.
#include "demo/sprite.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelprint::demo {
namespace {

template <int kChannels>
void blend_row(std::uint8_t* row, const std::uint8_t* layer, int width) {
  for (int x = 0; x < width; ++x, row += kChannels, layer += 4) {
    const unsigned rest = 255U - layer[3];
    if (rest == 255U) continue;
    for (int i = 0; i < kChannels; ++i) {
      row[i] = static_cast<std::uint8_t>(std::min(layer[i] + ((row[i] * rest + 128U) * 257U >> 16U), 255U));
    }
  }
}

cv::Rect bounds(const cv::Mat& picture, const Placement& to_frame, const cv::Mat& frame) {
  double left = 1e9;
  double top = 1e9;
  double right = -1e9;
  double bottom = -1e9;
  for (const double x : {0.0, static_cast<double>(picture.cols)}) {
    for (const double y : {0.0, static_cast<double>(picture.rows)}) {
      const cv::Point2d corner = mapped(to_frame, {x, y});
      left = std::min(left, corner.x);
      right = std::max(right, corner.x);
      top = std::min(top, corner.y);
      bottom = std::max(bottom, corner.y);
    }
  }
  const cv::Rect box(cv::Point(cvFloor(left) - 1, cvFloor(top) - 1),
                     cv::Point(cvCeil(right) + 1, cvCeil(bottom) + 1));
  return box & cv::Rect(0, 0, frame.cols, frame.rows);
}

void draw_pattern(cv::Mat& layer, const Colour& trim, Pattern pattern, double unit) {
  const double gap = unit * 0.3;
  if (pattern == Pattern::plain) return;
  if (pattern == Pattern::bands) {
    for (double y = gap; y < layer.rows; y += gap * 2.4) fill_box(layer, 0, y, layer.cols, gap * 0.5, trim);
    return;
  }
  if (pattern == Pattern::stripes || pattern == Pattern::checks) {
    for (double x = 0; x < layer.cols; x += gap) fill_box(layer, x, 0, gap * 0.22, layer.rows, trim);
    for (double y = 0; y < layer.rows && pattern == Pattern::checks; y += gap) {
      fill_box(layer, 0, y, layer.cols, gap * 0.22, trim);
    }
    return;
  }
  int row = 0;
  for (double y = 0; y < layer.rows; y += gap, ++row) {
    for (double x = (row % 2) * gap; x < layer.cols; x += gap * 2) {
      if (pattern == Pattern::dots) fill_oval(layer, {x, y}, gap * 0.2, gap * 0.2, trim);
      for (int petal = 0; petal < 5 && pattern == Pattern::blossoms; ++petal) {
        const double angle = petal * 1.2566 + row;
        fill_oval(layer, {x + gap * 0.24 * std::cos(angle), y + gap * 0.24 * std::sin(angle)}, gap * 0.17,
                  gap * 0.17, trim);
      }
    }
  }
}

}  // namespace

Placement placed(cv::Point2d position, double scale, double turn_rad) {
  const double c = scale * std::cos(turn_rad);
  const double s = scale * std::sin(turn_rad);
  return {c, -s, position.x, s, c, position.y};
}

Placement chained(const Placement& outer, const Placement& inner) {
  const cv::Point2d origin = mapped(outer, {inner(0, 2), inner(1, 2)});
  return {outer(0, 0) * inner(0, 0) + outer(0, 1) * inner(1, 0),
          outer(0, 0) * inner(0, 1) + outer(0, 1) * inner(1, 1),
          origin.x,
          outer(1, 0) * inner(0, 0) + outer(1, 1) * inner(1, 0),
          outer(1, 0) * inner(0, 1) + outer(1, 1) * inner(1, 1),
          origin.y};
}

cv::Point2d mapped(const Placement& placement, cv::Point2d point) {
  return {placement(0, 0) * point.x + placement(0, 1) * point.y + placement(0, 2),
          placement(1, 0) * point.x + placement(1, 1) * point.y + placement(1, 2)};
}

double scale_of(const Placement& placement) {
  return std::hypot(placement(0, 0), placement(1, 0));
}

Sprite empty_sprite(cv::Size2d size, cv::Point2d anchor_share, double unit_px) {
  Sprite sprite;
  sprite.unit_px = unit_px;
  sprite.picture = cv::Mat::zeros(cvCeil(size.height * unit_px), cvCeil(size.width * unit_px), CV_8UC4);
  sprite.anchor = {anchor_share.x * sprite.picture.cols, anchor_share.y * sprite.picture.rows};
  return sprite;
}

cv::Point2d on_sprite(const Sprite& sprite, cv::Point2d units) {
  return sprite.anchor + units * sprite.unit_px;
}

Shape on_sprite(const Sprite& sprite, const Shape& units) {
  Shape pixels;
  pixels.reserve(units.size());
  for (const cv::Point2d& point : units) pixels.push_back(on_sprite(sprite, point));
  return pixels;
}

void trim(Sprite& sprite) {
  cv::Mat opacity;
  cv::extractChannel(sprite.picture, opacity, 3);
  cv::Rect used = cv::boundingRect(opacity);
  used =
      cv::Rect(used.tl() - cv::Point(1, 1), used.br() + cv::Point(1, 1)) & cv::Rect({0, 0}, opacity.size());
  sprite.picture = sprite.picture(used).clone();
  sprite.anchor -= cv::Point2d(used.tl());
}

void lay_over(cv::Mat& picture, const cv::Mat& layer) {
  const auto blend_one = picture.channels() == 3 ? blend_row<3> : blend_row<4>;
  for (int y = 0; y < picture.rows; ++y) {
    blend_one(picture.ptr<std::uint8_t>(y), layer.ptr<std::uint8_t>(y), picture.cols);
  }
}

void lay_over(cv::Mat& frame, const Sprite& sprite, const Placement& placement) {
  const Placement from_pixels = placed(-sprite.anchor * (1.0 / sprite.unit_px), 1.0 / sprite.unit_px, 0);
  Placement to_frame = chained(placement, from_pixels);
  const cv::Rect box = bounds(sprite.picture, to_frame, frame);
  if (box.empty()) return;
  to_frame(0, 2) -= box.x;
  to_frame(1, 2) -= box.y;
  cv::Mat layer;
  cv::warpAffine(sprite.picture, layer, to_frame, box.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT,
                 cv::Scalar::all(0));
  cv::Mat target = frame(box);
  lay_over(target, layer);
}

void shade_sideways(Sprite& sprite, double side, double strength) {
  cv::Mat factors(1, sprite.picture.cols, CV_32FC4);
  for (int x = 0; x < sprite.picture.cols; ++x) {
    const double across = 2.0 * x / sprite.picture.cols - 1.0;
    const auto factor = static_cast<float>(1.0 + strength * (side * across - 0.3));
    factors.at<cv::Vec4f>(0, x) = {factor, factor, factor, 1.0F};
  }
  cv::Mat whole;
  cv::repeat(factors, sprite.picture.rows, 1, whole);
  cv::multiply(sprite.picture, whole, sprite.picture, 1.0, CV_8U);
  for (int y = 0; y < sprite.picture.rows; ++y) {
    auto* row = sprite.picture.ptr<cv::Vec4b>(y);
    for (int x = 0; x < sprite.picture.cols; ++x) {
      for (int i = 0; i < 3; ++i) row[x][i] = std::min(row[x][i], row[x][3]);
    }
  }
}

void fill_cloth(Sprite& sprite, const Shape& shape, const Colour& colour, const Colour& trim,
                Pattern pattern) {
  cv::Mat layer(sprite.picture.size(), CV_8UC4);
  gradient(layer, {{0, 0}, layer.size()}, lit(colour, 1.1), lit(colour, 0.75));
  draw_pattern(layer, trim, pattern, sprite.unit_px);
  cv::Mat mask = cv::Mat::zeros(layer.size(), CV_8U);
  fill(mask, shape, cv::Scalar::all(255));
  cv::Mat masks;
  cv::merge(std::vector<cv::Mat>(4, mask), masks);
  cv::multiply(layer, masks, layer, 1.0 / 255.0);
  lay_over(sprite.picture, layer);
}

}  // namespace reelprint::demo
