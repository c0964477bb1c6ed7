// FeatureIndex::search: the queries are gathered by list, so that each list is read once for all that look
// into it.
#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "index/feature_index.h"
#include "index/feature_row.h"

namespace reelprint::index {
namespace {

/// Of one batch; bounds the memory that gathering by list takes (4 B each, twice).
constexpr std::size_t kMaxProbesTogether = std::size_t{1} << 23;

/// The scan aimed at for each query, and the bounds on the lists looked into.
constexpr std::size_t kCodesPerQuery = 128'000;
constexpr std::size_t kLeastProbes = 112;
constexpr std::size_t kMostProbes = 256;

struct Found {
  int distance = 0;
  RowId id = 0;
};

}  // namespace

/// What was found so far for each query, and how near a code must be to matter still.
class FeatureIndex::Answers {
  struct alignas(64) Answer {  // a cache line: each scan of a list looks at one for every query
    Code code{};
    int radius = 0;  ///< the wanted one, or the distance of the worst that is sure to be kept
    std::vector<Found> found;
  };

  [[nodiscard]] std::tuple<int, ReferenceId, std::uint64_t> rank(const Found& found) const {
    return {found.distance, slots_[slot_of(found.id)].reference, place_of(found.id)};
  }

 public:
  Answers(const FeatureIndex& index, std::span<const LocalFeature> queries, const FeatureSearch& search)
      : slots_(index.slots_), most_(std::min(search.most_per_query, index.features_)), each_(queries.size()) {
    for (std::size_t q = 0; q < queries.size(); ++q) {
      each_[q].code = queries[q].descriptor;
      each_[q].radius = std::min(search.radius, kCodeBits);
    }
  }

  [[nodiscard]] std::size_t size() const { return each_.size(); }
  [[nodiscard]] const Code& code(std::size_t query) const { return each_[query].code; }
  [[nodiscard]] int radius(std::size_t query) const { return each_[query].radius; }

  /// Takes in hits whose positions are those of `ids`.
  void take(std::size_t query, std::span<const ScanHit> hits, std::span<const RowId> ids) {
    Answer& answer = each_[query];
    for (const ScanHit hit : hits) {
      const RowId id = ids[position_of(hit)];
      if (distance_of(hit) > answer.radius || !slots_[slot_of(id)].is_live) continue;
      answer.found.push_back({distance_of(hit), id});
      if (answer.found.size() >= 2 * most_ + 8) keep_best(answer);
    }
  }

  [[nodiscard]] std::vector<FeatureNeighbour> finish(std::size_t query) {
    Answer& answer = each_[query];
    keep_best(answer);
    std::ranges::sort(answer.found, {}, [this](const Found& found) { return rank(found); });
    std::vector<FeatureNeighbour> neighbours;
    neighbours.reserve(answer.found.size());
    for (const Found& found : answer.found) {
      neighbours.push_back({slots_[slot_of(found.id)].reference, detail_of(found.id), feature_of(found.id),
                            static_cast<std::uint16_t>(found.distance)});
    }
    return neighbours;
  }

 private:
  void keep_best(Answer& answer) {
    auto& found = answer.found;
    if (found.size() <= most_) return;
    const auto worst = found.begin() + static_cast<std::ptrdiff_t>(most_ - 1);
    std::ranges::nth_element(found, worst, {}, [this](const Found& one) { return rank(one); });
    answer.radius = worst->distance;
    found.resize(most_);
  }

  const std::vector<Slot>& slots_;
  std::size_t most_;
  std::vector<Answer> each_;
};

std::size_t probes_for(std::size_t features) {
  if (features == 0) return kMostProbes;
  return std::clamp(kCodesPerQuery * Codebook::kWords / features, kLeastProbes, kMostProbes);
}

std::vector<std::vector<FeatureNeighbour>> FeatureIndex::search(std::span<const LocalFeature> queries,
                                                                const FeatureSearch& search) const {
  std::vector<std::vector<FeatureNeighbour>> neighbours(queries.size());
  if (features_ == 0 || search.radius < 0 || search.most_per_query == 0) return neighbours;

  const std::size_t probes = search.probes == 0 ? probes_for(features_) : search.probes;
  Answers answers(*this, queries, search);
  if (features_ < settings_.exhaustive_below || !codebook_ || probes >= lists_.lists())
    scan_all(answers);
  else
    scan_probed(probes, answers);
  for (std::size_t q = 0; q < queries.size(); ++q) neighbours[q] = answers.finish(q);
  return neighbours;
}

/// Codes laid out for scanning, whose they are, and room for what is found among them.
class FeatureIndex::Tile {
 public:
  explicit Tile(const FeatureIndex& index) : index_(index), scan_(scan_kernel(index.settings_.path)) {}

  void clear() {
    codes_.clear();
    ids_.clear();
  }
  [[nodiscard]] std::size_t size() const { return codes_.size(); }

  /// Rows of a list from `first` on, as many as there are and fit in; returns their number.
  std::size_t append(std::size_t list, std::size_t first) {
    const std::size_t count = std::min(kTileCodes - size(), index_.lists_.rows(list) - first);
    const auto ids = index_.lists_.ids(list).subspan(first, count);
    codes_.append(index_.lists_.codes(list).subspan(first * kCodeBytes, count * kCodeBytes));
    ids_.insert(ids_.end(), ids.begin(), ids.end());
    return count;
  }

  void scan(std::size_t query, Answers& answers) {
    const std::size_t found = scan_(codes_.all(), answers.code(query), answers.radius(query), hits_.data());
    if (found > 0) answers.take(query, std::span(hits_).first(found), ids_);
  }

 private:
  const FeatureIndex& index_;
  ScanKernel scan_;
  CodeBlocks codes_;
  std::vector<RowId> ids_;
  std::array<ScanHit, kTileCodes + kScanSlack> hits_{};
};

void FeatureIndex::scan_all(Answers& answers) const {
  Tile tile(*this);
  const auto scan_tile = [&] {
    for (std::size_t q = 0; q < answers.size(); ++q) tile.scan(q, answers);
    tile.clear();
  };
  for (std::size_t list = 0; list < lists_.lists();
       ++list) {  // a tile spans lists: most hold a few codes only
    for (std::size_t row = 0; row < lists_.rows(list);) {
      row += tile.append(list, row);
      if (tile.size() == kTileCodes) scan_tile();
    }
  }
  scan_tile();
}

void FeatureIndex::scan_probed(std::size_t probes, Answers& answers) const {
  CodebookFinder finder(*codebook_);
  Tile tile(*this);
  const std::size_t batch = std::max<std::size_t>(1, kMaxProbesTogether / probes);
  for (std::size_t first = 0; first < answers.size(); first += batch) {
    const std::size_t end = std::min(answers.size(), first + batch);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> probed;  // list, query
    std::vector<std::size_t> ends(lists_.lists() + 1, 0);         // by list
    probed.reserve((end - first) * probes);
    for (std::size_t q = first; q < end; ++q) {
      for (const std::uint32_t list : finder.find_nearest(answers.code(q), probes)) {
        probed.emplace_back(list, static_cast<std::uint32_t>(q));
        ++ends[list + 1];
      }
    }
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<std::uint32_t> queries(probed.size());  // list by list: a counting sort
    for (const auto& [list, query] : probed) queries[ends[list]++] = query;
    std::size_t begin = 0;
    for (std::size_t list = 0; list < lists_.lists(); begin = ends[list++]) {
      scan_list(list, std::span(queries).subspan(begin, ends[list] - begin), tile, answers);
    }
  }
}

void FeatureIndex::scan_list(std::size_t list, std::span<const std::uint32_t> queries, Tile& tile,
                             Answers& answers) const {
  if (queries.empty()) return;
  for (std::size_t row = 0; row < lists_.rows(list);) {
    tile.clear();
    row += tile.append(list, row);
    for (const std::uint32_t q : queries) tile.scan(q, answers);
  }
}

}  // namespace reelprint::index
