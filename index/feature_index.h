// The local features of all references, searchable by Hamming distance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/ids.h"
#include "core/local_feature.h"
#include "index/code_lists.h"
#include "index/codebook.h"
#include "index/hamming_scan.h"

namespace reelprint::index {

/// A reference feature near a query feature.
struct FeatureNeighbour {
  ReferenceId reference;
  std::uint32_t detail = 0;    ///< position among the reference's details, one per picture
  std::uint16_t feature = 0;   ///< position among the detail's features
  std::uint16_t distance = 0;  ///< Hamming, 0..256

  friend bool operator==(const FeatureNeighbour&, const FeatureNeighbour&) = default;
};

struct FeatureSearch {
  /// Inclusive. Of features that lie on one another after a crop of 15 to 25 % and re-encoding and differ in
  /// 80 bits at most, two in three are within 56.
  int radius = 56;
  /// What is common (a logo, a licence card) has thousands of neighbours: the nearest are kept, of equally
  /// near ones those that come first by reference, detail and feature. A full answer may not be all.
  std::size_t most_per_query = 8;
  /// Inverted lists looked into for each query. Zero: as many as suit the size of the catalog (probes_for).
  std::size_t probes = 0;
  /// Code words compared with each query, at least, to find its lists. Fewer are quicker and may miss the
  /// nearest.
  std::size_t words = Codebook::kCompared;
};

/// Limits of what one row can name.
inline constexpr std::size_t kMaxDetails = std::size_t{1} << 22;
inline constexpr std::size_t kMaxFeaturesPerDetail = std::size_t{1} << 12;

struct FeatureIndexSettings {
  ScanPath path = fastest_scan_path();
  /// With fewer features than this a search compares everything: exact.
  std::size_t exhaustive_below = 200'000;
};

/// Descriptors in FAISS inverted lists around a fixed codebook. What a search finds is a function of the
/// features present, whatever the order in which they came, whatever was there before, and whichever the scan
/// path.
///
/// 40 B per feature plus an eighth of spare room at most, and 10 MB. Reading is thread-safe while nobody
/// writes; a search runs on the calling thread alone.
class FeatureIndex {
 public:
  explicit FeatureIndex(FeatureIndexSettings settings = {}) : settings_(settings) {}

  /// Replaces a reference of the same id. A detail is the features of one of its pictures; it may be empty.
  /// Throws Error(too_large) and changes nothing if there are more than a row can name. About 10 µs per
  /// feature; the addition that first takes the index to `exhaustive_below` moves what is there into lists,
  /// once (0.5 s).
  void add(ReferenceId reference, std::span<const std::span<const LocalFeature>> details);

  /// Whether there was one. It is gone from all results at once; its rows are dropped by this and later
  /// removals, each of which sweeps eight rows for each that died, so that dead rows stay near an eighth.
  bool remove(ReferenceId reference);

  /// Drops every dead row now.
  void compact();

  /// For each query its neighbours, nearest first, then by reference, detail and feature. A negative radius
  /// or `most_per_query` zero finds nothing.
  [[nodiscard]] std::vector<std::vector<FeatureNeighbour>> search(std::span<const LocalFeature> queries,
                                                                  const FeatureSearch& search) const;

  [[nodiscard]] std::size_t size() const { return features_; }  ///< features that can be found
  [[nodiscard]] std::size_t references() const { return slots_by_reference_.size(); }
  [[nodiscard]] std::vector<ReferenceId> reference_ids() const;  ///< ascending
  [[nodiscard]] bool contains(ReferenceId reference) const { return slots_by_reference_.contains(reference); }
  [[nodiscard]] std::size_t dead_rows() const { return lists_.rows() - features_; }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  friend class FeatureIndexFile;
  class Answers;
  class ListScan;
  /// A row names its reference by slot. A slot is used again when the last row that names it is dropped.
  struct Slot {
    ReferenceId reference;
    std::size_t rows = 0;
    bool is_live = false;
  };

  [[nodiscard]] std::uint32_t open_slot(ReferenceId reference);
  void append(const Code& code, RowId id);
  void spread_over_lists();
  void sweep(std::size_t rows);
  void scan_all(Answers& answers) const;
  void scan_probed(std::size_t probes, std::size_t words, Answers& answers) const;

  FeatureIndexSettings settings_;
  CodeLists lists_{1};  ///< one list at first, Codebook::kWords once there is a codebook
  std::unique_ptr<const Codebook> codebook_;  ///< made when first needed
  std::unique_ptr<CodebookFinder> finder_;    ///< of whoever writes
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::unordered_map<ReferenceId, std::uint32_t> slots_by_reference_;
  std::size_t features_ = 0;
};

/// How many lists to look into for each query among `features`: as many as keep the scan near 128,000 codes,
/// at least 112 and at most 256. Measured recall of true neighbours: docs/decisions/0007-fixed-codebook.md.
[[nodiscard]] std::size_t probes_for(std::size_t features);

}  // namespace reelprint::index
