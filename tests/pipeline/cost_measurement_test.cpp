#include "pipeline/cost_measurement.h"

#include <gtest/gtest.h>

namespace reelprint::pipeline {
namespace {

TEST(CostMeasurement, PricesCpuTimeByTheHour) {
  // 2.25 s an upload at 0.04 $ an hour are 25 $ a million.
  EXPECT_NEAR(dollars_of(2.25 / 60, 60, 1e6, 0.04), 25, 1e-9);
  EXPECT_EQ(dollars_of(2.25 / 60, 60, 1e6, 0), 0);
}

TEST(CostMeasurement, CountsTheCoresThatAMillionUploadsADayKeepBusy) {
  EXPECT_NEAR(cores_of(0.5 / 60), 6, 1e-9);
}

TEST(CostMeasurement, CallsThePlanWithoutAFixedEffortAuto) {
  EXPECT_EQ(name_of_plan(std::nullopt), "auto");
  EXPECT_EQ(name_of_plan(Effort::fast), "fast");
}

}  // namespace
}  // namespace reelprint::pipeline
