// How far two prints agree along a line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace reelprint::index {

/// The items of one print; positions in them are fractions where the line is not at speed 1.
using ItemSpan = std::span<const std::uint32_t>;

/// Query item `query` lies on reference item `reference`, and `speed` items of the reference on one of the
/// query.
struct ItemLine {
  double query = 0;
  double reference = 0;
  double speed = 1;

  [[nodiscard]] double reference_at(double query_item) const {
    return reference + speed * (query_item - query);
  }
};

/// Query items [begin, end) against the reference along `line`.
struct SoundStretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  ItemLine line;
  double score = 0;      ///< grows with length and agreement; a little less at a speed that is not 1
  double bit_error = 0;  ///< 0..1; unrelated sound has one half
  /// By how many standard deviations of unrelated sound the items differ in fewer bits than it does.
  double evidence = 0;
};

/// The speeds that are tried: reference seconds per query second.
inline constexpr double kSlowestSound = 0.75;
inline constexpr double kFastestSound = 1.34;

/// The stretch around query item `query` and reference item `reference`, which look alike, at the speed that
/// suits it best; nothing where the 3 s around them do not agree at any speed. Extended as BLAST extends its
/// hits (Altschul et al., Nucleic Acids Research 1997): item by item while the score is not far below its
/// best. An item that equals the one before it, as in silence and steady tones, counts for nothing where it
/// agrees.
[[nodiscard]] std::optional<SoundStretch> stretch_around(ItemSpan query, ItemSpan reference,
                                                         std::size_t query_item, std::size_t reference_item);

inline constexpr std::size_t kBlockItems = 8;  ///< about one second

enum class BlockAgreement : std::uint8_t { not_compared, disagrees, agrees };

/// For each block of kBlockItems query items (block i begins at item i * kBlockItems) that the stretch
/// touches, from the block of its first item on. A block is not compared where the stretch covers less than
/// half of it, or where it is steady.
[[nodiscard]] std::vector<BlockAgreement> compare_blocks(ItemSpan query, ItemSpan reference,
                                                         const SoundStretch& stretch);

}  // namespace reelprint::index
