#include "core/catalog.h"

#include <gtest/gtest.h>

namespace reelprint {
namespace {

Episode numbered(int season, int number) {
  Episode episode;
  episode.season = season;
  episode.number = number;
  return episode;
}

TEST(EpisodeText, LeavesTheFirstSeasonOut) {
  EXPECT_EQ(to_text(numbered(1, 3)), "episode 3");
}

TEST(EpisodeText, NamesAnyOtherSeason) {
  EXPECT_EQ(to_text(numbered(2, 14)), "season 2 episode 14");
  EXPECT_EQ(to_text(numbered(0, 0)), "season 0 episode 0");
}

}  // namespace
}  // namespace reelprint
