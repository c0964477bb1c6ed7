// Fingerprints of videos that never were: what the index's tests search with and for.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "core/fingerprint.h"
#include "index/frame_index.h"

namespace reelprint::index::test {

using Random = std::mt19937_64;

/// 256 random bits; quality 100.
[[nodiscard]] FrameHash random_hash(Random& random);
/// `hash` with exactly `bits` of its bits flipped.
[[nodiscard]] FrameHash flipped(FrameHash hash, int bits, Random& random);
/// A hash of a picture without structure.
[[nodiscard]] FrameHash blank_hash(Random& random);

/// Keyframes of half a second, in shots of about four seconds: within a shot each hash is 12 to 24 bits from
/// the one before, as where people move; with each shot all is new. Two seeds have nothing in common.
[[nodiscard]] Fingerprint video(std::uint64_t seed, double seconds);
/// A still: one keyframe.
[[nodiscard]] Fingerprint still(std::uint64_t seed, double seconds);

/// The keyframes that begin within [from_s, to_s), moved to begin at zero; with what is known of their
/// pictures.
[[nodiscard]] Fingerprint excerpt(const Fingerprint& video, double from_s, double to_s);
/// One after another; the last one's size is all of theirs.
[[nodiscard]] Fingerprint joined(const std::vector<Fingerprint>& parts);
/// Played `speed` times as fast.
[[nodiscard]] Fingerprint sped_up(Fingerprint video, double speed);
/// Re-encoded: every hash 0 to `most_bits` bits off.
[[nodiscard]] Fingerprint noisy(Fingerprint video, int most_bits, std::uint64_t seed = 1);
/// Flipped left to right.
[[nodiscard]] Fingerprint flipped_over(Fingerprint video);

[[nodiscard]] IndexedReference to_reference(std::int64_t id, std::int64_t episode, std::int64_t series,
                                            const Fingerprint& video);
/// References 1, 2, …, each of a series of its own.
[[nodiscard]] FrameIndex index_of(const std::vector<Fingerprint>& videos);

}  // namespace reelprint::index::test
