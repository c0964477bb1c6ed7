// What the frontier costs: one million addresses over 1,000 hosts, over 10 hosts, and with one huge host.
//
//   frontier_bench [ADDRESSES]
//
// Protocol: addresses are added as pages name them, 50 of one host at once; at each tenth 50 rounds of "take
// 16, settle each" are timed, the hosts' delay being none. Wall time of one call, medians and 99th
// percentiles, each call one commit that is synced to the disk; memory is the process's resident set.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "store/crawl_sources.h"
#include "store/frontier.h"
#include "store/schema.h"

namespace {

using namespace reelprint;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatch = 50;
constexpr int kRounds = 50;
constexpr WallTime kNow{std::chrono::seconds{1'000'000}};

struct Times {
  std::vector<double> ms;

  void time(const std::function<void()>& act) {
    const auto begin = Clock::now();
    act();
    ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  [[nodiscard]] double at(double quantile) {
    std::ranges::sort(ms);
    return ms[static_cast<std::size_t>(quantile * static_cast<double>(ms.size() - 1))];
  }
};

double resident_mib() {
  std::ifstream statm("/proc/self/statm");
  long size = 0;
  long resident = 0;
  statm >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// The host that the `batch`-th page names; "huge": nine pages of ten are of one.
std::size_t host_of(std::size_t batch, std::size_t hosts, bool has_huge) {
  return has_huge && batch % 10 != 0 ? 0 : batch % hosts;
}

void measure(std::size_t hosts, bool has_huge, std::size_t total) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("frontier_bench_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  {
    store::Database database(folder / "bench.sqlite", {});
    store::bring_up_to_date(database, store::migrations());
    CrawlSource source;
    source.name = "bench";
    const CrawlSourceId id = store::CrawlSources(database).add(source);
    store::Frontier frontier(database);
    WallTime now = kNow;
    for (std::size_t begin = 0; begin < total; begin += total / 10) {
      Times add;
      Times take;
      Times settle;
      for (std::size_t first = begin; first < begin + total / 10; first += kBatch) {
        std::vector<CrawlUrl> urls(kBatch);
        for (std::size_t i = 0; i < kBatch; ++i) {
          const std::size_t number = first + i;
          urls[i].source = id;
          urls[i].host =
              "https://host" + std::to_string(host_of(number / kBatch, hosts, has_huge)) + ".example";
          urls[i].url =
              urls[i].host + "/drama/" + std::to_string(number % 7) + "/watch-" + std::to_string(number);
        }
        add.time([&] { (void)frontier.add(urls, now); });
      }
      for (int round = 0; round < kRounds; ++round) {
        now += std::chrono::milliseconds{1};
        std::vector<CrawlUrl> taken;
        take.time([&] { taken = frontier.take("bench", 16, now, now + std::chrono::hours{1}); });
        for (const CrawlUrl& url : taken)
          settle.time([&] { (void)frontier.settle(url.id, "bench", {.status = 200}, now, now); });
      }
      std::printf("| %zu%s | %zu | %.1f / %.1f | %.2f / %.2f | %.2f / %.2f | %.0f |\n", hosts,
                  has_huge ? ", one huge" : "", begin + total / 10, add.at(0.5), add.at(0.99), take.at(0.5),
                  take.at(0.99), settle.at(0.5), settle.at(0.99), resident_mib());
      std::fflush(stdout);
    }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int count, char** arguments) {
  const std::size_t total = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
  if (total < 10 * kBatch) return 2;
  std::printf(
      "| hosts | addresses | add 50, ms | take 16, ms | settle, ms | resident, MiB "
      "|\n|---|---|---|---|---|---|\n");
  measure(1'000, false, total);
  measure(10, false, total);
  measure(1'000, true, total);
  return 0;
}
