#include "index/frame_probe.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "index/frame_codebook.h"
#include "index/mirror_scan.h"

namespace reelprint::index {
namespace {

constexpr std::size_t kListsTogether = 1024;  ///< one piece of work for a thread

/// A query that looks into a list, as it is or mirrored.
struct Probe {
  std::uint32_t query = 0;
  bool is_mirrored = false;

  friend bool operator==(const Probe&, const Probe&) = default;
};

/// Who looks into each list.
class Probes {
 public:
  Probes(const FrameCodebook& codebook, std::span<const FrameHash> queries, std::size_t count,
         bool mirrored_too)
      : ends_(FrameCodebook::kWords + 1) {
    std::vector<std::vector<std::uint32_t>> words;
    for (const FrameHash& query : queries) words.push_back(codebook.nearest(query.words, count));
    const auto each = [&](const auto& take) {
      for (std::uint32_t q = 0; q < words.size(); ++q) {
        for (const std::uint32_t word : words[q]) {
          take(word, Probe{q, false});
          if (mirrored_too) take(FrameCodebook::mirrored(word), Probe{q, true});
        }
      }
    };
    each([&](std::uint32_t list, Probe) { ++ends_[list + 1]; });
    std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
    probes_.resize(ends_.back());
    auto next = ends_;
    each([&](std::uint32_t list, Probe probe) { probes_[next[list]++] = probe; });
  }

  [[nodiscard]] std::span<const Probe> of(std::size_t list) const {
    return std::span(probes_).subspan(ends_[list], ends_[list + 1] - ends_[list]);
  }

 private:
  std::vector<std::size_t> ends_;  ///< of(list) is from ends_[list] to ends_[list + 1]
  std::vector<Probe> probes_;
};

/// Some lists of one segment.
struct Piece {
  std::uint32_t segment = 0;
  std::size_t first = 0;
  std::size_t end = 0;
};

/// For one thread.
class ListProbe {
 public:
  ListProbe(std::span<const Segment<FramePart>> segments, std::span<const Code> queries, const Probes& probes,
            const FrameScan& scan)
      : segments_(segments),
        queries_(queries),
        probes_(probes),
        scan_(scan),
        kernel_(scan_kernel(scan.path)) {}

  void look_through(const Piece& piece) {
    for (std::size_t number = piece.first; number < piece.end; ++number) look_into(piece.segment, number);
  }
  [[nodiscard]] std::vector<FrameHit> take() { return std::move(hits_); }

 private:
  void look_into(std::uint32_t segment, std::size_t number) {
    const FramePart& part = *segments_[segment].part;
    const auto lookers = probes_.of(number);
    const auto range = part.list(number);
    if (lookers.empty() || range.begin == range.end) return;
    const std::size_t first = range.begin / CodeBlock::kCodes * CodeBlock::kCodes;
    const CodeSpan codes = part.codes().part(first, range.end - first);
    found_.resize(std::max(found_.size(), codes.size() + kScanSlack));
    for (const Probe& probe : lookers) {
      const Code& code = queries_[probe.query];
      const Code looked_for = probe.is_mirrored ? Code{~code[0], ~code[1], code[2], code[3]} : code;
      const std::size_t count = kernel_(codes, looked_for, scan_.radius, found_.data());
      for (const ScanHit hit : std::span(found_).first(count)) {
        const std::size_t position = first + position_of(hit);
        if (position >= range.begin) note(segment, part.row_at(position), probe, hit);
      }
    }
  }

  void note(std::uint32_t segment, std::size_t row, const Probe& probe, ScanHit hit) {
    const FramePart& part = *segments_[segment].part;
    if (row >= part.codes().size()) return;
    const std::size_t slot = part.slot_of_row(row);
    if (!segments_[segment].is_live(slot)) return;
    hits_.push_back({probe.query, segment, static_cast<std::uint32_t>(slot),
                     static_cast<std::uint32_t>(row - part.records()[slot].first_row),
                     static_cast<std::uint16_t>(distance_of(hit)), probe.is_mirrored});
  }

  std::span<const Segment<FramePart>> segments_;
  std::span<const Code> queries_;  ///< split
  const Probes& probes_;
  const FrameScan& scan_;
  ScanKernel kernel_;
  std::vector<ScanHit> found_;
  std::vector<FrameHit> hits_;
};

std::vector<Piece> pieces_of(std::span<const Segment<FramePart>> segments) {
  std::vector<Piece> pieces;
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    if (!segments[s].part->is_listed()) continue;
    for (std::size_t first = 0; first < FrameCodebook::kWords; first += kListsTogether)
      pieces.push_back({s, first, std::min(FrameCodebook::kWords, first + kListsTogether)});
  }
  return pieces;
}

/// What a scan of the segments that are not listed finds, as far as lists would have.
std::vector<FrameHit> scan_unlisted(std::span<const Segment<FramePart>> segments,
                                    std::span<const FrameHash> queries, const FrameScan& scan,
                                    const FrameCodebook& codebook, const Probes& probes) {
  std::vector<FrameHit> hits;
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    const FramePart& part = *segments[s].part;
    if (part.is_listed()) continue;
    for (FrameHit hit : scan_frames(segments.subspan(s, 1), queries, scan)) {
      hit.segment = s;
      const std::size_t row = part.records()[hit.slot].first_row + hit.keyframe;
      const auto lookers = probes.of(codebook.nearest(joined_code(part.code_of(row))));
      const bool is_probed = std::ranges::find(lookers, Probe{hit.query, hit.is_mirrored}) != lookers.end();
      if (is_probed) hits.push_back(hit);
    }
  }
  return hits;
}

}  // namespace

std::vector<FrameHit> probe_frames(std::span<const Segment<FramePart>> segments,
                                   std::span<const FrameHash> queries, const FrameScan& scan,
                                   std::size_t probes) {
  const FrameCodebook codebook;
  const Probes lookers(codebook, queries, probes, scan.mirrored_too);
  std::vector<FrameHit> hits = scan_unlisted(segments, queries, scan, codebook, lookers);
  std::vector<Code> codes;
  for (const FrameHash& query : queries) codes.push_back(split_code(query.words));
  const auto pieces = pieces_of(segments);
  const int threads = static_cast<int>(std::max(1U, scan.threads));
#pragma omp parallel num_threads(threads) if (threads > 1)
  {
    ListProbe mine(segments, codes, lookers, scan);
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
