#include "index/codebook.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "index/descriptor_model.h"

namespace reelprint::index {
namespace {

constexpr std::size_t kGroups = 512;
constexpr std::uint64_t kCentreSeed = 1;
constexpr std::uint64_t kWordSeed = 2;

}  // namespace

Codebook::Codebook(ScanPath path) : scan_(scan_kernel(path)), groups_(kGroups) {
  ModelCodes centres(kCentreSeed);
  for (std::size_t i = 0; i < kGroups; ++i) centres_.append(centres.next());

  ModelCodes words(kWordSeed);
  std::vector<ScanHit> ranked;
  for (std::size_t i = 0; i < kWords; ++i) {
    const Code word = words.next();
    ranked.resize(kGroups + kScanSlack);
    ranked.resize(scan_(centres_.all(), word, kCodeBits, ranked.data()));
    groups_[position_of(*std::ranges::min_element(ranked))].words.append(word);
  }
  std::uint32_t first_word = 0;
  for (Group& group : groups_) {
    group.first_word = first_word;
    first_word += static_cast<std::uint32_t>(group.words.size());
    largest_group_ = std::max(largest_group_, group.words.size());
  }
}

std::size_t Codebook::memory_bytes() const {
  return std::accumulate(
      groups_.begin(), groups_.end(), centres_.memory_bytes(),
      [](std::size_t sum, const Group& group) { return sum + group.words.memory_bytes(); });
}

CodebookFinder::CodebookFinder(const Codebook& codebook)
    : codebook_(codebook), hits_(std::max(codebook.largest_group_, kGroups) + kScanSlack) {}

std::span<const std::uint32_t> CodebookFinder::find_nearest(const Code& code, std::size_t count,
                                                            std::size_t compared) {
  nearest_.clear();
  best_.clear();
  if (count == 0) return nearest_;
  rank_centres(code);
  int radius = kCodeBits;
  std::size_t looked_at = 0;
  for (const std::uint32_t centre : ranked_centres_) {
    if (looked_at >= compared && best_.size() >= count) break;
    const Codebook::Group& group = codebook_.groups_[centre];
    const std::size_t found = codebook_.scan_(group.words.all(), code, radius, hits_.data());
    for (std::size_t i = 0; i < found; ++i) best_.push_back(hits_[i] + group.first_word);
    looked_at += group.words.size();
    if (best_.size() < 3 * count) continue;
    radius = radius_of_least(count);
    std::erase_if(best_, [&](ScanHit hit) { return distance_of(hit) > radius; });
  }
  if (best_.size() > count) {
    std::ranges::nth_element(best_, best_.begin() + static_cast<std::ptrdiff_t>(count));
    best_.resize(count);
  }
  for (const ScanHit hit : best_) nearest_.push_back(position_of(hit));
  return nearest_;
}

/// By a counting sort.
void CodebookFinder::rank_centres(const Code& code) {
  const std::size_t centres = codebook_.scan_(codebook_.centres_.all(), code, kCodeBits, hits_.data());
  std::array<std::uint32_t, kCodeBits + 2> ends{};
  for (std::size_t i = 0; i < centres; ++i) ++ends[static_cast<std::size_t>(distance_of(hits_[i])) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  ranked_centres_.resize(centres);
  for (std::size_t i = 0; i < centres; ++i) {
    ranked_centres_[ends[static_cast<std::size_t>(distance_of(hits_[i]))]++] = position_of(hits_[i]);
  }
}

/// The distance within which at least `count` of the best so far lie.
int CodebookFinder::radius_of_least(std::size_t count) const {
  std::array<std::uint32_t, kCodeBits + 1> at_distance{};
  for (const ScanHit hit : best_) ++at_distance[static_cast<std::size_t>(distance_of(hit))];
  int radius = 0;
  for (std::size_t within = at_distance[0]; within < count && radius < kCodeBits;) {
    within += at_distance[static_cast<std::size_t>(++radius)];
  }
  return radius;
}

}  // namespace reelprint::index
