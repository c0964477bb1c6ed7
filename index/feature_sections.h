// The sections of a segment of features (docs/formats.md). Private to feature_part.cpp, feature_merge.cpp and
// bench/listed_features.cpp.
#pragma once

#include "index/segment_image.h"

namespace reelprint::index {

inline constexpr SectionTag kFeatureRecords = section_tag("RECS");
inline constexpr SectionTag kFeatureListEnds = section_tag("ENDS");
inline constexpr SectionTag kFeatureDetails = section_tag("DETL");
inline constexpr SectionTag kFeatureLengths = section_tag("LENG");
inline constexpr SectionTag kFeatureCodes = section_tag("CODE");

}  // namespace reelprint::index
