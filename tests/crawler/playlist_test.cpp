// HLS and DASH playlists.
#include "crawler/playlist.h"

#include <gtest/gtest.h>

namespace reelprint::crawler {
namespace {

const std::string kUrl = "https://cdn.example/a/b/list.m3u8";

Playlist read(std::string_view text) {
  const auto playlist = read_playlist(text, kUrl);
  return playlist.value_or(Playlist{});
}

Interval between(double begin, double end) {
  return {timestamp_of(begin), timestamp_of(end)};
}

TEST(HlsMaster, PutsTheLowestRenditionThatDecidesFirst) {
  const Playlist p = read(
      "\xEF\xBB\xBF#EXTM3U\r\n#EXT-X-STREAM-INF:BANDWIDTH=2000000,RESOLUTION=1280x720,CODECS=\"avc1.4d401f,"
      "mp4a.40.2\"\r\n"
      "720/i.m3u8\r\n#EXT-X-STREAM-INF:RESOLUTION=256x144,BANDWIDTH=100000\r\n144/i.m3u8\r\n"
      "#EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=640x360\r\n\r\n/360/i.m3u8\r\n"
      "#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS=\"mp4a.40.2\"\r\nsound.m3u8\r\n"
      "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",URI=\"a.m3u8\"\r\n#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=9000,URI="
      "\"if.m3u8\"\r\n");
  EXPECT_EQ(p.kind, "hls_master");
  ASSERT_EQ(p.renditions.size(), 3U);
  EXPECT_EQ(p.renditions[0].playlist_url, "https://cdn.example/360/i.m3u8");
  EXPECT_EQ(p.renditions[1].playlist_url, "https://cdn.example/a/b/720/i.m3u8");
  EXPECT_EQ(p.renditions[2].height, 144);
  EXPECT_FALSE(p.is_protected);
}

TEST(HlsMaster, SaysThatItsKeysProtectIt) {
  EXPECT_TRUE(read("#EXTM3U\n#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI=\"skd://"
                   "x\"\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n")
                  .is_protected);
}

TEST(HlsMedia, ListsPiecesWithTheirTimes) {
  const Playlist p = read(
      "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:6\n#EXTINF:6.0,title, with "
      "comma\ns0.ts\n#EXTINF:4.5\ns1.ts?k=1\n#EXT-X-ENDLIST\n");
  EXPECT_EQ(p.kind, "hls_media");
  EXPECT_FALSE(p.is_live);
  EXPECT_EQ(p.duration, duration_of(10.5));
  ASSERT_EQ(p.renditions.size(), 1U);
  EXPECT_EQ(p.renditions[0].container, "ts");
  ASSERT_EQ(p.renditions[0].pieces.size(), 2U);
  EXPECT_EQ(p.renditions[0].pieces[1],
            (MediaPiece{"https://cdn.example/a/b/s1.ts?k=1", 0, 0, between(6, 10.5)}));
}

TEST(HlsMedia, CountsByteRangesOn) {
  const Playlist p = read(
      "#EXTM3U\n#EXT-X-MAP:URI=\"v.mp4\",BYTERANGE=\"720@0\"\n#EXTINF:2,\n#EXT-X-BYTERANGE:1000@720\nv.mp4\n#"
      "EXTINF:2,\n#EXT-X-BYTERANGE:500\nv.mp4\n#EXT-X-ENDLIST\n");
  ASSERT_EQ(p.renditions.size(), 1U);
  ASSERT_EQ(p.renditions[0].pieces.size(), 2U);
  EXPECT_EQ(p.renditions[0].initialization, (MediaPiece{"https://cdn.example/a/b/v.mp4", 0, 720, {}}));
  EXPECT_EQ(p.renditions[0].pieces[1],
            (MediaPiece{"https://cdn.example/a/b/v.mp4", 1720, 500, between(2, 4)}));
  EXPECT_EQ(p.renditions[0].container, "mp4");
}

TEST(HlsMedia, SaysWhatIsLiveAndWhatIsEncrypted) {
  EXPECT_TRUE(read("#EXTM3U\n#EXTINF:2,\na.ts\n").is_live);
  EXPECT_TRUE(
      read("#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:2,\na.ts\n#EXT-X-ENDLIST").is_protected);
  EXPECT_FALSE(read("#EXTM3U\n#EXT-X-KEY:METHOD=NONE\n#EXTINF:2,\na.ts\n#EXT-X-ENDLIST").is_protected);
}

TEST(HlsMedia, StartsAnotherStretchAfterAnotherMap) {
  const Playlist p = read(
      "#EXTM3U\n#EXT-X-MAP:URI=\"ad.mp4\"\n#EXTINF:5,\nad1.m4s\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"film."
      "mp4\"\n#EXTINF:60,\nf1.m4s\n#EXT-X-ENDLIST\n");
  ASSERT_EQ(p.renditions.size(), 2U);
  EXPECT_EQ(p.renditions[0].initialization->url, "https://cdn.example/a/b/film.mp4");
  EXPECT_EQ(p.renditions[0].stretch, 0);
  EXPECT_EQ(p.renditions[1].stretch, 1);
  EXPECT_EQ(p.duration, duration_of(65));
}

TEST(HlsMedia, SurvivesNumbersThatAreNone) {
  const Playlist p = read(
      "#EXTM3U\n#EXTINF:1e308,\na.ts\n#EXTINF:-1,\nb.ts\n#EXTINF:nan,\nc.ts\n#EXT-X-BYTERANGE:"
      "18446744073709551615@2\n#EXTINF:1\nd.ts\n");
  ASSERT_EQ(p.renditions.size(), 1U);
  EXPECT_EQ(p.renditions[0].pieces.size(), 4U);
  EXPECT_EQ(p.duration, duration_of(1));
}

TEST(Hls, WithoutAnythingInItIsNone) {
  EXPECT_FALSE(read_playlist("#EXTM3U\n", kUrl));
  EXPECT_FALSE(read_playlist("hello", kUrl));
  EXPECT_FALSE(read_playlist("", kUrl));
}

TEST(Dash, FillsTemplatesByNumber) {
  const Playlist p = read(
      R"(<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10.0S">
    <Period><BaseURL>v/</BaseURL><AdaptationSet contentType="video"><SegmentTemplate timescale="1000" duration="4000" startNumber="3"
    initialization="$RepresentationID$/init.mp4" media="$RepresentationID$/$Number%05d$.m4s?b=$Bandwidth$&amp;$$"/>
    <Representation id="hi" bandwidth="900" height="720"/><Representation id="lo" bandwidth="300" height="360"/></AdaptationSet>
    <AdaptationSet contentType="audio"><Representation id="a" bandwidth="1"/></AdaptationSet></Period></MPD>)");
  EXPECT_EQ(p.kind, "dash");
  EXPECT_EQ(p.duration, duration_of(10));
  ASSERT_EQ(p.renditions.size(), 2U);
  EXPECT_EQ(p.renditions[0].height, 360);
  EXPECT_EQ(p.renditions[0].initialization->url, "https://cdn.example/a/b/v/lo/init.mp4");
  ASSERT_EQ(p.renditions[0].pieces.size(), 3U);
  EXPECT_EQ(p.renditions[0].pieces[1],
            (MediaPiece{"https://cdn.example/a/b/v/lo/00004.m4s?b=300&$", 0, 0, between(4, 8)}));
}

TEST(Dash, OfALivePeriodHasThePiecesThatThereAreStill) {
  const auto numbers = [](const std::string& times) {
    const Playlist p = read("<MPD type=\"dynamic\" " + times +
                            R"(><Period start="PT10S"><AdaptationSet contentType="video"><SegmentTemplate
      duration="4" media="$Number$.m4s"/><Representation id="a" bandwidth="1"/></AdaptationSet></Period></MPD>)");
    const auto& pieces = p.renditions.at(0).pieces;
    return pieces.front().url.substr(24) + " to " + pieces.back().url.substr(24);
  };
  const std::string begun = "availabilityStartTime=\"2026-11-20T00:00:00Z\" ";
  EXPECT_EQ(numbers(begun + R"(publishTime="2026-11-20T01:00:10Z" timeShiftBufferDepth="PT60S")"),
            "886.m4s to 900.m4s");
  EXPECT_EQ(numbers(begun + R"(publishTime="2026-11-20T00:01:12Z")"), "1.m4s to 15.m4s");
  EXPECT_EQ(numbers(begun + R"(publishTime="2026-11-20T00:00:00Z")"), "1.m4s to 10.m4s") << "nobody knows";
  EXPECT_EQ(numbers(""), "1.m4s to 10.m4s");
}

TEST(Dash, FollowsTimelines) {
  const Playlist p = read(
      R"(<MPD mediaPresentationDuration="PT12S"><Period><AdaptationSet mimeType="video/mp4"><SegmentTemplate timescale="10"
    presentationTimeOffset="100" media="$Time$.m4s"><SegmentTimeline><S t="100" d="20" r="1"/><S d="40" r="-1"/></SegmentTimeline>
    </SegmentTemplate><Representation id="1" bandwidth="1"/></AdaptationSet></Period></MPD>)");
  ASSERT_EQ(p.renditions.size(), 1U);
  const auto& pieces = p.renditions[0].pieces;
  ASSERT_EQ(pieces.size(), 4U);
  EXPECT_EQ(pieces[0], (MediaPiece{"https://cdn.example/a/b/100.m4s", 0, 0, between(0, 2)}));
  EXPECT_EQ(pieces[3], (MediaPiece{"https://cdn.example/a/b/180.m4s", 0, 0, between(8, 12)}));
}

TEST(Dash, ReadsListsAndSingleFiles) {
  const Playlist list = read(
      R"(<MPD><Period duration="PT4S"><AdaptationSet contentType="video"><Representation id="1" bandwidth="1"><SegmentList
    duration="2"><Initialization range="0-99"/><SegmentURL media="a.mp4" mediaRange="100-199"/><SegmentURL media="b.mp4"/></SegmentList>
    </Representation></AdaptationSet></Period></MPD>)");
  ASSERT_EQ(list.renditions.size(), 1U);
  ASSERT_EQ(list.renditions[0].pieces.size(), 2U);
  EXPECT_EQ(list.renditions[0].pieces[0],
            (MediaPiece{"https://cdn.example/a/b/a.mp4", 100, 100, between(0, 2)}));
  EXPECT_EQ(list.renditions[0].initialization->bytes, 100U);
  const Playlist single = read(
      R"(<MPD mediaPresentationDuration="PT1M"><Period><AdaptationSet contentType="video"><Representation id="1" bandwidth="1">
    <BaseURL>v.mp4</BaseURL><SegmentBase indexRange="700-900"><Initialization range="0-699"/></SegmentBase></Representation></AdaptationSet></Period></MPD>)");
  ASSERT_EQ(single.renditions.size(), 1U);
  EXPECT_EQ(single.renditions[0].index, (MediaPiece{"https://cdn.example/a/b/v.mp4", 700, 201, {}}));
  EXPECT_EQ(single.renditions[0].pieces,
            (std::vector<MediaPiece>{{"https://cdn.example/a/b/v.mp4", 0, 0, between(0, 60)}}));
}

TEST(Dash, KeepsPeriodsApartTheLongestFirst) {
  const Playlist p = read(
      R"(<MPD><Period duration="PT5S"><AdaptationSet contentType="video"><Representation id="ad" bandwidth="1"><BaseURL>ad.mp4</BaseURL></Representation></AdaptationSet></Period>
    <Period duration="PT90S"><AdaptationSet contentType="video"><Representation id="film" bandwidth="9"><BaseURL>film.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>)");
  ASSERT_EQ(p.renditions.size(), 2U);
  EXPECT_EQ(p.renditions[0].pieces[0].url, "https://cdn.example/a/b/film.mp4");
  EXPECT_EQ(p.renditions[0].pieces[0].time, between(5, 95));
  EXPECT_EQ(p.renditions[1].stretch, 1);
}

TEST(Dash, SaysWhatIsLiveAndWhatIsProtected) {
  const Playlist p = read(
      R"(<MPD type="dynamic"><Period><AdaptationSet contentType="video"><ContentProtection schemeIdUri="urn:x"/><Representation
    id="1" bandwidth="1"><BaseURL>v.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>)");
  EXPECT_TRUE(p.is_live);
  EXPECT_TRUE(p.is_protected);
}

TEST(Dash, MakesNoMorePiecesThanItMay) {
  const Playlist p = read(
      R"(<MPD mediaPresentationDuration="PT900H"><Period><AdaptationSet contentType="video"><SegmentTemplate timescale="1000"
    duration="1" media="$Number%0999999999d$.m4s"/><Representation id="1" bandwidth="1"/><Representation id="2" bandwidth="1"/></AdaptationSet></Period></MPD>)");
  std::size_t pieces = 0;
  for (const Rendition& rendition : p.renditions) pieces += rendition.pieces.size();
  EXPECT_EQ(pieces, 100'000U);
  EXPECT_LT(p.renditions[0].pieces[0].url.size(), 100U);
}

}  // namespace
}  // namespace reelprint::crawler
