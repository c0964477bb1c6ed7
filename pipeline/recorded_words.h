// What was kept in English words, as sentences that can be said in another language. Words that are not ours
// stay as they are.
#pragma once

#include <string_view>

#include "core/sentence.h"
#include "store/sightings.h"

namespace reelprint::pipeline {

/// "2026-11-20T09:30:00Z: gone (the media answered 404; the page answered 404)".
[[nodiscard]] Sentence sentence_of(const store::SightingCheck& check);
/// Capture::screenshot_missing_why.
[[nodiscard]] Sentence screenshot_problem(std::string_view words);
/// What to_text(ClockState) says.
[[nodiscard]] Sentence clock_sentence(std::string_view words);
/// A remark of write_pictures.
[[nodiscard]] Sentence frames_remark(std::string_view words);

}  // namespace reelprint::pipeline
