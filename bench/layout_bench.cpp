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
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "bench/layouts.h"
#include "fingerprint/layout.h"

namespace {

using namespace reelprint;
using bench::Layout;
using bench::LayoutKind;
using fingerprint::PictureBox;

constexpr std::size_t kWindow = 12;
constexpr std::size_t kWindowsOfFile = 3;

struct Window {
  std::string name;
  std::size_t file = 0;
  std::vector<cv::Mat> pictures;
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
      auto small = fingerprint::shrink_to(picture.luma, bench::kLayoutSide);
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

void measure(const LayoutKind& kind, const std::vector<Window>& windows, bool lists_missed, Cost& cost) {
  std::size_t tried = 0, first = 0, first_two = 0, first_four = 0, boxes_found = 0;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    const Window& own = windows[w];
    std::size_t o = (w + 1 + kind.name.size() % 3 * windows.size() / 3) % windows.size();
    while (windows[o].file == own.file) o = (o + 1) % windows.size();
    const auto& others = windows[o].pictures;
    const auto layout = kind.layout(own.pictures[0].size(), others[0].size(), unsigned(w));
    if (!layout) continue;
    std::vector<cv::Mat> pictures;
    for (std::size_t i = 0; i < own.pictures.size(); ++i) {
      pictures.push_back(bench::lay_out(*layout, own.pictures[i], others[i % others.size()], i));
    }
    const auto boxes = find_in(pictures, 4, cost);
    std::size_t rank = 0;
    while (rank < boxes.size() && overlap(boxes[rank], *layout) < 0.9) ++rank;
    const bool is_found = rank < boxes.size();
    ++tried, boxes_found += boxes.size();
    first += is_found && rank < 1, first_two += is_found && rank < 2, first_four += is_found;
    if (!lists_missed || is_found) continue;
    const auto& canvas = layout->canvas;
    std::printf("missed: %s over %s: at %.3f %.3f %.3f %.3f, found", own.name.c_str(),
                windows[o].name.c_str(), layout->box.x / double(canvas.width),
                layout->box.y / double(canvas.height), layout->box.br().x / double(canvas.width),
                layout->box.br().y / double(canvas.height));
    for (const auto& b : boxes) {
      std::printf(" (%.3f %.3f %.3f %.3f)", double(b.left), double(b.top), double(b.right), double(b.bottom));
    }
    std::printf("\n");
  }
  if (tried == 0) return;
  const auto share = [&](std::size_t n) { return 100.0 * double(n) / double(tried); };
  std::printf("| %s | %zu | %.0f | %.0f | %.0f | %.1f |\n", kind.name.c_str(), tried, share(first),
              share(first_two), share(first_four), double(boxes_found) / double(tried));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::printf("skipped: name a folder of videos, layout_bench FOLDER [KIND]\n");
    return 0;
  }
  const auto windows = load(argv[1]);
  const std::string only = argc > 2 ? argv[2] : "";
  Cost cost;
  std::printf("| layout | composites | first, %% | first 2, %% | first 4, %% | boxes |\n");
  std::printf("|---|---:|---:|---:|---:|---:|\n");
  for (const LayoutKind& kind : bench::layout_kinds()) {
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
