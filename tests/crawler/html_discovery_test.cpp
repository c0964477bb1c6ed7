// What HTML pages lead to.
#include <gtest/gtest.h>

#include <chrono>

#include "core/clock.h"
#include "tests/crawler/discovered.h"

namespace reelprint::crawler {
namespace {

TEST(Links, AreResolvedAgainstTheBase) {
  const Discovery d = discovered(
      R"(<base href="/a/"><a href="b.html">B</a><a href="../c">C</a><a href="//other.example/d">D</a>)");
  EXPECT_EQ(d.kind, "html");
  EXPECT_EQ(urls(d, CrawlUrlKind::page),
            (Urls{"https://site.example/a/b.html", "https://site.example/c", "https://other.example/d"}));
  EXPECT_EQ(d.findings[0].text, "B");
}

TEST(Links, ToNothingThatCanBeAVideoAreLeftOut) {
  const Discovery d = discovered(
      R"x(<a href="x.zip">1</a><a href="x.css">2</a><a href="javascript:void(0)">3</a>
          <a href="mailto:a@b.example">4</a><a href="#top">5</a><a href="">6</a><a href="x.jpg">7</a>)x");
  EXPECT_TRUE(d.findings.empty());
}

TEST(Links, SayWhenTheyAreNotToBeFollowed) {
  const Discovery d =
      discovered(R"(<a rel="ugc nofollow" href="/a">A</a><a rel="sponsored" href="/b">B</a>)");
  EXPECT_TRUE(finding_at(d, "https://site.example/a")->is_nofollow);
  EXPECT_FALSE(finding_at(d, "https://site.example/b")->is_nofollow);
}

TEST(Links, OfPaginationAreTold) {
  const Discovery d =
      discovered(R"(<link rel="next" href="/list?page=2"><a href="/list?page=3">3</a><a href="/l/4">下一页</a>
                                    <a href="/about">About</a><a href="/ep/5">5</a>)");
  EXPECT_TRUE(finding_at(d, "https://site.example/list?page=2")->is_pagination);
  EXPECT_TRUE(finding_at(d, "https://site.example/list?page=3")->is_pagination);
  EXPECT_TRUE(finding_at(d, "https://site.example/l/4")->is_pagination);
  EXPECT_FALSE(finding_at(d, "https://site.example/about")->is_pagination);
  EXPECT_FALSE(finding_at(d, "https://site.example/ep/5")->is_pagination);
}

TEST(Links, HideInHandlersOptionsAndRefreshes) {
  const Discovery d = discovered(
      R"(<meta http-equiv="Refresh" content="3; URL='/moved'"><div onclick="location.href='/by-click'">
      </div><select><option value="/ep/2">2</option></select><tr data-href="/row"></tr><div data-href="/by-data"></div>)");
  EXPECT_EQ(sorted(urls(d, CrawlUrlKind::page)),
            sorted({"https://site.example/moved", "https://site.example/by-click",
                    "https://site.example/ep/2", "https://site.example/by-data"}));
}

TEST(Links, OfThePagesHttpHeadersCountAsItsOwn) {
  Document document{.url = kPageUrl, .content_type = "text/html", .bytes = "<p>x</p>"};
  document.link_header =
      "</oe.json?u=a,b>; rel=\"alternate\"; type=\"application/json+oembed\"; title=\"A, <b>; c\", "
      "<https://site.example/p/2>; rel=next, </f.xml>;rel=alternate;type=application/rss+xml, </s.css>; "
      "rel=preload,"
      "<>; rel=next, junk, <x";
  document.refresh_header = "0; url=/moved";
  const Discovery d = discover(document);
  EXPECT_EQ(urls(d, CrawlUrlKind::oembed), Urls{"https://site.example/oe.json?u=a,b"});
  EXPECT_EQ(urls(d, CrawlUrlKind::feed), Urls{"https://site.example/f.xml"});
  EXPECT_EQ(urls(d, CrawlUrlKind::page), (Urls{"https://site.example/p/2", "https://site.example/moved"}));
  EXPECT_TRUE(finding_at(d, "https://site.example/p/2")->is_pagination);
  EXPECT_TRUE(finding_at(d, "https://site.example/moved")->is_refresh);
}

TEST(Links, WithinAVideoElementAreWaysToTheSameVideo) {
  const Discovery d = discovered(
      R"(<video><source type="video/mp4" src="/u/a.mp4?_=1"><a href="/u/a.mp4">/u/a.mp4</a></video>)");
  EXPECT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/u/a.mp4?_=1"}));
}

TEST(Links, OfAFramesetAreThePageItself) {
  const Discovery d = discovered(
      R"(<frameset cols="20%,*"><frame src="/menu.htm"><frame src="//players.example/7"></frameset>)");
  EXPECT_EQ(urls(d, CrawlUrlKind::page), Urls{"https://site.example/menu.htm"});
  EXPECT_TRUE(finding_at(d, "https://site.example/menu.htm")->is_refresh);
  EXPECT_EQ(urls(d, CrawlUrlKind::player), Urls{"https://players.example/7"});
}

TEST(Links, ToFilesAreVideosOfTheirOwn) {
  const Discovery d = discovered(
      R"(<ul><li><a href="1.mp4">One</a><li><a href="2.mkv?x=1">Two</a><li><a href=3.M3U8>Three</a></ul>)");
  EXPECT_EQ(d.videos.size(), 3U);
  EXPECT_EQ(d.videos[1].title, "Two");
  EXPECT_EQ(best_ways(d).size(), 3U);
  EXPECT_EQ(d.findings[2].kind, CrawlUrlKind::playlist);
}

TEST(Head, GivesTitleCanonicalFeedsAndOembed) {
  const Discovery d = discovered(R"(<title> A
   page </title><link rel=canonical href="/show/1"><link rel=alternate type="application/rss+xml" href="/feed">
   <link rel="alternate" type="application/json+oembed" href="/oembed?url=1"><link rel="alternate" hreflang="en" href="/en/1">
   <link rel=amphtml href="/amp/1"><link rel=stylesheet href="/s.css">)");
  EXPECT_EQ(d.title, "A page");
  EXPECT_EQ(d.canonical, "https://site.example/show/1");
  EXPECT_EQ(urls(d, CrawlUrlKind::feed), (Urls{"https://site.example/feed"}));
  EXPECT_EQ(urls(d, CrawlUrlKind::oembed), (Urls{"https://site.example/oembed?url=1"}));
  EXPECT_EQ(urls(d, CrawlUrlKind::page), (Urls{"https://site.example/en/1", "https://site.example/amp/1"}));
}

TEST(Robots, AreHeardFromMetaAndHeader) {
  EXPECT_TRUE(discovered(R"(<meta name=ROBOTS content="NOINDEX, follow">)").is_noindex);
  EXPECT_FALSE(discovered(R"(<meta name="googlebot" content="noindex">)").is_noindex);
  EXPECT_TRUE(discovered(R"(<meta name="reelprint" content="none">)").is_noindex);
  const Discovery quiet = discovered(R"(<meta name=robots content="nofollow"><a href="/a">A</a>)");
  EXPECT_TRUE(quiet.findings[0].is_nofollow);
  const auto by_header = [](const std::string& header) {
    return discover({.url = kPageUrl, .robots_header = header, .bytes = "<p><a href='/a'>A</a>"});
  };
  EXPECT_TRUE(by_header("noindex").is_noindex);
  EXPECT_FALSE(by_header("googlebot: noindex, nofollow").is_noindex);
  EXPECT_FALSE(by_header("googlebot: noindex, nofollow").findings[0].is_nofollow);
  EXPECT_TRUE(by_header("otherbot: noindex\nreelprint: nofollow").findings[0].is_nofollow);
}

TEST(Robots, SayUntilWhenAPageIsThere) {
  const auto after = [](const std::string& header) {
    return discover({.url = kPageUrl, .robots_header = header, .bytes = "<p>x"}).unavailable_after;
  };
  EXPECT_EQ(after("unavailable_after: Fri, 02 Jan 2026 10:00:00 GMT"), wall_time_of("2026-01-02T10:00:00Z"));
  EXPECT_EQ(after("noarchive, unavailable_after: 2026-01-02, nosnippet"),
            wall_time_of("2026-01-02T00:00:00Z"));
  EXPECT_EQ(after("noindex"), std::nullopt);
  EXPECT_FALSE(discover({.url = kPageUrl, .robots_header = "unavailable_after: 2026-01-02", .bytes = "<p>x"})
                   .is_noindex);
}

TEST(VideoElement, IsOneVideoWithAllItsSources) {
  const Discovery d =
      discovered(R"(<title>Page</title><video poster="/t.jpg"><source src="/v/a.webm" type="video/webm">
      <source src="/v/a.mp4" type="video/mp4"><source src="/stream/77" type="application/x-mpegURL"></video>)");
  ASSERT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(d.videos[0].thumbnail_url, "https://site.example/t.jpg");
  EXPECT_EQ(d.videos[0].title, "Page");
  EXPECT_EQ(finding_at(d, "https://site.example/stream/77")->kind, CrawlUrlKind::playlist);
  EXPECT_EQ(finding_at(d, "https://site.example/stream/77")->rank, 3);
  EXPECT_EQ(finding_at(d, "https://site.example/t.jpg")->video, 0);
  EXPECT_EQ(best_ways(d).size(), 1U);
}

TEST(VideoElement, MayKeepItsAddressInAnyAttribute) {
  EXPECT_EQ(best_ways(discovered(R"(<video data-src="/lazy"></video>)")),
            (Urls{"https://site.example/lazy"}));
  EXPECT_EQ(
      best_ways(discovered(
          R"(<video class="video-js" data-setup='{"sources":[{"src":"/x/i.m3u8","type":"application/x-mpegURL"}]}'></video>)")),
      (Urls{"https://site.example/x/i.m3u8"}));
  EXPECT_EQ(best_ways(discovered(R"(<div class="player" data-movie-file="movies/9.mp4?t=1"></div>)")),
            (Urls{"https://site.example/show/movies/9.mp4?t=1"}));
  EXPECT_EQ(
      best_ways(discovered(
          R"(<div data-config="{&quot;hls&quot;:&quot;https:\/\/cdn.example\/a\/b.m3u8&quot;}"></div>)")),
      (Urls{"https://cdn.example/a/b.m3u8"}));
  EXPECT_EQ(best_ways(discovered(R"(<amp-video src="amp.mp4" layout=responsive></amp-video>)")),
            (Urls{"https://site.example/show/amp.mp4"}));
}

TEST(VideoElement, TakesItsTitleFromTheHeadingBesideIt) {
  const Discovery d = discovered(
      R"(<article><h3>First</h3><video src="1.mp4"></video><p>Some words about the first of them.</p></article>
      <article><h3>Second</h3><video src="2.mp4"></video><p>Some words about the second of them.</p></article>)");
  ASSERT_EQ(d.videos.size(), 2U);
  EXPECT_EQ(d.videos[0].title, "First");
  EXPECT_EQ(d.videos[1].title, "Second");
  EXPECT_NE(d.videos[1].description.find("second of them"), std::string::npos);
}

TEST(Links, SayWhatTheyLeadToByTypeAndByNameToSaveUnder) {
  const Discovery d =
      discovered(R"x(<a href="/get/1" type="video/mp4">1</a><a href="/get/2" download="ep2.mp4">2</a>
      <a href="javascript:play('https://cdn.example/3.mp4')">3</a><meta itemprop="contentUrl" content="/get/4">)x");
  EXPECT_EQ(sorted(best_ways(d)), sorted({"https://site.example/get/1", "https://site.example/get/2",
                                          "https://cdn.example/3.mp4", "https://site.example/get/4"}));
}

TEST(Scripts, LeadToOtherPages) {
  const Discovery d = discovered(
      R"x(<script>window.location.href = "/real/1"; location.replace('/real/2')</script><b onclick="window.open('/real/3')">)x");
  EXPECT_EQ(
      sorted(urls(d, CrawlUrlKind::page)),
      sorted({"https://site.example/real/1", "https://site.example/real/2", "https://site.example/real/3"}));
}

TEST(Frames, ArePlayers) {
  const Discovery d =
      discovered(R"(<iframe src="//play.example/e/1"></iframe><iframe data-src="/e/2"></iframe>
      <iframe src="about:blank"></iframe><iframe srcdoc="<video src='/in.mp4'></video>"></iframe>)");
  EXPECT_EQ(urls(d, CrawlUrlKind::player), (Urls{"https://play.example/e/1", "https://site.example/e/2"}));
  EXPECT_EQ(urls(d, CrawlUrlKind::media), (Urls{"https://site.example/in.mp4"}));
}

TEST(Frames, ThatNameTheirFileGiveIt) {
  const Discovery d =
      discovered(R"(<iframe src="/player.html?url=https%3A%2F%2Fcdn.example%2Fa.m3u8&amp;auto=1"></iframe>)");
  ASSERT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(best_ways(d), (Urls{"https://cdn.example/a.m3u8"}));
}

TEST(OldPlayers, NameTheirFilesInParameters) {
  const Discovery d =
      discovered(R"(<object data="/p.swf" type="application/x-shockwave-flash"><param name="flashvars"
      value="file=/f/1.flv&amp;image=a.jpg"></object><embed src="/m/2.wmv" type="video/x-ms-wmv">
      <object data="/o/3" type="video/mp4"></object>)");
  EXPECT_EQ(
      sorted(urls(d, CrawlUrlKind::media)),
      sorted({"https://site.example/f/1.flv", "https://site.example/m/2.wmv", "https://site.example/o/3"}));
}

TEST(Noscript, IsReadToo) {
  EXPECT_EQ(best_ways(discovered(R"(<body><p>x</p><noscript><video src="/n.mp4"></video></noscript>)")),
            (Urls{"https://site.example/n.mp4"}));
  EXPECT_EQ(best_ways(discovered(R"(<head><noscript><iframe src="/n"></iframe></noscript></head>)")),
            (Urls{"https://site.example/n"}));
}

TEST(Templates, AreReadToo) {
  EXPECT_EQ(best_ways(discovered(R"(<template><video src="/n.mp4"></video></template>)")),
            (Urls{"https://site.example/n.mp4"}));
  EXPECT_EQ(best_ways(discovered(
                R"(<script type="text/template"><div><video src="/s.mp4"></video></div></script>)")),
            (Urls{"https://site.example/s.mp4"}));
}

TEST(Cards, OfOpenGraphStateTheVideoOfThePage) {
  const Discovery d = discovered(
      R"(<meta property="og:type" content="video.episode"><meta property="og:title" content="Love &amp; War 7">
      <meta property="og:video" content="http://site.example/v/7.mp4"><meta property="og:video:secure_url" content="https://site.example/v/7.mp4">
      <meta property="og:video:type" content="video/mp4"><meta property="og:image" content="/7.jpg"><meta property="video:duration" content="93">
      <meta property="video:release_date" content="2026-01-02"><meta property="video:series" content="Love and War">
      <video src="/v/7.mp4"></video>)");
  ASSERT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(d.videos[0].title, "Love & War 7");
  EXPECT_EQ(d.videos[0].series, "Love and War");
  EXPECT_EQ(d.videos[0].duration, std::chrono::seconds(93));
  EXPECT_EQ(d.videos[0].published_at, wall_time_of("2026-01-02T00:00:00Z"));
  EXPECT_EQ(d.videos[0].thumbnail_url, "https://site.example/7.jpg");
  EXPECT_EQ(best_ways(d).size(), 1U);
}

TEST(Cards, OfTwitterAndPlayersInHtmlAreOneVideo) {
  const Discovery d = discovered(
      R"(<meta name="twitter:card" content="player"><meta name="twitter:player" content="https://site.example/embed/3">
      <meta name="twitter:player:stream" content="/get/3"><meta name="twitter:player:stream:content_type" content="video/mp4">
      <meta property="og:video:url" content="https://site.example/embed/3"><meta property="og:video:type" content="text/html">)");
  ASSERT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(urls(d, CrawlUrlKind::player), (Urls{"https://site.example/embed/3"}));
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/get/3"}));
}

TEST(Cards, OfAnArticleStateNoVideo) {
  EXPECT_TRUE(
      discovered(R"(<meta property="og:type" content="article"><meta property="og:image" content="/i.jpg">)")
          .videos.empty());
}

TEST(Scripts, NameMediaInStrings) {
  const Discovery d = discovered(
      R"x(<script>jwplayer("p").setup({file: "https:\/\/cdn.example\/a.m3u8?t=1\u0026x=2", image: "/i.jpg"});
      var u = '/b/c.mp4'; hls.loadSource("/live/stream"); this.mp4 = x.mp4; var ext = ".mp4", t = `${base}/d.mp4`;</script>)x");
  EXPECT_EQ(sorted(best_ways(d)),
            sorted({"https://cdn.example/a.m3u8?t=1&x=2", "https://site.example/b/c.mp4",
                    "https://site.example/live/stream"}));
}

TEST(Scripts, NameMediaByTheTypeBesideThem) {
  const Discovery d = discovered(
      R"x(<script>player.src({src: '/s/1', type: 'video/mp4'}); x = [{"type":"application/x-mpegURL","file":"/s/2"}];
      y = {src: '/not', type: 'image/png'};</script>)x");
  EXPECT_EQ(sorted(best_ways(d)), sorted({"https://site.example/s/1", "https://site.example/s/2"}));
  EXPECT_EQ(finding_at(d, "https://site.example/s/2")->kind, CrawlUrlKind::playlist);
}

TEST(Scripts, HideAddressesInBase64AndPercents) {
  const Discovery d = discovered(
      R"x(<script>var player_data={"url":"aHR0cHM6Ly9jZG4uZXhhbXBsZS9hLm1wNA==","next":"https%3A%2F%2Fcdn.example%2Fb.m3u8"}</script>)x");
  EXPECT_EQ(sorted(best_ways(d)), sorted({"https://cdn.example/a.mp4", "https://cdn.example/b.m3u8"}));
}

TEST(Scripts, NameMediaInManyWays) {
  const auto ways = [](const std::string& script) {
    return best_ways(discovered("<script>" + script + "</script>"));
  };
  EXPECT_EQ(ways("p.source={sources:[{src:'media/2',type:'video/mp4'}]}"),
            (Urls{"https://site.example/show/media/2"}));
  EXPECT_EQ(ways(R"x(c = JSON.parse('{"file":"\/hls\/3.m3u8"}'))x"),
            (Urls{"https://site.example/hls/3.m3u8"}));
  EXPECT_EQ(ways(R"x(c = "{\"video\":\"https:\\/\\/cdn.example\\/4.mp4\"}")x"),
            (Urls{"https://cdn.example/4.mp4"}));
  EXPECT_EQ(ways("d.initialize(document.querySelector('#v'), '/d/7/manifest.mpd', true)"),
            (Urls{"https://site.example/d/7/manifest.mpd"}));
  EXPECT_EQ(ways("u=\"%68%74%74%70%73%3A%2F%2Fcdn.example%2F18%2Emp4\""),
            (Urls{"https://cdn.example/18.mp4"}));
  EXPECT_EQ(
      ways(
          R"x(eval(function(p,a,c,k,e,d){while(c--){}return p}('0 1=[{\'f\':"2://3.4/35.5"}]',36,7,'var|u|https|cdn|example|m3u8|'.split('|'),0,{})))x"),
      (Urls{"https://cdn.example/35.m3u8"}));
  EXPECT_EQ(ways(R"x(document.write('<iframe src="/e/37"><\/iframe>'))x"),
            (Urls{"https://site.example/e/37"}));
}

TEST(Scripts, HoldStateAsJson) {
  const Discovery d =
      discovered(R"x(<script id="__NEXT_DATA__" type="application/json">{"props":{"video":{"title":"T",
      "playUrl":"\/play\/5","cover":"\/c.jpg"},"list":[{"href":"/watch/6"}]}}</script>)x");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/play/5"}));
  EXPECT_EQ(urls(d, CrawlUrlKind::page), (Urls{"https://site.example/watch/6"}));
}

TEST(OneVideo, IsWhatDiffersInQualityAndContainerOnly) {
  const Discovery d = discovered(
      R"x(<script>s=["/m/ep1_360p.mp4","/m/ep1_720p.mp4","/hls/m/ep1/master.m3u8","/m/ep2_360p.mp4"]</script>)x");
  EXPECT_EQ(d.videos.size(), 2U);
}

TEST(OneVideo, IsStatedAndPlayedOnTheSamePage) {
  const Discovery d = discovered(
      R"x(<script type="application/ld+json">{"@type":"VideoObject","name":"N","embedUrl":"/e/1"}</script>
      <iframe src="/e/1"></iframe><video src="blob:https://site.example/1"></video><script>file="/x/qq.m3u8"</script>)x");
  ASSERT_EQ(d.videos.size(), 1U);
  EXPECT_EQ(d.videos[0].title, "N");
  EXPECT_EQ(best_ways(d), (Urls{"https://site.example/x/qq.m3u8"}));
}

TEST(Text, OfThePageIsWhatAPersonReads) {
  const Discovery d =
      discovered("<body><script>no</script><style>no</style><p>Hello\n <b>w</b>orld</p><div>again</div>");
  EXPECT_EQ(d.text, "Hello world again");
}

TEST(Count, OfFindingsIsBoundedAndLinksLeaveRoomForMedia) {
  std::string page;
  for (int i = 0; i < 100; ++i) page += "<a href='/" + std::to_string(i) + "'>x</a>";
  page += "<video src=a.mp4></video>";
  const Discovery d = discover({.url = kPageUrl, .bytes = page}, 10);
  EXPECT_EQ(d.findings.size(), 9U);
  EXPECT_EQ(best_ways(d).size(), 1U);
  EXPECT_EQ(d.problems.size(), 1U);
}

TEST(TwoVideos, StayTwoThoughTheySharePlayerOrNumbering) {
  const Discovery d = discovered(R"(<script type="application/ld+json">[
      {"@type":"VideoObject","name":"First","embedUrl":"/player","contentUrl":"/v/360.mp4"},
      {"@type":"VideoObject","name":"Second","embedUrl":"/player","contentUrl":"/v/480.mp4"}]</script>
      <a href="/l/720.mp4">720</a><a href="/l/1080.mp4">1080</a>)");
  EXPECT_EQ(sorted(best_ways(d)),
            sorted({"https://site.example/v/360.mp4", "https://site.example/v/480.mp4",
                    "https://site.example/l/720.mp4", "https://site.example/l/1080.mp4"}));
}

TEST(TwoVideos, StayTwoWhenEachIsStated) {
  const Discovery d =
      discovered(R"(<script type="application/ld+json">[{"@type":"VideoObject","name":"A","embedUrl":"/e/a"},
      {"@type":"VideoObject","name":"B","contentUrl":"/b.mp4"}]</script>)");
  EXPECT_EQ(d.videos.size(), 2U);
}

TEST(Players, NameTheirFileInTheCallThatMakesThem) {
  for (const char* call :
       {"jwplayer('p').setup({file: '/v/1', image: '/t.jpg'})",
        "new Artplayer({container: '.p', url: '/v/1'})",
        "new DPlayer({video: {quality: [{name: 'HD', url: '/v/1', type: 'auto'}]}})",
        "new Clappr.Player({source: \"/v/1\", parentId: '#p'})", "new Playerjs({id: 'p', file: '/v/1'})",
        "videojs('p').src({src: '/v/1', type: 'video/mp4'})"})
    EXPECT_EQ(best_ways(discovered("<script>" + std::string(call) + ";</script>")),
              (Urls{"https://site.example/v/1"}))
        << call;
  EXPECT_TRUE(
      best_ways(discovered("<script>other({url: '/v/1'}); new DPlayer({}); f({url: '/v/2'});</script>"))
          .empty());
}

TEST(Players, OfProvidersAreEmbedded) {
  EXPECT_EQ(urls(discovered("<div data-plyr-provider=youtube data-plyr-embed-id=bTqVqk7FSmY></div>"
                            "<div data-plyr-provider=vimeo data-plyr-embed-id=https://vimeo.com/7></div>"
                            "<div data-plyr-provider=youtube data-plyr-embed-id='../x'></div>"),
                 CrawlUrlKind::player),
            (Urls{"https://www.youtube.com/embed/bTqVqk7FSmY", "https://vimeo.com/7"}));
}

}  // namespace
}  // namespace reelprint::crawler
