#include "index/sound_index.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "index/sound_stretch.h"

namespace reelprint::index {
namespace {

constexpr std::size_t kMostItems = std::size_t{1} << 20;
constexpr Duration kShortestStep = std::chrono::milliseconds(20);
constexpr Duration kLongestStep = std::chrono::seconds(2);
constexpr std::int64_t kFarthestUs = std::int64_t{1} << 52;

constexpr std::size_t kItemBits = 32;
constexpr std::size_t kNeighbours = 1 + kItemBits + kItemBits * (kItemBits - 1) / 2;
/// Of an item and its neighbours; what occurs more often says nothing.
constexpr std::size_t kMostPlaces = 1024;
constexpr std::size_t kChunk = 4096;  ///< query items whose hits are held at once

// Measured on one half of the clips of docs/sound_search.md, beside 10,000 made-up references: what is false
// has 3.1 at most.
constexpr double kLeastEvidence = 4;
constexpr double kOnStretch = 1.5;          ///< items beside a known stretch's line that say nothing new
constexpr std::size_t kMostStretches = 64;  ///< that one chunk may add to one reference

/// The item and all that differ from it in one or two bits.
std::array<std::uint32_t, kNeighbours> neighbours_of(std::uint32_t item) {
  std::array<std::uint32_t, kNeighbours> neighbours{};
  std::size_t count = 0;
  neighbours[count++] = item;
  for (std::size_t a = 0; a < kItemBits; ++a) {
    const std::uint32_t flipped = item ^ (1U << a);
    neighbours[count++] = flipped;
    for (std::size_t b = 0; b < a; ++b) neighbours[count++] = flipped ^ (1U << b);
  }
  return neighbours;
}

struct Hit {
  std::uint32_t print = 0;
  std::uint32_t query = 0;
  std::uint32_t reference = 0;
  std::uint32_t votes = 0;  ///< hits of this print with the same offset

  [[nodiscard]] std::int64_t offset() const { return std::int64_t{reference} - query; }
};

/// Counts the votes, and puts the hits of the best offset of each print first: what lies beside it is only
/// its echo.
void order_by_votes(std::vector<Hit>& hits) {
  std::ranges::sort(hits, {}, [](const Hit& hit) { return std::tuple(hit.print, hit.offset(), hit.query); });
  for (auto begin = hits.begin(); begin != hits.end();) {
    const auto end = std::find_if(begin, hits.end(), [&](const Hit& hit) {
      return hit.print != begin->print || hit.offset() != begin->offset();
    });
    const auto votes = static_cast<std::uint32_t>(end - begin);
    for (; begin != end; ++begin) begin->votes = votes;
  }
  std::ranges::sort(hits, {}, [](const Hit& hit) {
    return std::tuple(hit.print, -std::int64_t{hit.votes}, hit.offset(), hit.query);
  });
}

/// Of query items [first, second) of `range`, those of one print together. Notes the items that occur too
/// often.
std::vector<Hit> find_hits(const SoundItems& items, ItemSpan query, std::pair<std::size_t, std::size_t> range,
                           std::vector<bool>& is_common) {
  std::vector<Hit> hits;
  std::vector<ItemPlace> places;
  for (std::size_t q = range.first; q < range.second; ++q) {
    if (q > 0 && query[q] == query[q - 1]) continue;
    places.clear();
    is_common[q] = !items.find(neighbours_of(query[q]), kMostPlaces, places);
    if (is_common[q]) continue;
    for (const ItemPlace& place : places)
      hits.push_back({place.print, static_cast<std::uint32_t>(q), place.position, 0});
  }
  order_by_votes(hits);
  return hits;
}

bool is_known(const Hit& hit, const std::vector<SoundStretch>& stretches) {
  return std::ranges::any_of(stretches, [&](const SoundStretch& stretch) {
    return stretch.begin <= hit.query && hit.query < stretch.end &&
           std::abs(stretch.line.reference_at(hit.query) - hit.reference) <= kOnStretch;
  });
}

/// Adds the stretches that the hits of one print and one chunk lead to.
void extend_hits(ItemSpan query, ItemSpan reference, std::span<const Hit> hits,
                 std::vector<SoundStretch>& stretches) {
  const std::size_t most = stretches.size() + kMostStretches;
  for (const Hit& hit : hits) {
    if (stretches.size() == most) return;
    if (is_known(hit, stretches)) continue;
    const auto stretch = stretch_around(query, reference, hit.query, hit.reference);
    if (stretch && stretch->evidence >= kLeastEvidence) stretches.push_back(*stretch);
  }
}

/// Which series' sound the query plays, second by second.
class BlockSeries {
 public:
  BlockSeries(std::size_t items, const std::vector<bool>& is_common)
      : series_((items + kBlockItems - 1) / kBlockItems), is_shared_(series_.size()) {
    for (std::size_t block = 0; block < series_.size(); ++block) {
      const std::size_t begin = block * kBlockItems;
      const std::size_t end = std::min(items, begin + kBlockItems);
      const auto common = std::count(is_common.begin() + static_cast<std::ptrdiff_t>(begin),
                                     is_common.begin() + static_cast<std::ptrdiff_t>(end), true);
      is_shared_[block] = static_cast<std::size_t>(common) * 2 >= end - begin;
    }
  }

  void note(SeriesId series, std::size_t block) {
    if (series_[block] && *series_[block] != series) is_shared_[block] = true;
    series_[block] = series;
  }
  [[nodiscard]] bool is_shared(std::size_t block) const { return is_shared_[block]; }

 private:
  std::vector<std::optional<SeriesId>> series_;
  std::vector<bool> is_shared_;
};

/// Drops, of one reference, what mostly claims query items that better stretches have claimed.
std::vector<SoundStretch> without_echoes(std::vector<SoundStretch> stretches) {
  std::ranges::sort(stretches, [](const SoundStretch& a, const SoundStretch& b) {
    return std::tuple(-a.score, a.begin, a.end, a.line.reference_at(0)) <
           std::tuple(-b.score, b.begin, b.end, b.line.reference_at(0));
  });
  std::vector<SoundStretch> kept;
  for (const SoundStretch& stretch : stretches) {
    std::size_t claimed = 0;
    for (const SoundStretch& better : kept) {
      const std::size_t begin = std::max(stretch.begin, better.begin);
      claimed += std::max(begin, std::min(stretch.end, better.end)) - begin;
    }
    if (claimed * 2 <= stretch.end - stretch.begin) kept.push_back(stretch);
  }
  return kept;
}

Timestamp time_at(Timestamp begin, Duration step, double item) {
  return begin + Duration{std::llround(item * static_cast<double>(step.count()))};
}

struct ReferenceSound {
  ReferenceId id;
  SeriesId series;
  Timestamp begin;
  ItemSpan items;
};

/// A candidate but for what other series have, and the query blocks that agree.
struct Finding {
  SoundCandidate candidate;
  std::vector<std::size_t> agreeing;
};

Finding finding_of(const AudioPrint& query, const ReferenceSound& reference, const SoundStretch& stretch) {
  Finding finding;
  std::size_t compared = 0;
  const auto blocks = compare_blocks(query.items, reference.items, stretch);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i] != BlockAgreement::not_compared) ++compared;
    if (blocks[i] == BlockAgreement::agrees) finding.agreeing.push_back(stretch.begin / kBlockItems + i);
  }
  const auto begin = static_cast<double>(stretch.begin);
  const auto end = static_cast<double>(stretch.end);
  const auto reference_time = [&](double query_item) {
    const double item =
        std::clamp(stretch.line.reference_at(query_item), 0., static_cast<double>(reference.items.size()));
    return time_at(reference.begin, query.step, item);
  };
  SoundCandidate& candidate = finding.candidate;
  candidate.reference = reference.id;
  candidate.series = reference.series;
  candidate.query_span = {time_at(query.begin, query.step, begin), time_at(query.begin, query.step, end)};
  candidate.reference_span = {reference_time(begin), reference_time(end)};
  candidate.speed = stretch.line.speed;
  candidate.bit_error = stretch.bit_error;
  candidate.evidence = stretch.evidence;
  if (compared > 0)
    candidate.agreement = static_cast<double>(finding.agreeing.size()) / static_cast<double>(compared);
  return finding;
}

/// Most evidence first.
void rank(std::vector<SoundCandidate>& candidates) {
  std::ranges::sort(candidates, {}, [](const SoundCandidate& candidate) {
    return std::tuple(-candidate.evidence, candidate.reference, candidate.query_span,
                      candidate.reference_span);
  });
}

}  // namespace

bool is_searchable(const AudioPrint& print) {
  return !print.items.empty() && print.items.size() <= kMostItems && print.step >= kShortestStep &&
         print.step <= kLongestStep && print.begin.us >= -kFarthestUs && print.begin.us <= kFarthestUs;
}

void SoundIndex::add(ReferenceId reference, SeriesId series, const AudioPrint& print) {
  remove(reference);
  if (!is_searchable(print)) return;
  const std::uint32_t number = items_.add(print.items);
  if (entries_by_print_.size() <= number) entries_by_print_.resize(number + 1);
  entries_by_print_[number] = {reference, series, print.begin, print.step};
  entries_[reference] = number;
}

bool SoundIndex::remove(ReferenceId reference) {
  const auto entry = entries_.find(reference);
  if (entry == entries_.end()) return false;
  items_.remove(entry->second);
  entries_.erase(entry);
  return true;
}

/// What the query's items lead to.
struct SoundIndex::Found {
  std::map<std::uint32_t, std::vector<SoundStretch>> stretches;  ///< by print
  std::vector<bool> is_common;                                   ///< of each query item: occurs too often
};

SoundIndex::Found SoundIndex::find(const AudioPrint& query) const {
  const ItemSpan items = query.items;
  Found found;
  found.is_common.resize(items.size());
  for (std::size_t from = 0; from < items.size(); from += kChunk) {
    const std::size_t to = std::min(from + kChunk, items.size());
    const std::vector<Hit> hits = find_hits(items_, items, {from, to}, found.is_common);
    for (auto begin = hits.begin(); begin != hits.end();) {
      const std::uint32_t print = begin->print;
      const auto end = std::find_if(begin, hits.end(), [&](const Hit& hit) { return hit.print != print; });
      if (entries_by_print_[print].step == query.step)
        extend_hits(items, items_.items(print), {begin, end}, found.stretches[print]);
      begin = end;
    }
  }
  return found;
}

std::vector<SoundCandidate> SoundIndex::search(const AudioPrint& query) const {
  if (!is_searchable(query)) return {};
  Found found = find(query);

  BlockSeries series_of_block(query.items.size(), found.is_common);
  std::vector<Finding> findings;
  for (auto& [print, stretches] : found.stretches) {
    const Entry& entry = entries_by_print_[print];
    const ReferenceSound reference{entry.reference, entry.series, entry.begin, items_.items(print)};
    for (const SoundStretch& stretch : without_echoes(std::move(stretches))) {
      Finding finding = finding_of(query, reference, stretch);
      if (finding.agreeing.empty()) continue;
      for (const std::size_t block : finding.agreeing) series_of_block.note(entry.series, block);
      findings.push_back(std::move(finding));
    }
  }

  std::vector<SoundCandidate> candidates;
  for (auto& [candidate, agreeing] : findings) {
    const auto own =
        std::ranges::count_if(agreeing, [&](std::size_t block) { return !series_of_block.is_shared(block); });
    candidate.distinctive =
        std::min(candidate.query_span.length(), query.step * (own * std::ptrdiff_t{kBlockItems}));
    candidates.push_back(candidate);
  }
  rank(candidates);
  return candidates;
}

std::size_t SoundIndex::memory_bytes() const {
  constexpr std::size_t kMapNode = 48;
  return items_.memory_bytes() + entries_by_print_.capacity() * sizeof(Entry) + entries_.size() * kMapNode;
}

}  // namespace reelprint::index
