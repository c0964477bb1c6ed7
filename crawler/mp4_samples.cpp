// The sample tables of a moov box: ISO/IEC 14496-12, sections 8.5 to 8.7.
#include <algorithm>
#include <optional>
#include <utility>

#include "crawler/mp4_boxes.h"
#include "crawler/mp4_map.h"

namespace reelprint::crawler {
namespace {

constexpr std::uint64_t kMostSamples = 3'000'000;
constexpr std::size_t kMostTracks = 64;
constexpr std::uint64_t kMostOffset = std::uint64_t{1} << 50;

struct Header {
  std::uint32_t timescale = 0;
  std::uint64_t duration = 0;
};

/// mvhd and mdhd agree up to here.
Header read_header(std::string_view content) {
  ByteReader reader(content);
  const bool is_wide = reader.number(1) == 1;
  reader.skip(3 + (is_wide ? 16 : 8));
  Header header;
  header.timescale = static_cast<std::uint32_t>(reader.number(4));
  header.duration = reader.number(is_wide ? 8 : 4);
  if (header.duration == (is_wide ? UINT64_MAX : UINT32_MAX) || reader.is_over()) header.duration = 0;
  return header;
}

std::uint32_t read_track_number(std::string_view tkhd) {
  ByteReader reader(tkhd);
  const bool is_wide = reader.number(1) == 1;
  reader.skip(3 + (is_wide ? 16 : 8));
  return static_cast<std::uint32_t>(reader.number(4));
}

bool is_video(std::string_view mdia) {
  ByteReader reader(box_in(mdia, "hdlr"));
  reader.skip(8);
  return reader.take(4) == "vide";
}

/// stsz or stz2: the size of each sample.
std::optional<std::vector<std::uint32_t>> read_sizes(std::string_view stbl) {
  const std::string_view stsz = box_in(stbl, "stsz");
  ByteReader reader(stsz.empty() ? box_in(stbl, "stz2") : stsz);
  reader.skip(4);
  std::uint64_t every = reader.number(4);
  const std::uint64_t count = reader.number(4);
  if (reader.is_over() || count > kMostSamples) return std::nullopt;
  std::size_t field_bits = 32;
  if (stsz.empty()) {
    field_bits = every & 0xFF;
    every = 0;
    if (field_bits != 8 && field_bits != 16) return std::nullopt;
  }
  if (every == 0 && reader.left() / (field_bits / 8) < count) return std::nullopt;
  std::vector<std::uint32_t> sizes(static_cast<std::size_t>(count), static_cast<std::uint32_t>(every));
  if (every == 0)
    for (std::uint32_t& size : sizes) size = static_cast<std::uint32_t>(reader.number(field_bits / 8));
  return sizes;
}

/// stco or co64 with stsc: where each sample begins.
bool place_samples(std::string_view stbl, std::vector<Mp4Sample>& samples) {
  const bool is_wide = box_in(stbl, "stco").empty();
  ByteReader chunks(box_in(stbl, is_wide ? "co64" : "stco"));
  ByteReader runs(box_in(stbl, "stsc"));
  chunks.skip(4);
  runs.skip(4);
  const std::uint64_t chunk_count = chunks.number(4);
  std::uint64_t runs_left = runs.number(4);
  std::uint64_t next_run = 0;
  std::uint64_t next_size = 0;
  const auto take_run = [&] {
    next_run = 0;
    if (runs_left == 0) return;
    --runs_left;
    next_run = runs.number(4);
    next_size = runs.number(4);
    runs.skip(4);
  };
  take_run();
  std::uint64_t in_chunk = 0;
  std::size_t sample = 0;
  for (std::uint64_t chunk = 1; chunk <= chunk_count && sample < samples.size(); ++chunk) {
    std::uint64_t at = chunks.number(is_wide ? 8 : 4);
    if (chunks.is_over() || at > kMostOffset) return false;
    if (chunk == next_run) {
      in_chunk = next_size;
      take_run();
    }
    for (std::uint64_t i = 0; i < in_chunk && sample < samples.size(); ++i, ++sample) {
      samples[sample].first_byte = at;
      at += samples[sample].bytes;
    }
  }
  samples.resize(sample);
  return true;
}

/// stts: when each is decoded.
void time_samples(std::string_view stbl, std::vector<Mp4Sample>& samples) {
  ByteReader reader(box_in(stbl, "stts"));
  reader.skip(4);
  const std::uint64_t runs = reader.number(4);
  std::int64_t time = 0;
  std::int64_t step = 0;
  std::size_t sample = 0;
  for (std::uint64_t run = 0; run < runs && sample < samples.size() && !reader.is_over(); ++run) {
    const std::uint64_t count = reader.number(4);
    step = static_cast<std::int64_t>(reader.number(4));
    for (std::uint64_t i = 0; i < count && sample < samples.size(); ++i, time += step)
      samples[sample++].decode_time = time;
  }
  for (; sample < samples.size(); time += step) samples[sample++].decode_time = time;
}

/// stss: which begin a picture that needs no other; without it all do.
void mark_sync(std::string_view stbl, std::vector<Mp4Sample>& samples) {
  const std::string_view stss = box_in(stbl, "stss");
  if (stss.empty()) {
    for (Mp4Sample& sample : samples) sample.is_sync = true;
    return;
  }
  ByteReader reader(stss);
  reader.skip(4);
  for (std::uint64_t left = reader.number(4); left > 0; --left) {
    const std::uint64_t number = reader.number(4);
    if (reader.is_over()) return;
    if (number > 0 && number <= samples.size()) samples[static_cast<std::size_t>(number) - 1].is_sync = true;
  }
}

/// stsd: what the pictures are coded as.
void read_description(std::string_view stbl, Mp4Map& map) {
  std::string_view content = box_in(stbl, "stsd");
  if (content.size() < 8) return;
  content.remove_prefix(8);
  while (const auto entry = take_box(content)) {
    if (map.codec.empty()) map.codec = entry->type;
    map.is_protected = map.is_protected || entry->type == "encv" || entry->type == "drmi";
    ByteReader reader(entry->content);
    reader.skip(24);
    const auto width = static_cast<int>(reader.number(2));
    const auto height = static_cast<int>(reader.number(2));
    if (map.width == 0) map.width = width;
    if (map.height == 0) map.height = height;
  }
}

bool read_track(std::string_view trak, Mp4Map& map) {
  const std::string_view mdia = box_in(trak, "mdia");
  if (!is_video(mdia)) return false;
  const Header header = read_header(box_in(mdia, "mdhd"));
  const std::string_view stbl = box_in(box_in(mdia, "minf"), "stbl");
  if (header.timescale == 0 || stbl.empty()) return false;
  map.track = read_track_number(box_in(trak, "tkhd"));
  map.timescale = header.timescale;
  const double seconds = static_cast<double>(header.duration) / header.timescale;
  if (seconds < 1e9) map.duration = duration_of(seconds);
  read_description(stbl, map);
  const auto sizes = read_sizes(stbl);
  if (!sizes) return map.is_fragmented;
  map.samples.resize(sizes->size());
  for (std::size_t i = 0; i < sizes->size(); ++i) map.samples[i].bytes = (*sizes)[i];
  if (!place_samples(stbl, map.samples)) return false;
  time_samples(stbl, map.samples);
  mark_sync(stbl, map.samples);
  return true;
}

}  // namespace

std::optional<Mp4Map> read_moov(std::string_view moov) {
  const auto whole = take_box(moov);
  if (!whole || whole->type != "moov") return std::nullopt;
  Mp4Map map;
  map.is_fragmented = !box_in(whole->content, "mvex").empty();
  map.is_protected = !box_in(whole->content, "pssh").empty();
  std::string_view rest = whole->content;
  std::size_t tracks = 0;
  while (const auto box = take_box(rest)) {
    if (box->type != "trak" || ++tracks > kMostTracks) continue;
    Mp4Map tried = map;
    if (!read_track(box->content, tried)) continue;
    if (tried.duration == Duration{0}) {
      const Header movie = read_header(box_in(whole->content, "mvhd"));
      const double seconds = movie.timescale == 0 ? 0 : static_cast<double>(movie.duration) / movie.timescale;
      if (seconds < 1e9) tried.duration = duration_of(seconds);
    }
    return tried;
  }
  return std::nullopt;
}

}  // namespace reelprint::crawler
