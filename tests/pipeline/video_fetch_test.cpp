// What a video costs: each byte of it, and of its page, goes over the wire once.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "evidence/warc_metadata.h"
#include "fetching_videos.h"

namespace reelprint::pipeline {
namespace {

using reelprint::test::html;
using reelprint::test::media;
using reelprint::test::SeenRequest;

TEST_F(FetchingVideos, AskForEachByteOfACopyAndItsPageOnce) {
  const auto copy = make_noisy("copy.mp4", work_);
  web_.put(1, "/v.mp4", media(copy));
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  ASSERT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  EXPECT_EQ(sent("/v.mp4"), std::filesystem::file_size(copy)) << story();
  EXPECT_GT(times("/v.mp4"), 2U);
  EXPECT_EQ(times("/"), 1U);
  const Sighting sighting = only_sighting();
  const auto all = records(capture_of(sighting));
  EXPECT_EQ(types(all).at("response"), 1 + times("/v.mp4"));
  EXPECT_EQ(types(all).at("conversion"), 1U);
  for (const auto& record : all) {
    if (record.field("WARC-Type") != "conversion") continue;
    EXPECT_EQ(record.payload, sighting.media);
    EXPECT_EQ(record.field("Content-Type"), "video/mp4");
    EXPECT_EQ(record.field("WARC-Target-URI"), web_.url(1, "/v.mp4"));
  }
  const auto facts = boost::json::parse(all.back().begin).as_object();
  EXPECT_EQ(facts.at("pieces").as_array().size(), times("/v.mp4"));
  EXPECT_TRUE(facts.at("is_whole").as_bool());
  expect_nothing_kept();
}

TEST_F(FetchingVideos, KeepOfAPlaylistEverythingFromTheMasterToTheSegments) {
  std::filesystem::create_directories(folder_.path() / "hls");
  folder_.make("hls/v.m3u8", "-i " + work_.string() + kNoisy +
                                 "-hls_time 1 -hls_playlist_type vod -hls_segment_type fmp4 "
                                 "-master_pl_name master.m3u8 -f hls");
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "hls")) {
    web_.put(1, "/h/" + entry.path().filename().string(),
             media(entry.path(), true, "application/octet-stream"));
    bytes += entry.file_size();
  }
  web_.put(1, "/", html("<video src='/h/master.m3u8'></video>"));
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  ASSERT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  std::uint64_t sent_bytes = 0;
  for (const SeenRequest& request : web_.requests()) {
    EXPECT_TRUE(request.target == "/robots.txt" || times(request.target) == 1) << request.target;
    sent_bytes += request.target.starts_with("/h/") ? request.sent : 0;
  }
  EXPECT_EQ(sent_bytes, bytes) << story();
  const Sighting sighting = only_sighting();
  EXPECT_GE(sighting.fetched_bytes, bytes);
  const auto all = records(capture_of(sighting));
  EXPECT_EQ(types(all).at("response"), web_.requests().size() - 1);  // all but robots.txt
  EXPECT_EQ(types(all).at("conversion"), 1U);
  expect_nothing_kept();
}

TEST_F(FetchingVideos, FindAFilesFragmentsByTheIndexAtItsEnd) {
  const auto copy =
      folder_.make("copy.mp4", "-i " + work_.string() + kNoisy + "-movflags frag_keyframe+empty_moov");
  web_.put(1, "/v.mp4", media(copy));
  settings_.most_media_bytes = 1'000'000;
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  EXPECT_NE(decisions()[web_.url(1)], Decision::clear) << story();
  EXPECT_GT(sent("/v.mp4"), std::filesystem::file_size(copy) / 4) << story();
  EXPECT_LT(sent("/v.mp4"), std::filesystem::file_size(copy) * 4 / 5) << story();
  EXPECT_GT(times("/v.mp4"), 3U) << story();
  EXPECT_NE(note_of("/v.mp4").find("stretches; the whole was not to be had"), std::string::npos)
      << note_of("/v.mp4");
}

TEST_F(FetchingVideos, KeepOnlyAsMuchOfThemAsACaptureMayHave) {
  web_.put(1, "/v.mp4", media(make_noisy("copy.mp4", work_)));
  settings_.most_capture_bytes = 300'000;
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  const auto all = records(capture_of(only_sighting()));
  std::uint64_t kept = 0;
  std::size_t cut = 0;
  for (const auto& record : all) {
    const bool is_media = record.field("WARC-Target-URI") == web_.url(1, "/v.mp4");
    if (!is_media || record.field("WARC-Type") != "response") continue;
    kept += record.bytes;
    cut += record.field("WARC-Truncated") == "length" ? 1 : 0;
  }
  EXPECT_GT(kept, 300'000U);
  EXPECT_LT(kept, 300'000U + 1'000 * times("/v.mp4"));  // heads too
  EXPECT_EQ(cut, times("/v.mp4") - 1);                  // the first has room
  EXPECT_FALSE(types(all).contains("conversion"));
  const auto facts = boost::json::parse(all.back().begin).as_object();
  EXPECT_FALSE(facts.at("is_enclosed").as_bool());
  EXPECT_EQ(facts.at("pieces").as_array().size(), times("/v.mp4"));
  expect_nothing_kept();
}

TEST_F(FetchingVideos, GoOnWhenWhatACaptureNeedsIsGone) {
  web_.put(1, "/v.mp4", media(make_noisy("copy.mp4", work_)));
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  const Sighting sighting = only_sighting();
  Exchange lost;
  lost.url = sighting.location;
  lost.status = 206;
  lost.response_head = "HTTP/1.1 206 Partial Content\r\n\r\n";
  lost.body_bytes = 5;
  store::CrawlExchanges exchanges(store_.database());
  exchanges.add({0, evidence::warc_metadata(lost, {"sample", {}, {}}), "lost", 5, false}, CrawlUrlId{99});
  exchanges.begin_capture(CrawlUrlId{99}, {sighting.id, "lost-too", ""});
  EXPECT_NE(crawl().last_trouble, "");
  EXPECT_TRUE(exchanges.captures_due({}, 10).empty());
  EXPECT_EQ(store::Sightings(store_.database()).captures(sighting.id).size(), 1U);
  expect_nothing_kept();
}

TEST_F(FetchingVideos, AskOnceForAVideoThatLooksLikeAPage) {
  const auto copy = test::make_copy(folder_, "copy.mp4", work_);
  ASSERT_LT(std::filesystem::file_size(copy), 250'000U);
  web_.put(1, "/watch", media(copy, true, "application/octet-stream"));
  add(CrawlSourceKind::videos, web_.url(1, "/watch"));
  crawl();
  EXPECT_EQ(decisions()[web_.url(1, "/watch")], Decision::infringing) << story();
  EXPECT_EQ(times("/watch"), 1U) << story();
  EXPECT_FALSE(records(capture_of(only_sighting())).empty());
  expect_nothing_kept();
}

TEST_F(FetchingVideos, AskOnceForAPageThatLooksLikeAVideo) {
  web_.put(1, "/", html("<video src='/play.mp4'></video>"));
  web_.put(1, "/play.mp4", html("<video src='/v.mp4'></video>"));
  web_.put(1, "/v.mp4", media(test::make_copy(folder_, "copy.mp4", work_)));
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  ASSERT_EQ(store::Sightings(store_.database()).list(TenantId{}, {}, 10).size(), 1U) << story();
  for (const char* path : {"/", "/play.mp4", "/v.mp4"}) EXPECT_EQ(times(path), 1U) << path << '\n' << story();
  EXPECT_FALSE(records(capture_of(only_sighting())).empty());
  expect_nothing_kept();
}

TEST_F(FetchingVideos, AskOnceMoreForAPageThatWasNotKept) {
  const auto copy = test::make_copy(folder_, "copy.mp4", work_);
  web_.put(
      1, "/feed",
      reelprint::test::text("<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><item>"
                            "<link>" +
                                web_.url(1, "/watch") + "</link><media:content url='" +
                                web_.url(1, "/v.mp4") + "' type='video/mp4'/></item></channel></rss>",
                            "application/rss+xml"));
  web_.put(1, "/watch", html("<p>watch it"));
  web_.put(1, "/v.mp4", media(copy));
  add(CrawlSourceKind::feed, web_.url(1, "/feed"));
  crawl();
  const Sighting sighting = only_sighting();
  EXPECT_EQ(sighting.page_url, web_.url(1, "/watch"));
  EXPECT_EQ(sent("/v.mp4"), std::filesystem::file_size(copy)) << story();
  bool has_page = false;
  for (const auto& record : records(capture_of(sighting)))
    has_page = has_page || record.begin.find("watch it") != std::string::npos;
  EXPECT_TRUE(has_page);
  expect_nothing_kept();
}

TEST_F(FetchingVideos, KeepNothingOfAClearOne) {
  const auto other = make_noisy("other.mp4", test::make_blocks(folder_, "strange.mp4", 9));
  web_.put(1, "/v.mp4", media(other));
  add(CrawlSourceKind::videos, web_.url(1));
  const CrawlNumbers numbers = crawl();
  ASSERT_EQ(decisions()[web_.url(1)], Decision::clear) << story();
  const Sighting sighting = only_sighting();
  EXPECT_FALSE(std::filesystem::exists(captures_folder(data_)));
  expect_nothing_kept();
  // What the decision cost is that of its requests.
  const auto round = store::CrawlSources(store_.database()).rounds(sighting.source, 1).at(0);
  EXPECT_EQ(round.video_bytes, sighting.fetched_bytes);
  EXPECT_GT(sighting.fetched_bytes, sent("/v.mp4"));  // heads too
  EXPECT_LT(sighting.fetched_bytes, sent("/v.mp4") + 1'000 * times("/v.mp4"));
  EXPECT_GT(sighting.took, Duration{0});
  EXPECT_NEAR(round.video_s, to_seconds(sighting.took), 1e-5);
  EXPECT_EQ(round.bytes, numbers.bytes);
}

TEST_F(FetchingVideos, TellWhatADecisionThatWasTakenOverCost) {
  const auto copy = make_noisy("copy.mp4", work_);
  web_.put(1, "/", html("<video src='/v.mp4'></video>"));
  web_.put(1, "/again", html("<video src='/w.mp4'></video>"));
  web_.put(1, "/v.mp4", media(copy));
  web_.put(1, "/w.mp4", media(copy));
  settings_.fetches_whole = true;
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  const Sighting first = only_sighting();
  add(CrawlSourceKind::videos, web_.url(1, "/again"));
  crawl();
  const auto second =
      store::Sightings(store_.database()).find(TenantId{}, web_.url(1, "/w.mp4"), web_.url(1, "/again"));
  ASSERT_TRUE(second) << story();
  const auto request = store::ScreeningRequests(store_.database()).find(second->request);
  EXPECT_EQ(store_.screening(request->screening)->cost.media_s, 0);
  const std::uint64_t size = std::filesystem::file_size(copy);
  for (const Sighting& sighting : {first, *second}) {
    EXPECT_GE(sighting.fetched_bytes, size);
    EXPECT_LT(sighting.fetched_bytes, size + 10'000);
    EXPECT_GT(sighting.took, Duration{0});
    const auto round = store::CrawlSources(store_.database()).rounds(sighting.source, 1).at(0);
    EXPECT_EQ(round.video_bytes, sighting.fetched_bytes);
    EXPECT_NEAR(round.video_s, to_seconds(sighting.took), 1e-5);
    EXPECT_EQ(round.bytes_offered, size);
  }
}

}  // namespace
}  // namespace reelprint::pipeline
