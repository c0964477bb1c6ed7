#include "crawler/head_recorder.h"

#include <gtest/gtest.h>

namespace reelprint::crawler {
namespace {

using Step = HeadRecorder::Step;

Step take_all(HeadRecorder& recorder, std::initializer_list<std::string_view> lines) {
  Step last = Step::more;
  for (const std::string_view line : lines) last = recorder.take(line);
  return last;
}

TEST(HeadRecorder, KeepsTheFinalHeadAsItCame) {
  HeadRecorder recorder;
  EXPECT_EQ(take_all(recorder, {"HTTP/1.1  200 OK\r\n", "A:b \n", "\r\n"}), Step::complete);
  EXPECT_EQ(recorder.head(), "HTTP/1.1  200 OK\r\nA:b \n\r\n");
  EXPECT_EQ(recorder.status(), 200);
  EXPECT_EQ(recorder.interim(), "");
}

TEST(HeadRecorder, KeepsInterimHeadsApart) {
  HeadRecorder recorder;
  EXPECT_EQ(take_all(recorder, {"HTTP/1.1 100 Continue\r\n", "\r\n", "HTTP/1.1 103 Hints\r\n", "\r\n"}),
            Step::more);
  EXPECT_FALSE(recorder.is_complete());
  EXPECT_EQ(take_all(recorder, {"HTTP/1.1 404 No\r\n", "\r\n"}), Step::complete);
  EXPECT_EQ(recorder.interim(), "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n");
  EXPECT_EQ(recorder.head(), "HTTP/1.1 404 No\r\n\r\n");
}

TEST(HeadRecorder, LeavesTrailersOut) {
  HeadRecorder recorder;
  EXPECT_EQ(take_all(recorder, {"HTTP/1.1 200 OK\r\n", "\r\n", "Trailer: a\r\n", "\r\n"}), Step::more);
  EXPECT_EQ(recorder.head(), "HTTP/1.1 200 OK\r\n\r\n");
}

TEST(HeadRecorder, StopsAtTheLimits) {
  HeadRecorder long_one;
  EXPECT_EQ(long_one.take(std::string(kMostHeadBytes + 1, 'a')), Step::too_large);
  HeadRecorder many;
  for (std::size_t i = 0; i < kMostHeadLines; ++i) EXPECT_EQ(many.take("a: b\r\n"), Step::more);
  EXPECT_EQ(many.take("a: b\r\n"), Step::too_large);
}

TEST(LastRequest, IsThatAfterTheProxysAndAfterAttemptsThatCameToNothing) {
  EXPECT_EQ(last_request("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(last_request("GET / HTTP/1.1\r\n\r\n"), "GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(last_request(""), "");
}

}  // namespace
}  // namespace reelprint::crawler
