// How often LayoutFinder finds the picture that a pirate's layout holds, and what it costs.
//
//   layout_bench FOLDER [KIND]
//
// Protocol: of each video file in FOLDER windows of 12 pictures, one a second, short side 480; each window is
// laid out in every way that suits it, over the window of another file. "First n": share of composites whose
// true box is among the first n boxes with an overlap (intersection / union) of at least 0.9. "Plain" is what
// is found in the windows unedited. With KIND, the composites of that kind that are missed are listed too.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "fingerprint/layout.h"

namespace {

using namespace reelprint;
using fingerprint::PictureBox;

constexpr std::size_t kWindow = 12;
constexpr std::size_t kWindowsOfFile = 3;
constexpr int kSide = 480;

struct Window {
  std::string name;
  std::size_t file = 0;
  std::vector<cv::Mat> pictures;
};

/// How pictures are laid out: `box` in pixels of the canvas, filled with the upload's picture.
struct Layout {
  cv::Size canvas;
  cv::Rect box;
  std::function<cv::Mat(const cv::Mat& own, const cv::Mat& other)> ground;  ///< what lies around it
  int border_line = 0;
  bool has_subtitles = false;
};

std::vector<Window> load(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Window> windows;
  for (std::size_t file = 0; file < files.size(); ++file) {
    std::vector<cv::Mat> pictures;
    fingerprint::DecodeSink sink;
    Timestamp next{0};
    sink.on_picture = [&](const fingerprint::Picture& picture) {
      if (picture.shown_at < next || pictures.size() == kWindow * kWindowsOfFile) return;
      next = picture.shown_at + std::chrono::milliseconds(999);
      auto small = fingerprint::shrink_to(picture.luma, kSide);
      pictures.push_back(
          cv::Mat(static_cast<int>(small.height), static_cast<int>(small.width), CV_8U, small.luma.data())
              .clone());
    };
    fingerprint::decode_media(files[file], {.skip = fingerprint::SkipFrames::nothing, .audio = false}, {},
                              sink);
    for (std::size_t first = 0; first == 0 || first + kWindow / 2 < pictures.size(); first += kWindow) {
      const auto begin = pictures.begin() + static_cast<std::ptrdiff_t>(first);
      const std::size_t count = std::min(kWindow, pictures.size() - first);
      windows.push_back({files[file].stem().string() + " " + std::to_string(first),
                         file,
                         {begin, begin + static_cast<std::ptrdiff_t>(count)}});
    }
  }
  return windows;
}

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

cv::Mat composed(const Layout& layout, const cv::Mat& own, const cv::Mat& other, std::size_t second) {
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

struct Kind {
  std::string name;
  /// Nothing for pictures that it does not suit; `turn` picks among its variants.
  std::function<std::vector<Layout>(cv::Size own, cv::Size other, unsigned turn)> layouts;
};

auto flat(cv::Size canvas, int level) {
  return [=](const cv::Mat&, const cv::Mat&) { return cv::Mat(canvas, CV_8U, cv::Scalar(level)); };
}

Kind bars(const std::string& name, double width, double height, int level) {
  return {name, [=](cv::Size own, cv::Size, unsigned) -> std::vector<Layout> {
            const cv::Size canvas(int(own.width * width), int(own.height * height));
            return {{canvas, middle(canvas, own), flat(canvas, level)}};
          }};
}

/// The picture over an enlargement of itself, in a canvas of the other orientation.
Kind fill(const std::string& name, bool to_portrait, double sigma) {
  return {
      name, [=](cv::Size own, cv::Size, unsigned) -> std::vector<Layout> {
        if (to_portrait == (own.width < own.height)) return {};
        const cv::Size canvas = to_portrait ? cv::Size(kSide, 854) : cv::Size(854, kSide);
        return {{canvas, middle(canvas, fitted(own, canvas)), [=](const cv::Mat& picture, const cv::Mat&) {
                   cv::Mat ground = filled(picture, canvas);
                   if (sigma > 0) cv::GaussianBlur(ground, ground, {}, sigma);
                   return ground;
                 }}};
      }};
}

/// `count` pictures beside or above one another, the upload's own in each place in turn.
Kind split(const std::string& name, int across, int down) {
  return {name, [=](cv::Size, cv::Size, unsigned turn) -> std::vector<Layout> {
            const cv::Size canvas = across > down ? cv::Size(854, kSide) : cv::Size(kSide, 854);
            const cv::Size part(canvas.width / across, canvas.height / down);
            const int place = int(turn) % (across * down);
            const cv::Rect box({place % across * part.width, place / across * part.height}, part);
            return {{canvas, box, [=](const cv::Mat& own, const cv::Mat& other) {
                       cv::Mat ground(canvas, CV_8U, cv::Scalar(0));
                       for (int i = 0; i < across * down; ++i) {  // the third is the other one upside down
                         cv::Mat next = filled(i == (place + 1) % (across * down) ? other : own, part);
                         if (i != (place + 1) % (across * down)) cv::flip(next, next, -1);
                         next.copyTo(ground(
                             {i % across * part.width, i / across * part.height, part.width, part.height}));
                       }
                       return ground;
                     }}};
          }};
}

Kind inset(const std::string& name, double share, bool has_subtitles) {
  return {name, [=](cv::Size own, cv::Size other, unsigned turn) -> std::vector<Layout> {
            const auto size = fitted(own, {int(other.width * share), int(other.height * 0.9)});
            const int margin = int(turn * 7 % 30);
            const int x = turn % 2 == 0 ? margin : other.width - size.width - margin;
            const int y = turn / 2 % 2 == 0 && !has_subtitles ? margin : other.height - size.height - margin;
            const int line = turn % 3 == 0 ? 4 : 0;
            const auto ground = [](const cv::Mat&, const cv::Mat& picture) { return picture; };
            return {{other, {{x, y}, size}, ground, line, has_subtitles}};
          }};
}

std::vector<Kind> kinds() {
  const auto frame = [](cv::Size own, cv::Size, unsigned) -> std::vector<Layout> {
    const cv::Size size(int(own.width * 0.78), int(own.height * 0.78));
    return {
        {own, middle(own, size), [own](const cv::Mat&, const cv::Mat&) { return decorative_frame(own); }}};
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

double milliseconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

struct Cost {
  double add_ms = 0, find_ms = 0;
  std::size_t added = 0, found = 0;
};

std::vector<PictureBox> find_in(const std::vector<cv::Mat>& pictures, std::size_t most, Cost& cost) {
  fingerprint::LayoutFinder finder;
  for (const cv::Mat& picture : pictures) {
    const fingerprint::LumaPicture luma{
        std::size_t(picture.cols), std::size_t(picture.rows), {picture.datastart, picture.dataend}};
    const auto begin = std::chrono::steady_clock::now();
    finder.add(luma);
    cost.add_ms += milliseconds_since(begin);
    ++cost.added;
  }
  const auto begin = std::chrono::steady_clock::now();
  auto boxes = finder.find(most);
  cost.find_ms += milliseconds_since(begin);
  ++cost.found;
  return boxes;
}

double overlap(const PictureBox& found, const Layout& layout) {
  const double left = layout.box.x / double(layout.canvas.width),
               top = layout.box.y / double(layout.canvas.height);
  const double right = left + layout.box.width / double(layout.canvas.width);
  const double bottom = top + layout.box.height / double(layout.canvas.height);
  const double both =
      std::max(0.0, std::min<double>(right, found.right) - std::max<double>(left, found.left)) *
      std::max(0.0, std::min<double>(bottom, found.bottom) - std::max<double>(top, found.top));
  const double area = double(found.right - found.left) * double(found.bottom - found.top);
  return both / (area + (right - left) * (bottom - top) - both);
}

void measure(const Kind& kind, const std::vector<Window>& windows, bool lists_missed, Cost& cost) {
  std::size_t tried = 0, first = 0, first_two = 0, first_four = 0, boxes_found = 0;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    const Window& own = windows[w];
    std::size_t o = (w + 1 + kind.name.size() % 3 * windows.size() / 3) % windows.size();
    while (windows[o].file == own.file) o = (o + 1) % windows.size();
    const auto& others = windows[o].pictures;
    for (const Layout& layout : kind.layouts(own.pictures[0].size(), others[0].size(), unsigned(w))) {
      std::vector<cv::Mat> pictures;
      for (std::size_t i = 0; i < own.pictures.size(); ++i) {
        pictures.push_back(composed(layout, own.pictures[i], others[i % others.size()], i));
      }
      const auto boxes = find_in(pictures, 4, cost);
      std::size_t rank = 0;
      while (rank < boxes.size() && overlap(boxes[rank], layout) < 0.9) ++rank;
      const bool is_found = rank < boxes.size();
      ++tried, boxes_found += boxes.size();
      first += is_found && rank < 1, first_two += is_found && rank < 2, first_four += is_found;
      if (lists_missed && !(is_found && rank < 2)) {
        const auto& box = layout.box;
        std::printf("missed (%d): %s over %s: %.3f %.3f %.3f %.3f;", is_found ? int(rank) : -1,
                    own.name.c_str(), windows[o].name.c_str(), box.x / double(layout.canvas.width),
                    box.y / double(layout.canvas.height), box.br().x / double(layout.canvas.width),
                    box.br().y / double(layout.canvas.height));
        for (const auto& b : boxes) {
          std::printf(" (%.3f %.3f %.3f %.3f)", double(b.left), double(b.top), double(b.right),
                      double(b.bottom));
        }
        std::printf("\n");
      }
    }
  }
  if (tried == 0) return;
  const auto share = [&](std::size_t n) { return 100.0 * double(n) / double(tried); };
  std::printf("| %s | %zu | %.0f | %.0f | %.0f | %.1f |\n", kind.name.c_str(), tried, share(first),
              share(first_two), share(first_four), double(boxes_found) / double(tried));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: layout_bench FOLDER [KIND]\n"), 2;
  const auto windows = load(argv[1]);
  const std::string only = argc > 2 ? argv[2] : "";
  Cost cost;
  std::printf(
      "| Layout | Composites | First, %% | First 2, %% | First 4, %% | Boxes "
      "|\n|---|---:|---:|---:|---:|---:|\n");
  for (const Kind& kind : kinds()) {
    if (only.empty() || only == kind.name) measure(kind, windows, !only.empty(), cost);
  }
  std::size_t boxes = 0;
  for (const Window& window : windows) {
    const auto found = find_in(window.pictures, 4, cost);
    boxes += found.size();
    if (only == "plain") std::printf("%s: %zu\n", window.name.c_str(), found.size());
  }
  std::printf("| plain | %zu | | | | %.1f |\n\n%.2f ms a picture added, %.1f ms a find\n", windows.size(),
              double(boxes) / double(windows.size()), cost.add_ms / double(cost.added),
              cost.find_ms / double(cost.found));
}
