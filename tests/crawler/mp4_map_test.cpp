// Which bytes of an MP4 file are which seconds.
#include "crawler/mp4_map.h"

#include <gtest/gtest.h>

#include <string>

namespace reelprint::crawler {
namespace {

using namespace std::string_literals;
using State = MoovSearch::State;

std::string number(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

std::string box(const std::string& type, const std::string& content) {
  return number(content.size() + 8, 4) + type + content;
}

std::string full_box(const std::string& type, const std::string& content) {
  return box(type, number(0, 4) + content);
}

/// 30 samples of 1000 bytes, one a second, a sync sample every ten, ten to a chunk; the chunks lie at
/// `chunk_at` + 100,000 × i.
std::string video_trak(std::uint64_t chunk_at, const std::string& entry = "avc1") {
  const std::string visual = std::string(24, '\0') + number(640, 2) + number(360, 2) + std::string(50, '\0');
  const std::string stbl =
      box("stbl", full_box("stsd", number(1, 4) + box(entry, visual)) +
                      full_box("stts", number(1, 4) + number(30, 4) + number(1000, 4)) +
                      full_box("stss", number(3, 4) + number(1, 4) + number(11, 4) + number(21, 4)) +
                      full_box("stsz", number(1000, 4) + number(30, 4)) +
                      full_box("stsc", number(1, 4) + number(1, 4) + number(10, 4) + number(1, 4)) +
                      full_box("stco", number(3, 4) + number(chunk_at, 4) + number(chunk_at + 100'000, 4) +
                                           number(chunk_at + 200'000, 4)));
  const std::string mdhd =
      full_box("mdhd", number(0, 8) + number(1000, 4) + number(30'000, 4) + number(0, 4));
  return box("trak", box("mdia", mdhd + full_box("hdlr", number(0, 4) + "vide" + std::string(13, '\0')) +
                                     box("minf", stbl)));
}

std::string sound_trak() {
  return box("trak", box("mdia", full_box("hdlr", number(0, 4) + "soun" + std::string(13, '\0'))));
}

std::string moov_of(const std::string& traks) {
  return box("moov", full_box("mvhd", std::string(96, '\0')) + traks);
}

const std::string kFtyp = box("ftyp", "isom\0\0\0\0isom"s);

TEST(MoovSearch, FindsTheBoxInFrontInOneLook) {
  const std::string file =
      kFtyp + moov_of(sound_trak() + video_trak(5000)) + box("mdat", std::string(100, 'x'));
  const FilePart part{0, file};
  const MoovSearch search = find_moov({&part, 1}, 1'000'000);
  ASSERT_EQ(search.state, State::found);
  EXPECT_EQ(search.moov.first, kFtyp.size());
  EXPECT_FALSE(search.is_at_end);
}

TEST(MoovSearch, AsksForTheEndWhenTheMediaComeFirst) {
  const std::string head = kFtyp + number(500'000, 4) + "mdat" + std::string(1000, 'x');
  const std::string moov = moov_of(video_trak(100));
  const std::uint64_t moov_at = kFtyp.size() + 500'000;
  const std::uint64_t size = moov_at + moov.size();
  const FilePart first{0, head};
  const MoovSearch asking = find_moov({&first, 1}, size);
  ASSERT_EQ(asking.state, State::fetch);
  EXPECT_EQ(asking.next, (ByteStretch{moov_at, moov.size()}));
  const FilePart both[] = {first, {moov_at, moov}};
  const MoovSearch search = find_moov(both, size);
  ASSERT_EQ(search.state, State::found);
  EXPECT_TRUE(search.is_at_end);
  EXPECT_EQ(search.moov, (ByteStretch{moov_at, moov.size()}));
}

TEST(MoovSearch, FollowsBoxesOf64Bits) {
  const std::string head = kFtyp + number(1, 4) + "mdat" + number(std::uint64_t{6} << 30, 8);
  const FilePart part{0, head};
  const MoovSearch search = find_moov({&part, 1}, std::uint64_t{7} << 30);
  ASSERT_EQ(search.state, State::fetch);
  EXPECT_EQ(search.next.first, kFtyp.size() + (std::uint64_t{6} << 30));
}

TEST(MoovSearch, AsksForTheRestOfABoxThatBreaksOff) {
  const std::string file = kFtyp + moov_of(video_trak(5000));
  const FilePart part{0, std::string_view(file).substr(0, 100)};
  const MoovSearch search = find_moov({&part, 1}, file.size());
  ASSERT_EQ(search.state, State::fetch);
  EXPECT_EQ(search.next, (ByteStretch{100, file.size() - 100}));
}

TEST(MoovSearch, BeginsWithTheBeginning) {
  const MoovSearch search = find_moov({}, 5000);
  ASSERT_EQ(search.state, State::fetch);
  EXPECT_EQ(search.next, (ByteStretch{0, 5000}));
}

TEST(MoovSearch, RefusesWhatIsNoMp4OrLies) {
  const auto problem_of = [](const std::string& bytes, std::uint64_t size) {
    const FilePart part{0, bytes};
    const MoovSearch search = find_moov({&part, 1}, size);
    return search.state == State::refused ? search.problem : "";
  };
  EXPECT_EQ(problem_of("<html>this is none at all</html>", 32), "it is no MP4");
  EXPECT_EQ(problem_of(kFtyp + number(3, 4) + "mdat        ", 1000), "it is no MP4, or broken");
  EXPECT_EQ(problem_of(kFtyp + number(100, 4) + "mdat        ", kFtyp.size() + 100), "it has no moov box");
  EXPECT_EQ(problem_of(kFtyp + number(1, 4) + "moov" + number(std::uint64_t{1} << 60, 8), 0),
            "its moov box has more than 64 MiB");
  EXPECT_EQ(problem_of(kFtyp + number(1, 4) + "mdat" + number(~std::uint64_t{0}, 8), 0),
            "a box is longer than any file");
  EXPECT_EQ(problem_of(kFtyp + number(0, 4) + "mdat        ", 5000), "it has no moov box");
  std::string boxes = kFtyp;
  for (int i = 0; i < 300; ++i) boxes += box("free", "");
  EXPECT_EQ(problem_of(boxes, 0), "it has too many boxes");
}

TEST(Map, TellsTrackSamplesAndDuration) {
  const auto map = read_moov(moov_of(sound_trak() + video_trak(5000)));
  ASSERT_TRUE(map);
  EXPECT_EQ(map->codec, "avc1");
  EXPECT_EQ(map->width, 640);
  EXPECT_EQ(map->height, 360);
  EXPECT_EQ(map->duration, std::chrono::seconds(30));
  ASSERT_EQ(map->samples.size(), 30U);
  EXPECT_EQ(map->samples[12].first_byte, 107'000U);
  EXPECT_TRUE(map->samples[10].is_sync);
  EXPECT_FALSE(map->samples[11].is_sync);
  EXPECT_FALSE(map->is_protected);
}

TEST(Map, GivesTheBytesFromTheSyncSampleOn) {
  const auto map = read_moov(moov_of(video_trak(5000)));
  ASSERT_TRUE(map);
  const Interval middle{timestamp_of(13), timestamp_of(15)};
  EXPECT_EQ(map->bytes_of(middle), (std::vector<ByteStretch>{{105'000, 5000}}));
  const Interval across{timestamp_of(9), timestamp_of(11)};
  EXPECT_EQ(map->bytes_of(across), (std::vector<ByteStretch>{{5000, 10'000}, {105'000, 1000}}));
  EXPECT_EQ(map->bytes_of(across, 200'000), (std::vector<ByteStretch>{{5000, 101'000}}));
  EXPECT_TRUE(map->bytes_of({timestamp_of(40), timestamp_of(50)}).empty());
  EXPECT_TRUE(map->bytes_of({timestamp_of(5), timestamp_of(5)}).empty());
}

TEST(Map, SaysWhatIsProtectedAndWhatIsFragmented) {
  EXPECT_TRUE(read_moov(moov_of(video_trak(5000, "encv")))->is_protected);
  EXPECT_TRUE(read_moov(moov_of(box("pssh", "x") + video_trak(5000)))->is_protected);
  EXPECT_TRUE(read_moov(moov_of(box("mvex", "x") + video_trak(5000)))->is_fragmented);
}

TEST(Map, RefusesTablesThatPromiseMoreThanTheyHold) {
  std::string moov = moov_of(video_trak(5000));
  const std::size_t at = moov.find("stsz");
  moov.replace(at + 8, 8, number(0, 4) + number(2'000'000'000, 4));
  EXPECT_FALSE(read_moov(moov));
  EXPECT_FALSE(read_moov("moov"));
  EXPECT_FALSE(read_moov(moov_of(sound_trak())));
}

/// Entries of a track: seconds and first byte of each fragment.
std::string tfra(std::uint64_t track, const std::vector<std::pair<std::uint64_t, std::uint64_t>>& entries) {
  std::string content = number(track, 4) + number(0, 4) + number(entries.size(), 4);
  for (const auto& [time_s, first] : entries)
    content += number(time_s * 1000, 4) + number(first, 4) + number(1, 1) + number(1, 1) + number(1, 1);
  return full_box("tfra", content);
}

std::string mfra_of(const std::string& tfras) {
  const std::string mfro_begin = number(16, 4) + "mfro" + number(0, 4);
  return box("mfra", tfras + mfro_begin + number(tfras.size() + 24, 4));
}

TEST(FragmentIndex, IsFoundFromTheEndAndNamesTheFragmentsOfTheTrack) {
  const std::string mfra =
      mfra_of(tfra(2, {{0, 700}}) + tfra(1, {{0, 600}, {0, 600}, {4, 9000}, {8, 20'000}}));
  const std::uint64_t file_bytes = 30'000 + mfra.size();
  const auto where = find_mfra(mfra, file_bytes);
  ASSERT_TRUE(where);
  EXPECT_EQ(*where, (ByteStretch{30'000, mfra.size()}));
  Mp4Map map;
  map.track = 1;
  map.timescale = 1000;
  const auto pieces = read_mfra(mfra, *where, map, "u");
  ASSERT_TRUE(pieces);
  ASSERT_EQ(pieces->size(), 3U);
  EXPECT_EQ((*pieces)[0], (MediaPiece{"u", 600, 8400, {timestamp_of(0), timestamp_of(4)}}));
  EXPECT_EQ((*pieces)[2], (MediaPiece{"u", 20'000, 10'000, {timestamp_of(8), timestamp_of(12)}}));
  map.track = 3;
  EXPECT_FALSE(read_mfra(mfra, *where, map, "u"));
}

TEST(FragmentIndex, RefusesWhatBreaksOffOrGoesBack) {
  Mp4Map map;
  map.track = 1;
  map.timescale = 1000;
  const ByteStretch where{30'000, 100};
  EXPECT_FALSE(find_mfra("mfro", 4));
  EXPECT_FALSE(find_mfra(number(16, 4) + "mfro" + number(0, 4) + number(1'000, 4), 500));
  EXPECT_FALSE(find_mfra(std::string(16, '\0'), 500));
  EXPECT_FALSE(read_mfra(mfra_of(tfra(1, {{0, 9000}, {4, 600}})), where, map, "u"));
  EXPECT_FALSE(read_mfra(mfra_of(tfra(1, {{0, 30'000}})), where, map, "u"));
  const std::string promises = full_box("tfra", number(1, 4) + number(0, 4) + number(4'000'000'000, 4));
  EXPECT_FALSE(read_mfra(mfra_of(promises), where, map, "u"));
  const std::string whole = mfra_of(tfra(1, {{0, 600}}));
  EXPECT_FALSE(read_mfra(std::string_view(whole).substr(0, whole.size() - 1), where, map, "u"));
}

TEST(SegmentIndex, NamesPiecesOfOneFile) {
  const std::string sidx =
      full_box("sidx", number(1, 4) + number(1000, 4) + number(0, 4) + number(10, 4) + number(0, 2) +
                           number(2, 2) + number(5000, 4) + number(2000, 4) + number(0, 4) + number(7000, 4) +
                           number(3000, 4) + number(0, 4));
  const MediaPiece index{.url = "https://a.example/v.mp4", .first_byte = 800, .bytes = sidx.size()};
  const auto pieces = read_sidx(sidx, index);
  ASSERT_TRUE(pieces);
  ASSERT_EQ(pieces->size(), 2U);
  const std::uint64_t first = 800 + sidx.size() + 10;
  EXPECT_EQ((*pieces)[0], (MediaPiece{index.url, first, 5000, {timestamp_of(0), timestamp_of(2)}}));
  EXPECT_EQ((*pieces)[1], (MediaPiece{index.url, first + 5000, 7000, {timestamp_of(2), timestamp_of(5)}}));
  EXPECT_FALSE(read_sidx(std::string_view(sidx).substr(0, 20), index));
  EXPECT_FALSE(read_sidx(full_box("sidx", std::string(30, '\xFF')), index));
}

}  // namespace
}  // namespace reelprint::crawler
