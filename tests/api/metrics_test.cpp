#include "api/metrics.h"

#include <gtest/gtest.h>

#include <thread>

namespace reelprint::api {
namespace {

constexpr Metric kRequests{"requests_total", "Requests."};
constexpr Metric kTime{"request_seconds", "Time."};
constexpr Metric kJobs{"jobs", "Jobs."};

TEST(Metrics, WritesWhatPrometheusReads) {
  Metrics metrics;
  metrics.count(kRequests, {{"route", "/a\"\\\n"}, {"status", "200"}});
  metrics.count(kRequests, {{"route", "/a\"\\\n"}, {"status", "200"}});
  metrics.set(kJobs, {}, 2.5);
  EXPECT_EQ(metrics.text(),
            "# HELP jobs Jobs.\n"
            "# TYPE jobs gauge\n"
            "jobs 2.5\n"
            "# HELP requests_total Requests.\n"
            "# TYPE requests_total counter\n"
            "requests_total{route=\"/a\\\"\\\\\\n\",status=\"200\"} 2\n");
}

TEST(Metrics, CountsTimesIntoBucketsThatAddUp) {
  Metrics metrics;
  for (const double time_s : {0.001, 0.3, 1000.0}) metrics.observe_s(kTime, {{"route", "/a"}}, time_s);
  const std::string text = metrics.text();
  for (const char* line :
       {"# TYPE request_seconds histogram\n", "request_seconds_bucket{route=\"/a\",le=\"0.001\"} 1\n",
        "request_seconds_bucket{route=\"/a\",le=\"0.25\"} 1\n",
        "request_seconds_bucket{route=\"/a\",le=\"0.5\"} 2\n",
        "request_seconds_bucket{route=\"/a\",le=\"60\"} 2\n",
        "request_seconds_bucket{route=\"/a\",le=\"+Inf\"} 3\n",
        "request_seconds_sum{route=\"/a\"} 1000.301\n", "request_seconds_count{route=\"/a\"} 3\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "in\n" << text;
  }
}

TEST(Metrics, AsksCollectorsAtEachReading) {
  Metrics metrics;
  int jobs = 0;
  metrics.add_collector([&](Metrics& all) { all.set(kJobs, {}, ++jobs); });
  metrics.add_collector(collect_process);
  (void)metrics.text();
  const std::string text = metrics.text();
  EXPECT_NE(text.find("jobs 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("process_resident_memory_bytes "), std::string::npos) << text;
}

TEST(Metrics, KeepsABoundedNumberOfLabels) {
  Metrics metrics;
  for (int i = 0; i < 3000; ++i) metrics.count(kRequests, {{"route", std::to_string(i)}});
  EXPECT_NE(metrics.text().find("requests_total{other=\"true\"} 1000\n"), std::string::npos);
}

TEST(Metrics, MayBeCountedFromManyThreads) {
  Metrics metrics;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        for (int n = 0; n < 1000; ++n) metrics.count(kRequests);
      });
  }
  EXPECT_NE(metrics.text().find("requests_total 4000\n"), std::string::npos);
}

}  // namespace
}  // namespace reelprint::api
