// What one process asks another to read from a media file, and what comes back, as bytes. Both sides are of
// one version, so the bytes carry none; who answers may have become its media's tool, so answers are hostile.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/frame.h"
#include "fingerprint/fingerprinter.h"

namespace reelprint::fingerprint {

struct FingerprintJob {
  std::string name;  ///< of the file, for messages; at most 4 KiB of it are kept
  FingerprintSettings settings;
};

struct FramesJob {
  std::string name;
  std::vector<Timestamp> times;  ///< at most kMostFrames
  std::size_t short_side = 0;    ///< pixels, at most kMostShortSide
  DecodeLimits limits;
};

inline constexpr std::size_t kMostFrames = 4096;
inline constexpr std::size_t kMostShortSide = 4096;

using MediaJob = std::variant<FingerprintJob, FramesJob>;

/// Throws Error{too_large}: more frames, or larger ones, than may be asked for.
[[nodiscard]] std::vector<std::byte> encode(const MediaJob& job);
/// Throws Error{corrupt}.
[[nodiscard]] MediaJob decode_media_job(std::span<const std::byte> bytes);

[[nodiscard]] std::vector<std::byte> encode(const MediaFingerprint& made);
/// `what` names the source in errors. Texts are cut to 64 printable characters. Throws Error: corrupt,
/// incompatible.
[[nodiscard]] MediaFingerprint decode_media_fingerprint(std::span<const std::byte> bytes,
                                                        const std::string& what);

using Frames = std::vector<std::optional<Frame>>;
[[nodiscard]] std::vector<std::byte> encode(const Frames& frames);
/// Throws Error{corrupt}.
[[nodiscard]] Frames decode_frames(std::span<const std::byte> bytes, const std::string& what);

/// How far a job is: the media time reached, and the expected duration (zero if unknown).
struct JobProgress {
  Timestamp reached;
  Duration expected{0};
};
[[nodiscard]] std::vector<std::byte> encode(const JobProgress& progress);
/// Throws Error{corrupt}; also for negative times.
[[nodiscard]] JobProgress decode_job_progress(std::span<const std::byte> bytes);

/// Does the job on a file that is open, and gives the answer as bytes. Throws what fingerprint_media,
/// frames_at and decode_media_job throw.
[[nodiscard]] std::vector<std::byte> run_media_job(std::span<const std::byte> job, int descriptor,
                                                   const FingerprintProgress& progress);

/// Makes libraries load now what they load at their first use, because later no file can be opened.
void warm_up_libraries();

}  // namespace reelprint::fingerprint
