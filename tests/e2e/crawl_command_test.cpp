// reelprint crawl, command by command.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <map>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"
#include "tests/support/loopback_web.h"

namespace reelprint::e2e {
namespace {

using test::LoopbackWeb;

class CrawlCommand : public ReelprintTest {
 protected:
  /// A page that links to a copy's page, to one of words and to one that robots.txt forbids.
  void make_site() {
    web.put(1, "/", test::html("<a href='/copy'>1</a><a href='/words'>2</a><a href='/private/1'>3</a>"));
    web.put(1, "/copy", test::html("<h1>Lotus 1</h1><video src='/v.mp4'></video>"));
    web.put(1, "/words", test::html("words"));
    web.put(1, "/v.mp4", test::media(copy_of_episode_clip(1)));
    web.put(1, "/robots.txt", test::text("User-agent: *\nDisallow: /private/\n"));
    program.json({"register", write_catalog("catalog.csv", {catalog_line("Lotus", 1, episode_clip(1))})});
    program.json({"crawl", "add", web.url(1), "--name", "site", "--every-min", "0", "--allow-loopback"});
  }
  [[nodiscard]] Words crawl() const {
    return {"crawl",           "run",   "--contact",       "https://example.org/crawler", "--until-idle",
            "--least-delay-s", "0.002", "--allow-loopback"};
  }
  [[nodiscard]] std::vector<json::object> list() const { return program.json({"crawl", "list"}); }
  void expect_usage(const Words& words, const std::string& complaint) {
    const Ended ended = program.run(words);
    EXPECT_EQ(ended.exit_code, 2) << testing::PrintToString(words) << ended.out;
    EXPECT_NE(ended.err.find(complaint), std::string::npos) << ended.err;
  }

  LoopbackWeb web{1};
};

TEST_F(CrawlCommand, KeepsTheSourcesOfATomlACsvAndAJsonFile) {
  write_file(folder() / "s.toml", R"([dramas]
kind = "site"
start_urls = ["https://videos.example/drama/", "https://videos.example/new/"]
scope.path_prefixes = ["/drama/"]
budget.pages = 5000
every_min = 1440
at = "03:30"
[news]
kind = "feed"
start_urls = ["https://videos.example/feed"]
)");
  write_file(folder() / "s.csv",
             "name,kind,start_urls,budget.pages,priority\n"
             "dramas,channel,https://a.example/c https://b.example/c,7,\n"
             "\"a, b\",list,https://a.example/list.txt,,-3\n");
  write_file(folder() / "s.json", R"({"sources":[{"name":"dramas","obeys_nofollow":false}]})");

  EXPECT_EQ(program.json({"crawl", "add", "--from", "s.toml"}).size(), 2U);
  EXPECT_EQ(program.json({"crawl", "add", "--from", "s.csv"}).size(), 2U);
  EXPECT_EQ(program.json({"crawl", "add", "--from", "s.json"}).size(), 1U);

  const auto sources = list();
  ASSERT_EQ(sources.size(), 3U);
  EXPECT_EQ(text_of(sources[0], "kind"), "channel") << "the file changes the source of its name";
  EXPECT_EQ(texts_of(sources[0], "start_urls").back(), "https://b.example/c");
  EXPECT_EQ(integer_of(object_of(sources[0], "budget"), "pages"), 7);
  EXPECT_EQ(texts_of(object_of(sources[0], "scope"), "path_prefixes"), Words{"/drama/"});
  EXPECT_EQ(text_of(sources[0], "at"), "03:30");
  EXPECT_FALSE(flag_of(sources[0], "obeys_nofollow"));
  EXPECT_EQ(text_of(sources[2], "name"), "a, b");
  EXPECT_EQ(integer_of(sources[2], "priority"), -3);
}

TEST_F(CrawlCommand, LeavesOutTheSourcesOfAFileThatMakeNoSense) {
  write_file(folder() / "s.toml",
             "[good]\nstart_urls = [\"https://a.example/\"]\n[bad]\nstart_urls = [\"ftp://a.example/\"]\n");
  const Ended some = program.run({"crawl", "add", "--from", "s.toml"});
  EXPECT_EQ(some.exit_code, 3);
  EXPECT_NE(some.err.find("'bad': read a source of the crawl: start_urls/0"), std::string::npos) << some.err;
  EXPECT_EQ(list().size(), 1U);
  write_file(folder() / "none.json", R"([{"name": "x", "kind": "what"}])");
  EXPECT_EQ(program.run({"crawl", "add", "--from", "none.json"}).exit_code, 1);
  write_file(folder() / "broken.csv", "name,start_urls\nx,https://a.example/,more\n");
  const Ended broken = program.run({"crawl", "add", "--from", "broken.csv"});
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_NE(broken.err.find("line 2"), std::string::npos) << broken.err;
  EXPECT_EQ(program.run({"crawl", "add", "--from", "s.xml"}).exit_code, 1);
}

TEST_F(CrawlCommand, RefusesSourcesInsideAndNamesThatAreTaken) {
  for (const char* url :
       {"http://127.0.0.1/", "http://0x7f.1/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/",
        "http://localhost/", "https://user:word@a.example/", "file:///etc/passwd"})
    EXPECT_EQ(program.run({"crawl", "add", url}).exit_code, 1) << url;
  program.json({"crawl", "add", "https://a.example/", "--name", "one"});
  const Ended again = program.run({"crawl", "add", "https://b.example/", "--name", "one"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_EQ(list().size(), 1U);
}

TEST_F(CrawlCommand, IsRefusedWithExitCodeTwoWhenWrong) {
  expect_usage({"crawl"}, "subcommand");
  expect_usage({"crawl", "frobnicate"}, "");
  expect_usage({"crawl", "add"}, "--from");
  expect_usage({"crawl", "add", "https://a.example/", "--from", "s.toml"}, "exclude");
  expect_usage({"crawl", "add", "https://a.example/", "--nonsense"}, "--nonsense");
  expect_usage({"crawl", "show"}, "source");
  expect_usage({"crawl", "run"}, "--contact");
  expect_usage({"crawl", "run", "--contact", "mailto:a@b.example", "--for", "5x"}, "90s, 10m, 2h or 1d");
  expect_usage({"crawl", "run", "--contact", "mailto:a@b.example", "--hosts", "0"}, "--hosts");
  expect_usage({"crawl", "run", "--contact", "mailto:a@b.example", "--extractor", "no-such-program"},
               "no-such-program");
  expect_usage({"crawl", "report", "--from", "yesterday"}, "2026-11-20T00:00:00Z");
  EXPECT_FALSE(std::filesystem::exists(program.data()));
}

TEST_F(CrawlCommand, PausesResumesBeginsAndRemovesSources) {
  make_site();
  const Words just_run = crawl();
  EXPECT_EQ(text_of(only(program.json({"crawl", "pause", "site"})), "state"), "paused");
  EXPECT_EQ(program.run({"crawl", "round", "site"}).exit_code, 1) << "it is paused";
  EXPECT_EQ(integer_of(only(program.json(just_run)), "pages"), 0);
  EXPECT_EQ(text_of(only(program.json({"crawl", "status"})), "waits_for"), "resume");
  EXPECT_TRUE(web.requests().empty());
  EXPECT_EQ(text_of(only(program.json({"crawl", "resume", "#1"})), "state"), "active");
  EXPECT_EQ(integer_of(only(program.json(just_run)), "pages"), 3);
  EXPECT_EQ(text_of(only(program.json({"crawl", "status", "1"})), "waits_for"), "nothing");
  web.forget_requests();
  program.json({"crawl", "round", "site"});
  EXPECT_EQ(integer_of(only(program.json(just_run)), "pages"), 1) << "the start URL is due again, no other";
  const json::object changed =
      only(program.json({"crawl", "change", "site", "--priority", "5", "--allow-loopback"}));
  EXPECT_EQ(integer_of(changed, "priority"), 5);
  program.json({"crawl", "remove", "site"});
  EXPECT_TRUE(list().empty());
  EXPECT_EQ(program.run({"crawl", "show", "site"}).exit_code, 1);
  EXPECT_FALSE(program.json({"crawl", "sightings"}).empty()) << "what was found stays";
  EXPECT_EQ(integer_of(object_of(only(program.json({"crawl", "report"})), "whole"), "matched"), 1);
}

TEST_F(CrawlCommand, SaysInJsonWhatACrawlAskedFoundAndCost) {
  make_site();

  const json::object summary = only(program.json(crawl()));

  EXPECT_EQ(text_of(summary, "event"), "summary");
  EXPECT_EQ(integer_of(summary, "pages"), 3);
  EXPECT_EQ(integer_of(object_of(summary, "videos"), "infringing"), 1);
  EXPECT_EQ(integer_of(object_of(summary, "requests"), "refused"), 1);
  const json::object sighting = only(program.json({"crawl", "sightings", "site"}));
  EXPECT_EQ(text_of(sighting, "location"), web.url(1, "/v.mp4"));
  EXPECT_EQ(text_of(sighting, "page_url"), web.url(1, "/copy"));
  EXPECT_EQ(integer_of(sighting, "case"), 1);
  std::map<std::string, std::string> answers;
  for (const json::object& request : program.json({"crawl", "requests", "--limit", "1000"})) {
    const std::string refused = text_of(request, "refused");
    answers[text_of(request, "purpose") + " " + text_of(request, "url").substr(web.url(1, "").size())] =
        refused.empty() ? std::to_string(integer_of(request, "status")) : refused;
  }
  EXPECT_EQ(answers["robots /robots.txt"], "200");
  EXPECT_EQ(answers["discover /copy"], "200");
  EXPECT_EQ(answers["discover /private/1"], "robots: Disallow: /private/");
  const json::object report = only(program.json({"crawl", "report", "site"}));
  const json::object& whole = object_of(report, "whole");
  EXPECT_EQ(integer_of(whole, "pages"), 3);
  EXPECT_EQ(integer_of(whole, "hosts"), 1);
  EXPECT_EQ(integer_of(whole, "videos_screened"), 1);
  EXPECT_EQ(integer_of(whole, "refused"), 1);
  EXPECT_GT(number_of(object_of(whole, "per_decision"), "bytes"), 0);
  const json::object nothing = only(program.json({"crawl", "report", "--until", "2020-01-01T00:00:00Z"}));
  EXPECT_EQ(integer_of(object_of(nothing, "whole"), "requests"), 0);
}

TEST_F(CrawlCommand, ShowsTablesToAPerson) {
  make_site();

  const Ended ended = program.run(crawl());

  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_NE(ended.out.find("3 pages"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("1 infringing, 0 to review, 0 licensed, 0 clear"), std::string::npos) << ended.out;
  EXPECT_EQ(ended.err, "") << "no progress line where there is no terminal";
  const std::vector<std::pair<Words, Words>> tables = {
      {{"list"}, {"NEXT ROUND", "site", "active", "never"}},
      {{"show", "site"}, {"#1 site (site, active)", web.url(1)}},
      {{"status"}, {"WAITS FOR", "nothing", "MATCHED"}},
      {{"report"}, {"BYTES A DECISION", "all"}},
      {{"requests"}, {"PURPOSE", "robots: Disallow: /private/", "/robots.txt"}},
      {{"sightings"}, {"LOCATION", "yes", "/v.mp4"}}};
  for (const auto& [words, expected] : tables) {
    Words command{"crawl"};
    command.insert(command.end(), words.begin(), words.end());
    const Ended table = program.run(command);
    EXPECT_EQ(table.exit_code, 0) << table.err;
    for (const std::string& text : expected)
      EXPECT_NE(table.out.find(text), std::string::npos) << text << '\n' << table.out;
  }
}

TEST_F(CrawlCommand, EndsByItselfAfterItsTimeAndWhenAskedTo) {
  web.put(1, "/", test::html("words"));
  program.json({"crawl", "add", web.url(1), "--every-min", "1440", "--allow-loopback"});
  Words words = crawl();
  std::erase(words, "--until-idle");
  Words timed = words;
  timed.insert(timed.end(), {"--for", "1s"});
  EXPECT_EQ(integer_of(only(program.json(timed)), "pages"), 1);
  ChildProcess child(program.command(words));
  child.send(SIGINT);
  const Ended ended = child.wait(std::chrono::seconds(30));
  EXPECT_TRUE(ended.exit_code == 0 || ended.signal == SIGINT) << ended.exit_code << ended.err;
}

}  // namespace
}  // namespace reelprint::e2e
