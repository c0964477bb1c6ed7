// Ctrl-C, and what else may happen beside a command that is still running.
#include <gtest/gtest.h>

#include <csignal>

#include "tests/e2e/clips.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

using namespace std::chrono_literals;

constexpr int kEpisodes = 40;

class Interruption : public ReelprintTest {
 protected:
  void SetUp() override {
    Words lines;
    int episode = 0;
    for (const auto& file : write_variants(episode_clip(1), folder() / "media", kEpisodes))
      lines.push_back(catalog_line("S", ++episode, file));
    catalog = write_catalog("catalog.csv", lines);
  }

  std::string catalog;
};

/// Reads lines until one has `text` in it; whether there was one.
bool reads(ChildProcess& child, std::string_view text) {
  while (const auto line = child.next_line(60s)) {
    if (line->find(text) != std::string::npos) return true;
  }
  return false;
}

/// Expects a clean stop within seconds, said on stderr; what was still printed.
std::vector<json::object> stop(ChildProcess& child, int signal) {
  child.send(signal);
  const Ended ended = child.wait(10s);
  EXPECT_EQ(ended.signal, 0);
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(ended.err.find("stopped"), std::string::npos) << ended.err;
  return read_json_lines(ended.out);
}

TEST_F(Interruption, OfARegistrationIsCleanAndTheNextRunGoesOn) {
  std::int64_t added = 0;
  for (const int signal : {SIGINT, SIGTERM}) {
    ChildProcess child(program.command({"register", "--json", "--jobs", "1", catalog}));
    ASSERT_TRUE(reads(child, "\"added\""));
    const auto told = stop(child, signal);
    ASSERT_FALSE(told.empty());
    const json::object& summary = told.back();
    EXPECT_EQ(text_of(summary, "event"), "summary");
    EXPECT_EQ(integer_of(summary, "unchanged"), added);
    EXPECT_GT(integer_of(summary, "added"), 0);
    EXPECT_GT(integer_of(summary, "left_out"), 0);
    added += integer_of(summary, "added");
    EXPECT_EQ(program.json({"catalog", "list"}).size(), static_cast<std::size_t>(added));
    EXPECT_TRUE(flag_of(only(program.json({"index", "verify"})), "ok"));
  }
  const json::object summary = program.json({"register", catalog}).back();
  EXPECT_EQ(integer_of(summary, "unchanged"), added);
  EXPECT_EQ(integer_of(summary, "added"), kEpisodes - added);
}

TEST_F(Interruption, OfAScreeningKeepsWhatWasSaid) {
  program.json({"register", write_catalog("one.csv", {catalog_line("S", 1, episode_clip(2))})});
  ChildProcess child(program.command({"screen", "--json", "--jobs", "1", "media"}));
  ASSERT_TRUE(reads(child, "\"query\""));
  const auto said = stop(child, SIGINT);
  EXPECT_LT(said.size() + 1, static_cast<std::size_t>(kEpisodes));
  EXPECT_EQ(integer_of(only(program.json({"catalog", "stats"})), "screenings"),
            static_cast<std::int64_t>(said.size()) + 1);
}

TEST_F(Interruption, IsNotWhatAScreeningMeansToARegistration) {
  ChildProcess child(program.command({"register", "--json", "--jobs", "1", catalog}));
  ASSERT_TRUE(reads(child, "\"added\""));
  EXPECT_EQ(only(program.json({"screen", tiny_clip().string()})).if_contains("error"), nullptr);
  EXPECT_GE(program.json({"catalog", "list"}).size(), 1U);
  const Ended ended = child.wait(60s);
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(integer_of(read_json_lines(ended.out).back(), "added"), kEpisodes);
  program.json({"screen", tiny_clip().string()});
  EXPECT_TRUE(flag_of(only(program.json({"index", "verify"})), "ok"));
}

}  // namespace
}  // namespace reelprint::e2e
