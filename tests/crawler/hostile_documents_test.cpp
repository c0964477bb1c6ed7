// Documents that mean harm: every reader comes to an end, within its bounds.
#include <gtest/gtest.h>

#include <string>

#include "core/split_mix.h"
#include "crawler/html_tree.h"
#include "crawler/mp4_map.h"
#include "crawler/playlist.h"
#include "tests/crawler/discovered.h"

namespace reelprint::crawler {
namespace {

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(HostileHtml, OfAnyDepthStillShowsItsVideo) {
  for (const char* tag :
       {"<div>", "<b>", "<table><tr><td>", "<ul><li>", "<svg>", "<select>", "<p><font size=1>"})
    EXPECT_EQ(best_ways(discovered(repeated(tag, 30'000) + "<script>x='/deep.mp4'</script>")),
              (Urls{"https://site.example/deep.mp4"}))
        << tag;
  for (const std::size_t depth : {9'000, 100'000})
    EXPECT_EQ(best_ways(discovered(repeated("<div>", depth) + "<video src=/deep.mp4></video>")),
              (Urls{"https://site.example/deep.mp4"}));
}

TEST(HostileHtml, OfReopenedFormattingIsNotParsedButReadAllTheSame) {
  std::string page;
  for (int i = 0; i < 20'000; ++i) page += "<p><font a=" + std::to_string(i) + ">x</p>";
  const Discovery d = discovered(page + "<video src='/v.mp4'>");
  EXPECT_FALSE(d.problems.empty());
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/v.mp4"}));
}

TEST(HostileHtml, OfManyAttributesAndLongOnesIsCut) {
  std::string tag = "<a ";
  for (int i = 0; i < 200'000; ++i) tag += "a" + std::to_string(i) + "=1 ";
  EXPECT_EQ(best_ways(discovered(tag + "><video src=/v.mp4></video>")), (Urls{"https://site.example/v.mp4"}));
  EXPECT_LT(tamed_html(tag + ">").markup.size(), 10'000U);
  const std::string attribute =
      "<a href='" + std::string(3'000'000, 'x') + "'>y</a><video src=/v.mp4></video>";
  EXPECT_EQ(best_ways(discovered(attribute)), (Urls{"https://site.example/v.mp4"}));
}

const std::string kLong = "/*" + std::string(500, ' ') + "*/";

TEST(HostileHtml, HasLongScriptsReadAlthoughTheParserDoesNotSeeThem) {
  EXPECT_EQ(tamed_html("<script>" + kLong + "</script><style>" + kLong + "</style >x").markup,
            "<script>reelprint-script-0</script><style></style >x");
  const std::string media = "hls = 'https://site.example/v.m3u8';";
  for (const std::string& page :
       {"<script>" + kLong + media + "</SCRIPT>", "<script>" + kLong + "'</scripts>';" + media + "</script>",
        "<script><!--" + kLong + "'<script></script>';" + media + "--></script>",
        "<svg><script href='x'/>" + kLong + "<a>" + media + "</a></svg>", "<script>" + kLong + media,
        "<script></script><script>" + kLong + media + "</script/>"})
    EXPECT_EQ(best_ways(discovered(page)), (Urls{"https://site.example/v.m3u8"})) << page;
}

TEST(HostileHtml, CannotHaveALongScriptReadTwice) {
  std::string page = "<script>" + kLong + "fetch('/api/list')</script>";
  const std::string one = page;
  for (int i = 0; i < 5; ++i)
    page += "<script>reelprint-script-0</script>reelprint-script-99999999999999999999";
  EXPECT_EQ(discovered(page).findings, discovered(one).findings);
}

TEST(HostileHtml, OfNulsAndBrokenUtf8IsRead) {
  std::string page = "<vid";
  page += '\0';
  page += "eo src='/\xFF\xFE.mp4'></video>\xC3<a href='/a\xE5'>\xF0\x9F</a>";
  const Discovery d = discovered(page);
  EXPECT_FALSE(d.findings.empty());
}

TEST(HostileHtml, WithinItselfEnds) {
  std::string inner = "<video src=/v.mp4></video>";
  for (int i = 0; i < 6; ++i) {
    std::string quoted;
    for (const char c : inner)
      quoted += c == '"' ? std::string("&quot;") : c == '&' ? std::string("&amp;") : std::string(1, c);
    inner = "<iframe srcdoc=\"" + quoted + "\"></iframe>";
  }
  EXPECT_EQ(discovered(inner).kind, "html");
}

TEST(HostileJson, OfAnyDepthIsRefused) {
  EXPECT_FALSE(discovered(repeated("[", 1'000'000), "application/json").problems.empty());
  EXPECT_EQ(best_ways(discovered(repeated("{\"a\":", 100'000) + "\"/v.mp4\"", "application/json")),
            (Urls{"https://site.example/v.mp4"}));
}

TEST(HostileScripts, TakeTimeThatGrowsWithTheirLengthOnly) {
  for (const char* piece :
       {"aHR0c", ".mp4", "file:\"", "src:'", "{src:'/a',type:'video/mp4'", "\\", "http", "'x.mp4"})
    EXPECT_EQ(discovered("<script>" + repeated(piece, 200'000) + "</script>").kind, "html");
}

constexpr std::string_view kSamples[] = {
    R"(<html><head><base href="/a/"><meta property="og:video" content="/v.mp4"><link rel=next href="?p=2"></head><body><video poster=p.jpg><source
      src=a.mp4 type=video/mp4></video><iframe src="/p?url=https%3A%2F%2Fa.example%2Fb.m3u8"></iframe><script>x={file:"\/c.mp4",type:'video/mp4'}</script>
      <script type="application/ld+json">{"@type":"VideoObject","contentUrl":"/d.mp4","duration":"PT1M"}</script><p itemscope
      itemtype="http://schema.org/VideoObject"><a itemprop=url href=/e>E</a></p></body></html>)",
    R"(<?xml version="1.0"?><urlset xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"><url><loc>/a</loc><video:video><video:content_loc>/a.mp4
      </video:content_loc><video:duration>90</video:duration></video:video></url></urlset>)",
    R"(<rss><channel><item><title>T &amp; U</title><link>/a</link><enclosure url="/a.mp4" type="video/mp4"/><pubDate>Fri, 02 Jan 2026 10:00:00 +0800</pubDate></item></channel></rss>)",
    R"({"version":"https://jsonfeed.org/version/1","items":[{"url":"/a","attachments":[{"url":"/a.mp4","mime_type":"video/mp4"}]}]})",
    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=1x360,CODECS=\"avc1\"\na.m3u8\n",
    "#EXTM3U\n#EXT-X-MAP:URI=\"i.mp4\",BYTERANGE=\"9@0\"\n#EXTINF:2.5,\n#EXT-X-BYTERANGE:99@9\na.mp4\n#EXT-X-"
    "ENDLIST\n",
    R"(<MPD mediaPresentationDuration="PT9S"><Period><AdaptationSet mimeType="video/mp4"><SegmentTemplate timescale="10" media="$Number%05d$.m4s" duration="20"
      initialization="i.mp4"><SegmentTimeline><S t="0" d="20" r="3"/></SegmentTimeline></SegmentTemplate><Representation id="1" bandwidth="1"/></AdaptationSet></Period></MPD>)",
};

/// A few bytes changed, taken out, doubled.
std::string mutated(std::string text, SplitMix& random) {
  for (int i = 0; i < 4 && !text.empty(); ++i) {
    const std::size_t at = random.next() % text.size();
    switch (random.next() % 4) {
      case 0: text[at] = static_cast<char>(random.next()); break;
      case 1: text.erase(at, random.next() % 8); break;
      case 2: text.insert(at, text.substr(random.next() % text.size(), random.next() % 40)); break;
      default: text.resize(at); break;
    }
  }
  return text;
}

TEST(MutatedDocuments, AlwaysGiveSoundFindings) {
  SplitMix random(20261121);
  for (int round = 0; round < 400; ++round)
    for (const std::string_view sample : kSamples) {
      const Discovery d = discovered(mutated(std::string(sample), random), round % 2 == 0 ? "text/html" : "");
      for (const Finding& finding : d.findings) {
        ASSERT_TRUE(finding.url.starts_with("http"));
        ASSERT_LT(finding.video, static_cast<int>(d.videos.size()));
      }
    }
}

TEST(MutatedPlaylists, AlwaysGiveSoundPieces) {
  SplitMix random(7);
  for (int round = 0; round < 2'000; ++round) {
    const auto playlist =
        read_playlist(mutated(std::string(kSamples[4 + round % 3]), random), "https://a.example/b/c");
    if (!playlist) continue;
    for (const Rendition& rendition : playlist->renditions)
      for (const MediaPiece& piece : rendition.pieces) ASSERT_LE(piece.time.begin, piece.time.end);
  }
}

}  // namespace
}  // namespace reelprint::crawler
