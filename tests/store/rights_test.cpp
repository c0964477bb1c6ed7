#include "store/rights.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/dry_runs.h"
#include "store/rights_statements.h"
#include "store/schema.h"
#include "store/tenants.h"
#include "store/works.h"

namespace reelprint::store {
namespace {

WallTime day(int number) {
  return WallTime{std::chrono::days(number)};
}

class RightsStore : public testing::Test {
 protected:
  RightsStore() {
    const TenantId tenant = Tenants(database()).add({{}, "Aurora", TenantKind::holder, day(1), 1});
    Works works(database());
    holder_ = works.add_holder("Aurora", tenant);
    other_ = works.add_holder("Boreal", TenantId{});
    tenant_ = tenant;
  }

  Database& database() { return store_.database(); }

  /// Every field filled.
  Licence sample() const {
    Licence licence;
    licence.holder = holder_;
    licence.name = "TV Nord";
    licence.grantee = {
        {TenantId{2}, TenantId{10}}, {"TVNord", "tvnord2"}, {"Drama"}, {"a.com/A*", "a.com/a*"}};
    licence.works = {{SeriesId{3}, SeriesId{20}}, {EpisodeId{4}}};
    licence.territories = {"AT", "DE"};
    licence.term = {day(10), day(20)};
    return licence;
  }

  Licence add(Licence licence) {
    licence.id = Rights(database()).add(licence);
    return licence;
  }

  std::vector<LicenceId> found(const LicenceQuery& query) {
    std::vector<LicenceId> ids;
    for (const Licence& licence : rights_.licences(query, {}, 100)) ids.push_back(licence.id);
    return ids;
  }

  TemporaryFolder folder_;
  Store store_{folder_.path()};
  Rights rights_{store_.database()};
  TenantId tenant_;
  HolderId holder_;
  HolderId other_;
};

TEST_F(RightsStore, GivesALicenceBackAsItWasAdded) {
  const Licence licence = add(sample());
  EXPECT_EQ(rights_.licence(licence.id), licence);
  EXPECT_EQ(rights_.licences({}, {}, 10), std::vector{licence});
  EXPECT_FALSE(rights_.licence(LicenceId{99}));
}

TEST_F(RightsStore, ChangesALicenceOfTheNamedVersionOnly) {
  Licence licence = add(sample());
  licence.name = "TV West";
  licence.grantee = {{}, {"west"}, {}, {}};
  licence.works = {};
  licence.territories.clear();
  licence.term = {};
  licence.revoked_at = day(12);
  EXPECT_TRUE(rights_.update(licence));
  EXPECT_FALSE(rights_.update(licence));
  licence.version = 2;
  EXPECT_EQ(rights_.licence(licence.id), licence);
}

TEST_F(RightsStore, FindsLicencesByHolderTenantAccountTerritoryAndTime) {
  const LicenceId one = add(sample()).id;
  Licence general;
  general.holder = other_;
  general.name = "Everything";
  general.grantee.accounts = {"nord"};
  const LicenceId two = add(general).id;
  EXPECT_EQ(found({.tenant = tenant_}), std::vector{one});
  EXPECT_EQ(found({.holder = other_}), std::vector{two});
  EXPECT_EQ(found({.account = "tvNORD"}), std::vector{one});
  EXPECT_EQ(found({.territory = "DE"}), (std::vector{one, two}));
  EXPECT_EQ(found({.territory = "VN"}), std::vector{two});
  EXPECT_EQ(found({.active_at = day(10)}), (std::vector{one, two}));
  EXPECT_EQ(found({.active_at = day(20)}), std::vector{two});
  EXPECT_EQ(rights_.licences({}, one, 1).at(0).id, two);
}

TEST_F(RightsStore, FindsLicencesThatCoverASeries) {
  Works works(database());
  const SeriesId series = works.add(holder_, "The Lantern Oath", "{}");
  Episode episode;
  episode.series = series;
  episode.number = 1;
  const EpisodeId first = works.add(episode);
  Licence licence = sample();
  licence.works = {{}, {first}};
  const LicenceId of_episode = add(licence).id;
  licence.works = {{series}, {}};
  const LicenceId of_series = add(licence).id;
  licence.works = {};
  const LicenceId of_all = add(licence).id;
  licence.works = {{SeriesId{series.value + 1}}, {}};
  add(licence);
  licence.works = {};
  licence.holder = other_;
  add(licence);
  EXPECT_EQ(found({.series = series}), (std::vector{of_episode, of_series, of_all}));
}

TEST_F(RightsStore, KeepsPoliciesWithTheirRulesInOrder) {
  Policy policy;
  policy.holder = holder_;
  policy.name = "House rules";
  policy.territories = {"VN", "DE"};
  policy.priority = -3;
  policy.rules = {{Action::block, duration_of(30), 0.5, 0.25, 0.9, Modality::picture_and_sound},
                  {Action::track, Duration{0}, 0, 0, 0, Modality::any}};
  policy.enabled = false;
  policy.id = rights_.add(policy);
  EXPECT_EQ(rights_.policy(policy.id), policy);
  policy.rules.pop_back();
  policy.territories.clear();
  EXPECT_TRUE(rights_.update(policy));
  EXPECT_FALSE(rights_.update(policy));
  policy.version = 2;
  EXPECT_EQ(rights_.policies({.tenant = tenant_}, {}, 10), std::vector{policy});
  EXPECT_TRUE(rights_.policies({.holder = other_}, {}, 10).empty());
  EXPECT_TRUE(rights_.remove(policy.id));
  EXPECT_FALSE(rights_.remove(policy.id));
}

TEST_F(RightsStore, KeepsTheAllowListAndOwnerships) {
  AllowEntry entry{{}, holder_, AllowKind::channel, TenantId{5}, "Drama", "press", 1};
  entry.id = rights_.add(entry);
  EXPECT_EQ(rights_.allow_entry(entry.id), entry);
  entry.reason = "archive";
  EXPECT_TRUE(rights_.update(entry));
  entry.version = 2;
  EXPECT_EQ(rights_.allow_entries({.holder = holder_}, {}, 10), std::vector{entry});
  Ownership ownership{{}, holder_, SeriesId{3}, {"JP"}, {day(1), {}}, 1};
  ownership.id = rights_.add(ownership);
  EXPECT_EQ(rights_.ownership(ownership.id), ownership);
  ownership.series = {};
  EXPECT_TRUE(rights_.update(ownership));
  ownership.version = 2;
  EXPECT_EQ(rights_.ownerships({.tenant = tenant_}, {}, 10), std::vector{ownership});
  EXPECT_TRUE(rights_.remove(entry.id));
  EXPECT_TRUE(rights_.remove(ownership.id));
}

TEST_F(RightsStore, GathersWhatConcernsAHolderWithTheAllowListForAll) {
  const Licence licence = add(sample());
  Licence foreign = sample();
  foreign.holder = other_;
  add(foreign);
  const AllowEntryId own = rights_.add(AllowEntry{{}, holder_, AllowKind::account, {}, "a", "", 1});
  const AllowEntryId all = rights_.add(AllowEntry{{}, {}, AllowKind::account, {}, "b", "", 1});
  rights_.add(AllowEntry{{}, other_, AllowKind::account, {}, "c", "", 1});
  const std::vector holders{holder_};
  const RightsRecord record = rights_.record_of(holders);
  EXPECT_EQ(record.licences, std::vector{licence});
  ASSERT_EQ(record.allow_entries.size(), 2U);
  EXPECT_EQ(record.allow_entries[0].id, all);
  EXPECT_EQ(record.allow_entries[1].id, own);
}

TEST_F(RightsStore, KeepsAHolderThatHasSomethingOnRecord) {
  Works works(database());
  EXPECT_TRUE(works.remove_holder(other_));
  add(sample());
  EXPECT_FALSE(works.remove_holder(holder_));
}

TEST_F(RightsStore, KeepsAHoldersRecordWhenItsLastReferenceIsRemoved) {
  const ReferenceId reference = add_sample(store_);
  Licence licence = sample();
  licence.holder = store_.reference(reference)->holder.id;
  add(licence);
  const std::vector references{reference};
  EXPECT_EQ(store_.remove_references(references), 1U);
  EXPECT_TRUE(Works(database()).holder(licence.holder));
}

TEST_F(RightsStore, AnswersADryRun) {
  DryRuns dry_runs(database());
  const DryRunId id = dry_runs.add({{}, tenant_, {}, R"({"most":5})", "", day(3)});
  dry_runs.set_job(id, JobId{7});
  EXPECT_EQ(dry_runs.find(id)->answer, "");
  dry_runs.answer(id, R"({"screenings":2})");
  const auto found = dry_runs.find(id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->job, JobId{7});
  EXPECT_EQ(found->tenant, tenant_);
  EXPECT_EQ(found->question, R"({"most":5})");
  EXPECT_EQ(found->answer, R"({"screenings":2})");
  EXPECT_EQ(found->asked_at, day(3));
}

TEST_F(RightsStore, EntersEveryListingThroughAnIndexAndSortsNothing) {
  using namespace statements;
  for (const std::string_view select : {kLicences, kPolicies, kAllowEntries, kOwnerships}) {
    for (const std::string_view condition : {kOfThatHolder, kOfThatId}) {
      std::string sql = "EXPLAIN QUERY PLAN " + std::string(select);
      sql.append(condition).append(kById);
      Statement row = database().statement({"explain", sql});
      while (row.step()) {
        EXPECT_EQ(row.text(3).find("SCAN"), std::string::npos) << sql << row.text(3);
        EXPECT_EQ(row.text(3).find("TEMP B-TREE"), std::string::npos) << sql << row.text(3);
      }
    }
  }
}

}  // namespace
}  // namespace reelprint::store
