#include "bench/layouts.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace reelprint::bench {
namespace {

cv::Mat stretched(const cv::Mat& picture, cv::Size size) {
  cv::Mat out;
  cv::resize(picture, out, size, 0, 0, size.width < picture.cols ? cv::INTER_AREA : cv::INTER_LINEAR);
  return out;
}

/// The middle of the picture, cut and scaled to `size`.
cv::Mat filled(const cv::Mat& picture, cv::Size size) {
  const double scale = std::min(picture.cols / double(size.width), picture.rows / double(size.height));
  const cv::Size part(int(size.width * scale), int(size.height * scale));
  return stretched(
      picture({(picture.cols - part.width) / 2, (picture.rows - part.height) / 2, part.width, part.height}),
      size);
}

cv::Rect middle(cv::Size canvas, cv::Size size) {
  return {(canvas.width - size.width) / 2, (canvas.height - size.height) / 2, size.width, size.height};
}

cv::Size fitted(cv::Size picture, cv::Size canvas) {
  const double scale = std::min(canvas.width / double(picture.width), canvas.height / double(picture.height));
  return {int(picture.width * scale), int(picture.height * scale)};
}

cv::Mat decorative_frame(cv::Size size) {
  cv::Mat ground(size, CV_8U, cv::Scalar(60));
  for (const double edge : {0.02, 0.05, 0.08}) {
    cv::rectangle(ground, {int(size.width * edge), int(size.height * edge)},
                  {int(size.width * (1 - edge)), int(size.height * (1 - edge))}, cv::Scalar(190), 3);
  }
  for (const double x : {0.02, 0.25, 0.47, 0.69, 0.92}) {
    for (const double y : {0.015, 0.945}) {
      const int knot = int(size.width * 0.06);
      cv::rectangle(ground,
                    cv::Rect(int(size.width * x), int(size.height * y), knot, knot) & cv::Rect({}, size),
                    cv::Scalar(190), cv::FILLED);
    }
  }
  return ground;
}

auto flat(cv::Size canvas, int level) {
  return [=](const cv::Mat&, const cv::Mat&) { return cv::Mat(canvas, CV_8U, cv::Scalar(level)); };
}

LayoutKind bars(const std::string& name, double width, double height, int level) {
  return {name, [=](cv::Size own, cv::Size, unsigned) -> std::optional<Layout> {
            const cv::Size canvas(int(own.width * width), int(own.height * height));
            return Layout{canvas, middle(canvas, own), flat(canvas, level)};
          }};
}

/// The picture over an enlargement of itself, in a canvas of the other orientation.
LayoutKind fill(const std::string& name, bool to_portrait, double sigma) {
  return {name, [=](cv::Size own, cv::Size, unsigned) -> std::optional<Layout> {
            if (to_portrait == (own.width < own.height)) return {};
            const cv::Size canvas = to_portrait ? cv::Size(kLayoutSide, 854) : cv::Size(854, kLayoutSide);
            return Layout{canvas, middle(canvas, fitted(own, canvas)),
                          [=](const cv::Mat& picture, const cv::Mat&) {
                            cv::Mat ground = filled(picture, canvas);
                            if (sigma > 0) cv::GaussianBlur(ground, ground, {}, sigma);
                            return ground;
                          }};
          }};
}

/// `count` pictures beside or above one another, the upload's own in each place in turn.
LayoutKind split(const std::string& name, int across, int down) {
  return {name, [=](cv::Size, cv::Size, unsigned turn) -> std::optional<Layout> {
            const cv::Size canvas = across > down ? cv::Size(854, kLayoutSide) : cv::Size(kLayoutSide, 854);
            const cv::Size part(canvas.width / across, canvas.height / down);
            const int place = int(turn) % (across * down);
            const cv::Rect box({place % across * part.width, place / across * part.height}, part);
            return Layout{
                canvas, box, [=](const cv::Mat& own, const cv::Mat& other) {
                  cv::Mat ground(canvas, CV_8U, cv::Scalar(0));
                  for (int i = 0; i < across * down; ++i) {  // the third is the other one upside down
                    cv::Mat next = filled(i == (place + 1) % (across * down) ? other : own, part);
                    if (i != (place + 1) % (across * down)) cv::flip(next, next, -1);
                    next.copyTo(
                        ground({i % across * part.width, i / across * part.height, part.width, part.height}));
                  }
                  return ground;
                }};
          }};
}

LayoutKind inset(const std::string& name, double share, bool has_subtitles) {
  return {name, [=](cv::Size own, cv::Size other, unsigned turn) -> std::optional<Layout> {
            const auto size = fitted(own, {int(other.width * share), int(other.height * 0.9)});
            const int margin = int(turn * 7 % 30);
            const int x = turn % 2 == 0 ? margin : other.width - size.width - margin;
            const int y = turn / 2 % 2 == 0 && !has_subtitles ? margin : other.height - size.height - margin;
            const int line = turn % 3 == 0 ? 4 : 0;
            const auto ground = [](const cv::Mat&, const cv::Mat& picture) { return picture; };
            return Layout{other, {{x, y}, size}, ground, line, has_subtitles};
          }};
}

}  // namespace

std::vector<LayoutKind> layout_kinds() {
  const auto frame = [](cv::Size own, cv::Size, unsigned) -> std::optional<Layout> {
    const cv::Size size(int(own.width * 0.78), int(own.height * 0.78));
    return Layout{own, middle(own, size),
                  [own](const cv::Mat&, const cv::Mat&) { return decorative_frame(own); }};
  };
  return {bars("letterbox", 1, 1.35, 0),
          bars("pillarbox", 1.78, 1, 0),
          bars("coloured bars above and below", 1, 1.35, 90),
          bars("coloured bars at the sides", 1.78, 1, 90),
          fill("blurred fill to portrait", true, 18),
          fill("blurred fill to landscape", false, 18),
          fill("zoomed fill to portrait", true, 0),
          fill("zoomed fill to landscape", false, 0),
          {"decorative frame", frame},
          split("side by side", 2, 1),
          split("stacked", 1, 2),
          split("three stacked", 1, 3),
          inset("inset 25 %", 0.25, false),
          inset("inset 30 %", 0.3, false),
          inset("inset 40 %", 0.4, false),
          inset("inset 50 %", 0.5, false),
          inset("inset 60 %", 0.6, false),
          inset("inset 50 %, subtitles", 0.5, true)};
}

cv::Mat lay_out(const Layout& layout, const cv::Mat& own, const cv::Mat& other, std::size_t second) {
  cv::Mat canvas = layout.ground(own, other).clone();
  filled(own, layout.box.size()).copyTo(canvas(layout.box));
  if (layout.border_line > 0) cv::rectangle(canvas, layout.box, cv::Scalar(235), layout.border_line);
  if (layout.has_subtitles) {
    const char* const lines[] = {"WHAT ARE YOU DOING HERE", "I WAITED ALL NIGHT", "NOBODY MUST KNOW"};
    for (std::size_t row = 0; row < 2; ++row) {
      const cv::Point at(canvas.cols / 5, int(canvas.rows * (0.84 + 0.06 * double(row))));
      for (const auto& [level, thick] : {std::pair(0, 6), std::pair(255, 2)}) {
        cv::putText(canvas, lines[(second / 3 + row) % 3], at, cv::FONT_HERSHEY_SIMPLEX, canvas.cols / 700.0,
                    cv::Scalar(level), thick, cv::LINE_AA);
      }
    }
  }
  return canvas;
}

}  // namespace reelprint::bench
