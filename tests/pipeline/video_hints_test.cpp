#include "pipeline/video_hints.h"

#include <gtest/gtest.h>

#include "crawler/media_hints.h"
#include "pipeline/live_catalog.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

/// A catalog of one episode of "The Oath", of 20 s.
class HintsOfVideos : public testing::Test {
 protected:
  VideoHint hint(const std::string& title, std::optional<Duration> duration = {}) {
    VideoMetadata video;
    video.title = title;
    video.duration = duration;
    return hints_.of_words(video);
  }

  test::ClipFolder folder_;
  std::filesystem::path data_ = folder_.path() / "data";
  store::Store store_{data_};
  ReferenceId reference_ = test::add_reference(store_, 1);
  SystemClock clock_;
  DirectMediaReader reader_;
  LiveCatalog catalog_{data_};
  ScreenTools tools_{data_ / "uploads", reader_, clock_, [this] { return catalog_.refresh(); }, {}};
  VideoHints hints_{store_, tools_};
};

TEST_F(HintsOfVideos, SayNothingOfATitleThatNamesNoSeries) {
  EXPECT_EQ(hint("my holidays").words, "");
  EXPECT_FALSE(hint("my holidays").wants_whole);
}

TEST_F(HintsOfVideos, AskForTheWholeOnlyIfAShortNameComesWithTheLengthOfAnEpisode) {
  EXPECT_EQ(hint("THE OATH ep 1").words, "its title names the series 'The Oath'");
  EXPECT_FALSE(hint("the oath ep 1", 70s).wants_whole);
  EXPECT_TRUE(hint("the oath ep 1", 20500ms).wants_whole);
  EXPECT_FALSE(hint("my holidays", 20s).wants_whole);
}

TEST_F(HintsOfVideos, BelieveAPageThatSaysWhichSeriesItIs) {
  VideoMetadata video;
  video.title = "episode 4";
  video.series = "the oath";
  EXPECT_EQ(hints_.of_words(video).words, "it is said to be of the series 'The Oath'");
  EXPECT_TRUE(hints_.of_words(video).wants_whole);
}

TEST_F(HintsOfVideos, PutVideosFirstThatNameASeries) {
  crawler::MediaHints named;
  named.video.title = "The Oath 1";
  std::vector<CrawlUrl> urls(3);
  for (CrawlUrl& url : urls) url.yield = 0.5;
  urls[0].kind = CrawlUrlKind::media;
  urls[0].hints = to_json(named);
  urls[1].kind = CrawlUrlKind::media;
  urls[2].hints = to_json(named);
  hints_.raise(urls);
  EXPECT_EQ(urls[0].yield, 1);
  EXPECT_EQ(urls[1].yield, 0.5);
  EXPECT_EQ(urls[2].yield, 0.5) << "a page is no video";
}

TEST_F(HintsOfVideos, SayNothingOfPicturesThatAreNone) {
  const auto file = folder_.write("picture.jpg", "\xff\xd8\xff\xe0 not a picture at all");
  EXPECT_EQ(hints_.of_picture(file, {}).words, "");
  const auto grey = folder_.make("grey.png", "-f lavfi -i color=gray:size=64x64 -frames:v 1");
  EXPECT_EQ(hints_.of_picture(grey, {}).words, "");
}

}  // namespace
}  // namespace reelprint::pipeline
