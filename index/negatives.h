// Which pictures the negative bank has, and what that takes from an alignment.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/fingerprint.h"
#include "index/align.h"
#include "index/frame_index.h"

namespace reelprint::index {

/// One flag a keyframe: whether the bank has its picture, plain or mirrored. It has what lies within 40 bits
/// of one of its own; and what lies within 84 bits of one in a stretch that search and alignment find to be
/// of a negative, since of what moves the bank has other samples. All negatives must be of one series. Cost:
/// one search of a catalog as small as the bank.
[[nodiscard]] std::vector<bool> in_bank(const Fingerprint& print, const FrameIndex& negatives);

/// The bank as one search asks it: each print is looked up once, when it is first asked for. What is handed
/// in must outlive it.
class NegativeMarker {
 public:
  /// No bank marks nothing.
  NegativeMarker(const Fingerprint& query, const FrameIndex* negatives)
      : query_(query), negatives_(negatives) {}

  /// Takes the distinction from the pictures that agree and that the bank has, and marks them, in an
  /// alignment over `walked`: by the reference's picture; and by the query's, where `walked` is the query
  /// itself and whole pictures were compared (else it shows more than what agrees, and a stock shot around a
  /// stolen picture would hide it).
  void mark(Alignment& alignment, const Fingerprint& walked);
  /// How much of a stretch of a reference shows what the bank has.
  [[nodiscard]] Duration shown_in(const IndexedReference& reference, const Interval& span);

 private:
  [[nodiscard]] bool is_empty() const { return negatives_ == nullptr || negatives_->searchable() == 0; }
  const std::vector<bool>& of_query();
  const std::vector<bool>& of_reference(const IndexedReference& reference);

  const Fingerprint& query_;
  const FrameIndex* negatives_;
  std::optional<std::vector<bool>> query_flags_;
  std::map<ReferenceId, std::vector<bool>> reference_flags_;
};

}  // namespace reelprint::index
