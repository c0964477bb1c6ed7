// The pieces of one DASH Representation: ISO/IEC 23009-1:2022, section 5.3.9. Internal to read_dash.
#pragma once

#include <cstddef>
#include <string>

#include "crawler/playlist.h"
#include "crawler/xml_items.h"

namespace reelprint::crawler {

/// What a level of the manifest hands down to the next.
struct DashLevel {
  std::string base{};
  const XmlElement* segments[3] = {};  ///< SegmentTemplate (or …List, …Base) of period, set, representation
  bool is_protected = false;
  bool is_growing = false;  ///< a live period: its last piece may not be there yet
  Duration gone{};          ///< of a live period: what it began with and no server has any more
};

/// What `representation` is made of in `period`: at most `room` pieces. What `level` points into must live.
[[nodiscard]] Rendition dash_rendition(const XmlElement& representation, const DashLevel& level,
                                       Interval period, std::size_t room);

}  // namespace reelprint::crawler
