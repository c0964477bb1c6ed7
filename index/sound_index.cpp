#include "index/sound_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "index/sound_items.h"
#include "index/sound_stretch.h"

namespace reelprint::index {
namespace {

/// Of an item and its neighbours; what occurs more often says nothing.
constexpr std::size_t kMostPlaces = 1024;
constexpr std::size_t kChunk = 4096;  ///< query items whose hits are held at once

// Measured on one half of the clips of docs/sound_search.md, beside 10,000 made-up references: what is false
// has 3.1 at most.
constexpr double kLeastEvidence = 4;
constexpr double kOnStretch = 1.5;          ///< items beside a known stretch's line that say nothing new
constexpr std::size_t kMostStretches = 64;  ///< that one chunk may add to one reference

struct Hit {
  ItemHit item;
  std::uint32_t votes = 0;  ///< hits of this reference with the same offset

  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> print() const { return {item.segment, item.slot}; }
  [[nodiscard]] std::int64_t offset() const { return std::int64_t{item.reference} - item.query; }
};

/// Those of one reference together. Counts the votes, and puts the hits of the best offset of each reference
/// first: what lies beside it is only its echo.
std::vector<Hit> ordered_by_votes(std::span<const ItemHit> items) {
  std::vector<Hit> hits;
  hits.reserve(items.size());
  for (const ItemHit& item : items) hits.push_back({item, 0});
  std::ranges::sort(hits, {},
                    [](const Hit& hit) { return std::tuple(hit.print(), hit.offset(), hit.item.query); });
  for (auto begin = hits.begin(); begin != hits.end();) {
    const auto end = std::find_if(begin, hits.end(), [&](const Hit& hit) {
      return hit.print() != begin->print() || hit.offset() != begin->offset();
    });
    const auto votes = static_cast<std::uint32_t>(end - begin);
    for (; begin != end; ++begin) begin->votes = votes;
  }
  std::ranges::sort(hits, {}, [](const Hit& hit) {
    return std::tuple(hit.print(), -std::int64_t{hit.votes}, hit.offset(), hit.item.query);
  });
  return hits;
}

bool is_known(const ItemHit& hit, const std::vector<SoundStretch>& stretches) {
  return std::ranges::any_of(stretches, [&](const SoundStretch& stretch) {
    return stretch.begin <= hit.query && hit.query < stretch.end &&
           std::abs(stretch.line.reference_at(hit.query) - hit.reference) <= kOnStretch;
  });
}

/// Adds the stretches that the hits of one reference and one chunk lead to.
void extend_hits(ItemSpan query, ItemSpan reference, std::span<const Hit> hits,
                 std::vector<SoundStretch>& stretches) {
  const std::size_t most = stretches.size() + kMostStretches;
  for (const Hit& hit : hits) {
    if (stretches.size() == most) return;
    if (is_known(hit.item, stretches)) continue;
    const auto stretch = stretch_around(query, reference, hit.item.query, hit.item.reference);
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

SoundIndex::SoundIndex(AlgorithmId algorithm) : algorithm_(algorithm), segments_(algorithm) {}

void SoundIndex::add(ReferenceId reference, SeriesId series, const AudioPrint& print) {
  remove(reference);
  segments_.add(SoundPart::of(reference, series, print, algorithm_));
  if (is_searchable(print)) ++findable_;
}

bool SoundIndex::remove(ReferenceId reference) {
  const auto place = segments_.find(reference);
  if (!place) return false;
  if (record_at(*place).items > 0) --findable_;
  return segments_.remove(reference);
}

void SoundIndex::adopt(Segments<SoundPart> segments) {
  segments_ = std::move(segments);
  findable_ = 0;
  for (const auto& segment : segments_.all()) {
    for (std::size_t slot = 0; slot < segment.part->references(); ++slot)
      if (segment.is_live(slot) && segment.part->records()[slot].items > 0) ++findable_;
  }
}

const SoundRecord& SoundIndex::record_at(Place place) const {
  return segments_.all()[place.segment].part->records()[place.slot];
}

ItemSpan SoundIndex::items_at(Place place) const {
  return segments_.all()[place.segment].part->items_of(place.slot);
}

AudioPrint SoundIndex::print_of(ReferenceId reference) const {
  const auto place = segments_.find(reference);
  if (!place) return {};
  const SoundRecord& record = record_at(*place);
  const ItemSpan items = items_at(*place);
  return {Timestamp{record.begin_us}, Duration{record.step_us}, {items.begin(), items.end()}};
}

/// What the query's items lead to.
struct SoundIndex::Found {
  /// By segment and slot.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<SoundStretch>> stretches;
  std::vector<bool> is_common;  ///< of each query item: occurs too often
};

SoundIndex::Found SoundIndex::find(const AudioPrint& query) const {
  const ItemSpan items = query.items;
  Found found;
  found.is_common.resize(items.size());
  for (std::size_t from = 0; from < items.size(); from += kChunk) {
    const std::size_t to = std::min(from + kChunk, items.size());
    const std::vector<Hit> hits =
        ordered_by_votes(look_up_items(segments_.all(), items, {from, to}, kMostPlaces, found.is_common));
    for (auto begin = hits.begin(); begin != hits.end();) {
      const auto print = begin->print();
      const auto end = std::find_if(begin, hits.end(), [&](const Hit& hit) { return hit.print() != print; });
      const Place place{print.first, print.second};
      if (Duration{record_at(place).step_us} == query.step)
        extend_hits(items, items_at(place), {begin, end}, found.stretches[print]);
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
    const Place place{print.first, print.second};
    const SoundRecord& record = record_at(place);
    const ReferenceSound reference{record.reference, record.series, Timestamp{record.begin_us},
                                   items_at(place)};
    for (const SoundStretch& stretch : without_echoes(std::move(stretches))) {
      Finding finding = finding_of(query, reference, stretch);
      if (finding.agreeing.empty()) continue;
      for (const std::size_t block : finding.agreeing) series_of_block.note(record.series, block);
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

}  // namespace reelprint::index
