// Headed by the sections of RFC 9309.
#include "crawler/robots.h"

#include <gtest/gtest.h>

#include <utility>

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;

bool is_allowed(std::string_view text, std::string_view target) {
  return RobotsRules(text, "reelprint").is_allowed(target);
}

// --- 2.1, 2.2: protocol definition ---

TEST(Robots, AllowsAllWithoutRules) {
  EXPECT_TRUE(RobotsRules().is_allowed("/a"));
  EXPECT_TRUE(is_allowed("", "/a"));
  EXPECT_TRUE(is_allowed("<html><body>Not found</body></html>", "/a"));
}

TEST(Robots, TakesCrLfAndCrLfForTheEndOfALine) {
  for (const std::string end : {"\n", "\r", "\r\n"}) {
    const std::string text = "User-agent: *" + end + end + "Disallow: /a" + end + "Allow: /a/b";
    EXPECT_FALSE(is_allowed(text, "/a/c"));
    EXPECT_TRUE(is_allowed(text, "/a/b"));
  }
}

TEST(Robots, LooksPastAByteOrderMark) {
  EXPECT_FALSE(is_allowed("\xEF\xBB\xBFUser-agent: *\nDisallow: /", "/a"));
}

TEST(Robots, LooksPastCommentsAndBlanks) {
  const std::string text =
      "# User-agent: *\n  User-Agent\t:  *  # all\n\tDISALLOW  :\t/a  # not\nallow:/a/b#c";
  EXPECT_FALSE(is_allowed(text, "/a/x"));
  EXPECT_TRUE(is_allowed(text, "/a/b"));
}

TEST(Robots, TakesNoMisspeltKeyForARule) {
  EXPECT_TRUE(is_allowed("User-agent: *\nDissallow: /\nDisalow: /\nDisallow /\nUseragent: *\n", "/a"));
}

// --- 2.2.1: the user-agent line ---

TEST(Robots, GoesByItsOwnGroupAndNotByEveryones) {
  const std::string text = "User-agent: *\nDisallow: /\nUser-agent: reelprint\nDisallow: /a\n";
  EXPECT_TRUE(is_allowed(text, "/b"));
  EXPECT_FALSE(is_allowed(text, "/a"));
}

TEST(Robots, GoesByEveryonesGroupWhenNoneIsItsOwn) {
  EXPECT_FALSE(is_allowed("User-agent: other\nAllow: /\nUser-agent: *\nDisallow: /\n", "/a"));
  EXPECT_TRUE(is_allowed("User-agent: other\nDisallow: /\n", "/a"));
}

TEST(Robots, ComparesProductTokensWithoutCase) {
  EXPECT_FALSE(is_allowed("User-agent: ReelPrint\nDisallow: /\n", "/a"));
  EXPECT_FALSE(RobotsRules("User-agent: reelprint\nDisallow: /\n", "REELPRINT").is_allowed("/a"));
}

TEST(Robots, TakesAVersionBehindItsTokenForItself) {
  EXPECT_FALSE(is_allowed("User-agent: reelprint/2.0\nDisallow: /\n", "/a"));
  EXPECT_FALSE(is_allowed("User-agent: reelprint (bot)\nDisallow: /\n", "/a"));
}

TEST(Robots, TakesNoLongerOrShorterTokenForItself) {
  for (const std::string name : {"reel", "reelprinter", "reelprint-images", "my-reelprint", ""})
    EXPECT_TRUE(is_allowed("User-agent: " + name + "\nDisallow: /\n", "/a")) << name;
}

TEST(Robots, MergesGroupsOfOneToken) {
  const std::string text =
      "User-agent: reelprint\nDisallow: /a\nUser-agent: other\nDisallow: /\n"
      "User-agent: reelprint\nDisallow: /b\n";
  EXPECT_FALSE(is_allowed(text, "/a"));
  EXPECT_FALSE(is_allowed(text, "/b"));
  EXPECT_TRUE(is_allowed(text, "/c"));
}

TEST(Robots, MergesGroupsOfEveryone) {
  const std::string text =
      "User-agent: *\nDisallow: /a\nUser-agent: x\nAllow: /\nUser-agent: *\nDisallow: /b\n";
  EXPECT_FALSE(is_allowed(text, "/a"));
  EXPECT_FALSE(is_allowed(text, "/b"));
}

TEST(Robots, SharesTheRulesOfSeveralUserAgentLines) {
  const std::string text =
      "User-agent: other\nUser-agent: reelprint\nDisallow: /a\nUser-agent: x\nDisallow: /b\n";
  EXPECT_FALSE(is_allowed(text, "/a"));
  EXPECT_TRUE(is_allowed(text, "/b"));
}

TEST(Robots, AllowsAllToAGroupWithoutRules) {
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /\nUser-agent: reelprint\n", "/a"));
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /\n\nUser-agent: reelprint\nDisallow:\n", "/a"));
}

TEST(Robots, LooksPastRulesOfNoGroup) {
  EXPECT_TRUE(is_allowed("Disallow: /\nUser-agent: *\nDisallow: /b\n", "/a"));
}

// --- 2.2.2: the allow and disallow lines ---

TEST(Robots, AllowsWhatNoRuleMatches) {
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /a\n", "/b"));
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /a\n", "/ab"));
}

TEST(Robots, ComparesPathsWithCase) {
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /A\n", "/a"));
}

TEST(Robots, GoesByTheLongestMatchWhateverTheOrder) {
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b"));
  EXPECT_TRUE(is_allowed("User-agent: *\nAllow: /a/b\nDisallow: /a\n", "/a/b"));
  EXPECT_FALSE(is_allowed("User-agent: *\nAllow: /a\nDisallow: /a/b\n", "/a/b"));
}

TEST(Robots, AllowsWhenTwoAreEqual) {
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a"));
  EXPECT_TRUE(is_allowed("User-agent: *\nAllow: /a\nDisallow: /a\n", "/a"));
}

TEST(Robots, LooksPastEmptyRules) {
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow:\n", "/a"));
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /\nAllow:\n", "/a"));
}

TEST(Robots, AlwaysAllowsItsOwnFile) {
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /\n", "/robots.txt"));
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /\n", "/robots.txt.bak"));
}

// The table of the section: path of the rule, path of the URL.
TEST(Robots, ComparesOctetsInOneEncoding) {
  const std::pair<std::string, std::string> kPairs[] = {
      {"/foo/bar?baz=quz", "/foo/bar?baz=quz"},
      {"/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar"},
      {"/foo/bar/\xE3\x83\x84", "/foo/bar/%E3%83%84"},
      {"/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84"},
      {"/foo/bar/%62%61%7A", "/foo/bar/baz"},
      {"/foo/bar/%e3%83%84", "/foo/bar/\xE3\x83\x84"},
      {"/*url=http://", "/go?url=http://x"},
      {"/*?url=http%3a%2f%2f", "/go?url=http://x"},
  };
  for (const auto& [rule, target] : kPairs) {
    EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: " + rule + "\n", target)) << rule << " " << target;
  }
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar\n",
                          "/foo/bar?baz=https://foo.bar"));
}

TEST(Robots, KeepsAnEncodedSlashOfThePathApart) {
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /a%2Fb\n", "/a/b"));
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /a%2Fb\n", "/a%2fb"));
}

TEST(Robots, TakesAPercentSignWithoutDigitsAsItIs) {
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /100%\n", "/100%"));
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /100%zz\n", "/100%zz"));
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /100%4\n", "/100"));
}

TEST(Robots, TakesAnEmptyTargetForTheRoot) {
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /\n", ""));
}

// --- 2.2.3: special characters ---

TEST(Robots, MatchesAnyOctetsByAStar) {
  const std::string text = "User-agent: *\nDisallow: /a*b*c\n";
  for (const auto* target : {"/abc", "/axbxc", "/a/b/c/d", "/abbcc"})
    EXPECT_FALSE(is_allowed(text, target)) << target;
  for (const auto* target : {"/acb", "/ab", "/xabc"}) EXPECT_TRUE(is_allowed(text, target)) << target;
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: *.gif$\n", "/x.gif"));
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: *\n", "/"));
}

TEST(Robots, MatchesTheEndByADollarSign) {
  const std::string text = "User-agent: *\nDisallow: /*.gif$\n";
  EXPECT_FALSE(is_allowed(text, "/a.gif"));
  EXPECT_FALSE(is_allowed(text, "/a.gif.gif"));
  EXPECT_TRUE(is_allowed(text, "/a.gif?x"));
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /$\n", "/a"));
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /$\n", "/"));
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /a*$\n", "/abc"));
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /ab*bc$\n", "/abc"));
}

TEST(Robots, TakesADollarSignElsewhereAsItIs) {
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /a$b\n", "/a$bc"));
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /a$b\n", "/a"));
}

TEST(Robots, TakesEncodedSpecialCharactersAsTheyAre) {
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /file-%2A.html\n", "/file-*.html"));
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /file-%2A.html\n", "/file-x.html"));
  EXPECT_FALSE(is_allowed("User-agent: *\nDisallow: /a%24\n", "/a$b"));
  EXPECT_TRUE(is_allowed("User-agent: *\nDisallow: /a%24\n", "/a"));
}

// --- 2.2.4: other records ---

TEST(Robots, EndsNoGroupAtOtherRecords) {
  EXPECT_FALSE(is_allowed("User-agent: reelprint\nSitemap: /s.xml\nUser-agent: x\nDisallow: /\n", "/a"));
  EXPECT_FALSE(is_allowed("User-agent: *\nCrawl-delay: 1\nHost: x\nDisallow: /\n", "/a"));
}

TEST(Robots, ListsSitemapsOfTheWholeFile) {
  const RobotsRules rules("Sitemap: https://a/1\nUser-agent: x\nDisallow: /\nsitemap:https://a/2\nSitemap:\n",
                          "reelprint");
  EXPECT_EQ(rules.sitemaps(), (std::vector<std::string>{"https://a/1", "https://a/2"}));
}

TEST(Robots, KnowsTheCrawlDelayOfItsGroup) {
  const auto delay = [](const std::string& text) { return RobotsRules(text, "reelprint").crawl_delay(); };
  EXPECT_EQ(delay("User-agent: *\nCrawl-delay: 2.5\n"), 2500ms);
  EXPECT_EQ(delay("User-agent: *\nCrawl-delay: 9\nUser-agent: reelprint\nCrawl-delay: 1\nAllow: /\n"), 1s);
  EXPECT_EQ(delay("User-agent: *\nDisallow: /\nCrawl-delay: 9\nUser-agent: reelprint\nCrawl-delay: 1\n"), 1s);
  EXPECT_EQ(delay("User-agent: *\nCrawl-delay: 1e30\n"), 24h);
  for (const std::string none : {"", "-1", "nan", "inf", "1s", "soon"})
    EXPECT_EQ(delay("User-agent: *\nCrawl-delay: " + none + "\n"), std::nullopt) << none;
}

// --- 2.3.1.4, and the words for a log ---

TEST(Robots, ForbidsAllOfAFileThatCannotBeReached) {
  const RobotsRules rules = RobotsRules::forbid_all();
  EXPECT_FALSE(rules.is_allowed("/"));
  EXPECT_EQ(rules.deciding_rule("/a"), "robots.txt could not be reached");
}

TEST(Robots, SaysWhichRuleDecided) {
  const RobotsRules rules("User-agent: *\nDISALLOW: /private/ # not for you\nAllow: /private/%61\n",
                          "reelprint");
  EXPECT_EQ(rules.deciding_rule("/private/b"), "Disallow: /private/");
  EXPECT_EQ(rules.deciding_rule("/private/a"), "Allow: /private/%61");
  EXPECT_EQ(rules.deciding_rule("/"), "");
}

// --- 2.5: limits ---

TEST(Robots, ReadsTheFirst500KibibytesAndNoHalfRule) {
  const std::string head = "User-agent: *\nDisallow: /\n";
  const std::string rule = "Allow: /open/\n";
  const std::string padding(kMostRobotsBytes - head.size() - rule.size() - 1, '#');
  EXPECT_TRUE(is_allowed(head + padding + "\n" + rule, "/open/"));
  // cut behind "Allow: /open", which would allow more
  EXPECT_FALSE(is_allowed(head + padding + "##\n" + rule + rule, "/open/"));
  EXPECT_FALSE(is_allowed(head + padding + "##\n" + rule + rule, "/opening"));
  // cut there by who fetched it
  EXPECT_FALSE(is_allowed((head + padding + "##\n" + rule).substr(0, kMostRobotsBytes), "/opening"));
}

TEST(Robots, IsNotHeldUpByPatternsMadeForIt) {
  std::string text = "User-agent: *\n";
  while (text.size() < kMostRobotsBytes) text += "Disallow: /*aaaaaaaab\n";
  const RobotsRules many(text, "reelprint");
  EXPECT_TRUE(many.is_allowed("/" + std::string(2'000, 'a')));
  const RobotsRules wild("User-agent: *\nDisallow: /" + std::string(200'000, '*') + "a*a*a*a*a*a*a*a*b\n",
                         "reelprint");
  EXPECT_TRUE(wild.is_allowed("/" + std::string(2'000, 'a')));
}

}  // namespace
}  // namespace reelprint::crawler
