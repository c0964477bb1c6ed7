#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "samples.h"

namespace reelprint::rights {
namespace {

constexpr int kCases = 3000;

/// Draws cases in which much overlaps: few works, accounts and territories.
class CaseMaker {
 public:
  explicit CaseMaker(unsigned seed) : random_(seed) {}

  Case next() {
    Case one;
    one.context.account = pick<std::string>({"", "tvnord", "pirate"});
    one.context.territory = pick<std::string>({"", "DE", "VN"});
    one.context.url = pick<std::string>({"", "https://a.com/x", "https://b.com/y"});
    for (int i = below(5); i > 0; --i) one.matches.push_back(match());
    for (std::size_t i = 0; i < one.matches.size(); ++i) one.excluded.push_back(intervals());
    if (below(4) == 0) one.quarantined = {ReferenceId{111}};
    for (int i = below(3); i > 0; --i) one.record.licences.push_back(licence(i));
    for (int i = below(4); i > 0; --i) one.record.policies.push_back(policy(i));
    for (int i = below(2); i > 0; --i) one.record.allow_entries.push_back(allow_entry(i));
    for (int i = below(3); i > 0; --i) one.record.ownerships.push_back(ownership(i));
    return one;
  }

  Licence licence(std::int64_t id) {
    Licence licence = licence_of(id);
    licence.holder = HolderId{1 + below(2)};
    licence.grantee.accounts = {pick<std::string>({"tvnord", "pirate"})};
    if (below(2) == 0) licence.grantee.url_patterns = {"a.com/*"};
    if (below(2) == 0) licence.works.series = {SeriesId{11}};
    licence.territories = territories();
    if (below(4) == 0) licence.term.until = day(9 + below(3));
    return licence;
  }

  std::vector<Interval> intervals() {
    std::vector<Interval> made;
    for (int i = below(3); i > 0; --i) {
      const int begin = below(60);
      made.push_back({timestamp_of(begin), timestamp_of(begin + below(30))});
    }
    return made;
  }

  AllowEntry allow_entry(std::int64_t id) {
    return {AllowEntryId{id},
            HolderId{below(3)},
            AllowKind::account,
            TenantId{},
            pick<std::string>({"tvnord", "pirate"}),
            "",
            1};
  }

  template <class Value>
  void shuffle(std::vector<Value>& values) {
    std::ranges::shuffle(values, random_);
  }

 private:
  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  template <class Value>
  Value pick(std::vector<Value> values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
  }
  std::vector<std::string> territories() {
    return pick<std::vector<std::string>>({{}, {"DE"}, {"VN", "DE"}});
  }
  Match match() {
    const double begin = below(60);
    Match match = match_of(pick<std::int64_t>({111, 112, 121, 211}), begin, begin + 1 + below(30));
    match.score = pick<double>({0.4, 0.7, 0.95, 0.999});
    if (below(5) == 0) match.is_confirmed = false;
    if (below(6) == 0) match.found_by = FoundBy::sound;
    return match;
  }
  PolicyRule policy_rule() {
    PolicyRule made{.action = pick<Action>({Action::track, Action::monetize, Action::review, Action::block})};
    made.least_matched = duration_of(pick<int>({0, 5, 20, 40}));
    made.least_share_of_reference = pick<double>({0, 0.2});
    made.least_score = pick<double>({0, 0.96});
    made.modality = pick<Modality>({Modality::any, Modality::picture});
    return made;
  }
  reelprint::Policy policy(std::int64_t id) {
    std::vector<PolicyRule> rules;
    for (int i = 1 + below(3); i > 0; --i) rules.push_back(policy_rule());
    reelprint::Policy policy = policy_of(id, std::move(rules));
    policy.priority = below(2);
    policy.territories = territories();
    policy.enabled = below(5) != 0;
    return policy;
  }
  Ownership ownership(std::int64_t id) {
    return {OwnershipId{id}, HolderId{1 + below(2)}, SeriesId{11 * below(2)}, territories(), {}, 1};
  }

  std::mt19937 random_;
};

/// What an outcome does to whoever shows the video; what is tolerated and what is licensed do as little.
std::pair<Action, int> harm(Decision decision, Action action) {
  const int weight = decision == Decision::infringing ? 2 : decision == Decision::needs_review ? 1 : 0;
  return {action, weight};
}

std::pair<Action, int> harm(const Ruling& ruling) {
  return harm(ruling.verdict.decision, ruling.action);
}

void expect_no_worse(const Ruling& after, const Ruling& before) {
  EXPECT_LE(harm(after), harm(before)) << all_reasons(before) << "----\n" << all_reasons(after);
  ASSERT_EQ(after.holders.size(), before.holders.size());
  for (std::size_t i = 0; i < after.holders.size(); ++i)
    EXPECT_LE(harm(after.holders[i].decision, after.holders[i].action),
              harm(before.holders[i].decision, before.holders[i].action));
}

TEST(RulingProperties, ALicenceMakesNothingWorse) {
  CaseMaker make(1);
  for (int i = 0; i < kCases && !testing::Test::HasFailure(); ++i) {
    Case one = make.next();
    const Ruling before = one.ruling();
    one.record.licences.push_back(make.licence(99));
    expect_no_worse(one.ruling(), before);
  }
}

TEST(RulingProperties, AnAllowEntryMakesNothingWorse) {
  CaseMaker make(2);
  for (int i = 0; i < kCases && !testing::Test::HasFailure(); ++i) {
    Case one = make.next();
    const Ruling before = one.ruling();
    one.record.allow_entries.push_back(make.allow_entry(99));
    expect_no_worse(one.ruling(), before);
  }
}

TEST(RulingProperties, ExcludedSecondsMakeNothingWorse) {
  CaseMaker make(3);
  for (int i = 0; i < kCases && !testing::Test::HasFailure(); ++i) {
    Case one = make.next();
    const Ruling before = one.ruling();
    for (auto& excluded : one.excluded)
      for (const Interval& more : make.intervals()) excluded.push_back(more);
    expect_no_worse(one.ruling(), before);
  }
}

TEST(RulingProperties, AQuarantineMakesNothingWorse) {
  CaseMaker make(4);
  for (int i = 0; i < kCases && !testing::Test::HasFailure(); ++i) {
    Case one = make.next();
    const Ruling before = one.ruling();
    one.quarantined = {ReferenceId{111}, ReferenceId{121}, ReferenceId{211}};
    expect_no_worse(one.ruling(), before);
  }
}

TEST(RulingProperties, TheOrderOfWhatIsGivenChangesNothing) {
  CaseMaker make(5);
  for (int i = 0; i < kCases && !testing::Test::HasFailure(); ++i) {
    Case one = make.next();
    one.excluded.clear();  // they lie beside the matches
    const Ruling before = one.ruling();
    make.shuffle(one.matches);
    make.shuffle(one.record.licences);
    make.shuffle(one.record.policies);
    make.shuffle(one.record.allow_entries);
    make.shuffle(one.record.ownerships);
    Ruling after = one.ruling();
    EXPECT_EQ(after.verdict.reasons, before.verdict.reasons);
    ASSERT_EQ(after.holders.size(), before.holders.size());
    for (std::size_t h = 0; h < after.holders.size(); ++h) {
      EXPECT_EQ(after.holders[h].matches.size(), before.holders[h].matches.size());
      after.holders[h].matches = before.holders[h].matches;
      EXPECT_EQ(after.holders[h], before.holders[h]);
    }
  }
}

TEST(RulingProperties, TheSameInputGivesTheSameRuling) {
  CaseMaker make(6);
  for (int i = 0; i < kCases / 10; ++i) {
    const Case one = make.next();
    const Ruling first = one.ruling();
    const Ruling second = one.ruling();
    EXPECT_EQ(first.verdict.reasons, second.verdict.reasons);
    EXPECT_EQ(first.holders, second.holders);
  }
}

TEST(RulingProperties, DecisionAndActionGoTogether) {
  CaseMaker make(7);
  for (int i = 0; i < kCases; ++i) {
    const Ruling ruling = make.next().ruling();
    for (const HolderRuling& holder : ruling.holders) {
      switch (holder.decision) {
        case Decision::clear:
        case Decision::licensed: EXPECT_EQ(holder.action, Action::none); break;
        case Decision::needs_review:
          EXPECT_TRUE(holder.action == Action::review || holder.action == Action::track);
          break;
        case Decision::infringing:
          EXPECT_TRUE(holder.action != Action::none && holder.action != Action::review);
          break;
      }
    }
  }
}

}  // namespace
}  // namespace reelprint::rights
