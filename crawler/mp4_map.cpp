#include "crawler/mp4_map.h"

#include "crawler/mp4_boxes.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostBoxes = 200;
constexpr std::uint64_t kMostMoov = std::uint64_t{64} << 20;
constexpr std::uint64_t kHeadFetch = 64 * 1024;
constexpr std::uint64_t kTailFetch = 256 * 1024;
constexpr std::uint64_t kMostFile = std::uint64_t{1} << 50;

MoovSearch refused(std::string problem) {
  MoovSearch search;
  search.problem = std::move(problem);
  return search;
}

bool is_box_type(std::string_view type) {
  return std::all_of(type.begin(), type.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
}

class MoovFinder {
 public:
  MoovFinder(std::span<const FilePart> parts, std::uint64_t file_bytes)
      : parts_(parts), file_bytes_(file_bytes) {}

  MoovSearch find() {
    for (std::size_t boxes = 0; boxes < kMostBoxes; ++boxes) {
      if (file_bytes_ != 0 && at_ >= file_bytes_) return refused("it has no moov box");
      const std::string_view here = bytes_at(parts_, at_, 16);
      const auto header = box_header(here);
      if (!header) {
        const std::uint64_t left = file_bytes_ == 0 ? 16 : file_bytes_ - at_;
        if (here.size() >= std::min<std::uint64_t>(16, left)) return refused("it is no MP4, or broken");
        return fetch(at_ + here.size(), has_media_ ? kTailFetch : kHeadFetch);
      }
      if (!is_box_type(header->type) || (boxes == 0 && !may_begin(header->type)))
        return refused("it is no MP4");
      if (auto result = step(*header)) return *result;
    }
    return refused("it has too many boxes");
  }

 private:
  static bool may_begin(std::string_view type) {
    for (const std::string_view known :
         {"ftyp", "styp", "moov", "mdat", "free", "skip", "wide", "pnot", "uuid", "sidx", "moof"})
      if (type == known) return true;
    return false;
  }

  /// Past one box; nothing when the search goes on behind it.
  std::optional<MoovSearch> step(const BoxHeader& header) {
    const bool is_last = header.bytes == 0;
    if (is_last && file_bytes_ == 0 && header.type != "mdat") return refused("its last box has no length");
    const std::uint64_t size = is_last ? (file_bytes_ == 0 ? 0 : file_bytes_ - at_) : header.bytes;
    if (header.type == "moov") return at_moov(size);
    if (is_last) return refused("it has no moov box");
    if (size > kMostFile || at_ > kMostFile - size) return refused("a box is longer than any file");
    if (header.type == "sidx") search_.sidx = ByteStretch{at_, size};
    has_media_ = has_media_ || header.type == "mdat" || header.type == "moof";
    at_ += size;
    return std::nullopt;
  }

  MoovSearch at_moov(std::uint64_t size) {
    if (size > kMostMoov) return refused("its moov box has more than 64 MiB");
    if (file_bytes_ != 0 && size > file_bytes_ - at_) return refused("its moov box breaks off");
    const std::string_view here = bytes_at(parts_, at_, size);
    search_.moov = {at_, size};
    search_.is_at_end = has_media_;
    if (here.size() < size) return fetch(at_ + here.size(), size - here.size());
    find_sidx(at_ + size);
    search_.state = MoovSearch::State::found;
    return search_;
  }

  /// An index stands between moov and the first fragment, if what is there is here.
  void find_sidx(std::uint64_t at) {
    for (std::size_t boxes = 0; boxes < 8 && !search_.sidx; ++boxes) {
      const auto header = box_header(bytes_at(parts_, at, 16));
      if (!header || header->bytes == 0 || header->bytes > kMostMoov || header->type == "moof" ||
          header->type == "mdat")
        return;
      if (header->type == "sidx") search_.sidx = ByteStretch{at, header->bytes};
      at += header->bytes;
    }
  }

  MoovSearch fetch(std::uint64_t first, std::uint64_t bytes) const {
    MoovSearch search = search_;
    if (file_bytes_ != 0) {
      if (first >= file_bytes_) return refused("it breaks off");
      bytes = std::min(bytes, file_bytes_ - first);
    }
    search.state = MoovSearch::State::fetch;
    search.next = {first, bytes};
    return search;
  }

  std::span<const FilePart> parts_;
  std::uint64_t file_bytes_;
  std::uint64_t at_ = 0;
  bool has_media_ = false;
  MoovSearch search_;
};

Timestamp decoded_at(const Mp4Sample& sample, std::uint32_t timescale) {
  return timestamp_of(static_cast<double>(sample.decode_time) / static_cast<double>(timescale));
}

}  // namespace

MoovSearch find_moov(std::span<const FilePart> parts, std::uint64_t file_bytes) {
  return MoovFinder(parts, file_bytes).find();
}

std::vector<Timestamp> Mp4Map::sync_times() const {
  std::vector<Timestamp> times;
  for (const Mp4Sample& sample : samples)
    if (sample.is_sync) times.push_back(decoded_at(sample, timescale));
  return times;
}

std::vector<ByteStretch> Mp4Map::bytes_of(const Interval& time, std::uint64_t gap) const {
  std::size_t begin = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < samples.size() && decoded_at(samples[i], timescale) < time.end; ++i) {
    if (samples[i].is_sync && decoded_at(samples[i], timescale) <= time.begin) begin = i;
    end = i + 1;
  }
  if (begin >= end || time.is_empty() || decoded_at(samples[end - 1], timescale) < time.begin) return {};
  std::vector<ByteStretch> stretches;
  for (std::size_t i = begin; i < end; ++i)
    if (samples[i].bytes > 0) stretches.push_back({samples[i].first_byte, samples[i].bytes});
  std::sort(stretches.begin(), stretches.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<ByteStretch> merged;
  for (const ByteStretch& stretch : stretches) {
    if (merged.empty() || (stretch.first > merged.back().end() && stretch.first - merged.back().end() >= gap))
      merged.push_back(stretch);
    else
      merged.back().bytes = std::max(merged.back().end(), stretch.end()) - merged.back().first;
  }
  return merged;
}

std::optional<std::vector<MediaPiece>> read_sidx(std::string_view bytes, const MediaPiece& index) {
  std::uint64_t at = index.first_byte;
  std::string_view content;
  while (const auto header = box_header(bytes)) {
    if (header->bytes == 0 || header->bytes > bytes.size()) return std::nullopt;
    const auto size = static_cast<std::size_t>(header->bytes);
    if (header->type == "sidx") content = bytes.substr(header->header_bytes, size - header->header_bytes);
    at += size;
    bytes.remove_prefix(size);
    if (!content.empty()) break;
  }
  ByteReader reader(content);
  const std::uint64_t version = reader.number(1);
  reader.skip(3 + 4);
  const std::uint64_t timescale = reader.number(4);
  const std::size_t wide = version == 0 ? 4 : 8;
  std::uint64_t time = reader.number(wide);
  const std::uint64_t first_offset = reader.number(wide);
  reader.skip(2);
  const std::uint64_t count = reader.number(2);
  if (reader.is_over() || timescale == 0 || first_offset > kMostFile || time > kMostFile) return std::nullopt;
  at += first_offset;
  std::vector<MediaPiece> pieces;
  const auto moment = [&] {
    return timestamp_of(std::min(static_cast<double>(time) / static_cast<double>(timescale), 1e9));
  };
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t reference = reader.number(4);
    const std::uint64_t length = reader.number(4);
    reader.skip(4);
    if (reader.is_over() || reference >> 31 != 0) break;  // to another index: its pieces are not known here
    const Timestamp begin = moment();
    time += length;
    pieces.push_back({.url = index.url, .first_byte = at, .bytes = reference, .time = {begin, moment()}});
    at += reference;
  }
  return pieces.empty() ? std::nullopt : std::optional(std::move(pieces));
}

}  // namespace reelprint::crawler
