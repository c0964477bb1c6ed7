#include "evidence/pair_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

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
constexpr std::size_t kBlock_px = 32;  ///< side of a square that is compared for itself
constexpr int kSameLevel = 3;          ///< other builds of what scales frames round otherwise
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
  /// As Canvas::picture rounds it.
  [[nodiscard]] PixelBox box() const {
    const auto whole = [](double value) { return static_cast<std::size_t>(std::llround(value)); };
    return {whole(x), whole(y), static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
  }
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

/// The last block takes what is left, so that none is narrower than a block, unless all is.
std::size_t end_of_block(std::size_t begin, std::size_t end) {
  return end - begin < 2 * kBlock_px ? end : begin + kBlock_px;
}

/// Of one block of the frame, whose upper left corner lies at `corner` of the picture.
double share_of_block(const ColourPicture& picture, std::pair<std::size_t, std::size_t> corner,
                      const Frame& frame, const PixelBox& block) {
  std::size_t same = 0;
  for (std::size_t y = block.y; y < block.y + block.height; ++y) {
    for (std::size_t x = block.x; x < block.x + block.width; ++x) {
      const int wanted = frame.luma[y * frame.width + x];
      const auto* colours = &picture.bgr[3 * ((corner.second + y) * picture.width + corner.first + x)];
      same += std::all_of(colours, colours + 3,
                          [&](int level) { return std::abs(level - wanted) <= kSameLevel; });
    }
  }
  return static_cast<double>(same) / static_cast<double>(block.width * block.height);
}

}  // namespace

PairBoxes write_pair_picture(const PairPicture& pair, const std::filesystem::path& file) {
  Placed query = size_of(pair.query, pair.query_aspect);
  Placed reference = size_of(pair.reference, pair.reference_aspect);
  const double tallest = std::max(query.height, reference.height);
  query.x = kMargin_px;
  reference.x = query.x + query.width + kGap_px;
  const double heading = pair.title.empty() && pair.remark.empty() ? kMargin_px : kHeading_px;
  for (Placed* place : {&query, &reference}) place->y = heading + (tallest - place->height) / 2;
  const double needed = std::max(text_width(pair.title, kText_px + 3), text_width(pair.remark, kText_px));
  const double width =
      std::max(reference.x + reference.width, kMargin_px + std::min(needed, kWidest_px)) + kMargin_px;
  Canvas canvas(static_cast<std::size_t>(width), static_cast<std::size_t>(heading + tallest + kFooting_px));
  const double room = width - 2 * kMargin_px;
  canvas.text(fitted(pair.title, kText_px + 3, room), {kMargin_px, 36}, kText_px + 3, kBlack);
  canvas.text(fitted(pair.remark, kText_px, room), {kMargin_px, 64}, kText_px, kGrey);
  draw_frame(canvas, pair.query, query, pair.query_label);
  draw_frame(canvas, pair.reference, reference, pair.reference_label);
  draw_outline(canvas, pair.reference_in_query, query);
  draw_outline(canvas, pair.query_in_reference, reference);
  draw_places(canvas, pair, query, reference);
  canvas.write(file);
  return {query.box(), reference.box()};
}

double share_shown(const ColourPicture& picture, const PixelBox& box, const Frame& frame) {
  const bool is_within = box.width > 0 && box.height > 0 && box.width <= picture.width &&
                         box.height <= picture.height && box.x <= picture.width - box.width &&
                         box.y <= picture.height - box.height;
  if (!is_within || frame.luma.empty()) return 0;
  const Frame wanted = scaled(frame, box.width, box.height);
  double least = 1;
  for (std::size_t y = 0; y < box.height; y = end_of_block(y, box.height)) {
    for (std::size_t x = 0; x < box.width; x = end_of_block(x, box.width)) {
      const PixelBox block{x, y, end_of_block(x, box.width) - x, end_of_block(y, box.height) - y};
      least = std::min(least, share_of_block(picture, {box.x, box.y}, wanted, block));
    }
  }
  return least;
}

}  // namespace reelprint::evidence
