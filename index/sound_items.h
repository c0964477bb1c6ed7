// The Chromaprint items of all references, and where each of them occurs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace reelprint::index {

/// One item of one print.
struct ItemPlace {
  std::uint32_t print = 0;
  std::uint32_t position = 0;  ///< in the print
};

/// An inverted index. Its lists lie in sorted runs, each at least eight times as long as the next, which are
/// merged as prints come (O'Neil et al., The Log-Structured Merge-Tree, Acta Informatica 1996); removed
/// prints are swept out once they are a quarter of the rest. 14 to 17 bytes an item. Reading is thread-safe
/// while nobody writes.
class SoundItems {
 public:
  /// The number that names the print from now on; numbers of removed prints may come again.
  /// Throws Error{too_large} at 2³² items.
  std::uint32_t add(std::span<const std::uint32_t> items);
  void remove(std::uint32_t print);

  /// Of a print that was added and not removed; valid until the next add or remove.
  [[nodiscard]] std::span<const std::uint32_t> items(std::uint32_t print) const;

  /// Appends the places of all the `items` to `places`, in no meaningful order. False when there are more
  /// than `most`: then some of them are appended.
  [[nodiscard]] bool find(std::span<const std::uint32_t> items, std::size_t most,
                          std::vector<ItemPlace>& places) const;

  [[nodiscard]] std::size_t size() const { return live_; }  ///< items
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  /// Sorted by key, which is the item with its bits mixed, so that keys spread evenly over the buckets.
  struct Run {
    std::vector<std::uint32_t> keys;
    std::vector<std::uint32_t> places;   ///< places[i], in items_, belongs to keys[i]
    std::vector<std::uint32_t> buckets;  ///< where the keys with each value of the leading bits begin
    int shift = 32;                      ///< key >> shift is its bucket
  };
  struct Print {
    std::uint32_t first = 0;  ///< in items_
    std::uint32_t count = 0;
    bool is_live = false;
  };

  static Run merged(const Run& a, const Run& b);
  static void index_buckets(Run& run);
  void find_in(const Run& run, std::uint32_t key, std::size_t limit, std::vector<ItemPlace>& places) const;
  void sweep();

  std::vector<std::uint32_t> items_;   ///< print after print
  std::vector<std::uint32_t> owners_;  ///< owners_[i] is the print at or before place i * kOwnerBlock
  std::vector<Print> prints_;
  std::vector<std::uint32_t> free_;  ///< prints without items that may be used again
  std::vector<Run> runs_;            ///< longest first
  std::size_t live_ = 0;
  std::size_t removed_ = 0;  ///< items of removed prints that are not swept yet
};

}  // namespace reelprint::index
