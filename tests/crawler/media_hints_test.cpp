#include "crawler/media_hints.h"

#include <gtest/gtest.h>

namespace reelprint::crawler {
namespace {

TEST(MediaHints, ComeBackAsTheyWere) {
  MediaHints hints;
  hints.video.title = "第一集 \"one\"";
  hints.video.uploader = "amy";
  hints.video.episode = 7;
  hints.video.duration = Duration{90'500'000};
  hints.video.published_at = WallTime{std::chrono::seconds{1'700'000'000}};
  hints.video.views = 12;
  hints.page_url = "https://videos.example/w";
  hints.also = {{"https://cdn.example/v.m3u8", CrawlUrlKind::playlist}};
  EXPECT_EQ(media_hints_of(to_json(hints)), hints);
}

TEST(MediaHints, OfNonsenseAreNone) {
  for (const char* text : {"", "{", "[]", "{\"also\":[1,{\"kind\":\"x\"}],\"episode\":\"no\"}"})
    EXPECT_EQ(media_hints_of(text), MediaHints{}) << text;
}

TEST(MediaHints, AreCutBetweenCharacters) {
  MediaHints hints;
  hints.video.title = "x";
  while (hints.video.title.size() < 5000) hints.video.title += "集";
  const std::string title = media_hints_of(to_json(hints)).video.title;
  EXPECT_LE(title.size(), 4096U);
  EXPECT_GT(title.size(), 4090U);
  EXPECT_TRUE(title.ends_with("集"));
}

TEST(MediaHints, OfThePageGoBeforeThoseOfThePlayer) {
  VideoMetadata page;
  page.title = "page";
  VideoMetadata player;
  player.title = "player";
  player.uploader = "amy";
  const VideoMetadata both = joined(page, player);
  EXPECT_EQ(both.title, "page");
  EXPECT_EQ(both.uploader, "amy");
}

}  // namespace
}  // namespace reelprint::crawler
