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

TEST_F(Determinism, AFingerprintFileIsTheSameEveryTime) {
  const std::string file = episode_clip(1).string();
  program.json({"fingerprint", file, "-o", "first.rpf"});
  program.json({"fingerprint", file, "-o", "second.rpf"});
  EXPECT_EQ(read_file(folder() / "first.rpf"), read_file(folder() / "second.rpf"));
}

}  // namespace
}  // namespace reelprint::e2e
