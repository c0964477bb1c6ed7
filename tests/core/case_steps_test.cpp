#include "core/case_steps.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace reelprint {
namespace {

using enum CaseState;

constexpr std::array kStates{open, confirmed, dismissed, noticed, removed, countered, closed};

CaseStep step(CaseState to, CaseReason reason, std::string remark = "") {
  return {to, reason, std::move(remark), CaseMover::person};
}

TEST(CaseNames, AreReadBack) {
  for (const CaseState state : kStates) EXPECT_EQ(case_state_of(to_string(state)), state);
  for (int code = 0; code <= static_cast<int>(CaseReason::other); ++code) {
    const auto reason = static_cast<CaseReason>(code);
    EXPECT_EQ(case_reason_of(to_string(reason)), reason);
  }
  EXPECT_FALSE(case_state_of("Open"));
  EXPECT_FALSE(case_reason_of("unknown"));
}

TEST(CaseSteps, GoWhereTheDiagramSays) {
  EXPECT_EQ(next_states(open), (std::vector{confirmed, dismissed, closed}));
  EXPECT_EQ(next_states(confirmed), (std::vector{dismissed, noticed, removed, closed}));
  EXPECT_EQ(next_states(dismissed), (std::vector{open}));
  EXPECT_EQ(next_states(noticed), (std::vector{confirmed, removed, countered, closed}));
  EXPECT_EQ(next_states(removed), (std::vector{open, countered, closed}));
  EXPECT_EQ(next_states(countered), (std::vector{removed, closed}));
  EXPECT_TRUE(next_states(closed).empty());
}

TEST(CaseSteps, EveryOtherIsRefusedInWords) {
  for (const CaseState from : kStates)
    for (const CaseState to : kStates) {
      const auto next = next_states(from);
      if (std::ranges::find(next, to) != next.end()) continue;
      EXPECT_FALSE(why_not(from, step(to, CaseReason::other, "so")).empty())
          << to_string(from) << " " << to_string(to);
    }
  EXPECT_EQ(why_not(closed, step(open, CaseReason::other, "so")), "a case does not go from closed to open");
}

TEST(CaseSteps, NeedAReasonThatFits) {
  EXPECT_EQ(why_not(open, step(confirmed, CaseReason::infringing_copy)), "");
  EXPECT_EQ(why_not(open, step(confirmed, CaseReason::licensed_use)),
            "'licensed_use' is no reason to go from open to confirmed");
  EXPECT_FALSE(why_not(open, step(confirmed, CaseReason::none)).empty());
  EXPECT_EQ(why_not(open, step(dismissed, CaseReason::other)), "the reason 'other' needs a remark");
  EXPECT_EQ(why_not(open, step(dismissed, CaseReason::other, "see mail")), "");
  for (const CaseState from : kStates)
    for (const CaseState to : next_states(from))
      for (const CaseReason reason : reasons_for(from, to))
        EXPECT_EQ(why_not(from, step(to, reason, "so")), "") << to_string(from) << " " << to_string(to);
}

TEST(CaseSteps, AreNotConfirmedOrDismissedByTheService) {
  for (const CaseState to : {confirmed, dismissed})
    for (const CaseReason reason : reasons_for(open, to))
      EXPECT_FALSE(why_not(open, {to, reason, "so", CaseMover::service}).empty());
  EXPECT_EQ(why_not(open, {closed, CaseReason::withdrawn, "", CaseMover::service}), "");
  EXPECT_EQ(why_not(confirmed, {noticed, CaseReason::none, "", CaseMover::service}), "");
}

TEST(Dismissals, TeachWhatTheirReasonSays) {
  EXPECT_TRUE(clears_account(CaseReason::licensed_use));
  EXPECT_TRUE(clears_account(CaseReason::own_upload));
  EXPECT_FALSE(clears_account(CaseReason::not_the_work));
  EXPECT_TRUE(clears_upload(CaseReason::not_the_work));
  EXPECT_FALSE(clears_upload(CaseReason::duplicate));
}

}  // namespace
}  // namespace reelprint
