// Pictures that are mostly words: the licence card, a series' title, subtitles.
#pragma once

#include <string>

#include "demo/backdrop.h"
#include "demo/sprite.h"

namespace reelprint::demo {

/// The red card, kWorld.
[[nodiscard]] cv::Mat paint_licence_card(const std::string& licence_number);
/// Lays a series' title over a darkened backdrop.
void paint_title(cv::Mat& picture, const std::string& title, bool period);
/// One or two lines in outlined letters; the placement's origin is their middle, its unit one pixel.
[[nodiscard]] Sprite paint_subtitle(const std::string& text, int width_px);
/// Yellow letters on a black strip, BGR: what someone burns over somebody else's video.
[[nodiscard]] cv::Mat paint_strip(const std::string& text, cv::Size size);

}  // namespace reelprint::demo
