// Signals to the running service: it hands back what it works at, and takes new certificates.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <vector>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/running_service.h"
#include "tests/support/eventually.h"

namespace reelprint::e2e {
namespace {

using namespace std::chrono_literals;

class SignalledService : public ReelprintTest {};

TEST_F(SignalledService, HandsBackTheJobsThatRunWhenItIsToStop) {
  const std::string root = make_key(program, {"root", "--role", "admin"});
  const std::string media = read_file(episode_clip(1));
  std::vector<std::string> screenings;
  {
    RunningService service(program, {"--service.grace-s", "0", "--jobs.threads", "2"});
    for (int i = 0; i < 4; ++i) {
      const auto answer = service.client(root).send("POST", "/v1/screenings?account=a", media,
                                                    {{"Content-Type", "video/mp4"}});
      ASSERT_EQ(answer.status, 202U) << answer.body;
      screenings.push_back(path_of("/v1/screenings", json::parse(answer.body).as_object()));
    }
    const Ended ended = service.end(SIGTERM);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
  }
  RunningService service(program);
  const Client client = service.client(root);
  const auto began = std::chrono::steady_clock::now();
  for (const std::string& screening : screenings) {
    (void)client.wait_while(screening, "state", "queued");
    EXPECT_EQ(text_of(client.wait_while(screening, "state", "running"), "state"), "done");
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, 25s) << "a lease of 30 s had to end first";
  EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
}

/// A service that speaks TLS, and the certificate that it shows.
class SignalledTlsService : public SignalledService {
 protected:
  void make_certificate(const std::string& name) const {
    const Ended made =
        run({{"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
              "-nodes", "-subj", "/CN=" + name, "-days", "2", "-keyout", key, "-out", certificate},
             {},
             {}});
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }
  [[nodiscard]] static std::string shown_by(const std::string& port) {
    return run({{"openssl", "s_client", "-connect", "127.0.0.1:" + port, "-brief"}, {}, {}}, 30s).err;
  }

  const std::string key = (folder() / "key.pem").string();
  const std::string certificate = (folder() / "certificate.pem").string();
};

TEST_F(SignalledTlsService, ShowsTheNewCertificateAfterAHangup) {
  make_certificate("first.example");
  ChildProcess child(
      program.command({"serve", "--http.port", "0", "--tls.certificate", certificate, "--tls.key", key}));
  const std::string line = child.next_line(60s).value_or("");
  ASSERT_TRUE(line.starts_with("listening on https://127.0.0.1:")) << line;
  const std::string port = line.substr(line.rfind(':') + 1);
  EXPECT_NE(shown_by(port).find("first.example"), std::string::npos) << shown_by(port);
  make_certificate("second.example");
  child.send(SIGHUP);
  EXPECT_TRUE(test::eventually([&] { return shown_by(port).find("second.example") != std::string::npos; }));
  write_file(certificate, "no certificate");
  child.send(SIGHUP);
  EXPECT_NE(shown_by(port).find("second.example"), std::string::npos);
  child.send(SIGTERM);
  const Ended ended = child.wait(60s);
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
}

}  // namespace
}  // namespace reelprint::e2e
