#include "pipeline/remote_screening.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>

#include "core/error.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

using test::http_answer;
using test::LoopbackConnection;
using test::LoopbackServer;

constexpr const char* kAccepted = "Location: /v1/screenings/7\r\n";

class RemoteScreening : public testing::Test {
 protected:
  RemoteScreening() {
    ::setenv("no_proxy", "*", 1);
    std::ofstream(file_) << std::string(3'000'000, 'v');
    settings_.key = "rp_key";
    settings_.parameters = {{"account", "a&b"}};
    settings_.poll_every = std::chrono::milliseconds(1);
    settings_.has_ended = [](const std::string& body) { return body == "done"; };
    settings_.problem_text = [](const std::string& body) { return body; };
  }
  std::string screen(const LoopbackServer& server) {
    settings_.server = server.url("");
    return screen_remotely(file_, "film 1.mp4", settings_, stop_.get_token());
  }
  std::optional<ErrorCode> error_of(const LoopbackServer& server) {
    try {
      (void)screen(server);
    } catch (const Error& error) {
      return error.code();
    }
    return std::nullopt;
  }

  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "a.mp4";
  RemoteSettings settings_;
  std::stop_source stop_;
};

/// Answers in turn; the last one again and again.
LoopbackServer::Serve in_turn(std::vector<std::string> answers) {
  auto next = std::make_shared<std::atomic<std::size_t>>(0);
  return [answers = std::move(answers), next](const std::string&, const LoopbackConnection& connection) {
    connection.send(answers[std::min(answers.size() - 1, (*next)++)]);
  };
}

TEST_F(RemoteScreening, SendsTheFileWithItsContextAndPollsToTheEnd) {
  const LoopbackServer server(
      in_turn({http_answer(202, "queued", kAccepted), http_answer(200, "queued"), http_answer(200, "done")}));
  EXPECT_EQ(screen(server), "done");
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_TRUE(requests[0].starts_with("POST /v1/screenings?name=film%201.mp4&account=a%26b HTTP/1.1\r\n"));
  EXPECT_NE(requests[0].find("Authorization: Bearer rp_key\r\n"), std::string::npos);
  EXPECT_NE(requests[0].find("Prefer: wait=60\r\n"), std::string::npos);
  EXPECT_TRUE(requests[0].ends_with("\r\n\r\n" + std::string(3'000'000, 'v')));
  EXPECT_TRUE(requests[2].starts_with("GET /v1/screenings/7 HTTP/1.1\r\n"));
}

std::string key_of(const std::string& request) {
  const auto begin = request.find("Idempotency-Key: ");
  return begin == std::string::npos ? "" : request.substr(begin, request.find("\r\n", begin) - begin);
}

TEST_F(RemoteScreening, SendsAFileAgainUnderTheSameKeyWhenTheConnectionBroke) {
  std::atomic<int> calls = 0;
  const LoopbackServer server([&calls](const std::string&, const LoopbackConnection& connection) {
    if (calls++ == 1) connection.send(http_answer(200, "done"));
  });
  EXPECT_EQ(screen(server), "done");
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_NE(key_of(requests[0]), "");
  EXPECT_EQ(key_of(requests[0]), key_of(requests[1]));
}

TEST_F(RemoteScreening, ComesBackToABusyServerWhenItIsAsked) {
  const LoopbackServer server(
      in_turn({http_answer(429, "slow down", "Retry-After: 1\r\n"), http_answer(200, "done")}));
  EXPECT_EQ(screen(server), "done");
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(RemoteScreening, GivesUpAtOnceWhenAServerIsBusyForLongerThanItsPatience) {
  const LoopbackServer server(in_turn({http_answer(429, "tomorrow", "Retry-After: 3600\r\n")}));
  EXPECT_EQ(error_of(server), ErrorCode::busy);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(RemoteScreening, TellsARefusal) {
  EXPECT_EQ(error_of(LoopbackServer(in_turn({http_answer(401, "who?")}))), ErrorCode::invalid_input);
  EXPECT_EQ(error_of(LoopbackServer(in_turn({http_answer(413, "no")}))), ErrorCode::too_large);
  EXPECT_EQ(error_of(LoopbackServer(in_turn({http_answer(500, "oh")}))), ErrorCode::io);
}

TEST_F(RemoteScreening, BringsItsKeyNowhereElse) {
  const LoopbackServer server(in_turn({http_answer(202, "queued", "Location: @elsewhere.test/\r\n")}));
  EXPECT_EQ(error_of(server), ErrorCode::io);
  const LoopbackServer redirect(in_turn({http_answer(307, "", "Location: http://elsewhere.test/\r\n")}));
  EXPECT_EQ(error_of(redirect), ErrorCode::invalid_input);
  EXPECT_EQ(redirect.requests().size(), 1U);
}

TEST_F(RemoteScreening, StopsWhenItIsAskedTo) {
  settings_.poll_every = std::chrono::hours(1);
  const LoopbackServer server([this](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(202, "queued", kAccepted));
    stop_.request_stop();
  });
  EXPECT_EQ(error_of(server), ErrorCode::cancelled);
}

TEST_F(RemoteScreening, MissesAFileThatIsNotThere) {
  const LoopbackServer server(in_turn({http_answer(200, "done")}));
  file_ = folder_.path() / "none.mp4";
  EXPECT_EQ(error_of(server), ErrorCode::not_found);
}

}  // namespace
}  // namespace reelprint::pipeline
