// The sound of all references, searchable: what plays in a query, whatever its picture shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/fingerprint.h"
#include "core/ids.h"
#include "index/segments.h"
#include "index/sound_part.h"

namespace reelprint::index {

/// A stretch of the query whose sound is a stretch of a reference's.
struct SoundCandidate {
  ReferenceId reference;
  SeriesId series;
  Interval query_span;  ///< its ends are right to 1.5 s: an item covers 2.6 s and stands for the middle
  Interval reference_span;
  double speed = 1;      ///< media seconds of the reference per second of the query, 0.75..1.34
  double agreement = 0;  ///< 0..1: the share of its 1 s blocks that agree, of those that are not steady
  double bit_error = 0;  ///< 0..1: the share of bits that differ; unrelated sound has one half
  double evidence = 0;   ///< how far below chance bit_error lies, in standard deviations of unrelated sound
  Duration distinctive{0};  ///< how much of query_span agrees with no other series' sound

  friend bool operator==(const SoundCandidate&, const SoundCandidate&) = default;
};

/// Looks up every query item and all items within 2 bits of it in an inverted index, verifies each hit by the
/// bit error rate around it and extends it (Haitsma, Kalker: A Highly Robust Audio Fingerprinting System,
/// ISMIR 2002, section 4). Items that occur too often (hum, a tune that everyone uses) and steady ones are
/// not looked up. Finds re-encoded, equalised and noisy sound, excerpts from 5 s on, and other tempos at the
/// same pitch between 0.8 and 1.25; not sound whose pitch was moved by more than 2 % (played faster as a tape
/// is), not wind and the like, and speech or music as loud as the original only in part:
/// docs/sound_search.md.
///
/// A value: a copy is a snapshot that shares the immutable parts and costs next to nothing. Reading is
/// thread-safe while nobody writes to this very object.
class SoundIndex {
 public:
  using Part = SoundPart;

  explicit SoundIndex(AlgorithmId algorithm = kAlgorithm);

  /// Replaces a reference of the same id. One whose print is not searchable is there, but never found.
  void add(ReferenceId reference, SeriesId series, const AudioPrint& print);
  /// Whether there was one.
  bool remove(ReferenceId reference);

  /// Every stretch found, most evidence first; among equals by reference id and time. Of stretches of one
  /// reference that claim the same seconds of the query the best one stays. References whose step differs
  /// from the query's are not compared. Empty for a query that is not searchable. Deterministic, in whatever
  /// order references came and whatever segments they lie in. About 5 CPU ms a minute of query at 10,000
  /// references of 90 s in one segment, 20 at 160,000; a stretch costs 0.1 to 1 ms more.
  [[nodiscard]] std::vector<SoundCandidate> search(const AudioPrint& query) const;

  /// What was added; without items if it was not searchable or is not there.
  [[nodiscard]] AudioPrint print_of(ReferenceId reference) const;

  [[nodiscard]] std::size_t size() const { return findable_; }  ///< references with searchable sound

  [[nodiscard]] const Segments<SoundPart>& segments() const { return segments_; }
  /// Replaces what it is made of: by another arrangement of the same references, or by what was on disk.
  void adopt(Segments<SoundPart> segments);

 private:
  using Place = Segments<SoundPart>::Place;
  struct Found;

  [[nodiscard]] const SoundRecord& record_at(Place place) const;
  [[nodiscard]] std::span<const std::uint32_t> items_at(Place place) const;
  [[nodiscard]] Found find(const AudioPrint& query) const;

  AlgorithmId algorithm_;
  Segments<SoundPart> segments_;
  std::size_t findable_ = 0;
};

}  // namespace reelprint::index
