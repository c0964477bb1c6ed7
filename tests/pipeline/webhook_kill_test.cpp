#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>
#include <thread>

#include "pipeline/webhook_sender.h"
#include "tests/store/child_process.h"
#include "tests/support/eventually.h"
#include "tests/support/loopback_server.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

/// So short a time limit that what a killed process had under way is due again within the test.
WebhookSettings hasty() {
  WebhookSettings settings;
  settings.fetch.allow_loopback = true;
  settings.time_limit = 5'000ms;
  settings.poll = 2ms;
  return settings;
}

/// Reads the wall clock so much ahead, so that nobody has to wait for what is due then.
class ClockAhead final : public Clock {
 public:
  explicit ClockAhead(std::chrono::microseconds by) : by_(by) {}
  [[nodiscard]] WallTime now() const override { return SystemClock{}.now() + by_; }

 private:
  std::chrono::microseconds by_;
};

std::set<std::string> ids_in(const std::vector<std::string>& requests) {
  std::set<std::string> ids;
  for (const std::string& request : requests) {
    const std::size_t begin = request.find("webhook-id: ") + 12;
    ids.insert(request.substr(begin, request.find("\r\n", begin) - begin));
  }
  return ids;
}

TEST(KilledWebhookSender, TellsEveryEventAtLeastOnce) {
  const test::TemporaryFolder folder;
  const test::LoopbackServer server([](const std::string&, const test::LoopbackConnection& connection) {
    connection.send(test::http_answer(204));
  });
  {
    store::Store store(folder.path());
    store::Events(store.database())
        .add_endpoint(
            {.tenant = TenantId{1}, .url = server.url(), .secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"});
  }
  std::set<std::string> emitted;
  std::chrono::microseconds ahead{0};
  for (int round = 0; round < 20; ++round) {
    {
      store::Store store(folder.path());
      for (int i = 0; i < 5; ++i) {
        emitted.insert(webhook_id(store::Events(store.database())
                                      .emit({.tenant = TenantId{1},
                                             .type = "a.b",
                                             .data = "{}",
                                             .at = SystemClock{}.now() + ahead})));
      }
    }
    const ClockAhead clock(ahead);
    store::ChildProcess sender([&] {
      WebhookSender threads(folder.path(), clock, hasty());
      threads.start();
      std::this_thread::sleep_for(1h);
    });
    std::this_thread::sleep_for(std::chrono::microseconds(2'300 * round));  // another point each time
    sender.kill();
    ahead += 1min;
  }
  const ClockAhead clock(ahead);
  WebhookSender sender(folder.path(), clock, hasty());
  sender.start();
  store::Store store(folder.path());
  ASSERT_TRUE(test::eventually([&] { return store::Events(store.database()).waiting() == 0; }));
  EXPECT_EQ(ids_in(server.requests()), emitted);
}

}  // namespace
}  // namespace reelprint::pipeline
