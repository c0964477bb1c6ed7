// Media that pages name in other places than elements and links.
#include <gtest/gtest.h>

#include "tests/crawler/discovered.h"

namespace reelprint::crawler {
namespace {

TEST(HiddenMedia, ShortcodesThatAThemeLeftInTheTextNameTheirFile) {
  const Discovery d = discovered(R"(<p>[video width="480" mp4="https://site.example/u/a.mp4"][/video]</p>)");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/u/a.mp4"}));
}

TEST(HiddenMedia, AnAddressInTheTextIsOne) {
  const Discovery d = discovered("<p>Download: https://cdn.example/b.mp4 now, see notes.mp4 (mine)</p>");
  EXPECT_EQ(best_ways(d), (Urls{"https://cdn.example/b.mp4"}));
}

TEST(HiddenMedia, AConfigurationInBase64IsRead) {
  // {"url": "https://site.example/m/c.mp4", "autoplay": 1}
  const Discovery d = discovered(
      R"(<div data-config="eyJ1cmwiOiAiaHR0cHM6Ly9zaXRlLmV4YW1wbGUvbS9jLm1wNCIsICJhdXRvcGxheSI6IDF9"></div>)");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/m/c.mp4"}));
}

TEST(HiddenMedia, AnAttributeNamedAfterAVideoNeedsNoSuffix) {
  const Discovery d =
      discovered(R"(<div class="lazy" data-video-src="/q/lz?id=3" data-mp4="true" data-hls="/l/9"></div>)");
  EXPECT_EQ(urls(d, CrawlUrlKind::media), (Urls{"https://site.example/q/lz?id=3"}));
  EXPECT_EQ(urls(d, CrawlUrlKind::playlist), (Urls{"https://site.example/l/9"}));
}

TEST(HiddenMedia, EachAddressOfAPortalsListOfEpisodesIsOne) {
  const Urls both{"https://cdn.example/1.mp4", "https://cdn.example/2.m3u8?k=1"};
  EXPECT_EQ(
      best_ways(discovered(
          R"(<script>var urls = "第1集$https://cdn.example/1.mp4#第2集$https://cdn.example/2.m3u8?k=1";</script>)")),
      both);
  EXPECT_EQ(
      best_ways(discovered(
          R"(<script>u={"u":"01$https:\/\/cdn.example\/1.mp4#02$https:\/\/cdn.example\/2.m3u8?k=1"}</script>)")),
      both);
}

TEST(HiddenMedia, EachQualityOfAPlayersListIsAnAddress) {
  const Discovery d =
      discovered(R"(<script>Playerjs({file:"[360p]https://cdn.example/c.mp4,[720p]/m/c7.mp4"});</script>)");
  EXPECT_EQ(sorted(urls(d, CrawlUrlKind::media)),
            (Urls{"https://cdn.example/c.mp4", "https://site.example/m/c7.mp4"}));
}

TEST(HiddenMedia, AnAddressWithCommasAndSignsOfListsInItIsNoList) {
  const Discovery d = discovered(
      R"(<script>a("https://a.example/w_300,h_200/d$1.mp4?x=1,2"); b="https://a.example/e.mp4#t=1,2"</script>)");
  EXPECT_EQ(urls(d, CrawlUrlKind::media),
            (Urls{"https://a.example/w_300,h_200/d$1.mp4?x=1,2", "https://a.example/e.mp4"}));
}

TEST(HiddenMedia, ANameThatOnlyHoldsVideosMayHideTheAddressInBase64) {
  // https://cdn.example/obj/7
  const Discovery d = discovered(
      R"(<script>s=JSON.parse("{\"main_url\":\"aHR0cHM6Ly9jZG4uZXhhbXBsZS9vYmovNw==\"}")</script>)");
  EXPECT_EQ(best_ways(d), (Urls{"https://cdn.example/obj/7"}));
}

TEST(HiddenPages, AListSaysInItsAttributesWhatItLoadsNext) {
  const Discovery d = discovered(
      R"(<div class="grid" data-next-url="/list?page=2"></div><ul data-load-more="?page=3" data-count="3"></ul>)");
  EXPECT_EQ(sorted(urls(d, CrawlUrlKind::page)),
            (Urls{"https://site.example/list?page=2", "https://site.example/show/1.html?page=3"}));
  EXPECT_TRUE(finding_at(d, "https://site.example/list?page=2")->is_pagination);
}

TEST(HiddenPages, StateThatAScriptAssignsIsReadAsAnAnswerIs) {
  const Discovery d = discovered(
      R"(<script>window.a = 1; window.__STATE__ = {"feed": {"next": "\u002Fapi\u002Ffeed?page=1"}, "s": "};{"};
         other = {url: "/no"}; list=[{"link":"/watch/2"}]</script>)");
  EXPECT_EQ(urls(d, CrawlUrlKind::feed), (Urls{"https://site.example/api/feed?page=1"}));
  EXPECT_EQ(urls(d, CrawlUrlKind::page), (Urls{"https://site.example/watch/2"}));
}

TEST(HiddenPages, StateMayHaveValuesThatJsonDoesNotKnow) {
  const Discovery d = discovered(
      R"(<script>window.__INITIAL_STATE__={"cover":undefined,"n":[NaN,-Infinity,void 0],"s":"undefined NaN",
         "ep":{"link":"\u002Fdrama\u002F2.html"}};(function(){var s;}());</script>)");
  EXPECT_EQ(urls(d, CrawlUrlKind::page), (Urls{"https://site.example/drama/2.html"}));
}

TEST(HiddenMedia, AFrameThatAnAttributeHoldsUntilItIsClickedIsRead) {
  const Discovery d = discovered(
      R"(<div class="lazy" data-embed="&lt;iframe src=&quot;/player/7&quot;&gt;&lt;/iframe&gt;"></div>)");
  EXPECT_EQ(urls(d, CrawlUrlKind::player), (Urls{"https://site.example/player/7"}));
}

TEST(HiddenPages, StateWithoutAnEndIsLeftAlone) {
  EXPECT_TRUE(discovered(R"(<script>a = {"next": "/x", b = {"next": "/y"</script>)").findings.empty());
}

TEST(HiddenPages, ARefreshSaysThatItIsOne) {
  const Discovery d = discovered(R"(<meta http-equiv="refresh" content="0; url=/p/5"><a href="/a">A</a>)");
  EXPECT_TRUE(finding_at(d, "https://site.example/p/5")->is_refresh);
  EXPECT_FALSE(finding_at(d, "https://site.example/a")->is_refresh);
}

TEST(FeedBase, IsThatOfXmlAroundAnItem) {
  const Discovery d = discovered(
      R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://cdn.example/e/"><link rel="next" href="2.xml"/>
         <entry><link rel="enclosure" type="video/mp4" href="a.mp4"/></entry>
         <entry xml:base="sub/"><link rel="enclosure" type="video/mp4" href="b.mp4"/></entry></feed>)",
      "application/atom+xml");
  EXPECT_EQ(best_ways(d), (Urls{"https://cdn.example/e/a.mp4", "https://cdn.example/e/sub/b.mp4"}));
  EXPECT_EQ(urls(d, CrawlUrlKind::feed), (Urls{"https://cdn.example/e/2.xml"}));
}

}  // namespace
}  // namespace reelprint::crawler
