#include "crawler/fetch_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "core/error.h"
#include "tests/crawler/fetch_pool_fixture.h"
#include "tests/support/set_clock.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;
using test::TestWeb;
using test::web_answer;
using test::WebConnection;
using test::WebRequest;

TEST_F(FetchPoolTest, RecordsWhatWentOverTheWire) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send(web_answer(200, "film", "Content-Type: video/mp4\r\nX-Odd:  two  \r\n"));
  });
  settings_.fetch.user_agent = "reelprint/1 (+https://rights.example/bot)";
  const test::SetClock clock;
  settings_.clock = &clock;
  const Exchange exchange = fetch(order(web.url("/a?b")));
  EXPECT_EQ(exchange.error_code, "");
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.request_head, web.requests().at(0).head);
  EXPECT_EQ(exchange.response_head,
            "HTTP/1.1 200 Whatever\r\nContent-Type: video/mp4\r\nX-Odd:  two  \r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(content(exchange), "film");
  EXPECT_EQ(exchange.body_bytes, 4U);
  EXPECT_EQ(exchange.wire_bytes, exchange.response_head.size() + 4);
  EXPECT_EQ(exchange.address, "127.0.0.1");
  EXPECT_EQ(exchange.http_version, "HTTP/1.1");
  EXPECT_EQ(exchange.began_at, clock.now());
  EXPECT_FALSE(exchange.is_truncated);
  // echo -n film | sha256sum
  EXPECT_EQ(to_hex(exchange.body_digest), "d0607f7ad2628b2af9158dfba06ce87166e66b15bf68f8f358f9aa27ccb7c321");
}

TEST_F(FetchPoolTest, SaysWhoItIsAndNothingElse) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send(web_answer(200, "", "Set-Cookie: a=b\r\n"));
  });
  settings_.fetch.user_agent = "reelprint/1 (+https://rights.example/bot)";
  static_cast<void>(fetch(order(web.url())));
  static_cast<void>(fetch(order(web.url())));
  const std::string head = web.requests().at(1).head;
  EXPECT_EQ(head, "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(web.port()) +
                      "\r\nUser-Agent: reelprint/1 (+https://rights.example/bot)\r\nAccept: */*\r\n"
                      "Accept-Encoding: deflate, gzip, br, zstd\r\n\r\n");
}

TEST_F(FetchPoolTest, FollowsNoRedirect) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send(web_answer(302, "", "Location: /second\r\n"));
  });
  const Exchange exchange = fetch(order(web.url()));
  EXPECT_EQ(exchange.status, 302);
  EXPECT_EQ(header_of(exchange.response_head, "location"), "/second");
  EXPECT_EQ(web.requests().size(), 1U);
  EXPECT_TRUE(is_folder_empty());
}

// --- what is asked for ---

TEST_F(FetchPoolTest, AsksForARange) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send(web_answer(206, "film", "Content-Range: bytes 5-8/100\r\n"));
  });
  FetchOrder part = order(web.url());
  part.range = {5, 9};
  EXPECT_EQ(content(fetch(part)), "film");
  FetchOrder rest = order(web.url());
  rest.range = {5, 0};
  static_cast<void>(fetch(rest));
  EXPECT_EQ(header_of(web.requests().at(0).head, "Range"), "bytes=5-8");
  EXPECT_EQ(header_of(web.requests().at(1).head, "Range"), "bytes=5-");
  EXPECT_EQ(header_of(web.requests().at(1).head, "Accept-Encoding"), "identity");
}

TEST_F(FetchPoolTest, AsksForTheHeadAlone) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
  });
  FetchOrder head = order(web.url());
  head.is_head = true;
  const Exchange exchange = fetch(head);
  EXPECT_EQ(exchange.method, "HEAD");
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.error_code, "");
  EXPECT_FALSE(exchange.is_truncated);
  EXPECT_EQ(web.requests().at(0).method, "HEAD");
}

TEST_F(FetchPoolTest, SendsConditionsAndKeepsNoContentOfWhatHasNotChanged) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
  });
  FetchOrder again = order(web.url());
  again.headers = {{"If-None-Match", "\"a\""}, {"If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}};
  const Exchange exchange = fetch(again);
  EXPECT_EQ(exchange.status, 304);
  EXPECT_EQ(exchange.body, "");
  EXPECT_EQ(exchange.body_digest, Sha256{});
  EXPECT_EQ(header_of(exchange.request_head, "If-None-Match"), "\"a\"");
}

TEST_F(FetchPoolTest, RefusesHeadersThatWouldBecomeTwoAndRangesOfNothing) {
  FetchOrder two = order("http://127.0.0.1:1/");
  two.headers = {{"X-A", "b\r\nX-C: d"}};
  EXPECT_THROW(pool().add(two), Error);
  FetchOrder none = order("http://127.0.0.1:1/");
  none.range = {5, 5};
  EXPECT_THROW(pool().add(none), Error);
  EXPECT_EQ(pool().running(), 0U);
}

// --- what is recorded ---

TEST_F(FetchPoolTest, KeepsInterimAnswersApartAndTrailersOut) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) {
    connection.send(
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
        "chunked\r\n\r\n4\r\nfilm\r\n0\r\nX-Trailer: t\r\n\r\n");
  });
  const Exchange exchange = fetch(order(web.url()));
  EXPECT_EQ(exchange.interim_heads, "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
  EXPECT_EQ(exchange.response_head, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(content(exchange), "film");
}

TEST_F(FetchPoolTest, RecordsWhatIsAskedAgainOnAFreshConnectionOnce) {
  const TestWeb web([](const WebRequest& request, WebConnection& connection) {
    connection.send(web_answer(200, "film"));
    if (request.target == "/first") connection.close();  // just as the next request is on its way
  });
  static_cast<void>(fetch(order(web.url("/first"))));
  const Exchange exchange = fetch(order(web.url("/second")));
  EXPECT_EQ(exchange.error_code, "");
  EXPECT_TRUE(exchange.request_head.starts_with("GET /second HTTP/1.1\r\n"));
  EXPECT_EQ(exchange.request_head.find("\r\n\r\n"), exchange.request_head.size() - 4);
}

TEST_F(FetchPoolTest, UsesAConnectionAgainAndStillKnowsItsAddress) {
  const TestWeb web(
      [](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200, "a")); });
  static_cast<void>(fetch(order(web.url())));
  EXPECT_EQ(fetch(order(web.url())).address, "127.0.0.1");
  EXPECT_EQ(web.connections(), 1U);
}

// --- the guard ---

TEST_F(FetchPoolTest, SendsNothingToAForbiddenAddress) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200)); });
  settings_.fetch.allow_loopback = false;
  for (const std::string& url :
       {web.url(), std::string("http://10.0.0.1/"), std::string("http://[::ffff:10.0.0.1]/"),
        std::string("http://169.254.169.254/latest/"), std::string("http://0x7f.1/"),
        std::string("http://2130706433/"), std::string("http://localhost/"), web.url("/", "0.0.0.0"),
        web.url("/", "0177.0.0.1"), web.url("/", "127.1"), web.url("/", "017700000001"), web.url("/", "[::]"),
        web.url("/", "[::1]"), web.url("/", "[::ffff:127.0.0.1]"), web.url("/", "[::ffff:7f00:1]"),
        web.url("/", "[64:ff9b::7f00:1]"), web.url("/", "[2002:7f00:1::]")}) {
    const Exchange exchange = fetch(order(url));
    EXPECT_EQ(exchange.error_code, "forbidden_address") << url;
    EXPECT_EQ(exchange.status, 0);
    EXPECT_EQ(exchange.request_head, "");
  }
  EXPECT_EQ(web.connections(), 0U);
}

TEST_F(FetchPoolTest, ConnectsToNoForbiddenAddressThatANameLeadsTo) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200)); });
  settings_.fetch.allow_loopback = false;
  settings_.fetch.also_allowed = {*parse_network("192.0.2.0/24")};  // so that the name alone is no reason
  const Exchange exchange = fetch(order(web.url("/", "localhost")));
  EXPECT_EQ(exchange.error_code, "forbidden_address");
  EXPECT_EQ(web.connections(), 0U);
}

TEST_F(FetchPoolTest, TakesNothingButPlainWebAddresses) {
  for (const auto* url :
       {"file:///etc/passwd", "ftp://a.example/", "http://", "", "http://user:word@127.0.0.1/",
        "http://127.0.0.1/a b", "gopher://127.0.0.1/", "http://127.0.0.1:99999/"}) {
    EXPECT_EQ(fetch(order(url)).error_code, "invalid_url") << url;
  }
}

TEST_F(FetchPoolTest, LeavesAddressesToAProxyThatIsConfigured) {
  const TestWeb proxy(
      [](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200, "film")); });
  settings_.fetch.proxy = proxy.url("");
  const Exchange exchange = fetch(order("http://videos.example/a"));
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.address, "127.0.0.1");  // that was connected to: the proxy's
  EXPECT_EQ(proxy.requests().at(0).target, "http://videos.example/a");
  EXPECT_EQ(fetch(order("http://10.0.0.1/")).error_code, "forbidden_address");
}

// --- many at a time ---

TEST_F(FetchPoolTest, AsksManyAtATimeAndNoMoreThanItMay) {
  std::atomic<int> now = 0;
  std::atomic<int> most = 0;
  std::vector<std::unique_ptr<TestWeb>> webs;
  for (int i = 0; i < 12; ++i) {
    webs.push_back(std::make_unique<TestWeb>([&](const WebRequest&, WebConnection& connection) {
      const int count = ++now;
      for (int seen = most; seen < count && !most.compare_exchange_weak(seen, count);) continue;
      while (most < 4) std::this_thread::yield();  // until as many are there as there may be
      --now;
      connection.send(web_answer(200, "film"));
    }));
  }
  settings_.most_at_once = 4;
  std::set<std::uint64_t> tickets;
  for (const auto& web : webs) {
    pool().add(order(web->url()));
    tickets.insert(ticket_);
  }
  EXPECT_EQ(pool().running(), 12U);
  while (pool().running() > 0) {
    for (const auto& done : pool().wait(60s)) {
      EXPECT_EQ(done.exchange.status, 200);
      tickets.erase(done.ticket);
    }
  }
  EXPECT_TRUE(tickets.empty());
  EXPECT_EQ(most, 4);
}

TEST_F(FetchPoolTest, CancelsWhatIsUnderWayAndWhatWaits) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) { connection.wait_for_end(); });
  settings_.most_at_once = 1;
  pool().add(order(web.url()));
  pool().add(order(web.url()));
  EXPECT_TRUE(pool().wait(1ms).empty());
  pool().cancel_all();
  const auto done = pool().wait(0ms);
  ASSERT_EQ(done.size(), 2U);
  for (const auto& one : done) EXPECT_EQ(one.exchange.error_code, "cancelled");
  EXPECT_EQ(pool().running(), 0U);
}

TEST_F(FetchPoolTest, WaitsNoLongerThanItIsLet) {
  const TestWeb web([](const WebRequest&, WebConnection& connection) { connection.wait_for_end(); });
  pool().add(order(web.url()));
  EXPECT_TRUE(pool().wait(5ms).empty());
  std::jthread interrupter([this] { pool_->interrupt(); });
  EXPECT_TRUE(pool().wait(60s).empty());
  EXPECT_EQ(pool().running(), 1U);
}

}  // namespace
}  // namespace reelprint::crawler
