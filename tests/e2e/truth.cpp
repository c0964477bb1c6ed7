#include "tests/e2e/truth.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace reelprint::e2e {
namespace {

constexpr double kTime_s = 1.0;
constexpr double kSpeed = 0.01;

std::string work_of(const json::object& match) {
  return text_of(match, "series") + '/' + std::to_string(integer_of(match, "episode"));
}

std::string work_of(const Truth& truth) {
  return truth.series + '/' + std::to_string(truth.episode);
}

void expect_match(const json::object& match, const Truth& truth) {
  EXPECT_NEAR(number_of(match, "query_start"), truth.query_start, kTime_s);
  EXPECT_NEAR(number_of(match, "query_end"), truth.query_end, kTime_s);
  EXPECT_NEAR(number_of(match, "reference_start"), truth.reference_start, kTime_s);
  EXPECT_NEAR(number_of(match, "reference_end"), truth.reference_end, kTime_s);
  if (truth.speed) {
    EXPECT_NEAR(number_of(match, "speed"), *truth.speed, kSpeed);
  }
  if (truth.mirrored) {
    EXPECT_EQ(flag_of(match, "mirrored"), *truth.mirrored);
  }
}

}  // namespace

void expect_truths(const json::object& screening, const std::vector<Truth>& truths) {
  auto matches = objects_of(screening, "matches");
  for (const Truth& truth : truths) {
    SCOPED_TRACE(work_of(truth));
    const auto of_work = std::ranges::find_if(
        matches, [&](const json::object& match) { return work_of(match) == work_of(truth); });
    if (of_work == matches.end()) {
      ADD_FAILURE() << "not found";
      continue;
    }
    expect_match(*of_work, truth);
    matches.erase(of_work);
  }
  for (json::object& match : matches) {
    match.erase("pairs");
    ADD_FAILURE() << "one match too many: " << json::serialize(match);
  }
}

}  // namespace reelprint::e2e
