// Fingerprint → Matches: the search as a recipe.
#pragma once

#include <vector>

#include "core/fingerprint.h"
#include "core/match.h"
#include "index/catalog_background.h"
#include "index/detail_source.h"
#include "index/feature_index.h"
#include "index/frame_index.h"
#include "index/sound_index.h"
#include "index/trace.h"

namespace reelprint::index {

struct MatchSettings {
  double least_score = 0.5;  ///< what scores less is not a match
  Duration least_distinctive =
      std::chrono::milliseconds(1500);  ///< nor is what shows less than this of its own
  double least_moment =
      0.4;  ///< nor an alignment whose moving parts agree less than this: the same set, not a copy
  bool use_audio = true;  ///< search by sound too, and compare the sound of what the picture found
};

/// What a query is searched in. Without details the moment is not asked; without features, or details, whole
/// pictures alone are compared; without sounds, sound finds nothing.
struct SearchSpace {
  const FrameIndex& frames;
  const FeatureIndex* features = nullptr;
  const SoundIndex* sounds = nullptr;
  const DetailSource* details = nullptr;
  const FrameIndex* negatives = nullptr;  ///< their pictures are no evidence; ids are the bank's own
  const CatalogBackground& background = shipped_background();
  unsigned threads = 1;  ///< that share a search among more than a million keyframes
};

struct Findings {
  std::vector<Match> matches;  ///< best score first; among equals by reference id and time
  bool has_leads = false;      ///< something resembled too little to be a match: a closer look may tell
};

/// Every segment of every reference that the query shows. Deterministic: the same query and the same index
/// content give the same bytes, in whatever order references came. With a `trace`, notes there how the search
/// for the references it follows went.
[[nodiscard]] Findings search(const Fingerprint& query, const SearchSpace& space,
                              const MatchSettings& settings, SearchTrace* trace = nullptr);

/// The matches alone.
[[nodiscard]] std::vector<Match> find_matches(const Fingerprint& query, const SearchSpace& space,
                                              const MatchSettings& settings);

}  // namespace reelprint::index
