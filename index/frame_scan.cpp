#include "index/frame_scan.h"

#include <omp.h>

#include <algorithm>
#include <array>
#include <utility>

#include "index/mirror_scan.h"
#include "index/scan_batch.h"

namespace reelprint::index {
namespace {

/// Within more than kWidest bits of a family's centre so many rows lie that the second comparison costs what
/// the first one saves, and beyond kMostReach joining families hardly saves more: docs/benchmarks.md, Frame
/// search.
constexpr int kWidest = 102;
constexpr int kMostReach = 36;
constexpr std::size_t kFamiliesAsked =
    8;  ///< the last ones: pictures that resemble each other follow each other
constexpr std::size_t kRowsTogether = std::size_t{1} << 16;  ///< one piece of work for a thread
constexpr std::size_t kWorthThreads = std::size_t{1} << 20;  ///< rows

/// Queries that lie near each other. What is near a query is near its family's centre, give or take their
/// distance: a family is compared at once, and only what passes is compared with each member.
struct Family {
  std::vector<std::uint32_t> members;
  Code centre{};  ///< of two the middle, so that both may be twice as far from each other as from it
  int reach = 0;  ///< of the member farthest from the centre
};

int distance(const Code& a, const Code& b) {
  return mirror_distances(a, b).plain;
}

/// Each bit as most of the members have it; where they are divided, as the one half and as the other in turn.
Code middle_of(std::span<const Code> queries, std::span<const std::uint32_t> members) {
  Code middle{};
  bool is_turn = false;
  for (std::size_t word = 0; word < middle.size(); ++word) {
    std::array<std::uint64_t, 64> ones{};
    for (const std::uint32_t q : members) {
      for (std::size_t bit = 0; bit < ones.size(); ++bit) ones[bit] += queries[q][word] >> bit & 1U;
    }
    for (std::size_t bit = 0; bit < ones.size(); ++bit) {
      const bool is_divided = 2 * ones[bit] == members.size();
      if (is_divided) is_turn = !is_turn;
      const bool is_one = is_divided ? is_turn == ((queries[members[0]][word] >> bit & 1U) != 0)
                                     : 2 * ones[bit] > members.size();
      middle[word] |= static_cast<std::uint64_t>(is_one) << bit;
    }
  }
  return middle;
}

/// Whether the family still reaches no farther than `most_reach`; else it is left as it is.
bool join(Family& family, std::span<const Code> queries, std::uint32_t query, int most_reach) {
  family.members.push_back(query);
  if (distance(family.centre, queries[query]) <= family.reach) return true;
  const Code centre = middle_of(queries, family.members);
  int reach = 0;
  for (const std::uint32_t q : family.members) reach = std::max(reach, distance(centre, queries[q]));
  if (reach > most_reach) {
    family.members.pop_back();
    return false;
  }
  family.centre = centre;
  family.reach = reach;
  return true;
}

std::vector<Family> families_of(std::span<const Code> queries, int radius) {
  const int most_reach = std::clamp(kWidest - radius, 0, kMostReach);
  std::vector<Family> families;
  for (std::uint32_t q = 0; q < queries.size(); ++q) {
    const auto last = std::span(families).last(std::min(kFamiliesAsked, families.size()));
    const auto nearest =
        std::ranges::min_element(last, {}, [&](const Family& f) { return distance(f.centre, queries[q]); });
    if (nearest == last.end() || !join(*nearest, queries, q, most_reach))
      families.push_back({{q}, queries[q], 0});
  }
  return families;
}

/// Rows of one segment that one thread looks through.
struct Piece {
  std::uint32_t segment = 0;
  std::size_t first = 0;
  std::size_t end = 0;
};

std::vector<Piece> pieces_of(std::span<const Segment<FramePart>> segments) {
  std::vector<Piece> pieces;
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    const std::size_t rows = segments[s].part->codes().size();
    for (std::size_t first = 0; first < rows; first += kRowsTogether)
      pieces.push_back({s, first, std::min(rows, first + kRowsTogether)});
  }
  return pieces;
}

/// One search over any number of pieces, for one thread.
class PieceScan {
 public:
  PieceScan(std::span<const Segment<FramePart>> segments, std::span<const Code> queries,
            std::span<const Family> families, const FrameScan& scan)
      : segments_(segments), queries_(queries), families_(families), scan_(scan) {
    for (const Family& family : families) {
      centres_.push_back(family.centre);
      radii_.push_back(scan.radius < 0 ? -1 : scan.radius + family.reach);
    }
  }

  void look_through(const Piece& piece) {
    const CodeSpan codes = segments_[piece.segment].part->codes().part(piece.first, piece.end - piece.first);
    candidates_.clear();
    const auto look = scan_.mirrored_too ? scan_mirrored_batch : scan_batch;
    look(scan_.path, codes, centres_, radii_, candidates_);
    for (const BatchHit& candidate : candidates_) {
      const std::size_t at = position_of(candidate.hit);
      const std::size_t row = segments_[piece.segment].part->row_at(piece.first + at);
      compare(families_[candidate.query], piece.segment, row, codes[at]);
    }
  }

  [[nodiscard]] std::vector<FrameHit> take() { return std::move(hits_); }

 private:
  void compare(const Family& family, std::uint32_t segment, std::size_t row, const Code& code) {
    for (const std::uint32_t q : family.members) {
      const MirrorDistances distances = mirror_distances(code, queries_[q]);
      if (distances.plain <= scan_.radius) note(q, segment, row, distances.plain, false);
      if (scan_.mirrored_too && distances.mirrored <= scan_.radius)
        note(q, segment, row, distances.mirrored, true);
    }
  }

  void note(std::uint32_t query, std::uint32_t segment, std::size_t row, int distance, bool is_mirrored) {
    const FramePart& part = *segments_[segment].part;
    if (row >= part.codes().size()) return;  // of a damaged list
    const std::size_t slot = part.slot_of_row(row);
    if (!segments_[segment].is_live(slot)) return;
    hits_.push_back({query, segment, static_cast<std::uint32_t>(slot),
                     static_cast<std::uint32_t>(row - part.records()[slot].first_row),
                     static_cast<std::uint16_t>(distance), is_mirrored});
  }

  std::span<const Segment<FramePart>> segments_;
  std::span<const Code> queries_;
  std::span<const Family> families_;
  const FrameScan& scan_;
  std::vector<Code> centres_;  ///< of the families
  std::vector<int> radii_;
  std::vector<BatchHit> candidates_;
  std::vector<FrameHit> hits_;
};

}  // namespace

std::vector<FrameHit> scan_frames(std::span<const Segment<FramePart>> segments,
                                  std::span<const FrameHash> queries, const FrameScan& scan) {
  std::vector<Code> codes;
  for (const FrameHash& query : queries) codes.push_back(split_code(query.words));
  const auto families = families_of(codes, scan.radius);
  const auto pieces = pieces_of(segments);
  std::vector<FrameHit> hits;
  const bool is_large = pieces.size() * kRowsTogether > kWorthThreads;
  const int threads = is_large ? static_cast<int>(std::max(1U, scan.threads)) : 1;
#pragma omp parallel num_threads(threads) if (threads > 1)
  {
    PieceScan mine(segments, codes, families, scan);
#pragma omp for schedule(dynamic)
    for (std::size_t p = 0; p < pieces.size(); ++p) mine.look_through(pieces[p]);
#pragma omp critical
    {
      const auto found = mine.take();
      hits.insert(hits.end(), found.begin(), found.end());
    }
  }
  return hits;
}

}  // namespace reelprint::index
