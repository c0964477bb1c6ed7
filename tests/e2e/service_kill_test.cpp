// kill -9 of the service while it takes uploads, works and tells webhooks: what it acknowledged is there
// afterwards, and nothing happened twice. REELPRINT_TEST_KILLS sets how often each test kills it.
#include <gtest/gtest.h>

#include <csignal>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>
#include <thread>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/running_service.h"

namespace reelprint::e2e {
namespace {

using namespace std::chrono_literals;

constexpr int kKills = 10;
constexpr int kAtOnce = 3;
constexpr std::size_t kMostPerTenant = 1000;  // of a list's page

int kills_wanted() {
  return count_wanted("REELPRINT_TEST_KILLS", kKills);
}

class KilledService : public ReelprintTest {
 protected:
  /// Starts it, lets `kAtOnce` clients work and kills it a moment after, another moment each round.
  template <class Work>
  void run_and_kill(int round, const Work& work) {
    RunningService service(program);
    std::vector<std::thread> clients;
    for (int i = 0; i < kAtOnce; ++i) {
      clients.emplace_back([&work, &service, i] {
        try {
          work(service, i);
        } catch (const std::runtime_error&) {  // the service was killed before it answered
        }
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(3 + round * 37 % 160));
    service.end(SIGKILL);
    for (std::thread& client : clients) client.join();
  }

  [[nodiscard]] Tenant make_platform(const std::string& name) {
    RunningService service(program);
    Tenant tenant = make_tenant(service.client(root), name, "platform");
    EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
    return tenant;
  }

  /// Waits until it is done; expects that.
  static void expect_done(const Client& platform, std::int64_t screening) {
    const std::string path = "/v1/screenings/" + std::to_string(screening);
    platform.wait_while(path, "state", "queued");
    EXPECT_EQ(text_of(platform.wait_while(path, "state", "running"), "state"), "done") << path;
  }

  /// Expects that each screening of the platform was told of once, and that there are `count`.
  static void expect_each_told_once(const Client& platform, std::size_t count) {
    if (count > kMostPerTenant) return;
    EXPECT_EQ(objects_of(platform.get("/v1/screenings?limit=1000"), "items").size(), count);
    std::map<std::int64_t, int> completed;
    for (const json::object& event : objects_of(platform.get("/v1/events?limit=1000"), "items"))
      ++completed[integer_of(object_of(event, "data"), "screening")];
    EXPECT_EQ(completed.size(), count);
    for (const auto& [screening, times] : completed) EXPECT_EQ(times, 1) << "screening " << screening;
  }

  const std::string root = make_key(program, {"root", "--role", "admin"});
  const std::string clip = read_file(tiny_clip());
};

/// Screenings by key, sent again and again until they are acknowledged.
class KilledScreenings : public KilledService {
 protected:
  [[nodiscard]] test::HttpAnswer post(const Client& platform, int number) const {
    return platform.send("POST", "/v1/screenings?account=a" + std::to_string(number), clip,
                         {{"Content-Type", "video/mp4"}, {"Idempotency-Key", "n" + std::to_string(number)}});
  }
  void note(int number, const test::HttpAnswer& answer) {
    const auto id = integer_of(json::parse(answer.body).as_object(), "id");
    const std::lock_guard lock(mutex);
    const auto [known, is_new] = acknowledged.emplace(number, id);
    EXPECT_EQ(known->second, id) << "the same key gave another screening";
  }

  std::mutex mutex;
  std::map<int, std::int64_t> acknowledged;  ///< by number
};

TEST_F(KilledScreenings, LoseNothingThatWasAcknowledgedAndDoNothingTwice) {
  const std::string key = make_platform("Tube").key;
  const int kills = kills_wanted();
  for (int round = 0; round < kills; ++round) {
    run_and_kill(round, [&](const RunningService& service, int i) {
      const int number = round * kAtOnce + i;
      const test::HttpAnswer answer = post(service.client(key), number);
      if (answer.status == 202) note(number, answer);
    });
  }
  RunningService service(program);
  const Client platform = service.client(key);
  for (int number = 0; number < kills * kAtOnce; ++number) {
    const test::HttpAnswer answer = post(platform, number);
    ASSERT_EQ(answer.status, 202U) << answer.body;
    note(number, answer);
  }
  ASSERT_EQ(acknowledged.size(), static_cast<std::size_t>(kills * kAtOnce));
  for (const auto& [number, id] : acknowledged) expect_done(platform, id);
  expect_each_told_once(platform, acknowledged.size());
  EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
}

constexpr std::size_t kFiller = 600'000;
constexpr std::size_t kPiece = 40'000;

/// A file on its way by the tus protocol, as its client knows it.
struct Piecemeal {
  int number = 0;
  std::string content;
  std::string location;          ///< "" before its creation was acknowledged
  std::size_t acknowledged = 0;  ///< bytes
  std::int64_t screening = 0;
};

/// Uploads in pieces, gone on with after each restart where the service says that they are.
class KilledUploads : public KilledService {
 protected:
  [[nodiscard]] Piecemeal made(int number) const {
    std::mt19937 random(static_cast<unsigned>(number));
    // ISO/IEC 14496-12, 8.1.2: a free space box, whose content no reader looks at
    const auto size = static_cast<std::uint32_t>(kFiller);
    std::string box;
    for (const int shift : {24, 16, 8, 0}) box += static_cast<char>(size >> shift & 0xffU);
    box += "free";
    while (box.size() < kFiller) box += static_cast<char>(random() & 0xffU);
    return {number, clip + box, "", 0, 0};
  }

  /// As far as it comes before the service is killed: created, sent, looked at, screened.
  void go_on(const Client& platform, Piecemeal& upload) const {
    if (upload.location.empty()) create(platform, upload);
    std::size_t offset = offset_of(platform, upload);
    EXPECT_GE(offset, upload.acknowledged) << "acknowledged bytes are gone";
    while (offset < upload.content.size()) offset = append(platform, upload, offset);
    if (upload.screening == 0) {
      const std::string id = upload.location.substr(upload.location.rfind('/') + 1);
      const std::filesystem::path file = program.data() / "uploads" / (id + ".part");
      EXPECT_TRUE(read_file(file) == upload.content) << file << " is not what was sent";
      screen(platform, upload, id);
    }
  }

 private:
  /// Throws std::runtime_error when the answer has none.
  [[nodiscard]] static std::string field_of(const test::HttpAnswer& answer, const std::string& name) {
    const auto found = answer.headers.find(name);
    if (found == answer.headers.end()) throw std::runtime_error("no " + name + ": " + answer.body);
    return found->second;
  }

  static void create(const Client& platform, Piecemeal& upload) {
    const auto answer = platform.send("POST", "/v1/uploads", "",
                                      {{"Tus-Resumable", "1.0.0"},
                                       {"Upload-Length", std::to_string(upload.content.size())},
                                       {"Idempotency-Key", "create-" + std::to_string(upload.number)}});
    EXPECT_EQ(answer.status, 201U) << answer.body;
    upload.location = field_of(answer, "location");
  }

  [[nodiscard]] static std::size_t offset_of(const Client& platform, const Piecemeal& upload) {
    const auto answer = platform.send("HEAD", upload.location, "", {{"Tus-Resumable", "1.0.0"}});
    EXPECT_EQ(answer.status, 200U);
    return std::stoul(field_of(answer, "upload-offset"));
  }

  static std::size_t append(const Client& platform, Piecemeal& upload, std::size_t offset) {
    const auto answer = platform.send("PATCH", upload.location, upload.content.substr(offset, kPiece),
                                      {{"Tus-Resumable", "1.0.0"},
                                       {"Upload-Offset", std::to_string(offset)},
                                       {"Content-Type", "application/offset+octet-stream"}});
    EXPECT_EQ(answer.status, 204U) << answer.body;
    upload.acknowledged = std::stoul(field_of(answer, "upload-offset"));
    EXPECT_EQ(upload.acknowledged, std::min(offset + kPiece, upload.content.size()));
    return upload.acknowledged;
  }

  static void screen(const Client& platform, Piecemeal& upload, const std::string& id) {
    const json::object answer =
        platform.post("/v1/screenings", {{"upload", std::stol(id)}}, 202,
                      {{"Idempotency-Key", "screen-" + std::to_string(upload.number)}});
    upload.screening = integer_of(answer, "id");
  }
};

TEST_F(KilledUploads, GoOnWhereTheyWereAndComeWhole) {
  const std::string key = make_platform("Tube").key;
  const int kills = kills_wanted();
  std::vector<std::vector<Piecemeal>> uploads(kAtOnce);  // of each client, the last one under way
  const auto work = [&](const RunningService& service, int client) {
    std::vector<Piecemeal>& own = uploads[static_cast<std::size_t>(client)];
    for (;;) {
      if (own.empty() || own.back().screening != 0)
        own.push_back(made(client + kAtOnce * static_cast<int>(own.size())));
      go_on(service.client(key), own.back());
    }
  };
  for (int round = 0; round < kills; ++round) run_and_kill(round, work);

  RunningService service(program);
  const Client platform = service.client(key);
  std::size_t count = 0;
  for (std::vector<Piecemeal>& own : uploads) {
    for (Piecemeal& upload : own) {
      if (upload.screening == 0) go_on(platform, upload);
      expect_done(platform, upload.screening);
      ++count;
    }
  }
  EXPECT_GE(count, static_cast<std::size_t>(kAtOnce));
  expect_each_told_once(platform, count);
  EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
}

/// Webhooks. Each round is a platform of its own with an endpoint of its own: what is under way to an
/// endpoint when the service is killed keeps that endpoint busy until the attempt's time is over.
class KilledWebhooks : public KilledService {
 protected:
  struct Round {
    std::string key;
    std::string target;                   ///< of the endpoint
    std::string deliveries;               ///< of the endpoint, those that wait
    std::set<std::int64_t> acknowledged;  ///< screenings
  };

  [[nodiscard]] std::vector<Round> make_rounds(int count) {
    RunningService service(program, {"--webhooks.to-loopback", "true"});
    const std::string receiver_url = "http://127.0.0.1:" + std::to_string(receiver.port());
    std::vector<Round> rounds;
    for (int i = 0; i < count; ++i) {
      const std::string name = "Tube" + std::to_string(i);
      rounds.push_back({make_tenant(service.client(root), name, "platform").key, "/" + name, "", {}});
      Round& round = rounds.back();
      const json::object webhook =
          service.client(round.key).post("/v1/webhooks", {{"url", receiver_url + round.target}});
      round.deliveries = path_of("/v1/webhooks", webhook) + "/deliveries?state=waiting";
    }
    EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
    return rounds;
  }

  /// Kills the service while it tells of a screening: when the endpoint has the request but the service may
  /// not have the answer yet.
  void run_and_kill_telling(Round& round, int number) {
    RunningService service(program, {"--webhooks.to-loopback", "true"});
    const Client platform = service.client(round.key);
    const std::size_t before = receiver.requests().size();
    for (int i = 0; i < kAtOnce; ++i) {
      const auto answer =
          platform.send("POST", "/v1/screenings?account=a", clip, {{"Content-Type", "video/mp4"}});
      ASSERT_EQ(answer.status, 202U) << answer.body;
      round.acknowledged.insert(integer_of(json::parse(answer.body).as_object(), "id"));
    }
    (void)receiver.wait_for(before + 1 + static_cast<std::size_t>(number % kAtOnce));
    service.end(SIGKILL);
  }

  /// Expects one event of each screening, and that each event came, as often as it did with one id and one
  /// body.
  void expect_all_told(const Client& platform, const Round& round) const {
    std::set<std::int64_t> told;
    std::set<std::string> ids;
    for (const json::object& event : objects_of(platform.get("/v1/events?limit=1000"), "items")) {
      EXPECT_TRUE(told.insert(integer_of(object_of(event, "data"), "screening")).second);
      ids.insert("msg_" + std::to_string(integer_of(event, "id")));
    }
    EXPECT_EQ(told, round.acknowledged);
    std::map<std::string, std::string> received;
    for (const test::HttpRequest& request : receiver.requests()) {
      if (request.target != round.target) continue;
      const auto [known, is_new] = received.emplace(id_of(request), request.body);
      EXPECT_EQ(known->second, request.body) << known->first;
    }
    EXPECT_EQ(received.size(), ids.size());
    for (const std::string& id : ids) EXPECT_TRUE(received.contains(id)) << id << " to " << round.target;
  }

  [[nodiscard]] static std::string id_of(const test::HttpRequest& request) {
    for (const auto& [name, value] : request.headers) {
      if (name == "webhook-id") return value;
    }
    return "";
  }

  const test::HttpReceiver receiver;
};

TEST_F(KilledWebhooks, TellEveryEventAndNoneUnderTwoIds) {
  std::vector<Round> rounds = make_rounds(kills_wanted());
  for (std::size_t i = 0; i < rounds.size(); ++i) run_and_kill_telling(rounds[i], static_cast<int>(i));

  RunningService service(program, {"--webhooks.to-loopback", "true"});
  for (const Round& round : rounds) {
    const Client platform = service.client(round.key);
    for (const std::int64_t screening : round.acknowledged) expect_done(platform, screening);
  }
  const auto deadline = std::chrono::steady_clock::now() + 90s;
  for (const Round& round : rounds) {
    const auto waiting = [&] {
      return objects_of(service.client(round.key).get(round.deliveries), "items").size();
    };
    while (waiting() > 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(100ms);
    EXPECT_EQ(waiting(), 0U) << round.target;
  }
  for (const Round& round : rounds) expect_all_told(service.client(round.key), round);
  EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
}

}  // namespace
}  // namespace reelprint::e2e
