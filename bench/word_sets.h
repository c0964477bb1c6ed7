// Code words for frame hashes, to compare with those of index/frame_codebook.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "index/hamming_scan.h"

namespace reelprint::bench {

/// Words are numbered from 0. Of equally near words the lower number is the nearer, unless said otherwise.
struct WordSet {
  std::string name;
  std::size_t words = 0;
  std::function<std::uint32_t(const index::Code&)> nearest;
  /// The place of each word when ordered by distance, 0 the nearest.
  std::function<std::vector<std::uint32_t>(const index::Code&)> places;
};

/// The hash's whole, or its 8×8 lowest frequencies.
enum class WordBits { all, low };

/// Fair coins.
[[nodiscard]] WordSet random_words(std::size_t words, WordBits bits);
/// All pairs of `half_words` words for the even rows of the 8×8 lowest frequencies and as many for the odd.
[[nodiscard]] WordSet word_pairs(std::size_t half_words);
/// Given hashes as words.
[[nodiscard]] WordSet words_of(std::vector<index::Code> hashes);
/// The one in use.
[[nodiscard]] WordSet frame_codebook_words();

}  // namespace reelprint::bench
