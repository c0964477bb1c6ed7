#include "pipeline/progress_meter.h"

#include <gtest/gtest.h>

#include <thread>

namespace reelprint::pipeline {
namespace {

struct Report {
  std::string activity;
  double done = 0;
  double total = 0;
  std::string item;
};

class Recorder final : public Progress {
 public:
  void report(std::string_view activity, double done, double total, std::string_view item) override {
    reports.push_back({std::string(activity), done, total, std::string(item)});
  }
  std::vector<Report> reports;
};

TEST(ProgressMeter, TellsTheSumOfTheShares) {
  Recorder recorder;
  ProgressMeter meter(&recorder, "register", 4);
  meter.for_item(0, "a.mp4")(timestamp_of(30), std::chrono::seconds(60));
  meter.for_item(2, "c.mp4")(timestamp_of(15), std::chrono::seconds(60));
  ASSERT_EQ(recorder.reports.size(), 2U);
  EXPECT_EQ(recorder.reports[1].activity, "register");
  EXPECT_DOUBLE_EQ(recorder.reports[1].done, 0.75);
  EXPECT_DOUBLE_EQ(recorder.reports[1].total, 4);
  EXPECT_EQ(recorder.reports[1].item, "c.mp4");
}

TEST(ProgressMeter, CountsAFinishedItemWhole) {
  Recorder recorder;
  ProgressMeter meter(&recorder, "register", 2);
  meter.for_item(0, "a.mp4")(timestamp_of(59), std::chrono::seconds(60));
  meter.finish_item(0);
  meter.finish_item(1);
  EXPECT_DOUBLE_EQ(recorder.reports.back().done, 2);
}

TEST(ProgressMeter, NeverGoesBack) {
  Recorder recorder;
  ProgressMeter meter(&recorder, "screen", 1);
  const auto tell = meter.for_item(0, "a.mp4");
  for (const double at_s : {10.0, 50.0, 0.0, 20.0, 55.0}) tell(timestamp_of(at_s), std::chrono::seconds(60));
  double last = 0;
  for (const Report& report : recorder.reports) {
    EXPECT_GE(report.done, last);
    last = report.done;
  }
  EXPECT_DOUBLE_EQ(last, 55.0 / 60);
}

TEST(ProgressMeter, StaysWithinAFileThatIsLongerThanItSays) {
  Recorder recorder;
  ProgressMeter meter(&recorder, "screen", 1);
  meter.for_item(0, "a.mp4")(timestamp_of(100), std::chrono::seconds(60));
  meter.for_item(0, "a.mp4")(timestamp_of(-100), std::chrono::seconds(60));
  EXPECT_DOUBLE_EQ(recorder.reports.back().done, 1);
}

TEST(ProgressMeter, KnowsNoShareOfAFileOfUnknownLength) {
  Recorder recorder;
  ProgressMeter meter(&recorder, "screen", 1);
  meter.for_item(0, "a.mp4")(timestamp_of(100), Duration{0});
  EXPECT_DOUBLE_EQ(recorder.reports.at(0).done, 0);
}

TEST(ProgressMeter, AsksForNoCallsWhereNobodyListens) {
  ProgressMeter meter(nullptr, "screen", 1);
  EXPECT_FALSE(meter.for_item(0, "a.mp4"));
  meter.finish_item(0);
}

TEST(ProgressMeter, AddsUpWhatManyThreadsTell) {
  Recorder recorder;
  ProgressMeter meter(&recorder, "screen", 4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t item = 0; item < 4; ++item) {
      threads.emplace_back([&meter, item] {
        const auto tell = meter.for_item(item, "x");
        for (int s = 0; s <= 50; ++s) tell(Timestamp{s * 1'000'000}, std::chrono::seconds(100));
      });
    }
  }
  EXPECT_EQ(recorder.reports.size(), 4U * 51);
  EXPECT_NEAR(recorder.reports.back().done, 2, 1e-9);
}

}  // namespace
}  // namespace reelprint::pipeline
