// The places where the demo catalog's scenes play: each seed gives another room, street or landscape.
#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>

#include "demo/brush.h"

namespace reelprint::demo {

/// A backdrop is larger than the frame, so that the camera can move over it.
inline const cv::Size kWorld{720, 1280};

enum class Place : std::uint8_t { parlour, hall, office, corridor, street, hills, shore, garden, table };
inline constexpr std::array kPlaces{Place::parlour,  Place::hall,   Place::office,
                                    Place::corridor, Place::street, Place::hills,
                                    Place::shore,    Place::garden, Place::table};

struct Backdrop {
  cv::Mat picture;                  ///< kWorld, BGR
  Colour tint{255, 255, 255, 255};  ///< what the light does to whoever stands there
  bool period = true;               ///< paper windows and roofs of tiles, or the present day
  double light_side = 1;            ///< -1: light falls in from the left, 1: from the right
  double ground_y = 1100;           ///< where feet stand
};

/// About 30 ms. The same arguments give the same picture.
[[nodiscard]] Backdrop paint_backdrop(Place place, bool period, std::uint64_t seed);

// One painter per place, in interiors.cpp and exteriors.cpp; each fills a picture that is already allocated.
void paint_parlour(Backdrop& backdrop, Seeded& seeded);
void paint_hall(Backdrop& backdrop, Seeded& seeded);
void paint_office(Backdrop& backdrop, Seeded& seeded);
void paint_corridor(Backdrop& backdrop, Seeded& seeded);
void paint_table(Backdrop& backdrop, Seeded& seeded);
void paint_street(Backdrop& backdrop, Seeded& seeded);
void paint_hills(Backdrop& backdrop, Seeded& seeded);
void paint_shore(Backdrop& backdrop, Seeded& seeded);
void paint_garden(Backdrop& backdrop, Seeded& seeded);

/// Sky from `top` to `horizon`, with sun, moon or stars and clouds; returns the colour near the horizon.
Colour paint_sky(cv::Mat& picture, cv::Rect area, Seeded& seeded);
/// Buildings seen from afar, their feet at the lower edge of `area`.
void paint_skyline(cv::Mat& picture, cv::Rect area, const Colour& haze, bool night, Seeded& seeded);

}  // namespace reelprint::demo
