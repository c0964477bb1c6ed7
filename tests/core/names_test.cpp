// The names of enumerators, as JSON, logs and the command line use them: they must not drift.
#include <gtest/gtest.h>

#include <set>

#include "core/error.h"
#include "core/fingerprint.h"
#include "core/verdict.h"

namespace reelprint {
namespace {

TEST(EffortName, IsReadBack) {
  EXPECT_EQ(to_string(Effort::fast), "fast");
  EXPECT_EQ(to_string(Effort::standard), "standard");
  EXPECT_EQ(to_string(Effort::deep), "deep");
  for (const Effort effort : {Effort::fast, Effort::standard, Effort::deep}) {
    EXPECT_EQ(effort_of(to_string(effort)), effort);
  }
}

TEST(EffortName, IsTakenOnlyAsItIsWritten) {
  for (const char* name : {"", "Fast", "auto", "deep ", "unknown"}) EXPECT_FALSE(effort_of(name)) << name;
}

TEST(DecisionName, IsReadBack) {
  EXPECT_EQ(to_string(Decision::clear), "clear");
  EXPECT_EQ(to_string(Decision::needs_review), "needs_review");
  EXPECT_EQ(to_string(Decision::licensed), "licensed");
  EXPECT_EQ(to_string(Decision::infringing), "infringing");
  for (const Decision decision :
       {Decision::clear, Decision::needs_review, Decision::licensed, Decision::infringing}) {
    EXPECT_EQ(decision_of(to_string(decision)), decision);
  }
}

TEST(DecisionName, IsTakenOnlyAsItIsWritten) {
  for (const char* name : {"", "Clear", "needs review", "unknown"}) EXPECT_FALSE(decision_of(name)) << name;
}

TEST(ErrorName, IsOneOfItsOwnForEachCode) {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(ErrorCode::cancelled); ++code) {
    names.insert(to_string(static_cast<ErrorCode>(code)));
  }
  EXPECT_EQ(names.size(), 12U);
  EXPECT_FALSE(names.contains("unknown"));
}

TEST(Error, CarriesItsCodeAndWhatHappened) {
  const Error error(ErrorCode::no_video, "open video 'a.mp4': no video stream");
  EXPECT_EQ(error.code(), ErrorCode::no_video);
  EXPECT_STREQ(error.what(), "open video 'a.mp4': no video stream");
}

}  // namespace
}  // namespace reelprint
