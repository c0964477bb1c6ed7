// Sitemaps, feeds, lists, and the encodings that documents come in.
#include <gtest/gtest.h>

#include <chrono>

#include "core/clock.h"
#include "crawler/gzip_text.h"
#include "tests/crawler/discovered.h"

namespace reelprint::crawler {
namespace {

using namespace std::string_literals;

Discovery as_xml(std::string_view text) {
  return discovered(text, "application/xml");
}

TEST(Sitemap, GivesPagesAndVideos) {
  const Discovery d = as_xml(
      R"(<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:v="http://www.google.com/schemas/sitemap-video/1.1" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://site.example/w/1 </loc>
    <v:video><v:thumbnail_loc>/1.jpg</v:thumbnail_loc><v:title>One &amp; only</v:title><v:content_loc><![CDATA[https://cdn.example/1.mp4?a=1&b=2]]></v:content_loc>
    <v:player_loc>https://site.example/p?v=1</v:player_loc><v:duration>93</v:duration><v:publication_date>2026-01-02T10:00:00+00:00</v:publication_date>
    <v:view_count>12345</v:view_count><v:uploader info="https://site.example/u/1">Up</v:uploader></v:video>
    <image:image><image:loc>https://site.example/x.jpg</image:loc></image:image></url><url><loc>https://site.example/w/2</loc></url></urlset>)");
  EXPECT_EQ(d.kind, "sitemap");
  EXPECT_EQ(urls(d, CrawlUrlKind::page), (Urls{"https://site.example/w/1", "https://site.example/w/2"}));
  ASSERT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(d.videos[0].title, "One & only");
  EXPECT_EQ(d.videos[0].views, 12'345U);
  EXPECT_EQ(d.videos[0].uploader, "Up");
  EXPECT_EQ(d.videos[0].duration, std::chrono::seconds(93));
  EXPECT_EQ(best_ways(d), (Urls{"https://cdn.example/1.mp4?a=1&b=2"}));
  EXPECT_EQ(urls(d, CrawlUrlKind::image), (Urls{"https://site.example/1.jpg"}));
}

TEST(Sitemap, ToleratesNamespacesThatAreWrongOrMissing) {
  for (const char* head : {"<urlset>", "<urlset xmlns=\"http://nonsense.example\">",
                           "<urlset xmlns:video=\"http://other.example\">"}) {
    const Discovery d = as_xml(
        head +
        R"(<url><loc>/w/1</loc><video:video><video:content_loc>/1.mp4</video:content_loc></video:video></url></urlset>)"s);
    EXPECT_EQ(d.kind, "sitemap") << head;
    EXPECT_EQ(best_ways(d), (Urls{"https://site.example/1.mp4"})) << head;
  }
}

TEST(Sitemap, IsReadThoughItIsNotWellFormed) {
  const Discovery d = as_xml(
      "\n <?xml "
      "version='1.0'?><urlset><url><loc>https://site.example/a?x=1&y=2</loc></url><url><loc>/b&nbsp;</loc></"
      "url>\x01<url><loc>/c</loc></url><url><loc>/d</lo");
  EXPECT_EQ(urls(d, CrawlUrlKind::page).front(), "https://site.example/a?x=1&y=2");
  EXPECT_EQ(finding_at(d, "https://site.example/c") != nullptr, true);
  EXPECT_EQ(finding_at(d, "https://site.example/d") != nullptr, true);
  EXPECT_EQ(d.problems.size(), 1U);
}

TEST(Sitemap, IndexLeadsToSitemaps) {
  const Discovery d = as_xml(
      R"(<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://site.example/s1.xml.gz</loc></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>)");
  EXPECT_EQ(d.kind, "sitemap_index");
  EXPECT_EQ(urls(d, CrawlUrlKind::sitemap),
            (Urls{"https://site.example/s1.xml.gz", "https://site.example/s2.xml"}));
}

TEST(Xml, ExpandsNoEntities) {
  std::string bomb = "<?xml version='1.0'?><!DOCTYPE urlset [<!ENTITY a '" + std::string(1000, 'x') + "'>";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " '";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "'>";
  }
  bomb +=
      "<!ENTITY file SYSTEM "
      "'file:///etc/passwd'>]><urlset><url><loc>/ok?&j;</loc></url><url><loc>/f?&file;</loc></url></urlset>";
  const Discovery d = as_xml(bomb);
  EXPECT_EQ(d.findings.size(), 2U);
  for (const Finding& finding : d.findings) EXPECT_LT(finding.url.size(), 60U);
}

TEST(Xml, SurvivesDepth) {
  std::string deep = "<urlset>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(as_xml(deep).kind, "sitemap");
}

TEST(Rss, GivesEnclosuresMediaAndItunes) {
  const Discovery d = as_xml(
      R"(<rss version="2.0" xmlns:m="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom">
    <channel><title>Chan</title><link>https://site.example/</link><atom:link rel="next" href="/feed?page=2"/><item><title>One</title><link>/w/1</link><pubDate>Fri, 02 Jan 2026 10:00:00 +0800</pubDate>
    <enclosure url="https://cdn.example/1.mp4" type="video/mp4" length="1"/><itunes:duration>1:33</itunes:duration><itunes:author>A</itunes:author></item>
    <item><title>Two</title><link>/w/2</link><m:group><m:content url="/2_720.mp4" type="video/mp4" duration="60"/><m:content url="/2_360.mp4" medium="video"/><m:thumbnail url="/2.jpg"/></m:group></item>
    <item><title>Three</title><link>/w/3</link><m:player url="/p/3"/></item><item><title>Pod</title><link>/w/4</link><enclosure url="/4.mp3" type="audio/mpeg"/></item></channel></rss>)");
  EXPECT_EQ(d.kind, "feed");
  EXPECT_EQ(d.title, "Chan");
  EXPECT_EQ(sorted(best_ways(d)), sorted({"https://cdn.example/1.mp4", "https://site.example/2_720.mp4",
                                          "https://site.example/p/3"}));
  EXPECT_EQ(d.videos[0].title, "One");
  EXPECT_EQ(d.videos[0].duration, std::chrono::seconds(93));
  EXPECT_EQ(d.videos[0].published_at, wall_time_of("2026-01-02T02:00:00Z"));
  EXPECT_EQ(d.videos[1].thumbnail_url, "https://site.example/2.jpg");
  EXPECT_TRUE(finding_at(d, "https://site.example/feed?page=2")->is_pagination);
  EXPECT_EQ(finding_at(d, "https://site.example/w/4")->text, "Pod");
}

TEST(Rss, OfVersion1ListsItemsBesideTheChannel) {
  const Discovery d = as_xml(
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="/"><title>C</title></channel>
    <item rdf:about="/i/1"><title>I</title><link>https://site.example/i/1</link></item></rdf:RDF>)");
  EXPECT_EQ(d.kind, "feed");
  EXPECT_NE(finding_at(d, "https://site.example/i/1"), nullptr);
}

TEST(Rss, ShowsVideosInItsHtml) {
  const Discovery d = as_xml(
      R"(<rss><channel><item><title>T</title><link>/w/1</link><description><![CDATA[<p>x <video src="/d.mp4"></video></p>]]></description></item></channel></rss>)");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/d.mp4"}));
}

TEST(Atom, GivesEntriesAsChannelsOfVideosDo) {
  const Discovery d = as_xml(
      R"(<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><title>Ch</title>
    <link rel="self" href="/feed"/><link rel="next" href="/feed?p=2"/><entry><id>yt:1</id><title>One</title><link rel="alternate" href="/watch?v=1"/><author><name>Up</name><uri>/c/up</uri></author>
    <published>2026-01-02T10:00:00+00:00</published><media:group><media:title>One</media:title><media:content url="/v/1" type="application/x-shockwave-flash"/><media:thumbnail url="/1.jpg"/>
    <media:community><media:starRating count="12"/><media:statistics views="345"/></media:community></media:group></entry>
    <entry><title>Two</title><link rel="enclosure" type="video/mp4" href="/2.mp4"/><link href="/watch?v=2"/></entry></feed>)");
  EXPECT_EQ(d.kind, "feed");
  ASSERT_EQ(d.videos.size(), 2U);
  EXPECT_EQ(d.videos[0].uploader, "Up");
  EXPECT_EQ(d.videos[0].views, 345U);
  EXPECT_EQ(d.videos[0].likes, 12U);
  EXPECT_EQ(sorted(best_ways(d)), sorted({"https://site.example/v/1", "https://site.example/2.mp4"}));
  EXPECT_NE(finding_at(d, "https://site.example/watch?v=1"), nullptr);
  EXPECT_TRUE(finding_at(d, "https://site.example/feed?p=2")->is_pagination);
}

TEST(Atom, ShowsVideosInItsXhtml) {
  const Discovery d = as_xml(
      R"(<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="/w/1"/><content type="xhtml">
    <div xmlns="http://www.w3.org/1999/xhtml"><video><source src="/x.mp4"/></video></div></content></entry></feed>)");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/x.mp4"}));
}

TEST(Rss, IsReadOnBehindTagsOfHtmlThatNothingEnds) {
  const Discovery d = as_xml(
      "<rss><channel><item><title>Tom & Jerry<br></title><description>one<BR>two<img src=x alt=y>"
      "</description><link>/1</link><enclosure url='/1.mp4' type='video/mp4'/></item>"
      "<item><title>2</title><enclosure url='/2.mp4?a=1&b=2' type='video/mp4'/></item></channel></rss>");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/1.mp4", "https://site.example/2.mp4?a=1&b=2"}));
  ASSERT_EQ(d.videos.size(), 2U);
  EXPECT_EQ(d.videos[0].title, "Tom & Jerry");
}

TEST(Rss, MayLeaveOutTheTypeOfItsMedia) {
  const Discovery d =
      as_xml(R"(<rss><channel><item><media:content url="/get/5"/><link>/w/5</link></item></channel></rss>)");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/get/5"}));
}

TEST(Xml, OfAnUnknownKindNamesMediaAllTheSame) {
  const Discovery d = as_xml(
      "<playlist "
      "xmlns='http://xspf.org/ns/0/'><trackList><track><location>a/b.mp4</location></track></trackList></"
      "playlist>");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/show/a/b.mp4"}));
}

TEST(List, OfM3uGivesEachEntryItsTitle) {
  const Discovery d = discovered(
      "#EXTM3U\n#EXTINF:-1 tvg-id=1,One\nhttps://a.example/1.mp4\n#EXTINF:90,Two\n2.m3u8\n", "audio/mpegurl");
  EXPECT_EQ(d.kind, "list");
  ASSERT_EQ(d.videos.size(), 2U);
  EXPECT_EQ(d.videos[1].title, "Two");
  EXPECT_EQ(best_ways(d), (Urls{"https://a.example/1.mp4", "https://site.example/show/2.m3u8"}));
}

TEST(List, OfTableCellsNamesMediaToo) {
  const Discovery d =
      discovered("id,url,title\n1,https://a.example/1.mp4,One\n2,https://a.example/2.mp4,Two\n", "text/csv");
  EXPECT_EQ(best_ways(d), (Urls{"https://a.example/1.mp4", "https://a.example/2.mp4"}));
}

TEST(List, GivesOneUrlALine) {
  const Discovery d = discovered(
      "# uploads\r\nhttps://a.example/1.mp4\r\n\r\nhttps://a.example/watch/2 # a note\n  "
      "http://b.example/l.m3u8,\nnonsense\n",
      "text/plain");
  EXPECT_EQ(d.kind, "list");
  EXPECT_EQ(best_ways(d), (Urls{"https://a.example/1.mp4", "http://b.example/l.m3u8"}));
  EXPECT_EQ(urls(d, CrawlUrlKind::page), (Urls{"https://a.example/watch/2"}));
}

TEST(Robots, NameSitemaps) {
  const Discovery d = discover({.url = "https://site.example/robots.txt",
                                .content_type = "text/plain",
                                .bytes = "User-agent: *\nDisallow: /x\nSiteMap: /s.xml # main\n"});
  EXPECT_EQ(d.kind, "robots");
  EXPECT_EQ(urls(d, CrawlUrlKind::sitemap), (Urls{"https://site.example/s.xml"}));
}

TEST(Gzip, IsUnpackedWithAnEnd) {
  // echo -n "<urlset><url><loc>/z</loc></url></urlset>" | gzip -n
  const std::string packed(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xb3\x29\x2d\xca\x29\x4e\x2d\xb1\xb3\x81\xd0\x39\xf9\xc9\x76"
      "\xfa\x55\x36\xfa\x60\x86\x0d\x44\x44\x1f\x2a\x07\x00",
      36);
  EXPECT_FALSE(gunzip(packed + "rubbish", 1000).text.empty());
  EXPECT_EQ(gunzip(packed, 10).text.size(), 10U);
  EXPECT_NE(gunzip(packed, 10).problem, "");
  EXPECT_NE(gunzip(packed.substr(0, 15), 1000).problem, "");
}

TEST(Encodings, AreTakenFromHeaderMetaMarkAndGuess) {
  const std::string gbk = "<title>\xB6\xCC\xBE\xE7</title>";  // 短剧
  EXPECT_EQ(discovered(gbk, "text/html; charset=GB2312").title, "短剧");
  EXPECT_EQ(discovered("<meta charset='gbk'>" + gbk, "text/html").title, "短剧");
  EXPECT_EQ(discovered("<meta http-equiv=Content-Type content='text/html; charset=gb18030'>" + gbk, "").title,
            "短剧");
  EXPECT_EQ(discovered(gbk, "text/html").title, "短剧");
  EXPECT_EQ(discovered("<title>\xB5\x75\xBC\x40</title>", "text/html; charset=big5").title, "短劇");
  EXPECT_EQ(discovered("<title>\x92\x5A\x8C\x80</title>", "text/html; charset=Shift_JIS").title, "短劇");
  EXPECT_EQ(discovered("\xEF\xBB\xBF<title>短剧</title>", "text/html; charset=gbk").title, "短剧");
  EXPECT_EQ(discovered("<title>短剧</title>", "text/html; charset=nonsense-9").title, "短剧");
  EXPECT_EQ(discovered("\xFF\xFE<\0t\0i\0t\0l\0e\0>\0\xED\x77\x67\x52<\0/\0t\0i\0t\0l\0e\0>\0"s, "").title,
            "短剧");
}

TEST(Encodings, OfAPageAreThoseOfTheQueriesThatItNames) {
  const auto page_at = [](const std::string& bytes, const std::string& type) {
    const Urls found = urls(discovered(bytes, type), CrawlUrlKind::page);
    return found.empty() ? "" : found.front();
  };
  EXPECT_EQ(page_at("<a href='/q?k=\x83\x5C&n=1#\x83\x5C'>x</a>", "text/html; charset=Shift_JIS"),
            "https://site.example/q?k=%83%5C&n=1");
  EXPECT_EQ(page_at("<a href='/\xB6\xCC?k=\xB6\xCC'>x</a>", "text/html; charset=gbk"),
            "https://site.example/%E7%9F%AD?k=%B6%CC");
  EXPECT_EQ(page_at("<a href='/q?k=caf\xE9&n=1'>x</a>", "text/html; charset=iso-8859-1"),
            "https://site.example/q?k=caf%E9&n=1");
  EXPECT_EQ(page_at("<a href='/q?k=短'>x</a>", "text/html; charset=utf-8"),
            "https://site.example/q?k=%E7%9F%AD");
}

TEST(Encodings, OfXmlAreDeclared) {
  const Discovery d = as_xml(
      "<?xml version='1.0' "
      "encoding='GBK'?><rss><channel><item><title>\xB6\xCC\xBE\xE7</title><link>/1.mp4</link></item></"
      "channel></rss>");
  ASSERT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(d.videos[0].title, "短剧");
}

TEST(Sniffing, TellsWhatBytesAre) {
  const auto sniffed = [](std::string_view bytes, std::string_view type = "") {
    return sniff(std::as_bytes(std::span(bytes.data(), bytes.size())), type);
  };
  EXPECT_EQ(sniffed("\0\0\0\x18"s
                    "ftypisom"),
            "mp4");
  EXPECT_EQ(sniffed("\x1A\x45\xDF\xA3rest", "video/mp4"), "webm");
  EXPECT_EQ(sniffed("G"s + std::string(187, '\0') + "G" + std::string(187, '\0')), "ts");
  EXPECT_EQ(sniffed("FLV\x01\x05"), "flv");
  EXPECT_EQ(sniffed("RIFFxxxxAVI "), "avi");
  EXPECT_EQ(sniffed("\xFF\xD8\xFF\xE0"), "image");
  EXPECT_EQ(sniffed("\x1F\x8B\x08"), "gzip");
  EXPECT_EQ(sniffed("\xEF\xBB\xBF#EXTM3U\n", "text/plain"), "hls");
  EXPECT_EQ(sniffed("<?xml version=\"1.0\"?>\n<!-- x --><MPD>"), "dash");
  EXPECT_EQ(sniffed("<!-- c -->\n<!DOCTYPE html>"), "html");
  EXPECT_EQ(sniffed("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>"), "html");
  EXPECT_EQ(sniffed("<rss version='2.0'>", "text/html"), "xml");
  EXPECT_EQ(sniffed(" {\"a\":1}", "text/html"), "json");
  EXPECT_EQ(sniffed("hello", "text/html"), "html");
  EXPECT_EQ(sniffed("hello"), "text");
  EXPECT_EQ(sniffed(std::string(100, '\x02')), "other");
  EXPECT_EQ(sniffed(""), "other");
}

TEST(Media, AreTheirOwnWay) {
  const Discovery d = discover({.url = "https://site.example/x",
                                .content_type = "text/html",
                                .bytes = std::string_view("\0\0\0\x18"
                                                          "ftypisom",
                                                          12)});
  EXPECT_EQ(d.kind, "media");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/x"}));
}

TEST(Rss, OfSeveralGroupsShowsSeveralVideos) {
  const Discovery d = discovered(R"(<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item>
    <title>Both</title><link>https://site.example/w/1</link>
    <media:group><media:content url="/1-720.mp4"/><media:content url="/1-360.mp4"/></media:group>
    <media:group><media:title>Two</media:title><media:content url="/m/two.mp4"/></media:group>
    </item></channel></rss>)",
                                 "application/rss+xml");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/1-720.mp4", "https://site.example/m/two.mp4"}));
  EXPECT_EQ(
      d.videos.at(static_cast<std::size_t>(finding_at(d, "https://site.example/m/two.mp4")->video)).title,
      "Two");
}

}  // namespace
}  // namespace reelprint::crawler
