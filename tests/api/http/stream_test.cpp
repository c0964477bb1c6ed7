// Event streams, and how the server stops.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "api/http/event_text.h"
#include "tests/api/http/raw_client.h"
#include "tests/api/http/scripted.h"

namespace reelprint::api::http {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

/// Says so many events, one at a time, then `tail` (an end, or nothing new).
class Counting final : public EventStream {
 public:
  Counting(int events, bool ends) : left_(events), ends_(ends) {}
  std::optional<std::vector<ServerSentEvent>> next() override {
    if (left_ > 0) return std::vector<ServerSentEvent>{{std::to_string(left_--), "tick", "a\nb"}};
    if (ends_) return std::nullopt;
    return std::vector<ServerSentEvent>{};
  }

 private:
  int left_;
  bool ends_;
};

class StreamTest : public testing::Test {
 protected:
  std::uint16_t start() {
    settings_.pacing.events = milliseconds(1);
    server_ = std::make_unique<Server>(settings_, application_);
    server_->start();
    return server_->port();
  }
  void stream(int events, bool ends) {
    application_.on_respond = [=](Request&) {
      Response response;
      response.events = std::make_shared<Counting>(events, ends);
      return Answer(response);
    };
  }

  Scripted application_;
  ServerSettings settings_;
  std::unique_ptr<Server> server_;
};

TEST(EventText, HasALineForEachOfItsData) {
  EXPECT_EQ(event_text({"7", "x", "a\nb\r\nc"}), "id: 7\nevent: x\ndata: a\ndata: b\ndata: c\n\n");
  EXPECT_EQ(event_text({"", "", ""}), "data: \n\n");
  EXPECT_EQ(event_text({"1\ndata: y", "", "z"}), "id: 1 data: y\ndata: z\n\n");
}

TEST_F(StreamTest, GivesEventsUntilTheEndAndGoesOn) {
  stream(2, true);
  RawClient client(start());
  const RawAnswer answer = client.ask(kGet);
  EXPECT_EQ(answer.headers.find("Content-Type"), "text/event-stream");
  EXPECT_EQ(answer.body, "id: 2\nevent: tick\ndata: a\ndata: b\n\nid: 1\nevent: tick\ndata: a\ndata: b\n\n");
  EXPECT_EQ(client.ask(kGet).status, 200);
}

TEST_F(StreamTest, BeatsWhenThereIsNothingNew) {
  stream(0, false);
  settings_.pacing.heartbeat = milliseconds(1);
  RawClient client(start());
  client.send(kGet);
  EXPECT_TRUE(client.read_until("3\r\n:\n\n").ends_with(":\n\n"));
}

TEST_F(StreamTest, LimitsTheStreams) {
  stream(1, false);
  settings_.limits.event_streams = 1;
  RawClient first(start());
  first.send(kGet);
  static_cast<void>(first.read_until("tick"));
  RawClient second(server_->port());
  EXPECT_EQ(second.ask(kGet).status, 503);
  EXPECT_EQ(server_->load().event_streams, 1U);
}

TEST_F(StreamTest, FreesTheSeatOfWhoLeaves) {
  stream(1, false);
  RawClient client(start());
  client.send(kGet);
  static_cast<void>(client.read_until("tick"));
  client.close();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (server_->load().event_streams > 0 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::yield();
  EXPECT_EQ(server_->load().event_streams, 0U);
}

TEST_F(StreamTest, EndsStreamsAndIdleConnectionsWhenItStops) {
  stream(1, false);
  RawClient reader(start());
  reader.send(kGet);
  static_cast<void>(reader.read_until("tick"));
  RawClient idle(server_->port());
  reader.end_writing();
  server_->stop(std::chrono::hours(1));
  EXPECT_TRUE(idle.is_at_end());
  EXPECT_THROW(RawClient(server_->port()), std::runtime_error);
}

TEST_F(StreamTest, LetsARequestInProgressEndWhenItStops) {
  std::promise<void> free;
  std::atomic<bool> busy = false;
  application_.on_respond = [&](Request&) {
    busy = true;
    free.get_future().wait();
    return Answer(Response{});
  };
  RawClient client(start());
  client.send(kGet);
  while (!busy) std::this_thread::yield();
  auto stopped = std::async(std::launch::async, [&] { server_->stop(std::chrono::hours(1)); });
  free.set_value();
  EXPECT_EQ(client.receive().status, 200);
  client.close();
  stopped.wait();
}

TEST_F(StreamTest, CutsWhatIsStillInProgressAtTheDeadline) {
  std::promise<void> begun;
  application_.on_begin = [&](Request&, Call&) { begun.set_value(); };
  RawClient client(start());
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc");
  begun.get_future().wait();
  server_->stop(milliseconds(1));
  EXPECT_EQ(client.receive().status, 0);
}

TEST_F(StreamTest, AnswersLateWhatIsPendingWhenItStops) {
  std::promise<void> asked;
  application_.on_respond = [&](Request&) {
    asked.set_value();
    return Answer(Pending{std::chrono::steady_clock::now() + std::chrono::hours(1)});
  };
  application_.on_poll = [](Request&, bool is_late) {
    return is_late ? std::optional<Response>(Response{}) : std::nullopt;
  };
  RawClient client(start());
  client.send(kGet);
  asked.get_future().wait();
  auto stopped = std::async(std::launch::async, [&] { server_->stop(std::chrono::hours(1)); });
  EXPECT_EQ(client.receive().status, 200);
  client.close();
  stopped.wait();
}

}  // namespace
}  // namespace reelprint::api::http
