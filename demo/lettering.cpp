// The licence card with its emblem, titles and subtitles.
#include "demo/lettering.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace reelprint::demo {
namespace {

const Colour kGold{96, 196, 236, 255};

/// A reel of film in a ring of leaves.
void paint_emblem(cv::Mat& picture, cv::Point2d centre, double radius, const Colour& ground) {
  const auto around = [&](double angle, double far) {
    return centre + cv::Point2d(std::cos(angle), std::sin(angle)) * (radius * far);
  };
  for (int i = 0; i < 28; ++i) {
    const double angle = 6.2832 * i / 28 + 0.1;
    const cv::Point2d tip = around(angle + 0.12, 1.42);
    fill(picture, smooth({around(angle, 1.1), around(angle + 0.13, 1.24), tip, around(angle - 0.04, 1.27)}),
         kGold);
  }
  fill_oval(picture, centre, radius, radius, kGold);
  fill_oval(picture, centre, radius * 0.9, radius * 0.9, ground);
  fill_oval(picture, centre, radius * 0.82, radius * 0.82, kGold);
  for (int i = 0; i < 5; ++i) {
    fill_oval(picture, around(6.2832 * i / 5 - 1.5708, 0.48), radius * 0.22, radius * 0.22, ground);
  }
  fill_oval(picture, centre, radius * 0.13, radius * 0.13, ground);
}

/// Breaks at the space that leaves the shortest longer line, if the text is wider than `width_px`.
std::vector<std::string> lines_of(const std::string& text, const Lettering& lettering, double width_px) {
  if (width_of(text, lettering) <= width_px) return {text};
  std::size_t best = std::string::npos;
  double best_width = width_of(text, lettering);
  for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
    const double longer =
        std::max(width_of(text.substr(0, at), lettering), width_of(text.substr(at + 1), lettering));
    if (longer >= best_width) continue;
    best = at;
    best_width = longer;
  }
  if (best == std::string::npos) return {text};
  return {text.substr(0, best), text.substr(best + 1)};
}

}  // namespace

cv::Mat paint_licence_card(const std::string& licence_number) {
  cv::Mat card(kWorld, CV_8UC3);
  const Colour red{34, 22, 168, 255};
  gradient(card, {{0, 0}, kWorld}, lit(red, 1.15), lit(red, 0.8));
  glow(card, {360, 430}, 560, {20, 30, 70, 0});
  for (const int inset : {34, 48}) {
    cv::rectangle(card, {inset, inset}, {kWorld.width - inset, kWorld.height - inset}, kGold,
                  inset == 34 ? 6 : 2, cv::LINE_AA);
  }
  paint_emblem(card, {360, 400}, 120, red);
  letter(card, "ONLINE DRAMA", {360, 690}, {cv::FONT_HERSHEY_TRIPLEX, 38, 3, 5}, kGold);
  letter(card, "RELEASE LICENCE", {360, 770}, {cv::FONT_HERSHEY_TRIPLEX, 38, 3, 1}, kGold);
  fill_box(card, 160, 836, 400, 3, kGold);
  letter(card, "No. " + licence_number, {360, 890}, {cv::FONT_HERSHEY_DUPLEX, 36, 2, 4}, kGold);
  letter(card, "for release on networks", {360, 1130}, {cv::FONT_HERSHEY_SIMPLEX, 20, 1, 2},
         lit(kGold, 0.85));
  return card;
}

void paint_title(cv::Mat& picture, const std::string& title, bool period) {
  tint(picture, period ? Colour(120, 120, 150, 255) : Colour(160, 120, 110, 255));
  const Colour ink = period ? Colour(150, 215, 250, 255) : Colour(235, 235, 250, 255);
  const Lettering lettering{period ? cv::FONT_HERSHEY_TRIPLEX : cv::FONT_HERSHEY_DUPLEX, period ? 52.0 : 44.0,
                            period ? 4 : 3, 4};
  const std::vector<std::string> lines = lines_of(title, lettering, 480);
  double y = period ? 430 : 640;
  fill_box(picture, 130, y - 90, 460, 4, ink);
  for (const std::string& line : lines) {
    letter(picture, line, {363, y + 4}, lettering, {20, 16, 20, 255});
    letter(picture, line, {360, y}, lettering, ink);
    y += lettering.height_px * 1.8;
  }
  fill_box(picture, 130, y - 10, 460, 4, ink);
  if (period) {
    fill_box(picture, 320, y + 40, 80, 80, {40, 40, 190, 255});
    for (const double x : {338.0, 356.0, 374.0}) fill_box(picture, x, y + 54, 8, 52, {220, 235, 250, 255});
    fill_box(picture, 334, y + 76, 52, 8, {220, 235, 250, 255});
  }
}

Sprite paint_subtitle(const std::string& text, int width_px) {
  const Lettering lettering{cv::FONT_HERSHEY_DUPLEX, 17, 1, 0};
  Lettering outline = lettering;
  outline.stroke_px = 5;
  Sprite sprite = empty_sprite({static_cast<double>(width_px), 80}, {0.5, 0.5}, 1);
  const std::vector<std::string> lines = lines_of(text, lettering, width_px - 30);
  double y = lines.size() > 1 ? 24 : 40;
  for (const std::string& line : lines) {
    letter(sprite.picture, line, {width_px / 2.0, y}, outline, {20, 20, 20, 255});
    letter(sprite.picture, line, {width_px / 2.0, y}, lettering, {250, 250, 250, 255});
    y += 32;
  }
  trim(sprite);
  return sprite;
}

cv::Mat paint_strip(const std::string& text, cv::Size size) {
  cv::Mat strip(size, CV_8UC3, cv::Scalar(12, 10, 10));
  const Lettering lettering{cv::FONT_HERSHEY_DUPLEX, size.height * 0.31, size.height > 50 ? 2 : 1, 0};
  letter(strip, text, {size.width / 2.0, size.height / 2.0}, lettering, {60, 220, 250, 255});
  return strip;
}

}  // namespace reelprint::demo
