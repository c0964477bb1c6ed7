#include "pipeline/visit_exchanges.h"

#include <gtest/gtest.h>

#include "evidence/digest.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{1'800'000'000s};
constexpr CrawlUrlId kVideo{2};
constexpr CrawlUrlId kOtherVideo{3};

class VisitExchangesTest : public testing::Test {
 protected:
  /// Of a request for these bytes of a file of ten; all of them: without a range.
  Exchange exchange(std::uint64_t first, std::uint64_t past, bool has_range = true) {
    Exchange made;
    made.url = kUrl;
    made.status = has_range ? 206 : 200;
    made.request_head = "GET / HTTP/1.1\r\n";
    made.response_head = "HTTP/1.1 206 X\r\n";
    if (has_range) {
      const std::string range = std::to_string(first) + "-" + std::to_string(past - 1);
      made.request_head += "range: bytes=" + range + "\r\n";
      made.response_head += "Content-Range: bytes " + range + "/10\r\n";
    }
    made.request_head += "\r\n";
    made.response_head += "\r\n";
    const std::string content = std::string("0123456789").substr(first, past - first);
    made.body = files_.new_file();
    std::filesystem::rename(folder_.write("new", content), made.body);
    made.body_bytes = content.size();
    made.body_digest = evidence::sha256_of(content);
    made.wire_bytes = 100 + content.size();
    made.began_at = kNow;
    return made;
  }
  static crawler::FetchOrder order(std::optional<std::pair<std::uint64_t, std::uint64_t>> range) {
    crawler::FetchOrder made;
    made.url = kUrl;
    made.range = range;
    return made;
  }
  static constexpr const char* kUrl = "https://a.example/v.mp4";
  test::ClipFolder folder_;
  store::Store store_{folder_.path() / "data"};
  KeptFiles files_{store_, folder_.path() / "kept", kNow};
};

TEST_F(VisitExchangesTest, AnswerTheSameRequestOfTheNextVisit) {
  {
    VisitExchanges first(store_, files_, kVideo, VisitExchanges::Keeps::at_once, kNow);
    first.add(CrawlPurpose::sample, exchange(0, 4));
  }
  const VisitExchanges next(store_, files_, kVideo, VisitExchanges::Keeps::at_once, kNow + 1h);
  EXPECT_TRUE(next.has_own());
  EXPECT_TRUE(next.is_intact({}));
  EXPECT_EQ(next.wire_bytes(), 104U);
  ASSERT_NE(next.answer_to(order(std::pair(0, 4))), nullptr);
  EXPECT_EQ(next.answer_to(order(std::pair(0, 4)))->body_bytes, 4U);
  EXPECT_EQ(next.answer_to(order(std::pair(0, 5))), nullptr);
  EXPECT_EQ(next.answer_to(order(std::pair(1, 4))), nullptr);
  EXPECT_EQ(next.answer_to(order(std::nullopt)), nullptr);
}

TEST_F(VisitExchangesTest, AnswerWithTheWholeWhereItIsHad) {
  for (const bool has_range : {true, false}) {
    VisitExchanges visit(store_, files_, kVideo, VisitExchanges::Keeps::at_once, kNow);
    visit.forget();
    visit.add(CrawlPurpose::sample, exchange(0, 10, has_range));
    EXPECT_NE(visit.answer_to(order(std::nullopt)), nullptr);
    EXPECT_NE(visit.answer_to(order(std::pair(0, 100))), nullptr);
    EXPECT_EQ(visit.answer_to(order(std::pair(0, 5))), nullptr);
    crawler::FetchOrder other = order(std::nullopt);
    other.url += "?2";
    EXPECT_EQ(visit.answer_to(other), nullptr);
  }
}

TEST_F(VisitExchangesTest, KeepNoAnswerThatIsOfNoUse) {
  VisitExchanges visit(store_, files_, kVideo, VisitExchanges::Keeps::at_once, kNow);
  for (const int status : {0, 304, 403, 416, 503}) {
    Exchange useless = exchange(0, 4);
    useless.status = status;
    visit.add(CrawlPurpose::sample, useless);
  }
  Exchange cut = exchange(0, 4);
  cut.error_code = "connect";
  visit.add(CrawlPurpose::sample, cut);
  EXPECT_FALSE(visit.has_own());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "kept"));
  EXPECT_EQ(visit.wire_bytes(), 6 * 104U);
}

TEST_F(VisitExchangesTest, KeepABeginningThatWasCutForWhoeverGoesOnFromThere) {
  VisitExchanges visit(store_, files_, kVideo, VisitExchanges::Keeps::at_once, kNow);
  Exchange cut = exchange(0, 4);
  cut.error_code = "connect";
  cut.is_truncated = true;
  visit.add(CrawlPurpose::sample, cut, true);
  EXPECT_EQ(visit.answer_to(order(std::pair(0, 4))), nullptr);
  EXPECT_NE(visit.answer_to(order(std::pair(0, 4)), true), nullptr);
}

TEST_F(VisitExchangesTest, AreForgottenAfterADay) {
  {
    VisitExchanges first(store_, files_, kVideo, VisitExchanges::Keeps::at_once, kNow);
    first.add(CrawlPurpose::sample, exchange(0, 4));
  }
  const VisitExchanges next(store_, files_, kVideo, VisitExchanges::Keeps::at_once, kNow + 25h);
  EXPECT_FALSE(next.has_own());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "kept"));
  EXPECT_EQ(files_.bytes(), 0U);
}

TEST_F(VisitExchangesTest, OfAPageGoToTheVideosThatItNamesOrNowhere) {
  for (const bool names_videos : {false, true}) {
    VisitExchanges page(store_, files_, CrawlUrlId{1}, VisitExchanges::Keeps::later, kNow);
    page.add(CrawlPurpose::discover, exchange(0, 10, false));
    const std::vector<CrawlUrlId> heirs{kVideo, kOtherVideo};
    if (names_videos) page.bequeath(heirs);
  }
  files_.remove(store::CrawlExchanges(store_.database()).drop(CrawlUrlId{1}));
  const auto bodies = std::distance(std::filesystem::directory_iterator(folder_.path() / "kept"), {});
  EXPECT_EQ(bodies, 1);
  for (const CrawlUrlId id : {kVideo, kOtherVideo}) {
    const VisitExchanges video(store_, files_, id, VisitExchanges::Keeps::at_once, kNow + 48h);
    EXPECT_FALSE(video.has_own());
    EXPECT_NE(video.answer_to(order(std::nullopt)), nullptr);
  }
}

TEST_F(VisitExchangesTest, AreNotIntactWhenAFileIsAnother) {
  VisitExchanges visit(store_, files_, kVideo, VisitExchanges::Keeps::at_once, kNow);
  visit.add(CrawlPurpose::sample, exchange(0, 4));
  EXPECT_TRUE(visit.is_intact({}));
  const auto body = visit.answer_to(order(std::pair(0, 4)))->body;
  std::filesystem::rename(folder_.write("new", "012x"), body);
  EXPECT_FALSE(visit.is_intact({}));
  std::filesystem::remove(body);
  EXPECT_FALSE(visit.is_intact({}));
}

TEST_F(VisitExchangesTest, LeaveNoFileThatNobodyUses) {
  (void)folder_.write("kept/stray", "x");
  {
    VisitExchanges visit(store_, files_, kVideo, VisitExchanges::Keeps::at_once, kNow);
    visit.add(CrawlPurpose::sample, exchange(0, 4));
  }
  const KeptFiles next(store_, folder_.path() / "kept", kNow + 1h);  // no such address waits
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "kept"));
  EXPECT_EQ(next.bytes(), 0U);
}

}  // namespace
}  // namespace reelprint::pipeline
