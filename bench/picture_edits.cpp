#include "bench/picture_edits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>

namespace reelprint::bench {
namespace {

double short_side(const cv::Mat& in) {
  return std::min(in.cols, in.rows);
}

cv::Mat resized(const cv::Mat& in, double across, double down) {
  cv::Mat out;
  cv::resize(in, out, {}, across, down, cv::INTER_AREA);
  return out;
}

/// What JPEG loses at a quality of 1 to 49: annex K's luma table on 8×8 cosine coefficients.
cv::Mat jpeg(const cv::Mat& in, int quality) {
  static constexpr std::array kSteps = {
      16, 11,  10,  16, 24, 40, 51, 61, 12,  12,  14,  19,  26, 58, 60, 55,  14,  13,  16,  24, 40, 57,
      69, 56,  14,  17, 22, 29, 51, 87, 80,  62,  18,  22,  37, 56, 68, 109, 103, 77,  24,  35, 55, 64,
      81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98,  112, 100, 103, 99};
  const cv::Rect whole_blocks(0, 0, in.cols / 8 * 8, in.rows / 8 * 8);
  cv::Mat wide;
  in(whole_blocks).convertTo(wide, CV_32F, 1, -128);
  for (int at = 0; at < wide.rows / 8 * (wide.cols / 8); ++at) {
    const cv::Mat block = wide(cv::Rect(at % (wide.cols / 8) * 8, at / (wide.cols / 8) * 8, 8, 8));
    cv::Mat coefficients;
    cv::dct(block, coefficients);
    for (int i = 0; i < 64; ++i) {
      float& value = coefficients.at<float>(i / 8, i % 8);
      const float step = std::round(static_cast<float>(kSteps[static_cast<std::size_t>(i)]) * 50.0F /
                                    static_cast<float>(quality));
      value = std::round(value / step) * step;
    }
    cv::idct(coefficients, block);
  }
  cv::Mat out;
  wide.convertTo(out, CV_8U, 1, 128);
  return out;
}

/// Shares of the width and height that are cut off.
cv::Mat crop(const cv::Mat& in, double left, double top, double right, double bottom) {
  const int x = static_cast<int>(in.cols * left);
  const int y = static_cast<int>(in.rows * top);
  return in(cv::Rect(x, y, static_cast<int>(in.cols * (1 - right)) - x,
                     static_cast<int>(in.rows * (1 - bottom)) - y));
}

cv::Mat turned(const cv::Mat& in, double degrees) {
  const cv::Point2f centre(static_cast<float>(in.cols) / 2, static_cast<float>(in.rows) / 2);
  cv::Mat out;
  cv::warpAffine(in, out, cv::getRotationMatrix2D(centre, degrees, 1), in.size());
  return out;
}

/// Filmed from a screen, from one side.
cv::Mat perspective(const cv::Mat& in) {
  const auto w = static_cast<float>(in.cols);
  const auto h = static_cast<float>(in.rows);
  const std::array<cv::Point2f, 4> from{{{0, 0}, {w, 0}, {w, h}, {0, h}}};
  const std::array<cv::Point2f, 4> to{
      {{.06F * w, .05F * h}, {.97F * w, 0}, {.93F * w, .95F * h}, {.02F * w, h}}};
  cv::Mat out;
  cv::warpPerspective(in, out, cv::getPerspectiveTransform(from.data(), to.data()), in.size());
  return out;
}

cv::Mat graded(const cv::Mat& in, double gamma) {
  cv::Mat table(1, 256, CV_8U);
  for (int i = 0; i < 256; ++i) {
    table.at<std::uint8_t>(i) = cv::saturate_cast<std::uint8_t>(255 * std::pow(i / 255.0, gamma));
  }
  cv::Mat out;
  cv::LUT(in, table, out);
  return out;
}

cv::Mat noisy(const cv::Mat& in, double sigma) {
  cv::Mat noise(in.size(), CV_16S);
  cv::RNG(1).fill(noise, cv::RNG::NORMAL, 0, sigma);
  cv::Mat out;
  in.convertTo(out, CV_16S);
  out += noise;
  out.convertTo(out, CV_8U);
  return out;
}

cv::Mat blurred(const cv::Mat& in) {
  cv::Mat out;
  cv::GaussianBlur(in, out, {}, short_side(in) / 240);
  return out;
}

void write(cv::Mat& on, const std::string& text, cv::Point at, double size) {
  for (const auto& [luma, width] : {std::pair(0, 6), std::pair(255, 2)}) {
    cv::putText(on, text, at, cv::FONT_HERSHEY_DUPLEX, size, luma, static_cast<int>(width * size) + 1,
                cv::LINE_AA);
  }
}

/// Two lines of text, the first at `top` of the height.
cv::Mat subtitled(const cv::Mat& in, double top) {
  cv::Mat out = in.clone();
  const double size = short_side(in) / 480;
  write(out, "I WILL NEVER FORGET YOU,", {in.cols / 12, static_cast<int>(in.rows * top)}, size);
  write(out, "not in a hundred years!", {in.cols / 12, static_cast<int>(in.rows * (top + 0.09))}, size);
  return out;
}

cv::Mat with_logo(const cv::Mat& in) {
  cv::Mat out = in.clone();
  const cv::Rect box(in.cols * 68 / 100, in.rows * 4 / 100, in.cols * 28 / 100, in.rows * 14 / 100);
  out(box) = 235;
  cv::putText(out, "DRAMA+", {box.x + box.width / 10, box.y + box.height * 7 / 10}, cv::FONT_HERSHEY_DUPLEX,
              box.width / 150.0, 20, 2, cv::LINE_AA);
  return out;
}

cv::Mat flipped(const cv::Mat& in) {
  cv::Mat out;
  cv::flip(in, out, 1);
  return out;
}

/// In the upper right corner of another picture, `share` of its width.
cv::Mat inset(const cv::Mat& in, const cv::Mat& other, double share) {
  cv::Mat out;
  cv::resize(other, out, in.size(), 0, 0, cv::INTER_AREA);
  const cv::Mat small = resized(in, share, share);
  const cv::Point at(static_cast<int>(in.cols * 0.92) - small.cols, static_cast<int>(in.rows * 0.06));
  small.copyTo(out(cv::Rect(at, small.size())));
  return out;
}

}  // namespace

std::vector<PictureEdit> picture_edits() {
  using Mat = const cv::Mat&;
  return {
      {"none", [](Mat a, Mat) { return a; }},
      {"half size, JPEG 20", [](Mat a, Mat) { return jpeg(resized(a, 0.5, 0.5), 20); }},
      {"crop 10 %", [](Mat a, Mat) { return crop(a, .05, .05, .05, .05); }},
      {"crop 15 %", [](Mat a, Mat) { return crop(a, .075, .075, .075, .075); }},
      {"crop 25 %", [](Mat a, Mat) { return crop(a, .125, .125, .125, .125); }},
      {"crop 15 % off centre", [](Mat a, Mat) { return crop(a, .15, .15, 0, 0); }},
      {"two subtitle lines", [](Mat a, Mat) { return subtitled(a, 0.8); }},
      {"six lines of text", [](Mat a, Mat) { return subtitled(subtitled(subtitled(a, 0.8), 0.1), 0.4); }},
      {"logo box", [](Mat a, Mat) { return with_logo(a); }},
      {"rotated 2 degrees", [](Mat a, Mat) { return turned(a, 2); }},
      {"rotated 5 degrees", [](Mat a, Mat) { return turned(a, 5); }},
      {"perspective", [](Mat a, Mat) { return perspective(a); }},
      {"blur", [](Mat a, Mat) { return blurred(a); }},
      {"noise 15", [](Mat a, Mat) { return noisy(a, 15); }},
      {"gamma 0.6", [](Mat a, Mat) { return graded(a, 0.6); }},
      {"gamma 1.7", [](Mat a, Mat) { return graded(a, 1.7); }},
      {"squeeze 0.8", [](Mat a, Mat) { return resized(a, 0.8, 1); }},
      {"mirrored", [](Mat a, Mat) { return flipped(a); }, true},
      {"inset 50 %", [](Mat a, Mat b) { return inset(a, b, 0.5); }},
      {"inset 40 %", [](Mat a, Mat b) { return inset(a, b, 0.4); }},
      {"inset 30 %", [](Mat a, Mat b) { return inset(a, b, 0.3); }},
  };
}

}  // namespace reelprint::bench
