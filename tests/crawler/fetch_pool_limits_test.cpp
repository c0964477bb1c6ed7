// What hostile servers do to the fetch pool.
#include <gtest/gtest.h>
#include <zlib.h>

#include "core/error.h"
#include "core/files.h"
#include "tests/crawler/fetch_pool_fixture.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;
using test::TestWeb;
using test::web_answer;
using test::WebConnection;
using test::WebRequest;

using FetchPoolLimitsTest = FetchPoolTest;

std::string gzip_of_zeros(std::size_t size) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string zeros(size, '\0');
  std::string packed(size / 100 + 1'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
  stream.avail_in = static_cast<uInt>(zeros.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

TEST_F(FetchPoolLimitsTest, CutsContentThatIsLongerThanWanted) {
  std::atomic<bool> is_client_gone = false;
  const TestWeb web([&](const WebRequest&, WebConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n");
    const std::string part(65'536, 'a');
    while (connection.send(part)) continue;
    is_client_gone = true;
    connection.close();
  });
  FetchOrder large = order(web.url());
  large.most_bytes = 100'000;
  const Exchange exchange = fetch(large);
  EXPECT_EQ(exchange.error_code, "");
  EXPECT_TRUE(exchange.is_truncated);
  EXPECT_EQ(exchange.body_bytes, 100'000U);
  EXPECT_EQ(std::filesystem::file_size(exchange.body), 100'000U);
  EXPECT_LT(exchange.wire_bytes, 300'000U);
}

TEST_F(FetchPoolLimitsTest, TakesLargeContentThatIsNotCompressedForNoBomb) {
  const std::string large(6'000'000, 'a');
  const TestWeb web([&](const WebRequest& request, WebConnection& connection) {
    if (request.target == "/plain") connection.send(web_answer(200, large));
    if (request.target == "/chunked") {
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5b8d80\r\n" + large +
                      "\r\n0\r\n\r\n");
    }
  });
  for (const auto* path : {"/plain", "/chunked"}) {
    FetchOrder one = order(web.url(path));
    one.most_inflation = 1.01;
    const Exchange exchange = fetch(one);
    EXPECT_EQ(exchange.error_code, "") << path << ": " << exchange.error;
    EXPECT_EQ(exchange.body_bytes, large.size()) << path;
  }
}

TEST_F(FetchPoolLimitsTest, TakesContentThatIsJustAsLongAsWanted) {
  const TestWeb web(
      [](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200, "film")); });
  FetchOrder exact = order(web.url());
  exact.most_bytes = 4;
  const Exchange exchange = fetch(exact);
  EXPECT_FALSE(exchange.is_truncated);
  EXPECT_EQ(content(exchange), "film");
}

TEST_F(FetchPoolLimitsTest, BreaksOffBeforeContentThatIsNotWanted) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000000\r\n\r\n");
    connection.wait_for_end();
  });
  FetchOrder picky = order(web.url());
  picky.wants_body = [](const Exchange& so_far) {
    return header_of(so_far.response_head, "Content-Type") != "image/png";
  };
  const Exchange exchange = fetch(picky);
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.error_code, "");
  EXPECT_TRUE(exchange.is_truncated);
  EXPECT_TRUE(is_folder_empty());
}

TEST_F(FetchPoolLimitsTest, GivesUpOnContentThatUnfoldsBeyondMeasure) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send(web_answer(200, gzip_of_zeros(64 << 20), "Content-Encoding: gzip\r\n"));
  });
  FetchOrder bomb = order(web.url());
  bomb.most_bytes = std::uint64_t{1} << 30;
  const Exchange exchange = fetch(bomb);
  EXPECT_EQ(exchange.error_code, "decompression");
  EXPECT_LT(exchange.body_bytes, std::uint64_t{20} << 20);
}

TEST_F(FetchPoolLimitsTest, UnfoldsWhatIsCompressed) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send(web_answer(200, gzip_of_zeros(50'000), "Content-Encoding: gzip\r\n"));
  });
  const Exchange exchange = fetch(order(web.url()));
  EXPECT_EQ(exchange.error_code, "");
  EXPECT_EQ(exchange.body_bytes, 50'000U);
  EXPECT_LT(exchange.wire_bytes, 1'000U);
}

TEST_F(FetchPoolLimitsTest, SaysThatCompressedContentIsBroken) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send(web_answer(200, "this is no gzip at all, but text", "Content-Encoding: gzip\r\n"));
  });
  EXPECT_EQ(fetch(order(web.url())).error_code, "decompression");
}

TEST_F(FetchPoolLimitsTest, GivesUpOnAHeadWithoutEnd) {
  const TestWeb web([](const WebRequest& request, WebConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\n");
    if (request.target == "/one") {
      const std::string part(4096, 'a');
      connection.send("X-A: ");
      while (connection.send(part)) continue;
    } else if (request.target == "/interim") {
      while (connection.send("\r\nHTTP/1.1 103 Early Hints\r\nX-A: b\r\n")) continue;
    } else {
      while (connection.send("X-A: b\r\n")) continue;
    }
    connection.close();
  });
  for (const auto* path : {"/one", "/many"}) {
    const Exchange exchange = fetch(order(web.url(path)));
    EXPECT_EQ(exchange.error_code, "too_large") << path;
    EXPECT_EQ(exchange.status, 0) << path;
    EXPECT_LT(exchange.wire_bytes, 500'000U) << path;
  }
}

TEST_F(FetchPoolLimitsTest, GivesUpOnInterimAnswersWithoutEnd) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    while (connection.send("HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n")) continue;
    connection.close();
  });
  EXPECT_EQ(fetch(order(web.url())).error_code, "too_large");
}

TEST_F(FetchPoolLimitsTest, GivesUpOnASilentServer) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) { connection.wait_for_end(); });
  FetchOrder impatient = order(web.url());
  impatient.time_limit = 50ms;
  const Exchange exchange = fetch(impatient);
  EXPECT_EQ(exchange.error_code, "timeout");
  EXPECT_EQ(exchange.status, 0);
  EXPECT_EQ(exchange.request_head, web.requests().at(0).head);
}

TEST_F(FetchPoolLimitsTest, GivesUpOnASlowDrip) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\ndrip");
    connection.wait_for_end();
  });
  settings_.fetch.least_speed_time = 1s;
  const Exchange exchange = fetch(order(web.url()));
  EXPECT_EQ(exchange.error_code, "slow");
  EXPECT_EQ(exchange.status, 200);
  EXPECT_TRUE(exchange.is_truncated);
  EXPECT_EQ(content(exchange), "drip");
}

TEST_F(FetchPoolLimitsTest, TellsWhatWentWrongWithTheConnection) {
  const TestWeb web([](const WebRequest& request, WebConnection& connection) {
    if (request.target == "/short") connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfilm");
    if (request.target == "/old") connection.send("film");
    if (request.target == "/reset") return connection.reset();
    connection.close();
  });
  EXPECT_EQ(fetch(order(web.url("/empty"))).error_code, "connect");
  EXPECT_EQ(fetch(order(web.url("/reset"))).error_code, "connect");
  const Exchange cut = fetch(order(web.url("/short")));
  EXPECT_EQ(cut.error_code, "connect");
  EXPECT_EQ(cut.status, 200);
  EXPECT_TRUE(cut.is_truncated);
  EXPECT_EQ(content(cut), "film");
  EXPECT_EQ(fetch(order(web.url("/old"))).error_code, "protocol");
  EXPECT_EQ(fetch(order("http://127.0.0.1:1/")).error_code, "connect");
  EXPECT_EQ(fetch(order("http://no-such-name.invalid/")).error_code, "dns");
}

TEST_F(FetchPoolLimitsTest, SaysThatTheContentCannotBeWrittenAndGoesOn) {
  const TestWeb web(
      [](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200, "film")); });
  FetchOrder nowhere = order(web.url());
  nowhere.body = folder_.path() / "missing" / "file";
  pool().add(nowhere);
  EXPECT_THROW(static_cast<void>(pool().wait(60s)), Error);
  EXPECT_EQ(pool().running(), 0U);
  EXPECT_EQ(content(fetch(order(web.url()))), "film");
}

TEST_F(FetchPoolLimitsTest, FollowsNoLinkInPlaceOfItsFile) {
  const TestWeb web(
      [](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200, "film")); });
  FetchOrder linked = order(web.url());
  std::filesystem::create_symlink(folder_.path() / "elsewhere", linked.body);
  pool().add(linked);
  EXPECT_THROW(static_cast<void>(pool().wait(60s)), Error);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "elsewhere"));
}

}  // namespace
}  // namespace reelprint::crawler
