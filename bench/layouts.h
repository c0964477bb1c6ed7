// The layouts that pirates put a copy in: what layout_bench measures LayoutFinder on.
#pragma once

#include <cstddef>
#include <functional>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

namespace reelprint::bench {

/// The short side of the pictures that are laid out, and of every canvas of a size of its own.
inline constexpr int kLayoutSide = 480;

/// How pictures are laid out: `box` in pixels of the canvas, filled with the upload's picture.
struct Layout {
  cv::Size canvas;
  cv::Rect box;
  std::function<cv::Mat(const cv::Mat& own, const cv::Mat& other)> ground;  ///< what lies around it
  int border_line = 0;
  bool has_subtitles = false;
};

/// One way of laying pictures out.
struct LayoutKind {
  std::string name;
  /// None for pictures that it does not suit; `turn` picks among its variants.
  std::function<std::optional<Layout>(cv::Size own, cv::Size other, unsigned turn)> layout;
};

/// All of them. Deterministic.
[[nodiscard]] std::vector<LayoutKind> layout_kinds();

/// The upload's picture `own` of a second, laid out over `other`; 8-bit luma.
[[nodiscard]] cv::Mat lay_out(const Layout& layout, const cv::Mat& own, const cv::Mat& other,
                              std::size_t second);

}  // namespace reelprint::bench
