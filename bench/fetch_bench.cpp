// How many pages a second the fetch pool brings from many hosts, one request at a time for each, and what
// that costs. usage: fetch_bench [HOSTS] [SECONDS]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "crawler/fetch_pool.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_web.h"

namespace {

using namespace reelprint;
using std::chrono::steady_clock;

constexpr std::size_t kPageBytes = 20'000;

struct Run {
  std::size_t pages = 0;
  std::size_t failures = 0;
  double seconds = 0;
};

Run fetch_for(std::chrono::seconds time, const std::vector<std::unique_ptr<test::TestWeb>>& hosts,
              const std::filesystem::path& folder) {
  crawler::FetchPoolSettings settings;
  settings.fetch.allow_loopback = true;
  settings.most_at_once = hosts.size();
  crawler::FetchPool pool(settings);
  const auto ask = [&](std::uint64_t host) {
    pool.add({.ticket = host, .url = hosts[host]->url("/page"), .body = folder / std::to_string(host)});
  };
  for (std::uint64_t host = 0; host < hosts.size(); ++host) ask(host);
  Run run;
  const auto begin = steady_clock::now();
  while (steady_clock::now() - begin < time) {
    for (const auto& done : pool.wait(std::chrono::seconds{1})) {
      ++(done.exchange.status == 200 && done.exchange.body_bytes == kPageBytes ? run.pages : run.failures);
      ask(done.ticket);
    }
  }
  run.seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
  return run;
}

}  // namespace

int main(int count, char** arguments) {
  const std::size_t most = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 64;
  const std::chrono::seconds time{count > 2 ? std::strtol(arguments[2], nullptr, 10) : 5};
  const std::string answer =
      test::web_answer(200, std::string(kPageBytes, 'a'), "Content-Type: text/html\r\n");
  const test::TemporaryFolder folder;
  std::vector<std::unique_ptr<test::TestWeb>> hosts;
  std::printf("hosts  pages/s  failures\n");
  for (std::size_t wanted = 1; wanted <= most; wanted *= 4) {
    while (hosts.size() < wanted) {
      hosts.push_back(std::make_unique<test::TestWeb>(
          [&answer](const test::WebRequest&, test::WebConnection& connection) { connection.send(answer); }));
    }
    const Run run = fetch_for(time, hosts, folder.path());
    std::printf("%5zu %8.0f %9zu\n", wanted, static_cast<double>(run.pages) / run.seconds, run.failures);
  }
}
