#include "pipeline/mp4_index.h"

#include <algorithm>

#include "pipeline/fetched_bytes.h"

namespace reelprint::pipeline {
namespace {

constexpr int kMostSteps = 32;  ///< requests until the sample tables are had
constexpr std::uint64_t kMostBytes = std::uint64_t{32} << 20;
constexpr std::uint64_t kTailBytes = std::uint64_t{32} << 10;

ByteStretch stretch_of(const crawler::ByteStretch& stretch) {
  return {stretch.first, stretch.end()};
}

}  // namespace

std::string Mp4Index::read(ByteStretch stretch) const {
  return read_bytes(file_.path(), stretch);
}

Task<void> Mp4Index::find() {
  parts_.push_back({0, read({0, file_.had().front().end})});
  for (int step = 0; step < kMostSteps; ++step) {
    std::vector<crawler::FilePart> parts;
    for (const auto& [first, bytes] : parts_) parts.push_back({first, bytes});
    const crawler::MoovSearch search = crawler::find_moov(parts, total_);
    if (search.state == crawler::MoovSearch::State::found) {
      map_ = crawler::read_moov(crawler::bytes_at(parts, search.moov.first, search.moov.bytes));
      if (map_ && map_->is_fragmented && !map_->is_protected) co_await find_pieces(search.sidx);
      co_return;
    }
    if (search.state != crawler::MoovSearch::State::fetch || search.next.bytes > kMostBytes) co_return;
    const ByteStretch next = stretch_of(search.next);
    if (!co_await fetch_(next)) co_return;
    // What adjoins it belongs to it: an index that begins in the head goes on here.
    for (const ByteStretch& known : file_.had())
      if (known.begin <= next.begin && next.begin < known.end) parts_.push_back({known.begin, read(known)});
  }
}

Task<void> Mp4Index::find_pieces(std::optional<crawler::ByteStretch> sidx) {
  if (sidx && sidx->bytes <= kMostBytes && sidx->end() <= total_) {
    if (!co_await fetch_(stretch_of(*sidx))) co_return;
    const auto pieces = crawler::read_sidx(read(stretch_of(*sidx)), {url_, sidx->first, sidx->bytes, {}});
    if (pieces) pieces_ = *pieces;
    if (pieces) co_return;
  }
  const ByteStretch tail{total_ - std::min(total_, kTailBytes), total_};
  if (!co_await fetch_(tail)) co_return;
  const auto mfra = crawler::find_mfra(read(tail), total_);
  if (!mfra || mfra->bytes > kMostBytes || !co_await fetch_(stretch_of(*mfra))) co_return;
  const auto pieces = crawler::read_mfra(read(stretch_of(*mfra)), *mfra, *map_, url_);
  if (pieces) pieces_ = *pieces;
}

std::vector<ByteStretch> Mp4Index::sample(const SampleSettings& settings) const {
  std::vector<ByteStretch> chosen;
  if (is_in_fragments()) {
    std::vector<Interval> times;
    for (const crawler::MediaPiece& piece : pieces_) times.push_back(piece.time);
    chosen.push_back({0, pieces_.front().first_byte});
    for (const std::size_t i : sample_pieces(times, settings))
      chosen.push_back({pieces_[i].first_byte, pieces_[i].first_byte + pieces_[i].bytes});
  } else if (map_) {
    for (const Interval& window : sample_windows(map_->duration, settings, map_->sync_times()))
      for (const crawler::ByteStretch& stretch : map_->bytes_of(window))
        chosen.push_back(stretch_of(stretch));
  }
  return joined_stretches(std::move(chosen), 0);
}

}  // namespace reelprint::pipeline
