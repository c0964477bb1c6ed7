// A media file → its Fingerprint: decode, shrink, choose, hash, listen.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "core/fingerprint.h"
#include "fingerprint/detail_collector.h"
#include "fingerprint/media_decoder.h"
#include "fingerprint/media_source.h"

namespace reelprint::fingerprint {

struct FingerprintSettings {
  Effort effort = Effort::standard;
  bool audio = true;
  DetailSettings detail = kReferenceDetail;
  DecodeLimits limits;
};

/// CPU seconds of the calling thread.
struct FingerprintCost {
  double decode_s = 0;  ///< reading, demultiplexing, decoding
  double fingerprint_s =
      0;  ///< everything after: shrinking, shots, hashes, local features, sound print, digest
};

struct MediaFingerprint {
  Fingerprint fingerprint;
  MediaFacts facts;
  FingerprintCost cost;
};

/// Called with the media time reached and the expected duration (zero if unknown).
using FingerprintProgress = std::function<void(Timestamp reached, Duration expected)>;

/// Fingerprints one file on the calling thread. The same bytes and settings give the same fingerprint,
/// always. Throws what decode_media and sha256_of_file throw.
[[nodiscard]] MediaFingerprint fingerprint_media(const MediaSource& file, const FingerprintSettings& settings,
                                                 std::stop_token stop = {},
                                                 const FingerprintProgress& progress = {});

/// One picture's PDQ hash as the published code would make it, and when it is shown.
struct PublishedHash {
  Timestamp shown_at;
  FrameHash hash;
};

/// PDQ hashes for exchange with other systems, one for each keyframe time of the standard effort, by the
/// published sampling. Throws what decode_media throws.
[[nodiscard]] std::vector<PublishedHash> published_hashes(const MediaSource& file, std::stop_token stop = {});

}  // namespace reelprint::fingerprint
