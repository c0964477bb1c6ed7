// One upload, looked at once: what was found, what was decided, what it cost.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/fingerprint.h"
#include "core/ids.h"
#include "core/match.h"
#include "core/verdict.h"

namespace reelprint {

/// CPU seconds of the threads that did the work, and the seconds of media they did it on.
struct ScreeningCost {
  double decode_s = 0;
  double fingerprint_s = 0;
  double search_s = 0;
  double media_s = 0;
};

struct Screening {
  ScreeningId id;
  std::string query;  ///< the upload as it was named by the caller
  Sha256 media;
  Duration duration{0};
  Effort effort = Effort::standard;  ///< the deepest plan that was run
  bool with_audio = true;
  std::size_t damaged = 0;  ///< packets and frames that could not be decoded
  Verdict verdict;
  std::vector<Match> matches;  ///< best score first
  ScreeningCost cost;
  WallTime screened_at;
  std::vector<std::string> remarks;  ///< on what it rests, where that is not all of the upload: a sentence
                                     ///< each; they join what is stored of the verdict
};

}  // namespace reelprint
