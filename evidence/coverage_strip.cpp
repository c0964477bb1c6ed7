#include "evidence/coverage_strip.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "evidence/canvas.h"
#include "evidence/time_axis.h"

namespace reelprint::evidence {
namespace {

constexpr double kWidth_px = 1200;
constexpr double kMargin_px = 24;
constexpr double kTop_px = 112;
constexpr double kBareTop_px = 48;  ///< without a title
constexpr double kBottom_px = 56;
constexpr double kTallest_px = 12'000;
constexpr double kRow_px = 26;
constexpr double kLeastRow_px = 4;
constexpr std::size_t kMostRows = 3'000;
constexpr double kText_px = 11;
constexpr double kNoteWidth_px = 120;
constexpr double kWidestLabel_px = 320;
constexpr std::size_t kMostTicks = 10;

double length_of(const StripRow& row) {
  return std::isfinite(row.length_s) ? std::max(row.length_s, 0.0) : 0;
}

/// Where the rows lie.
struct Plane {
  double left = 0;
  double right = 0;
  double row_px = kRow_px;
  double longest_s = 1;
  double top_px = kTop_px;

  [[nodiscard]] double across(double seconds) const { return left + seconds / longest_s * (right - left); }
  [[nodiscard]] double top(std::size_t row) const { return top_px + static_cast<double>(row) * row_px; }
  [[nodiscard]] bool has_labels() const { return row_px >= kText_px + 3; }
};

Plane plane_of(const std::vector<StripRow>& rows) {
  Plane plane;
  double label = 40;
  for (const StripRow& row : rows) {
    label = std::max(label, std::min(text_width(row.label, kText_px), kWidestLabel_px));
    plane.longest_s = std::max(plane.longest_s, length_of(row));
  }
  plane.left = kMargin_px + label + 16;
  plane.right = kWidth_px - kMargin_px - kNoteWidth_px;
  const double room =
      (kTallest_px - kTop_px - kBottom_px) / static_cast<double>(std::max<std::size_t>(1, rows.size()));
  plane.row_px = std::clamp(std::floor(room), kLeastRow_px, kRow_px);
  return plane;
}

void draw_row(Canvas& canvas, const Plane& plane, const StripRow& row, std::size_t at) {
  const double gap = plane.row_px > 10 ? 4 : 1;
  const double top = plane.top(at) + gap / 2;
  const double bottom = plane.top(at) + plane.row_px - gap / 2;
  const double length = length_of(row);
  canvas.fill({plane.left, top}, {plane.across(length), bottom}, kPale);
  for (const StripSegment& segment : row.segments) {
    if (!std::isfinite(segment.begin_s) || !std::isfinite(segment.end_s)) continue;
    const double begin = plane.across(std::clamp(segment.begin_s, 0.0, length));
    const double end = plane.across(std::clamp(segment.end_s, 0.0, length));
    canvas.fill({begin, top}, {std::max(end, begin + 1), bottom}, ink_of_score(segment.score));
  }
  if (!plane.has_labels()) return;
  const double base = (top + bottom) / 2 + kText_px / 2;
  canvas.text(fitted(row.label, kText_px, kWidestLabel_px), {kMargin_px, base}, kText_px,
              row.segments.empty() ? kGrey : kBlack);
  canvas.text(row.note, {kWidth_px - kMargin_px, base}, kText_px, row.segments.empty() ? kGrey : kBlack,
              Anchor::right);
}

void draw_legend(Canvas& canvas, double y) {
  constexpr int kShades = 60;
  double x = kMargin_px;
  canvas.text("score 0.5", {x, y}, kText_px, kGrey);
  x += text_width("score 0.5", kText_px) + 10;
  for (int i = 0; i < kShades; ++i, x += 2) {
    canvas.fill({x, y - kText_px}, {x + 2, y + 1}, ink_of_score(0.5 + 0.5 * i / (kShades - 1)));
  }
  canvas.text("1", {x + 8, y}, kText_px, kGrey);
  canvas.fill({x + 44, y - kText_px}, {x + 74, y + 1}, kPale);
  canvas.text("not in the upload", {x + 84, y}, kText_px, kGrey);
}

}  // namespace

void write_coverage_strip(const CoverageStrip& strip, const std::filesystem::path& file) {
  if (strip.rows.size() > kMostRows) {
    throw Error(ErrorCode::too_large, "draw the coverage of " + std::to_string(strip.rows.size()) +
                                          " episodes: at most " + std::to_string(kMostRows) + " fit");
  }
  Plane plane = plane_of(strip.rows);
  if (strip.title.empty()) plane.top_px = kBareTop_px;
  const double bottom = plane.top(strip.rows.size());
  Canvas canvas(static_cast<std::size_t>(kWidth_px), static_cast<std::size_t>(bottom + kBottom_px));
  const double room = kWidth_px - 2 * kMargin_px;
  canvas.text(fitted(strip.title, 14, room), {kMargin_px, 36}, 14, kBlack);
  canvas.text(fitted(strip.remark, kText_px, room), {kMargin_px, 60}, kText_px, kGrey);
  for (const double tick : ticks_of(plane.longest_s, kMostTicks)) {
    const double x = plane.across(tick);
    canvas.line({x, plane.top_px - 6}, {x, bottom}, 1, kPale);
    canvas.text(clock_text(tick, plane.longest_s < 5), {x, plane.top_px - 12}, kText_px, kGrey,
                Anchor::middle);
  }
  for (std::size_t i = 0; i < strip.rows.size(); ++i) draw_row(canvas, plane, strip.rows[i], i);
  if (strip.has_legend) draw_legend(canvas, bottom + 36);
  canvas.write(file);
}

}  // namespace reelprint::evidence
