// The service as a process: starts, answers, is configured, stops.
#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <memory>

#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

using namespace std::chrono_literals;

/// What a GET on a connection of its own is answered, as it came; "" when nobody listens.
std::string get(int port, const std::string& path, const std::string& fields = {}) {
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{20, 0};
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const std::string request =
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n";
    (void)!write(connection, request.data(), request.size());
    char buffer[4096];
    for (ssize_t n = 0; (n = read(connection, buffer, sizeof buffer)) > 0;)
      answer.append(buffer, static_cast<std::size_t>(n));
  }
  close(connection);
  return answer;
}

class Serve : public ReelprintTest {
 protected:
  /// Starts it on a free port and returns that.
  int start(Words options = {}) {
    Words words = {"serve", "--http.port", "0"};
    words.insert(words.end(), options.begin(), options.end());
    child = std::make_unique<ChildProcess>(program.command(words));
    const std::string line = child->next_line(30s).value_or("");
    EXPECT_TRUE(line.starts_with("listening on http://127.0.0.1:")) << line;
    return std::stoi("0" + line.substr(line.rfind(':') + 1));
  }
  Ended stop(int signal = SIGTERM) {
    child->send(signal);
    return child->wait(30s);
  }
  std::unique_ptr<ChildProcess> child;
};

TEST_F(Serve, AnswersAndStopsWhenItIsAskedTo) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const int port = start();
    EXPECT_TRUE(get(port, "/healthz").starts_with("HTTP/1.1 200 ")) << get(port, "/healthz");
    EXPECT_TRUE(get(port, "/readyz").starts_with("HTTP/1.1 200 "));
    const Ended ended = stop(signal);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_NE(ended.err.find("event=stopped"), std::string::npos) << ended.err;
    EXPECT_EQ(get(port, "/healthz"), "");
  }
}

TEST_F(Serve, DescribesMeasuresAndLogs) {
  const int port = start();
  EXPECT_NE(get(port, "/openapi.json").find("\"openapi\":\"3.1.0\""), std::string::npos);
  (void)get(port, "/nothing");
  const std::string metrics = get(port, "/metrics");
  EXPECT_NE(metrics.find("reelprint_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1"),
            std::string::npos)
      << metrics;
  EXPECT_NE(metrics.find("process_open_fds "), std::string::npos);
  const Ended ended = stop();
  EXPECT_NE(ended.err.find("event=request id="), std::string::npos) << ended.err;
}

TEST_F(Serve, TakesItsSettingsFromAFile) {
  const std::string config =
      write_file(folder() / "reelprint.toml", "[metrics]\ntoken = \"s3cret\"\n[log]\nlevel = \"error\"\n")
          .string();
  const int port = start({"--config", config});
  EXPECT_TRUE(get(port, "/metrics").starts_with("HTTP/1.1 403 "));
  EXPECT_TRUE(get(port, "/metrics", "Authorization: Bearer s3cret\r\n").starts_with("HTTP/1.1 200 "));
  write_file(config, "[log]\nlevel = \"info\"\n");
  child->send(SIGHUP);
  const Ended ended = stop();
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err.find("event=request"), std::string::npos) << ended.err;
}

TEST_F(Serve, UnderstandsTheConfigurationThatItPrints) {
  const Ended printed = program.run({"serve", "--print-config", "--http.connections", "77"});
  EXPECT_EQ(printed.exit_code, 0) << printed.err;
  const std::string config = write_file(folder() / "all.toml", printed.out).string();
  const Ended again = program.run({"serve", "--print-config", "--config", config});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.out, printed.out);
  EXPECT_NE(again.out.find("connections = 77"), std::string::npos);
}

TEST_F(Serve, RefusesSettingsThatMakeNoSense) {
  for (const char* text : {"[http]\nprot = 80\n", "[http]\nport = \"many\"\n", "[http]\nport = 70000\n",
                           "[http\n", "[log]\nlevel = \"loud\"\n", "[http]\nworker-threads = 0\n"}) {
    const std::string config = write_file(folder() / "bad.toml", text).string();
    const Ended ended = program.run({"serve", "--config", config, "--print-config"});
    EXPECT_EQ(ended.exit_code, 2) << text << ended.out;
  }
  const Ended missing = program.run({"serve", "--config", "none.toml"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_NE(missing.err.find("none.toml"), std::string::npos);
  EXPECT_EQ(program.run({"serve", "--tls.certificate", "a.pem"}).exit_code, 1);
}

TEST_F(Serve, IsBackedUpWhileItRunsAndRestored) {
  const int port = start();
  const Ended backup = program.run({"backup", "copy"});
  EXPECT_EQ(backup.exit_code, 0) << backup.err;
  EXPECT_TRUE(get(port, "/readyz").starts_with("HTTP/1.1 200 "));
  EXPECT_EQ(program.run({"backup", "copy"}).exit_code, 1);
  EXPECT_EQ(stop().exit_code, 0);
  EXPECT_EQ(program.run({"restore", "copy"}).exit_code, 1);
  EXPECT_EQ(program.run({"restore", "--force", "copy"}).exit_code, 0);
  EXPECT_EQ(program.run({"catalog", "stats"}).exit_code, 0);
  EXPECT_EQ(program.run({"restore", "nowhere", "--force"}).exit_code, 1);
  EXPECT_EQ(program.run({"catalog", "stats"}).exit_code, 0);
}

}  // namespace
}  // namespace reelprint::e2e
