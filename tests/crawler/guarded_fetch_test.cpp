#include "crawler/guarded_fetch.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>

#include "core/error.h"
#include "core/files.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;
using test::http_answer;
using test::LoopbackConnection;
using test::LoopbackServer;

/// What gzip -9n makes of 300,000 zeros: 325 bytes.
std::string gzip_bomb() {
  return std::string(
             "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x01\x0d\x00\x00\x00\xc2\xa0\xf7\x4f\x6d\x0f"
             "\x07\x14",
             25) +
         std::string(290, '\0') + std::string("\xfc\x18\xfb\xe2\xb2\xf6\xe0\x93\x04\x00", 10);
}

class GuardedFetchTest : public testing::Test {
 protected:
  GuardedFetchTest() { settings_.allow_loopback = true; }

  FetchRequest get(const std::string& url) { return {.url = url, .file = file()}; }
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "fetched"; }
  [[nodiscard]] std::string content() const {
    const auto bytes = read_file(file(), 1 << 20);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  [[nodiscard]] bool is_folder_empty() const {
    return std::filesystem::directory_iterator(folder_.path()) == std::filesystem::directory_iterator();
  }
  [[nodiscard]] std::optional<ErrorCode> error_of(const FetchRequest& request) const {
    try {
      static_cast<void>(fetch(request, settings_, {}));
    } catch (const Error& error) {
      return error.code();
    }
    return std::nullopt;
  }

  test::TemporaryFolder folder_;
  FetchSettings settings_;
};

TEST_F(GuardedFetchTest, WritesWhatItGets) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(200, "film", "Content-Type: video/mp4\r\n"));
  });
  const FetchResult result = fetch(get(server.url("/a?b")), settings_, {});
  EXPECT_EQ(result.status, 200);
  EXPECT_EQ(result.content_type, "video/mp4");
  EXPECT_EQ(result.bytes, 4U);
  EXPECT_EQ(content(), "film");
  const std::string request = server.requests().at(0);
  EXPECT_TRUE(request.starts_with("GET /a?b HTTP/1.1\r\n"));
  EXPECT_NE(request.find("User-Agent: reelprint"), std::string::npos);
  EXPECT_EQ(request.find("Cookie"), std::string::npos);
}

TEST_F(GuardedFetchTest, WritesNoFileForAnAnswerThatIsNoSuccess) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(404, "not here"));
  });
  const FetchResult result = fetch(get(server.url()), settings_, {});
  EXPECT_EQ(result.status, 404);
  EXPECT_EQ(result.answer, "not here");
  EXPECT_TRUE(is_folder_empty());
}

TEST_F(GuardedFetchTest, FollowsRedirectsWithoutCookies) {
  const LoopbackServer server([](const std::string& request, const LoopbackConnection& connection) {
    connection.send(request.starts_with("GET /first")
                        ? http_answer(302, "", "Location: /second\r\nSet-Cookie: a=b\r\n")
                        : http_answer(200, "film"));
  });
  const FetchResult result = fetch(get(server.url("/first")), settings_, {});
  EXPECT_EQ(result.url, server.url("/second"));
  EXPECT_EQ(content(), "film");
  EXPECT_EQ(server.requests().at(1).find("Cookie"), std::string::npos);
}

TEST_F(GuardedFetchTest, GivesUpWhenRedirectsGoOn) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(302, "", "Location: /again\r\n"));
  });
  EXPECT_EQ(error_of(get(server.url())), ErrorCode::invalid_input);
  EXPECT_EQ(server.requests().size(), 6U);
  EXPECT_TRUE(is_folder_empty());
}

TEST_F(GuardedFetchTest, FollowsNoRedirectToAnAddressThatIsNotPublic) {
  for (const std::string target : {"http://10.0.0.1/", "http://169.254.169.254/latest/", "file:///etc/passwd",
                                   "http://metadata.google.internal/", "http://user:pass@127.0.0.1/"}) {
    const LoopbackServer server([&](const std::string&, const LoopbackConnection& connection) {
      connection.send(http_answer(302, "", "Location: " + target + "\r\n"));
    });
    EXPECT_EQ(error_of(get(server.url())), ErrorCode::invalid_input) << target;
  }
}

TEST_F(GuardedFetchTest, ConnectsToNoLoopbackWithoutPermission) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(200, "secret"));
  });
  settings_.allow_loopback = false;
  EXPECT_EQ(error_of(get(server.url())), ErrorCode::invalid_input);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(GuardedFetchTest, ChecksTheAddressThatANameLeadsTo) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(200, "secret"));
  });
  settings_.allow_loopback = false;
  settings_.also_allowed = {*parse_network("192.0.2.0/24")};  // so that the name alone is no reason
  std::string url = server.url();
  url.replace(url.find("127.0.0.1"), 9, "localhost");
  EXPECT_EQ(error_of(get(url)), ErrorCode::invalid_input);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(GuardedFetchTest, RefusesWhatSaysThatItIsTooLarge) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nx");
  });
  FetchRequest request = get(server.url());
  request.most_bytes = 999'999;
  EXPECT_EQ(error_of(request), ErrorCode::too_large);
  EXPECT_TRUE(is_folder_empty());
}

TEST_F(GuardedFetchTest, StopsAtItsLimitWhenNoLengthIsSaid) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    const std::string part(10'000, 'x');
    for (int i = 0; i < 1'000 && connection.send(part); ++i) {
    }
  });
  FetchRequest request = get(server.url());
  request.most_bytes = 100'000;
  EXPECT_EQ(error_of(request), ErrorCode::too_large);
  EXPECT_TRUE(is_folder_empty());
}

TEST_F(GuardedFetchTest, StopsAtItsLimitWhenAFewBytesUnpackToMany) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(200, gzip_bomb(), "Content-Encoding: gzip\r\n"));
  });
  FetchRequest request = get(server.url());
  request.most_bytes = 300'000;
  EXPECT_EQ(fetch(request, settings_, {}).bytes, 300'000U);
  request.most_bytes = 299'999;
  EXPECT_EQ(error_of(request), ErrorCode::too_large);
}

TEST_F(GuardedFetchTest, GivesUpOnASlowDrip) {
  std::atomic<bool> is_over = false;
  const LoopbackServer server([&](const std::string&, const LoopbackConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (!is_over && connection.send("x")) std::this_thread::sleep_for(20ms);
  });
  settings_.least_bytes_per_s = 10'000;
  settings_.least_speed_time = 1s;
  EXPECT_EQ(error_of(get(server.url())), ErrorCode::io);
  is_over = true;
}

TEST_F(GuardedFetchTest, GivesUpWhenItsTimeIsOver) {
  std::atomic<bool> is_over = false;
  const LoopbackServer server([&](const std::string&, const LoopbackConnection& connection) {
    connection.send("HTTP/1.1 200 OK\r\n");
    while (!is_over && connection.send("X-More: 1\r\n")) std::this_thread::sleep_for(5ms);
  });
  FetchRequest request = get(server.url());
  request.time_limit = 200ms;
  EXPECT_EQ(error_of(request), ErrorCode::io);
  is_over = true;
}

TEST_F(GuardedFetchTest, StopsWhenItIsAskedTo) {
  std::stop_source stop;
  std::atomic<bool> is_over = false;
  const LoopbackServer server([&](const std::string&, const LoopbackConnection& connection) {
    stop.request_stop();
    while (!is_over && connection.send("HTTP/1.1 100 Continue\r\n\r\n")) std::this_thread::sleep_for(5ms);
  });
  try {
    static_cast<void>(fetch(get(server.url()), settings_, stop.get_token()));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  is_over = true;
}

TEST_F(GuardedFetchTest, IgnoresTheProxyOfTheEnvironment) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(200, "film"));
  });
  ::setenv("http_proxy", "http://127.0.0.1:9", 1);
  EXPECT_EQ(fetch(get(server.url()), settings_, {}).status, 200);
  ::unsetenv("http_proxy");
}

TEST_F(GuardedFetchTest, PostsABodyAndKeepsTheBeginningOfTheAnswer) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(503, std::string(100'000, 'y'), "Retry-After: 7\r\n"));
  });
  const FetchResult result =
      fetch({.url = server.url("/hook"), .body = R"({"a":1})", .headers = {{"webhook-id", "msg_1"}}},
            settings_, {});
  EXPECT_EQ(result.status, 503);
  EXPECT_EQ(result.answer, std::string(4096, 'y'));
  EXPECT_EQ(result.retry_after, 7s);
  const std::string request = server.requests().at(0);
  EXPECT_TRUE(request.starts_with("POST /hook HTTP/1.1\r\n"));
  EXPECT_NE(request.find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_NE(request.find("webhook-id: msg_1\r\n"), std::string::npos);
  EXPECT_TRUE(request.ends_with("\r\n\r\n{\"a\":1}"));
}

TEST_F(GuardedFetchTest, FollowsNoRedirectOfAPost) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(307, "", "Location: /other\r\n"));
  });
  EXPECT_EQ(fetch({.url = server.url(), .body = "{}"}, settings_, {}).status, 307);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(GuardedFetchTest, RefusesHeadersThatWouldBecomeTwo) {
  EXPECT_EQ(error_of({.url = "http://127.0.0.1:9/", .body = "{}", .headers = {{"a", "b\r\nHost: c"}}}),
            ErrorCode::invalid_input);
}

TEST_F(GuardedFetchTest, SaysThatAClosedPortMayBeOpenAnotherTime) {
  EXPECT_EQ(error_of(get("http://127.0.0.1:9/")), ErrorCode::io);
}

}  // namespace
}  // namespace reelprint::crawler
