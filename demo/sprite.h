// Cut-outs with transparency: painted once per scene, laid over every frame.
#pragma once

#include <opencv2/core.hpp>

#include "demo/brush.h"

namespace reelprint::demo {

/// Maps one plane to another: scale, turn and shift.
using Placement = cv::Matx23d;

[[nodiscard]] Placement placed(cv::Point2d position, double scale, double turn_rad);
/// First `inner`, then `outer`.
[[nodiscard]] Placement chained(const Placement& outer, const Placement& inner);
[[nodiscard]] cv::Point2d mapped(const Placement& placement, cv::Point2d point);
[[nodiscard]] double scale_of(const Placement& placement);

/// BGRA with colour already multiplied by opacity, as the brush leaves it on an empty picture.
struct Sprite {
  cv::Mat picture;
  cv::Point2d anchor;  ///< the pixel that comes to lie on the placement's origin
  double unit_px = 1;  ///< pixels per unit of the placement's inner plane
};

/// `width` × `height` units, empty; unit coordinate (0, 0) lies at the anchor, given as shares of the size.
[[nodiscard]] Sprite empty_sprite(cv::Size2d size, cv::Point2d anchor_share, double unit_px);
[[nodiscard]] Shape on_sprite(const Sprite& sprite, const Shape& units);
[[nodiscard]] cv::Point2d on_sprite(const Sprite& sprite, cv::Point2d units);

/// Cuts away the empty edges: less to warp on every frame.
void trim(Sprite& sprite);

/// Lays `layer` (BGRA, the same size) over `picture` (BGR or BGRA).
void lay_over(cv::Mat& picture, const cv::Mat& layer);
void lay_over(cv::Mat& frame, const Sprite& sprite, const Placement& placement);

/// Brightens the side where the light is (1: right, -1: left) and darkens the other.
void shade_sideways(Sprite& sprite, double side, double strength);

enum class Pattern : int { plain, stripes, checks, dots, blossoms, bands };
inline constexpr int kPatterns = 6;
/// Fills `shape` (pixels) with cloth: its colour, a pattern in `trim`, darker at the bottom.
void fill_cloth(Sprite& sprite, const Shape& shape, const Colour& colour, const Colour& trim,
                Pattern pattern);

}  // namespace reelprint::demo
