// FeatureIndex::search: the queries are gathered by list, so that each list is read once for all that look
// into it.
#include <algorithm>
#include <array>
#include <numeric>
#include <ranges>
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
    scan_probed(probes, search.words, answers);
  for (std::size_t q = 0; q < queries.size(); ++q) neighbours[q] = answers.finish(q);
  return neighbours;
}

/// Looks through lists for what is near the queries.
class FeatureIndex::ListScan {
 public:
  explicit ListScan(const FeatureIndex& index)
      : lists_(index.lists_), scan_(scan_kernel(index.settings_.path)) {}

  /// Query numbers are of `answers`.
  template <class Queries>
  void scan(std::size_t list, const Queries& queries, Answers& answers) {
    const CodeSpan codes = lists_.codes(list);
    const auto ids = lists_.ids(list);
    for (std::size_t first = 0; first < codes.size(); first += kTileCodes) {
      const CodeSpan tile = codes.part(first, kTileCodes);
      for (const std::size_t q : queries) {
        const std::size_t found = scan_(tile, answers.code(q), answers.radius(q), hits_.data());
        if (found > 0) answers.take(q, std::span(hits_).first(found), ids.subspan(first, tile.size()));
      }
    }
  }

 private:
  const CodeLists& lists_;
  ScanKernel scan_;
  std::array<ScanHit, kTileCodes + kScanSlack> hits_{};
};

void FeatureIndex::scan_all(Answers& answers) const {
  ListScan scan(*this);
  const auto everyone = std::views::iota(std::size_t{0}, answers.size());
  for (std::size_t list = 0; list < lists_.lists(); ++list) scan.scan(list, everyone, answers);
}

void FeatureIndex::scan_probed(std::size_t probes, std::size_t words, Answers& answers) const {
  CodebookFinder finder(*codebook_);
  ListScan scan(*this);
  const std::size_t batch = std::max<std::size_t>(1, kMaxProbesTogether / probes);
  for (std::size_t first = 0; first < answers.size(); first += batch) {
    const std::size_t end = std::min(answers.size(), first + batch);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> probed;  // list, query
    std::vector<std::size_t> ends(lists_.lists() + 1, 0);         // by list
    probed.reserve((end - first) * probes);
    for (std::size_t q = first; q < end; ++q) {
      for (const std::uint32_t list : finder.find_nearest(answers.code(q), probes, words)) {
        probed.emplace_back(list, static_cast<std::uint32_t>(q));
        ++ends[list + 1];
      }
    }
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<std::uint32_t> queries(probed.size());  // list by list: a counting sort
    for (const auto& [list, query] : probed) queries[ends[list]++] = query;
    std::size_t begin = 0;
    for (std::size_t list = 0; list < lists_.lists(); begin = ends[list++]) {
      scan.scan(list, std::span(queries).subspan(begin, ends[list] - begin), answers);
    }
  }
}

}  // namespace reelprint::index
