#include "evidence/time_plot.h"

#include <algorithm>
#include <cmath>

#include "evidence/canvas.h"
#include "evidence/time_axis.h"

namespace reelprint::evidence {
namespace {

constexpr double kWidth_px = 1100;
constexpr double kHeight_px = 820;
constexpr double kLeft_px = 104;
constexpr double kRight_px = 36;
constexpr double kTop_px = 96;
constexpr double kBareTop_px = 24;  ///< without a title
constexpr double kBottom_px = 84;
constexpr double kText_px = 11;
constexpr std::size_t kMostTicks = 12;
constexpr std::size_t kMostHits = 200'000;
constexpr Ink kMirroredInk{150, 60, 170};

double length_of(double seconds) {
  return std::isfinite(seconds) && seconds > 0 ? seconds : 1;
}

/// The plotted area of a canvas.
struct Plane {
  double query_s = 1;
  double reference_s = 1;
  double top_px = kTop_px;

  [[nodiscard]] double across(double seconds) const {
    return kLeft_px + seconds / query_s * (kWidth_px - kLeft_px - kRight_px);
  }
  [[nodiscard]] double upward(double seconds) const {
    return kHeight_px - kBottom_px - seconds / reference_s * (kHeight_px - top_px - kBottom_px);
  }
  [[nodiscard]] Spot at(double query, double reference) const { return {across(query), upward(reference)}; }
};

void draw_axes(Canvas& canvas, const Plane& plane, const TimePlot& plot) {
  const double bottom = plane.upward(0);
  const double top = plane.upward(plane.reference_s);
  const double right = plane.across(plane.query_s);
  for (const double tick : ticks_of(plane.query_s, kMostTicks)) {
    const double x = plane.across(tick);
    canvas.line({x, top}, {x, bottom}, 1, kPale);
    canvas.text(clock_text(tick, plane.query_s < 5), {x, bottom + 24}, kText_px, kGrey, Anchor::middle);
  }
  for (const double tick : ticks_of(plane.reference_s, kMostTicks)) {
    const double y = plane.upward(tick);
    canvas.line({kLeft_px, y}, {right, y}, 1, kPale);
    canvas.text(clock_text(tick, plane.reference_s < 5), {kLeft_px - 10, y + 5}, kText_px, kGrey,
                Anchor::right);
  }
  canvas.line({kLeft_px, top}, {kLeft_px, bottom}, 1, kBlack);
  canvas.line({kLeft_px, bottom}, {right, bottom}, 1, kBlack);
  canvas.text(fitted(plot.query_label, kText_px, right - kLeft_px), {right, bottom + 46}, kText_px, kBlack,
              Anchor::right);
  canvas.text(fitted(plot.reference_label, kText_px, right - 16), {16, top - 12}, kText_px, kBlack);
}

void draw_hits(Canvas& canvas, const Plane& plane, const TimePlot& plot) {
  const std::size_t count = std::min(plot.hits.size(), kMostHits);
  for (std::size_t i = 0; i < count; ++i) {
    const PlottedHit& hit = plot.hits[i];
    const double opacity = 0.12 + 0.78 * std::clamp(std::isfinite(hit.weight) ? hit.weight : 0, 0.0, 1.0);
    canvas.dot(plane.at(hit.query_s, hit.reference_s), 3.5,
               (hit.mirrored ? kMirroredInk : kBlue).at(opacity));
  }
}

void draw_segments(Canvas& canvas, const Plane& plane, const TimePlot& plot) {
  for (const bool is_match : {false, true}) {
    for (const PlottedSegment& segment : plot.segments) {
      if (segment.is_match != is_match) continue;
      canvas.line(plane.at(segment.query_begin_s, segment.reference_begin_s),
                  plane.at(segment.query_end_s, segment.reference_end_s), is_match ? 3 : 2,
                  is_match ? kOrange.at(0.9) : kGrey.at(0.6));
    }
  }
}

void draw_legend(Canvas& canvas, const TimePlot& plot) {
  const double y = kHeight_px - 14;
  double x = kLeft_px;
  const auto entry = [&](const char* text, const Ink& ink, bool is_dot) {
    if (is_dot)
      canvas.dot({x + 8, y - 5}, 4, ink);
    else
      canvas.line({x, y - 5}, {x + 16, y - 5}, 3, ink);
    canvas.text(text, {x + 24, y}, kText_px, kGrey);
    x += 24 + text_width(text, kText_px) + 28;
  };
  entry("pictures that are alike", kBlue, true);
  if (std::ranges::any_of(plot.hits, &PlottedHit::mirrored)) entry("alike when mirrored", kMirroredInk, true);
  entry("match", kOrange, false);
  if (std::ranges::any_of(plot.segments, [](const PlottedSegment& s) { return !s.is_match; }))
    entry("considered and dropped", kGrey, false);
}

}  // namespace

void write_time_plot(const TimePlot& plot, const std::filesystem::path& file) {
  const Plane plane{length_of(plot.query_s), length_of(plot.reference_s),
                    plot.title.empty() ? kBareTop_px : kTop_px};
  Canvas canvas(static_cast<std::size_t>(kWidth_px), static_cast<std::size_t>(kHeight_px));
  const double room = kWidth_px - 16 - kRight_px;
  canvas.text(fitted(plot.title, 14, room), {16, 32}, 14, kBlack);
  canvas.text(fitted(plot.remark, kText_px, room), {16, 56}, kText_px, kGrey);
  draw_axes(canvas, plane, plot);
  canvas.clip_to({kLeft_px - 4, plane.top_px - 4}, {kWidth_px - kRight_px + 4, kHeight_px - kBottom_px + 4});
  draw_hits(canvas, plane, plot);
  draw_segments(canvas, plane, plot);
  canvas.clip_to_all();
  if (plot.has_legend) draw_legend(canvas, plot);
  canvas.write(file);
}

}  // namespace reelprint::evidence
