// The same input gives the same output, however many threads work on it.
#include <gtest/gtest.h>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

constexpr int kEpisodes = 8;

class Determinism : public ReelprintTest {
 protected:
  [[nodiscard]] std::string catalog() const {
    Words lines;
    for (int i = 1; i <= kEpisodes; ++i)
      lines.push_back(catalog_line(i % 2 == 0 ? "S" : "T", i, episode_clip(i)));
    return write_catalog("catalog.csv", lines);
  }
};

TEST_F(Determinism, RegisteringDoesNotDependOnTheNumberOfJobs) {
  const Reelprint alone(folder(), folder() / "alone");
  const Reelprint together(folder(), folder() / "together");
  const auto told_alone = alone.json({"register", "--jobs", "1", catalog()});
  const auto told_together = together.json({"register", "--jobs", "4", catalog()});
  EXPECT_EQ(told_alone, told_together);
  ASSERT_EQ(told_alone.size(), static_cast<std::size_t>(kEpisodes + 1));
  EXPECT_EQ(without(alone.json({"catalog", "list"}), {"registered_at"}),
            without(together.json({"catalog", "list"}), {"registered_at"}));
  EXPECT_EQ(read_file(alone.index_file()), read_file(together.index_file()));
}

TEST_F(Determinism, ScreeningDoesNotDependOnTheNumberOfJobs) {
  program.json({"register", catalog()});
  Words files;
  for (int i = 1; i <= kEpisodes; ++i) files.push_back(copy_of_episode_clip(i).string());
  files.push_back(stranger_clip().string());
  const auto screened = [&](const std::string& jobs, const std::string& effort) {
    Words words{"screen", "--jobs", jobs, "--effort", effort};
    words.insert(words.end(), files.begin(), files.end());
    return without(program.json(words), {"cost", "screening", "screened_at"});
  };
  for (const char* effort : {"auto", "deep"}) {
    SCOPED_TRACE(effort);
    const auto alone = screened("1", effort);
    EXPECT_EQ(alone.size(), files.size());
    EXPECT_EQ(screened("4", effort), alone);
  }
}

/// The middle of an episode's picture, and an episode's picture in a corner of another's.
Words copies_that_only_features_find() {
  const Words encode{"-c:v", "libx264", "-preset", "veryfast", "-an"};
  Words crop{"-i", busy_clip(1).string(), "-vf", "crop=iw*0.8:ih*0.8,scale=480:854"};
  Words inset{"-i",
              stranger_clip().string(),
              "-i",
              busy_clip(2).string(),
              "-filter_complex",
              "[0]scale=360:640[under];[1]scale=216:384[in];[under][in]overlay=30:40:shortest=1"};
  crop.insert(crop.end(), encode.begin(), encode.end());
  inset.insert(inset.end(), encode.begin(), encode.end());
  return {clip("crop.mp4", crop).string(), clip("inset.mp4", inset).string()};
}

TEST_F(Determinism, WhatFeaturesFindDependsNeitherOnJobsNorOnTheOrderOfRegistration) {
  Words lines;
  for (int i = 1; i <= 3; ++i) lines.push_back(catalog_line("B" + std::to_string(i), 1, busy_clip(i)));
  const Reelprint forwards(folder(), folder() / "forwards");
  const Reelprint backwards(folder(), folder() / "backwards");
  forwards.json({"register", "--jobs", "1", write_catalog("forwards.csv", lines)});
  for (auto line = lines.rbegin(); line != lines.rend(); ++line)
    backwards.json({"register", write_catalog("one.csv", {*line})});
  const auto said = [](const Reelprint& by, const std::string& jobs) {
    Words words{"screen", "--jobs", jobs};
    for (const std::string& file : copies_that_only_features_find()) words.push_back(file);
    auto screenings = without(by.json(words), {"cost", "screening", "screened_at"});
    for (json::object& screening : screenings) {
      for (json::value& match : screening.at("matches").as_array()) match.as_object().erase("reference");
    }
    return screenings;
  };
  const auto alone = said(forwards, "1");
  ASSERT_EQ(alone.size(), 2U);
  for (const json::object& screening : alone)
    EXPECT_EQ(text_of(only(objects_of(screening, "matches")), "found_by"), "features");
  EXPECT_EQ(said(forwards, "2"), alone);
  EXPECT_EQ(said(forwards, "4"), alone);
  EXPECT_EQ(said(backwards, "1"), alone);
  EXPECT_EQ(said(backwards, "4"), alone);
}

TEST_F(Determinism, AFingerprintFileIsTheSameEveryTime) {
  const std::string file = episode_clip(1).string();
  program.json({"fingerprint", file, "-o", "first.rpf"});
  program.json({"fingerprint", file, "-o", "second.rpf"});
  EXPECT_EQ(read_file(folder() / "first.rpf"), read_file(folder() / "second.rpf"));
}

}  // namespace
}  // namespace reelprint::e2e
