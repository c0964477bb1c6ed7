// How unlikely it is that an alignment is there by chance (a contrario: Desolneux, Moisan, Morel, "Meaningful
// Alignments", IJCV 2000).
#pragma once

#include <cstddef>

#include "core/match.h"
#include "index/align.h"
#include "index/catalog_background.h"
#include "index/sound_index.h"

namespace reelprint::index {

/// How many alignments were, in effect, tried for one query: every reference, speed, orientation and
/// distinguishable offset is a chance to be wrong.
struct Trials {
  double log10_count = 0;
};

/// What an alignment's likeness is judged by.
struct Odds {
  Trials trials;
  const CatalogBackground& background;  ///< must outlive the odds
};
[[nodiscard]] Trials count_trials(std::size_t references, Duration mean_reference, const Fingerprint& query);

/// The same for a catalog.
[[nodiscard]] Trials count_trials(const FrameIndex& frames, const Fingerprint& query);

/// The same where the sound named the lines.
[[nodiscard]] Trials count_sound_trials(std::size_t candidates);

/// The expected number of alignments at least this good among unrelated videos, as log10. Each keyframe that
/// agrees contributes the chance of its distance, at most 10⁻³ (real pictures resemble each other for reasons
/// that no random model knows), times its novelty against the keyframes before it (a static shot is one
/// observation, not sixty), times nothing at all when another series has the picture too. Keyframes that
/// disagree count against.
[[nodiscard]] double log10_false_alarms(const Alignment& alignment, const Odds& odds);

/// 0..1: 0.5 at one false alarm in 1,000 screenings, 0.9 at one in a million, 0.99 at one in 10⁹·³; a
/// logistic curve.
[[nodiscard]] double score_of(double log10_false_alarms);

/// Whether an alignment shows a moment, not only a set: what moves agrees beyond chance, or whole pictures
/// agree so closely, and so many different ones, that no other moment of a set would.
[[nodiscard]] bool is_confirmed(const Alignment& alignment, const Odds& odds);

/// What an alignment that is not confirmed scores at most: a person must look.
inline constexpr double kMostUnconfirmed = 0.89;

/// The claim that an alignment amounts to.
[[nodiscard]] Match to_match(const Alignment& alignment, const Fingerprint& query, const Odds& odds);

/// The claim of a sound that no picture confirms: between 0.5 and kMostUnconfirmed, never more.
[[nodiscard]] Match to_match(const SoundCandidate& candidate, const IndexedReference& reference);

}  // namespace reelprint::index
