// The fixed code words around which feature descriptors are gathered into inverted lists.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index/hamming_scan.h"

namespace reelprint::index {

/// 65,536 code words drawn once and for all from a statistical model of descriptors (descriptor_model.h),
/// not trained on a catalog. So which list a descriptor belongs to depends on nothing but the descriptor:
/// results do not change with the order of adding, with what was removed, or from machine to machine, nothing
/// is ever retrained or moved, and lists made at different times can be joined. Why that costs next to no
/// recall: docs/decisions/0007-fixed-codebook.md.
///
/// The words are gathered in groups around 512 centres; a look-up compares the words of the nearest groups
/// only, a fifth of all. Immutable, so thread-safe.
class Codebook {
 public:
  static constexpr std::size_t kWords = 65536;
  /// Words looked at before the nearest ones are taken to be among them. Against a fifth, an eighth loses 15
  /// of 1,000 neighbours within 56 bits, a third gains 6 at half as much again for each look-up.
  static constexpr std::size_t kCompared = kWords / 5;

  /// Costs about 0.2 s.
  explicit Codebook(ScanPath path);

  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  friend class CodebookFinder;
  struct Group {
    std::uint32_t first_word = 0;
    CodeBlocks words;
  };

  ScanKernel scan_;
  CodeBlocks centres_;
  std::vector<Group> groups_;  ///< groups_[i] is around centre i; words are numbered group by group
  std::size_t largest_group_ = 0;
};

/// Looks codes up in a codebook, which must outlive it. For one thread.
class CodebookFinder {
 public:
  explicit CodebookFinder(const Codebook& codebook);

  /// The numbers (0..kWords - 1) of the `count` words nearest to `code`, of equally near ones the lower
  /// numbers, in no order; all words if `count` is more. Compares the words of the nearest groups, `compared`
  /// at least. Valid until the next look-up.
  [[nodiscard]] std::span<const std::uint32_t> find_nearest(const Code& code, std::size_t count,
                                                            std::size_t compared = Codebook::kCompared);

 private:
  void rank_centres(const Code& code);
  [[nodiscard]] int radius_of_least(std::size_t count) const;

  const Codebook& codebook_;
  std::vector<ScanHit> hits_;
  std::vector<std::uint32_t> ranked_centres_;
  std::vector<ScanHit> best_;
  std::vector<std::uint32_t> nearest_;
};

}  // namespace reelprint::index
