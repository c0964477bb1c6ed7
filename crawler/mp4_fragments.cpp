// Where the fragments of a file lie: ISO/IEC 14496-12, sections 8.8.9 to 8.8.11.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "crawler/mp4_boxes.h"
#include "crawler/mp4_map.h"

namespace reelprint::crawler {
namespace {

constexpr std::uint64_t kMostEntries = 1'000'000;
constexpr std::size_t kEndBytes = 16;  ///< of mfro, the last box
constexpr Duration kLeastPiece = std::chrono::seconds(1);

struct Entry {
  std::uint64_t time = 0;
  std::uint64_t first_byte = 0;
};

std::uint32_t track_of(std::string_view tfra) {
  ByteReader reader(tfra);
  reader.skip(4);
  return static_cast<std::uint32_t>(reader.number(4));
}

/// tfra: the first picture of each fragment that a decoder can begin with. Empty when it is broken.
std::vector<Entry> read_entries(std::string_view tfra, std::uint64_t end) {
  ByteReader reader(tfra);
  const bool is_wide = reader.number(1) == 1;
  reader.skip(3 + 4);
  const std::uint64_t widths = reader.number(4);
  const std::uint64_t count = reader.number(4);
  const auto rest = static_cast<std::size_t>((widths >> 4 & 3) + (widths >> 2 & 3) + (widths & 3) + 3);
  std::vector<Entry> entries;
  if (reader.is_over() || count > kMostEntries) return entries;
  for (std::uint64_t i = 0; i < count; ++i) {
    Entry entry;
    entry.time = reader.number(is_wide ? 8 : 4);
    entry.first_byte = reader.number(is_wide ? 8 : 4);
    reader.skip(rest);
    if (reader.is_over() || entry.first_byte >= end) return {};
    if (!entries.empty() && entry.first_byte == entries.back().first_byte) continue;
    const bool goes_back = !entries.empty() &&
                           (entry.first_byte < entries.back().first_byte || entry.time < entries.back().time);
    if (goes_back) return {};
    entries.push_back(entry);
  }
  return entries;
}

}  // namespace

std::optional<ByteStretch> find_mfra(std::string_view last_bytes, std::uint64_t file_bytes) {
  if (last_bytes.size() < kEndBytes || file_bytes < last_bytes.size()) return std::nullopt;
  ByteReader reader(last_bytes.substr(last_bytes.size() - kEndBytes));
  if (reader.number(4) != kEndBytes || reader.take(4) != "mfro") return std::nullopt;
  reader.skip(4);
  const std::uint64_t bytes = reader.number(4);
  if (bytes <= kEndBytes || bytes > file_bytes) return std::nullopt;
  return ByteStretch{file_bytes - bytes, bytes};
}

std::optional<std::vector<MediaPiece>> read_mfra(std::string_view mfra, const ByteStretch& where,
                                                 const Mp4Map& map, const std::string& url) {
  const auto whole = take_box(mfra);
  if (!whole || whole->type != "mfra" || map.timescale == 0) return std::nullopt;
  std::vector<Entry> entries;
  std::string_view rest = whole->content;
  while (const auto box = take_box(rest))
    if (box->type == "tfra" && entries.empty() && track_of(box->content) == map.track)
      entries = read_entries(box->content, where.first);
  if (entries.empty()) return std::nullopt;
  const auto moment = [&](const Entry& entry) {
    return timestamp_of(std::min(static_cast<double>(entry.time) / map.timescale, 1e9));
  };
  std::vector<MediaPiece> pieces;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool is_last = i + 1 == entries.size();
    const std::uint64_t end = is_last ? where.first : entries[i + 1].first_byte;
    const Timestamp begin = moment(entries[i]);
    // How long the last one is stands nowhere: as long as the one before.
    const Duration usual = pieces.empty() ? Duration{0} : pieces.back().time.length();
    const Timestamp until = is_last ? begin + std::max(usual, kLeastPiece) : moment(entries[i + 1]);
    pieces.push_back({.url = url,
                      .first_byte = entries[i].first_byte,
                      .bytes = end - entries[i].first_byte,
                      .time = {begin, until}});
  }
  return pieces;
}

}  // namespace reelprint::crawler
