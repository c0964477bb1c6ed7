#include "index/feature_search.h"

#include <algorithm>
#include <numeric>
#include <ranges>
#include <tuple>
#include <unordered_map>

#include "index/scan_batch.h"

namespace reelprint::index {
namespace {

/// Of one batch; bounds the memory that gathering by list takes (4 B each, twice).
constexpr std::size_t kMaxProbesTogether = std::size_t{1} << 23;
constexpr std::size_t kRowsTogether = 4096;  ///< scanned before radii are narrowed by what was found

/// What was found so far for each query, and how near a row must be to matter still.
class Answers {
 public:
  Answers(std::span<const LocalFeature> queries, const FeatureSearch& search)
      : most_(search.most_per_query), radii_(queries.size(), std::min(search.radius, kCodeBits)) {
    for (const LocalFeature& query : queries) codes_.push_back(query.descriptor);
    found_.resize(queries.size());
  }

  [[nodiscard]] std::size_t size() const { return codes_.size(); }
  [[nodiscard]] const Code& code(std::size_t query) const { return codes_[query]; }
  /// The wanted one, or the distance of the worst that is sure to be kept.
  [[nodiscard]] int radius(std::size_t query) const { return radii_[query]; }

  void take(std::size_t query, int distance, const Segment<FeaturePart>& segment, std::size_t row) {
    if (distance > radii_[query]) return;
    const auto of = segment.part->row(row);
    if (!of || !segment.is_live(of->slot)) return;
    auto& found = found_[query];
    found.push_back(
        {segment.part->reference(of->slot), of->detail, of->length, static_cast<std::uint16_t>(distance)});
    if (found.size() >= 2 * most_ + 8) keep_best(query);
  }

  [[nodiscard]] FeatureNeighbours finish() {
    for (std::size_t q = 0; q < found_.size(); ++q) {
      keep_best(q);
      std::ranges::sort(found_[q], {}, rank);
    }
    return std::move(found_);
  }

 private:
  static std::tuple<int, ReferenceId, std::uint32_t, std::uint8_t> rank(const FeatureNeighbour& one) {
    return {one.distance, one.reference, one.detail, one.length};
  }

  void keep_best(std::size_t query) {
    auto& found = found_[query];
    if (found.size() <= most_) return;
    const auto worst = found.begin() + static_cast<std::ptrdiff_t>(most_ - 1);
    std::ranges::nth_element(found, worst, {}, rank);
    radii_[query] = worst->distance;
    found.resize(most_);
  }

  std::size_t most_;
  std::vector<Code> codes_;
  std::vector<int> radii_;
  FeatureNeighbours found_;
};

/// Looks for some queries in ranges of rows.
class RangeScan {
 public:
  RangeScan(ScanPath path, Answers& answers) : path_(path), answers_(answers) {}

  /// `take(query, distance, row)` gets what is near.
  template <class Queries, class Take>
  void scan(const FeaturePart& part, FeaturePart::Range range, const Queries& queries, const Take& take) {
    if (range.begin == range.end) return;
    const std::size_t first = range.begin / CodeBlock::kCodes * CodeBlock::kCodes;
    for (std::size_t begin = first; begin < range.end; begin += kRowsTogether) {
      codes_.clear();
      radii_.clear();
      for (const std::size_t q : queries) {
        codes_.push_back(answers_.code(q));
        radii_.push_back(answers_.radius(q));
      }
      hits_.clear();
      const std::size_t count = std::min(kRowsTogether, range.end - begin);
      scan_batch(path_, part.codes().part(begin, count), codes_, radii_, hits_);
      for (const BatchHit& hit : hits_) {
        const std::size_t row = begin + position_of(hit.hit);
        if (row >= range.begin) take(queries[hit.query], distance_of(hit.hit), row);
      }
    }
  }

 private:
  ScanPath path_;
  Answers& answers_;
  std::vector<Code> codes_;
  std::vector<int> radii_;
  std::vector<BatchHit> hits_;
};

/// Which queries look into which lists.
class Lookers {
 public:
  Lookers(const Answers& answers, std::size_t first, std::size_t end, const FeatureSearch& search)
      : ends_(Codebook::kWords + 1) {
    CodebookFinder finder(feature_codebook());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> probed;  // list, query
    probed.reserve((end - first) * search.probes);
    for (std::size_t q = first; q < end; ++q) {
      for (const std::uint32_t list : finder.find_nearest(answers.code(q), search.probes, search.words)) {
        probed.emplace_back(list, static_cast<std::uint32_t>(q));
        ++ends_[list + 1];
      }
    }
    std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
    auto next = ends_;
    queries_.resize(probed.size());  // list by list: a counting sort
    for (const auto& [list, query] : probed) queries_[next[list]++] = query;
  }

  /// Ascending.
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t list) const {
    return std::span(queries_).subspan(ends_[list], ends_[list + 1] - ends_[list]);
  }

 private:
  std::vector<std::size_t> ends_;  ///< of(list) is from ends_[list] to ends_[list + 1]
  std::vector<std::uint32_t> queries_;
};

/// Rows of segments that are not listed, as if they were: a row counts for those who look into its list.
class UnlistedRows {
 public:
  [[nodiscard]] std::uint32_t list_of(const FeaturePart& part, std::size_t row) {
    const auto [it, is_new] = lists_[&part].try_emplace(row, 0);
    if (is_new) it->second = finder_.find_nearest(part.codes()[row], 1).front();
    return it->second;
  }

 private:
  CodebookFinder finder_{feature_codebook()};
  std::unordered_map<const FeaturePart*, std::unordered_map<std::size_t, std::uint32_t>> lists_;
};

}  // namespace

FeatureNeighbours scan_features(std::span<const Segment<FeaturePart>> segments,
                                std::span<const LocalFeature> queries, const FeatureSearch& search,
                                ScanPath path) {
  Answers answers(queries, search);
  RangeScan scan(path, answers);
  const auto everyone = std::views::iota(std::size_t{0}, answers.size());
  for (const auto& segment : segments) {
    scan.scan(*segment.part, {0, segment.part->rows()}, everyone,
              [&](std::size_t query, int distance, std::size_t row) {
                answers.take(query, distance, segment, row);
              });
  }
  return answers.finish();
}

FeatureNeighbours probe_features(std::span<const Segment<FeaturePart>> segments,
                                 std::span<const LocalFeature> queries, const FeatureSearch& search,
                                 ScanPath path) {
  Answers answers(queries, search);
  RangeScan scan(path, answers);
  UnlistedRows unlisted;
  const std::size_t batch = std::max<std::size_t>(1, kMaxProbesTogether / search.probes);
  for (std::size_t first = 0; first < answers.size(); first += batch) {
    const std::size_t end = std::min(answers.size(), first + batch);
    const Lookers lookers(answers, first, end, search);
    for (const auto& segment : segments) {
      const FeaturePart& part = *segment.part;
      const auto take = [&](std::size_t query, int distance, std::size_t row) {
        answers.take(query, distance, segment, row);
      };
      const auto take_if_looked_for = [&](std::size_t query, int distance, std::size_t row) {
        if (distance <= answers.radius(query) &&
            std::ranges::binary_search(lookers.of(unlisted.list_of(part, row)), query))
          take(query, distance, row);
      };
      if (!part.is_listed()) {
        scan.scan(part, {0, part.rows()}, std::views::iota(first, end), take_if_looked_for);
        continue;
      }
      for (std::size_t list = 0; list < Codebook::kWords; ++list) {
        if (const auto looking = lookers.of(list); !looking.empty())
          scan.scan(part, part.list(list), looking, take);
      }
    }
  }
  return answers.finish();
}

}  // namespace reelprint::index
