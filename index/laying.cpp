#include "index/laying.h"

#include <algorithm>
#include <cmath>

namespace reelprint::index {
namespace {

constexpr int kMostSamples = 4;
constexpr auto kCells = static_cast<double>(kThumbnailSize);

float bilinear(const Thumbnail& thumbnail, const Point& place) {
  const double x = std::clamp(place.x * kCells - 0.5, 0.0, kCells - 1);
  const double y = std::clamp(place.y * kCells - 0.5, 0.0, kCells - 1);
  const auto x0 = static_cast<std::size_t>(x);
  const auto y0 = static_cast<std::size_t>(y);
  const std::size_t x1 = std::min(x0 + 1, kThumbnailSize - 1);
  const std::size_t y1 = std::min(y0 + 1, kThumbnailSize - 1);
  const auto fx = static_cast<float>(x - static_cast<double>(x0));
  const auto fy = static_cast<float>(y - static_cast<double>(y0));
  const auto at = [&](std::size_t row, std::size_t column) {
    return static_cast<float>(thumbnail[row * kThumbnailSize + column]);
  };
  return (1 - fy) * ((1 - fx) * at(y0, x0) + fx * at(y0, x1)) +
         fy * ((1 - fx) * at(y1, x0) + fx * at(y1, x1));
}

bool is_inside(const Point& place) {
  return place.x >= 0 && place.x <= 1 && place.y >= 0 && place.y <= 1;
}

GridLuma as_it_is(const Thumbnail& thumbnail) {
  GridLuma grid;
  std::ranges::copy(thumbnail, grid.luma.begin());
  grid.is_valid.fill(true);
  return grid;
}

/// The thumbnail seen through `place_of`, which maps fractions of the grid to fractions of its picture.
template <class PlaceOf>
GridLuma resample(const Thumbnail& thumbnail, int samples, const PlaceOf& place_of) {
  GridLuma grid;
  for (std::size_t cell = 0; cell < grid.luma.size(); ++cell) {
    const auto row = static_cast<double>(cell / kThumbnailSize);
    const auto column = static_cast<double>(cell % kThumbnailSize);
    float sum = 0;
    bool is_valid = true;
    for (int i = 0; i < samples * samples && is_valid; ++i) {
      const Point place = place_of(Point{(column + (i % samples + 0.5) / samples) / kCells,
                                         (row + (i / samples + 0.5) / samples) / kCells});
      is_valid = is_inside(place);
      if (is_valid) sum += bilinear(thumbnail, place);
    }
    grid.is_valid[cell] = is_valid;
    grid.luma[cell] = sum / static_cast<float>(samples * samples);
  }
  return grid;
}

}  // namespace

Point size_of(const Fingerprint& print) {
  const auto shorter = static_cast<double>(std::min(print.width, print.height));
  if (shorter <= 0) return {1, 1};
  return {print.width / shorter, print.height / shorter};
}

CommonGrid::CommonGrid(const Laying& laying) : laying_(laying) {
  const auto cell_of = [](const Point& size) { return std::sqrt(size.x * size.y); };
  const double ratio = cell_of(laying.query_size) * laying.transform.scale() / cell_of(laying.reference_size);
  is_query_coarser_ = ratio > 1;
  const double finer = std::max(ratio, 1 / ratio);
  samples_ = finer < 1.1 ? 1 : std::clamp(static_cast<int>(std::ceil(finer)), 2, kMostSamples);
}

Point CommonGrid::to_query(const Point& reference) const {
  const Point query = laying_.transform.unmap(
      {reference.x * laying_.reference_size.x, reference.y * laying_.reference_size.y});
  const double x = query.x / laying_.query_size.x;
  return {laying_.mirrored ? 1 - x : x, query.y / laying_.query_size.y};
}

Point CommonGrid::to_reference(const Point& query) const {
  const double x = laying_.mirrored ? 1 - query.x : query.x;
  const Point reference = laying_.transform.map({x * laying_.query_size.x, query.y * laying_.query_size.y});
  return {reference.x / laying_.reference_size.x, reference.y / laying_.reference_size.y};
}

GridLuma CommonGrid::of_query(const Thumbnail& query) const {
  if (is_query_coarser_) return as_it_is(query);
  return resample(query, samples_, [&](const Point& place) { return to_query(place); });
}

GridLuma CommonGrid::of_reference(const Thumbnail& reference) const {
  if (!is_query_coarser_) return as_it_is(reference);
  return resample(reference, samples_, [&](const Point& place) { return to_reference(place); });
}

}  // namespace reelprint::index
