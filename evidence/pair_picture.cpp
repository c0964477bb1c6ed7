#include "evidence/pair_picture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "evidence/canvas.h"

namespace reelprint::evidence {
namespace {

constexpr double kMargin_px = 28;
constexpr double kGap_px = 56;
constexpr double kHeading_px = 84;
constexpr double kFooting_px = 56;
constexpr double kTallest_px = 640;
constexpr double kWidest_px = 900;
constexpr double kLeast_px = 32;
constexpr double kText_px = 12;
constexpr std::size_t kMostPlaces = 64;
constexpr std::array<Ink, 6> kLineInks = {
    {{230, 57, 70}, {29, 161, 136}, {66, 135, 245}, {244, 172, 33}, {171, 71, 188}, {124, 179, 66}}};

/// Where a frame lies on the canvas.
struct Placed {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  [[nodiscard]] Spot at(const Point& point) const {
    const double shorter = std::min(width, height);
    return {x + point.x * shorter, y + point.y * shorter};
  }
  [[nodiscard]] Spot corner() const { return {x + width, y + height}; }
};

Placed size_of(const Frame& frame, double aspect) {
  const double own =
      frame.height == 0 ? 1 : static_cast<double>(frame.width) / static_cast<double>(frame.height);
  const double shown = std::clamp(std::isfinite(aspect) && aspect > 0 ? aspect : own, 0.05, 20.0);
  const double height = std::max(kLeast_px, std::floor(std::min(kTallest_px, kWidest_px / shown)));
  return {0, 0, std::max(kLeast_px, std::floor(height * shown)), height};
}

void draw_frame(Canvas& canvas, const Frame& frame, const Placed& place, const std::string& label) {
  canvas.picture(frame, {place.x, place.y}, static_cast<std::size_t>(place.width),
                 static_cast<std::size_t>(place.height));
  canvas.text(fitted(label, kText_px, place.width + kGap_px - 16), {place.x, place.y + place.height + 24},
              kText_px, kBlack);
}

void draw_outline(Canvas& canvas, const std::vector<Point>& outline, const Placed& place) {
  canvas.clip_to({place.x, place.y}, place.corner());
  for (const auto& [width_px, ink] : {std::pair{6, kBlack.at(0.45)}, std::pair{3, kOrange}}) {
    for (std::size_t i = 0; i < outline.size(); ++i) {
      canvas.line(place.at(outline[i]), place.at(outline[(i + 1) % outline.size()]), width_px, ink);
    }
  }
  canvas.clip_to_all();
}

void draw_places(Canvas& canvas, const PairPicture& pair, const Placed& query, const Placed& reference) {
  const std::size_t count = std::min(pair.places.size(), kMostPlaces);
  for (std::size_t i = 0; i < count; ++i) {
    const Ink& ink = kLineInks[i % kLineInks.size()];
    const Spot from = query.at(pair.places[i].query);
    const Spot to = reference.at(pair.places[i].reference);
    canvas.line(from, to, 1, ink.at(0.7));
    for (const Spot& spot : {from, to}) {
      canvas.ring(spot, 5, kPaper.at(0.8));
      canvas.ring(spot, 4, ink);
    }
  }
}

}  // namespace

void write_pair_picture(const PairPicture& pair, const std::filesystem::path& file) {
  Placed query = size_of(pair.query, pair.query_aspect);
  Placed reference = size_of(pair.reference, pair.reference_aspect);
  const double tallest = std::max(query.height, reference.height);
  query.x = kMargin_px;
  reference.x = query.x + query.width + kGap_px;
  for (Placed* place : {&query, &reference}) place->y = kHeading_px + (tallest - place->height) / 2;
  const double needed = std::max(text_width(pair.title, kText_px + 3), text_width(pair.remark, kText_px));
  const double width =
      std::max(reference.x + reference.width, kMargin_px + std::min(needed, kWidest_px)) + kMargin_px;
  Canvas canvas(static_cast<std::size_t>(width),
                static_cast<std::size_t>(kHeading_px + tallest + kFooting_px));
  const double room = width - 2 * kMargin_px;
  canvas.text(fitted(pair.title, kText_px + 3, room), {kMargin_px, 36}, kText_px + 3, kBlack);
  canvas.text(fitted(pair.remark, kText_px, room), {kMargin_px, 64}, kText_px, kGrey);
  draw_frame(canvas, pair.query, query, pair.query_label);
  draw_frame(canvas, pair.reference, reference, pair.reference_label);
  draw_outline(canvas, pair.reference_in_query, query);
  draw_outline(canvas, pair.query_in_reference, reference);
  draw_places(canvas, pair, query, reference);
  canvas.write(file);
}

}  // namespace reelprint::evidence
