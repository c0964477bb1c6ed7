#include "pipeline/crawl_links.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "crawler/media_hints.h"

namespace reelprint::pipeline {
namespace {

CrawlSource site() {
  CrawlSource source;
  source.id = CrawlSourceId{3};
  source.kind = CrawlSourceKind::site;
  source.start_urls = {"https://videos.example/drama/"};
  return source;
}

CrawlUrl page(const std::string& url, int depth = 0) {
  CrawlUrl from;
  from.id = CrawlUrlId{9};
  from.source = CrawlSourceId{3};
  from.url = url;
  from.depth = depth;
  return from;
}

crawler::Finding link(const std::string& url, CrawlUrlKind kind = CrawlUrlKind::page) {
  crawler::Finding finding;
  finding.url = url;
  finding.kind = kind;
  return finding;
}

std::vector<std::string> urls_of(const CrawlLinks& links) {
  std::vector<std::string> urls;
  for (const CrawlUrl& url : links.urls) urls.push_back(url.url);
  return urls;
}

using Urls = std::vector<std::string>;

TEST(CrawlLinks, KeepWithinTheScope) {
  CrawlSource source = site();
  EXPECT_TRUE(is_in_scope(source, "https://videos.example/else"));
  EXPECT_FALSE(is_in_scope(source, "https://other.example/"));
  EXPECT_FALSE(is_in_scope(source, "http://videos.example/"));
  source.scope.hosts = {"*.example"};
  source.scope.path_prefixes = {"/drama/"};
  source.scope.excluded_prefixes = {"/drama/tag/"};
  EXPECT_TRUE(is_in_scope(source, "https://cdn.videos.example/drama/1"));
  EXPECT_FALSE(is_in_scope(source, "https://videos.example/else"));
  EXPECT_FALSE(is_in_scope(source, "https://videos.example/drama/tag/x"));
  EXPECT_FALSE(is_in_scope(source, "https://badexample/drama/1"));
}

TEST(CrawlLinks, OfAPageThatASitemapNamesAreFollowedOnlyWhereItSendsEverybody) {
  CrawlSource source = site();
  source.kind = CrawlSourceKind::sitemap;
  crawler::Discovery found;
  found.findings = {link("https://videos.example/2"), link("https://videos.example/moved")};
  found.findings[1].is_refresh = true;
  EXPECT_EQ(urls_of(links_of(found, page("https://videos.example/1"), source, 0.5)),
            (Urls{"https://videos.example/moved"}));
}

TEST(CrawlLinks, OfARobotsTxtAreTheSitemapsOnHostsOfTheSite) {
  constexpr std::string_view kRobots =
      "User-agent: *\nDisallow: /x\nSitemap: https://videos.example/sm.xml.gz\n"
      "Sitemap: https://elsewhere.example/sm.xml\nSitemap: https://cdn.videos.example/index\n";
  CrawlSource source = site();
  source.scope.path_prefixes = {"/drama/"};
  CrawlUrl start = page("https://videos.example/drama/");
  start.host = "https://videos.example";
  const auto urls_of_sitemaps = [&] {
    Urls urls;
    for (const CrawlUrl& url : sitemaps_of(kRobots, start, source)) {
      EXPECT_EQ(url.kind, CrawlUrlKind::sitemap);
      EXPECT_EQ(url.depth, 1);
      urls.push_back(url.url);
    }
    return urls;
  };
  EXPECT_EQ(urls_of_sitemaps(), Urls{"https://videos.example/sm.xml.gz"});
  source.scope.hosts = {"*.videos.example"};
  EXPECT_EQ(urls_of_sitemaps(),
            (Urls{"https://videos.example/sm.xml.gz", "https://cdn.videos.example/index"}));
  source.kind = CrawlSourceKind::channel;
  EXPECT_TRUE(urls_of_sitemaps().empty());
}

TEST(CrawlLinks, EndAtTheDeepestPage) {
  crawler::Discovery found;
  found.findings = {link("https://videos.example/2")};
  CrawlSource source = site();
  source.scope.most_depth = 3;
  EXPECT_EQ(links_of(found, page("https://videos.example/1", 2), source, 0).urls.size(), 1U);
  EXPECT_EQ(links_of(found, page("https://videos.example/1", 3), source, 0).urls.size(), 0U);
}

TEST(CrawlLinks, TakeOnlyTheBestWayToAVideoAndKeepTheOthers) {
  crawler::Discovery found;
  found.videos.resize(1);
  found.videos[0].title = "One";
  found.findings = {link("https://players.example/e", CrawlUrlKind::player),
                    link("https://cdn.example/v.m3u8", CrawlUrlKind::playlist),
                    link("https://cdn.example/v.mp4", CrawlUrlKind::media)};
  for (auto& finding : found.findings) finding.video = 0;
  const CrawlLinks links = links_of(found, page("https://videos.example/w"), site(), 0);
  ASSERT_EQ(urls_of(links), Urls{"https://cdn.example/v.mp4"});
  const auto hints = crawler::media_hints_of(links.urls[0].hints);
  EXPECT_EQ(hints.video.title, "One");
  EXPECT_EQ(hints.page_url, "https://videos.example/w");
  ASSERT_EQ(hints.also.size(), 2U);
  EXPECT_EQ(hints.also[0].url, "https://cdn.example/v.m3u8");
}

TEST(CrawlLinks, ObeyNofollowAndNoindexAsTheSourceHasIt) {
  crawler::Discovery found;
  found.findings = {link("https://videos.example/2"), link("https://cdn.example/v.mp4", CrawlUrlKind::media)};
  found.findings[0].is_nofollow = true;
  found.is_noindex = true;
  CrawlSource source = site();
  source.obeys_noindex = true;
  EXPECT_TRUE(links_of(found, page("https://videos.example/1"), source, 0).urls.empty());
  source.obeys_noindex = false;
  source.obeys_nofollow = false;
  EXPECT_EQ(links_of(found, page("https://videos.example/1"), source, 0).urls.size(), 2U);
}

TEST(CrawlLinks, OfAChannelArePagesOnceAndItsPagination) {
  CrawlSource source = site();
  source.kind = CrawlSourceKind::channel;
  crawler::Discovery found;
  found.findings = {link("https://videos.example/w/1"), link("https://videos.example/c?page=2")};
  found.findings[1].is_pagination = true;
  const CrawlLinks first = links_of(found, page("https://videos.example/c"), source, 0);
  ASSERT_EQ(first.urls.size(), 2U);
  EXPECT_EQ(first.urls[0].depth, 1);
  EXPECT_EQ(first.urls[1].depth, 0);
  EXPECT_TRUE(links_of(found, page("https://videos.example/w/1", 1), source, 0).urls.empty());
}

TEST(CrawlLinks, OfAFeedHaveThePageOfTheirItem) {
  crawler::Document feed;
  feed.url = "https://videos.example/feed";
  feed.bytes =
      "<rss><channel><item><title>One</title><link>/watch/1</link>"
      "<enclosure url='/v/1.mp4' type='video/mp4'/></item></channel></rss>";
  CrawlUrl from = page(feed.url);
  from.kind = CrawlUrlKind::feed;
  const CrawlLinks links = links_of(crawler::discover(feed), from, site(), 0);
  const auto video = std::ranges::find(links.urls, CrawlUrlKind::media, &CrawlUrl::kind);
  ASSERT_NE(video, links.urls.end());
  EXPECT_EQ(crawler::media_hints_of(video->hints).page_url, "https://videos.example/watch/1");
}

TEST(CrawlLinks, OfASitemapHaveThePageOfTheirVideo) {
  crawler::Document sitemap;
  sitemap.url = "https://videos.example/sitemap.xml";
  sitemap.bytes =
      "<urlset xmlns:video='http://www.google.com/schemas/sitemap-video/1.1'><url>"
      "<loc>https://videos.example/watch/2</loc><video:video><video:title>Two</video:title>"
      "<video:content_loc>https://videos.example/v/2.mp4</video:content_loc></video:video></url></urlset>";
  CrawlUrl from = page(sitemap.url);
  from.kind = CrawlUrlKind::sitemap;
  const CrawlLinks links = links_of(crawler::discover(sitemap), from, site(), 0);
  const auto video = std::ranges::find(links.urls, CrawlUrlKind::media, &CrawlUrl::kind);
  ASSERT_NE(video, links.urls.end());
  EXPECT_EQ(crawler::media_hints_of(video->hints).page_url, "https://videos.example/watch/2");
}

TEST(CrawlLinks, OfAnUploaderComeFirstAndKeepWithinTheScope) {
  VideoMetadata video;
  video.uploader_url = "https://videos.example/@thief";
  const auto channel = channel_of(video, page("https://videos.example/v/1.mp4"), site());
  ASSERT_TRUE(channel);
  EXPECT_EQ(channel->url, "https://videos.example/@thief");
  EXPECT_EQ(channel->yield, 1);
  EXPECT_EQ(channel->depth, site().scope.most_depth - 1);
  video.uploader_url = "https://other.example/@thief";
  EXPECT_FALSE(channel_of(video, page("https://videos.example/v/1.mp4"), site()));
  video.uploader_url = "";
  EXPECT_FALSE(channel_of(video, page("https://videos.example/v/1.mp4"), site()));
}

TEST(CrawlLinks, OfAPlayerBelongToThePageThatShowsIt) {
  CrawlUrl player = page("https://players.example/e", 6);
  player.kind = CrawlUrlKind::player;
  crawler::MediaHints hints;
  hints.page_url = "https://videos.example/w";
  hints.video.title = "As the page has it";
  player.hints = to_json(hints);
  crawler::Discovery found;
  found.videos.resize(1);
  found.videos[0].title = "As the player has it";
  found.findings = {link("https://cdn.example/v.mp4", CrawlUrlKind::media)};
  found.findings[0].video = 0;
  const CrawlLinks links = links_of(found, player, site(), 0);
  ASSERT_EQ(links.urls.size(), 1U);
  const auto of_media = crawler::media_hints_of(links.urls[0].hints);
  EXPECT_EQ(of_media.page_url, "https://videos.example/w");
  EXPECT_EQ(of_media.video.title, "As the page has it");
}

}  // namespace
}  // namespace reelprint::pipeline
