// schema.org in JSON-LD, microdata and RDFa; oEmbed and JSON Feed.
#include <gtest/gtest.h>

#include <chrono>

#include "core/clock.h"
#include "tests/crawler/discovered.h"

namespace reelprint::crawler {
namespace {

Discovery with_json_ld(const std::string& json) {
  return discovered("<script type='application/ld+json'>" + json + "</script>");
}

TEST(JsonLd, StatesAVideoWithAllThatIsKnownOfIt) {
  const Discovery d = with_json_ld(
      R"({"@context":"https://schema.org","@type":"VideoObject","name":"Episode 7 &amp; 8","description":"D",
    "contentUrl":"https://cdn.example/7.mp4","embedUrl":"/embed/7","thumbnailUrl":["/a.jpg","/b.jpg"],"uploadDate":"2026-01-02T10:00:00+08:00",
    "duration":"PT1M33S","author":{"@type":"Person","name":"Up","url":"/u/1"},"inLanguage":"zh-CN","episodeNumber":"7",
    "partOfSeries":{"@type":"TVSeries","name":"Love"},"interactionStatistic":[{"@type":"InteractionCounter","interactionType":{"@type":"WatchAction"},
    "userInteractionCount":"1.2万"},{"interactionType":"https://schema.org/LikeAction","userInteractionCount":340}]})");
  ASSERT_EQ(d.videos.size(), 1U);
  const VideoMetadata& v = d.videos[0];
  EXPECT_EQ(v.title, "Episode 7 & 8");
  EXPECT_EQ(v.uploader, "Up");
  EXPECT_EQ(v.uploader_url, "https://site.example/u/1");
  EXPECT_EQ(v.series, "Love");
  EXPECT_EQ(v.episode, 7);
  EXPECT_EQ(v.duration, std::chrono::seconds(93));
  EXPECT_EQ(v.published_at, wall_time_of("2026-01-02T02:00:00Z"));
  EXPECT_EQ(v.views, 12'000U);
  EXPECT_EQ(v.likes, 340U);
  EXPECT_EQ(v.language, "zh-CN");
  EXPECT_EQ(v.thumbnail_url, "https://site.example/a.jpg");
  EXPECT_EQ(best_ways(d), (Urls{"https://cdn.example/7.mp4"}));
  EXPECT_EQ(finding_at(d, "https://site.example/embed/7")->rank, 2);
}

TEST(JsonLd, HidesVideosInGraphsListsAndWorks) {
  const Discovery d = with_json_ld(
      R"([{"@graph":[{"@type":"WebPage"},{"@type":["VideoObject","Thing"],"contentUrl":"/1.mp4"}]},
    {"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"http://schema.org/VideoObject","embedUrl":"/e/2"}}]},
    {"@type":"TVEpisode","name":"E","episodeNumber":3,"partOfSeries":{"name":"S"},"video":{"@type":"VideoObject","contentUrl":["/3.m3u8"]}},
    {"@type":"Movie","name":"M","video":"/4.mp4"},{"@type":"ImageObject","contentUrl":"/i.jpg"}])");
  EXPECT_EQ(sorted(best_ways(d)), sorted({"https://site.example/1.mp4", "https://site.example/e/2",
                                          "https://site.example/3.m3u8", "https://site.example/4.mp4"}));
  const Finding* third = finding_at(d, "https://site.example/3.m3u8");
  ASSERT_NE(third, nullptr);
  const VideoMetadata& v = d.videos.at(static_cast<std::size_t>(third->video));
  EXPECT_EQ(v.title, "E");
  EXPECT_EQ(v.series, "S");
  EXPECT_EQ(v.episode, 3);
}

TEST(JsonLd, IsReadThoughItIsNotQuiteJson) {
  for (const char* text :
       {"<!-- {\"@type\":\"VideoObject\",\"contentUrl\":\"/v.mp4\"} -->",
        "//<![CDATA[\n{\"@type\":\"VideoObject\",\"contentUrl\":\"/v.mp4\",}\n//]]>",
        "{\"@type\":\"VideoObject\",\"description\":\"two\nlines\",\"contentUrl\":\"/v.mp4\"};",
        "{\"@type\":\"VideoObject\",\"contentUrl\":\"/v.mp4\"",
        "{&quot;@type&quot;:&quot;VideoObject&quot;,&quot;contentUrl&quot;:&quot;/v.mp4&quot;}",
        "/* x */ {'@type':'VideoObject', 'contentUrl':'/v.mp4'}"})
    EXPECT_EQ(best_ways(with_json_ld(text)), (Urls{"https://site.example/v.mp4"})) << text;
}

TEST(JsonLd, MayWriteItsTermsWithAPrefixOrWhole) {
  for (
      const char* text :
      {R"({"@context":{"s":"https://schema.org/"},"@type":"s:VideoObject","s:name":"N","s:contentUrl":{"@id":"/v.mp4"}})",
       R"([{"@type":["http://schema.org/VideoObject"],"http://schema.org/name":[{"@value":"N"}],
             "http://schema.org/contentUrl":[{"@id":"/v.mp4"}]}])"}) {
    const Discovery d = with_json_ld(text);
    EXPECT_EQ(best_ways(d), (Urls{"https://site.example/v.mp4"})) << text;
    ASSERT_EQ(d.videos.size(), 1U);
    EXPECT_EQ(d.videos[0].title, "N");
  }
}

TEST(JsonLd, OfAListOfPagesGivesHintsForThem) {
  const Discovery d = with_json_ld(
      R"({"@type":"VideoObject","name":"N","duration":"PT90S","url":"/watch/5","thumbnailUrl":"/5.jpg"})");
  const Finding* page = finding_at(d, "https://site.example/watch/5");
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->kind, CrawlUrlKind::page);
  EXPECT_EQ(page->video, 0);
  EXPECT_EQ(page->rank, 0);
  EXPECT_EQ(d.videos[0].title, "N");
}

TEST(Microdata, StatesAVideo) {
  const Discovery d =
      discovered(R"(<div itemscope itemtype="https://schema.org/VideoObject"><h2 itemprop="name">Title</h2>
    <meta itemprop="duration" content="PT1M5S"><meta itemprop="uploadDate" content="2026-02-03"><link itemprop="thumbnailUrl" href="/t.jpg">
    <meta itemprop="contentUrl" content="/get?id=5"><link itemprop="embedUrl" href="/embed/5"><span itemprop="author" itemscope
    itemtype="https://schema.org/Person"><a itemprop="url" href="/u/3"><span itemprop="name">Uploader</span></a></span>
    <span itemprop="interactionStatistic" itemscope><meta itemprop="interactionType" content="https://schema.org/WatchAction"><meta
    itemprop="userInteractionCount" content="3,456"></span></div>)");
  ASSERT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(d.videos[0].title, "Title");
  EXPECT_EQ(d.videos[0].uploader, "Uploader");
  EXPECT_EQ(d.videos[0].uploader_url, "https://site.example/u/3");
  EXPECT_EQ(d.videos[0].duration, std::chrono::seconds(65));
  EXPECT_EQ(d.videos[0].views, 3'456U);
  EXPECT_EQ(d.videos[0].thumbnail_url, "https://site.example/t.jpg");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/get?id=5"}));
}

TEST(Microdata, ListsManyAndWorks) {
  const Discovery d = discovered(
      R"(<ul><li itemscope itemtype="http://schema.org/VideoObject"><a itemprop="url" href="/w/1"><b itemprop="name">One</b></a></li>
    <li itemscope itemtype="http://schema.org/VideoObject"><a itemprop="url" href="/w/2"><b itemprop="name">Two</b></a></li></ul>
    <div itemscope itemtype="http://schema.org/TVEpisode"><b itemprop="name">E</b><video itemprop="contentUrl" src="/3.mp4"></video></div>)");
  ASSERT_NE(finding_at(d, "https://site.example/w/2"), nullptr);
  EXPECT_EQ(d.videos.at(static_cast<std::size_t>(finding_at(d, "https://site.example/w/2")->video)).title,
            "Two");
  EXPECT_EQ(d.videos.at(static_cast<std::size_t>(finding_at(d, "https://site.example/3.mp4")->video)).title,
            "E");
}

TEST(Rdfa, StatesAVideo) {
  const Discovery d =
      discovered(R"(<div vocab="https://schema.org/" typeof="VideoObject"><span property="name">R</span>
    <link property="contentUrl" href="/r.mp4"></div>)");
  ASSERT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(d.videos[0].title, "R");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/r.mp4"}));
}

TEST(Oembed, GivesItsPlayerInJsonAndXml) {
  for (
      const char* text :
      {R"({"version":"1.0","type":"video","title":"T","author_name":"A","html":"<iframe src=\"https://site.example/embed/1\"></iframe>","thumbnail_url":"/t.jpg"})",
       R"(<?xml version="1.0"?><oembed><version>1.0</version><type>video</type><title>T</title><author_name>A</author_name><html>&lt;iframe src="https://site.example/embed/1">&lt;/iframe></html><thumbnail_url>/t.jpg</thumbnail_url></oembed>)"}) {
    const Discovery d = discovered(text, "");
    EXPECT_EQ(d.kind, "oembed");
    ASSERT_EQ(d.videos.size(), 1U) << text;
    EXPECT_EQ(d.videos[0].title, "T");
    EXPECT_EQ(d.videos[0].uploader, "A");
    EXPECT_EQ(best_ways(d), (Urls{"https://site.example/embed/1"}));
  }
}

TEST(JsonFeed, ListsVideosAndTheNextPage) {
  const Discovery d = discovered(
      R"({"version":"https://jsonfeed.org/version/1.1","title":"F","next_url":"/feed.json?p=2","items":[{"id":"1","url":"/w/1","title":"One",
    "date_published":"2026-01-02T10:00:00Z","attachments":[{"url":"/1.mp4","mime_type":"video/mp4","duration_in_seconds":90}]},{"id":"2","url":"/w/2","title":"Two",
    "content_html":"<video src='/2.mp4'></video>"}]})",
      "application/json");
  EXPECT_EQ(d.kind, "feed");
  EXPECT_EQ(sorted(best_ways(d)), sorted({"https://site.example/1.mp4", "https://site.example/2.mp4"}));
  EXPECT_TRUE(finding_at(d, "https://site.example/feed.json?p=2")->is_pagination);
  EXPECT_EQ(d.videos[0].duration, std::chrono::seconds(90));
  EXPECT_EQ(urls(d, CrawlUrlKind::page).size(), 2U);
}

TEST(JsonAnswer, NamesMediaWhateverItIs) {
  const Discovery d = discovered(
      R"({"code":0,"data":{"list":[{"title":"A","playUrl":"https:\/\/cdn.example\/a.m3u8"},{"title":"B","video":{"url":"/b.mp4"}}]}})",
      "application/json");
  EXPECT_EQ(sorted(best_ways(d)), sorted({"https://cdn.example/a.m3u8", "https://site.example/b.mp4"}));
}

TEST(JsonLd, JoinsWhatRefersToAnotherNode) {
  const Discovery d = discovered(R"(<script type="application/ld+json">{"@graph": [
    {"@type": "TVEpisode", "name": "Lotus 3", "episodeNumber": 3, "partOfSeries": {"@id": "#s"},
     "video": [{"@id": "#v"}]},
    {"@type": "TVSeries", "@id": "#s", "name": "Lotus"},
    {"@type": "VideoObject", "@id": "#v", "encoding": {"@id": "#f"}, "author": [{"@id": "#a"}],
     "thumbnail": {"@id": "#t"}},
    {"@type": "MediaObject", "@id": "#f", "contentUrl": "/v.mp4"},
    {"@type": "Person", "@id": "#a", "name": "Zhang", "url": "/u/zhang"},
    {"@type": "ImageObject", "@id": "#t", "contentUrl": "/t.jpg"}]}</script>)");
  ASSERT_EQ(best_ways(d), (Urls{"https://site.example/v.mp4"}));
  const VideoMetadata& video = d.videos.at(static_cast<std::size_t>(finding_at(d, best_ways(d)[0])->video));
  EXPECT_EQ(video.title, "Lotus 3");
  EXPECT_EQ(video.series, "Lotus");
  EXPECT_EQ(video.episode, 3);
  EXPECT_EQ(video.uploader, "Zhang");
  EXPECT_EQ(video.thumbnail_url, "https://site.example/t.jpg");
}

TEST(JsonLd, OfReferencesThatLeadNowhereOrInCirclesIsReadWithoutThem) {
  const Discovery d = discovered(R"(<script type="application/ld+json">[
    {"@type": "VideoObject", "@id": "#v", "contentUrl": "/v.mp4", "author": {"@id": "#nobody"},
     "thumbnail": {"@id": "_:b0"}, "partOfSeries": {"@id": "#v"}},
    {"@type": "Movie", "@id": "#m", "video": {"@id": "#m"}, "isPartOf": {"@id": "#gone"}}]</script>)");
  ASSERT_EQ(best_ways(d), (Urls{"https://site.example/v.mp4"}));
  EXPECT_EQ(d.videos.at(0).uploader, "");
  EXPECT_EQ(d.videos.at(0).thumbnail_url, "");
}

}  // namespace
}  // namespace reelprint::crawler
