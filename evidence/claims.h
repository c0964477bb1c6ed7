// What match.json claims, as far as it can be made again from what a bundle has in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/match.h"
#include "core/sha256.h"
#include "evidence/pair_picture.h"

namespace reelprint::evidence {

/// A frame as it is enclosed, and where the picture of the pair shows it.
struct ClaimedFrame {
  std::string file{};  ///< member; "": not enclosed
  PixelBox box{};
};

struct ClaimedPair {
  Timestamp query{};
  Timestamp reference{};
  std::string picture{};  ///< member: both side by side
  ClaimedFrame query_frame{};
  ClaimedFrame reference_frame{};
};

struct ClaimedMatch {
  Match match{};              ///< reference, spans, speed, score, found_by, pairs
  std::string fingerprint{};  ///< member with the reference's; "": not enclosed
  std::vector<ClaimedPair> frames{};
};

struct ClaimedUpload {
  std::int64_t number = 0;
  Sha256 media{};
  std::string media_file{};   ///< member; "": not enclosed
  std::string fingerprint{};  ///< member; "": not enclosed
  std::vector<ClaimedMatch> matches{};
};

/// Of hostile text. Throws Error{corrupt} that names what is wrong.
[[nodiscard]] std::vector<ClaimedUpload> claims_in(std::string_view match_document);

}  // namespace reelprint::evidence
