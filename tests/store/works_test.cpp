#include "store/works.h"

#include <gtest/gtest.h>

#include <array>

#include "samples.h"
#include "store/conflicts.h"
#include "store/imports.h"
#include "store/references.h"
#include "store/references_statements.h"
#include "store/schema.h"
#include "store/statements.h"
#include "store/works_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

class WorksTest : public testing::Test {
 protected:
  EpisodeId add_episode() {
    const HolderId holder = works_.add_holder("Lotus", {});
    Episode episode;
    episode.series = works_.add(holder, "The Oath", "{}");
    episode.number = 1;
    return works_.add(episode);
  }
  ReferenceId add_pending(EpisodeId episode) {
    Reference reference;
    reference.episode = episode;
    reference.language = "en";
    return references_.add_pending(reference);
  }

  TemporaryFolder folder_;
  Store store_{folder_.path()};
  Works works_{store_.database()};
  References references_{store_.database()};
};

TEST_F(WorksTest, ChangeOnlyInTheVersionNamed) {
  const EpisodeId id = add_episode();
  Episode episode = works_.episode(id)->episode;
  episode.title = "The bridge";
  EXPECT_TRUE(works_.update(episode));
  EXPECT_FALSE(works_.update(episode));
  EXPECT_EQ(works_.episode(id)->episode.title, "The bridge");
  EXPECT_EQ(works_.episode(id)->episode.version, 2);
}

TEST_F(WorksTest, AreNotRemovedWithSomethingBelowThem) {
  const EpisodeId id = add_episode();
  const Work work = works_.episode(id)->work;
  EXPECT_FALSE(works_.remove_holder(work.holder.id));
  EXPECT_FALSE(works_.remove(work.series.id));
  EXPECT_TRUE(works_.remove(id));
  EXPECT_TRUE(works_.remove(work.series.id));
  EXPECT_TRUE(works_.remove_holder(work.holder.id));
  EXPECT_FALSE(works_.holder("Lotus", {}));
}

TEST_F(WorksTest, HoldersOfDifferentTenantsMayHaveOneName) {
  for (const char* name : {"a", "b"})
    store_.database().run({"add", "INSERT INTO tenants (name, kind, created_at_us) VALUES (?1, 'holder', 0)"},
                          name);
  const HolderId second = works_.add_holder("Lotus", TenantId{2});
  const HolderId first = works_.add_holder("Lotus", TenantId{1});
  EXPECT_EQ(works_.holder("Lotus", TenantId{2})->id, second);
  EXPECT_EQ(works_.holder("Lotus", {})->id, first);
  const HolderId nobodys = works_.add_holder("Lotus", {});
  EXPECT_EQ(works_.holder("Lotus", {})->id, nobodys);
  EXPECT_THROW(works_.add_holder("Lotus", TenantId{1}), Error);
}

TEST_F(WorksTest, OfOneTenantAreListedPageByPage) {
  store_.database().run({"add", "INSERT INTO tenants (name, kind, created_at_us) VALUES ('a', 'holder', 0)"});
  const TenantId tenant{store_.database().last_key()};
  for (const char* name : {"a", "b", "c"}) works_.add_holder(name, tenant);
  works_.add_holder("d", {});
  const auto first = works_.holders({tenant, ""}, {}, 2);
  ASSERT_EQ(first.size(), 2U);
  const auto rest = works_.holders({tenant, ""}, first.back().id, 2);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].name, "c");
  EXPECT_EQ(works_.holders({}, {}, 10).size(), 4U);
}

TEST_F(WorksTest, AnyNumberOfReferencesMayBePendingUnderOneCut) {
  const EpisodeId episode = add_episode();
  const ReferenceId first = add_pending(episode);
  const ReferenceId second = add_pending(episode);
  const std::vector<std::byte> print = bytes_of("print");
  const FoundMedia media{media_number(1), Duration{5}, print};
  EXPECT_TRUE(references_.complete(first, media));
  EXPECT_EQ(references_.twin_of(second, media_number(1)), first);
  EXPECT_EQ(error_of([&] { (void)references_.complete(second, media); }), ErrorCode::invalid_input);
  ASSERT_TRUE(references_.fail(first, "broken"));
  EXPECT_FALSE(references_.fail(first, "again"));
  EXPECT_FALSE(store_.fingerprint(first));
  EXPECT_TRUE(references_.complete(second, media));
  EXPECT_TRUE(references_.remove_failed(first));
  EXPECT_FALSE(references_.remove_failed(second));
}

TEST_F(WorksTest, AConflictIsDecidedOnceAndEndsWithEitherReference) {
  const EpisodeId episode = add_episode();
  const ReferenceId first = add_pending(episode);
  const ReferenceId second = add_pending(episode);
  Conflicts conflicts(store_.database());
  Conflict conflict;
  conflict.reference = second;
  conflict.other = first;
  conflict.segments = {{{{0}, {5}}, {{1}, {6}}, Duration{5}, 0.9}};
  const ConflictId id = conflicts.add(conflict);
  EXPECT_EQ(conflicts.find(id)->segments, conflict.segments);
  EXPECT_EQ(conflicts.open_of(second), 1U);
  EXPECT_EQ(conflicts.close_all_of(first, {{}, "me", {}, "why"}), std::vector{second});
  EXPECT_EQ(conflicts.find(id)->state, ConflictState::kept);
  EXPECT_FALSE(conflicts.decide(id, {ConflictState::both, "me", {}, "why"}));
  EXPECT_EQ(conflicts.add(conflict), id);
  EXPECT_EQ(conflicts.find(id)->state, ConflictState::open);
}

TEST_F(WorksTest, EveryPointQueryGoesThroughAnIndex) {
  for (const StatementText& text : {kReadHolder,        kReadHolderNamed,     kRenameHolder,
                                    kUpdateWork,        kCountEpisodesOf,     kUpdateEpisode,
                                    kCountReferencesOf, kReadRegistration,    kFindTwin,
                                    kCompleteReference, kFindReferenceOfJob,  kReadSource,
                                    kFailReference,     kDescribeReference,   kReadImport,
                                    kListImports,       kListImportsOfTenant, kReadConflictSegments,
                                    kDecideConflict,    kCountOpenConflicts,  kCloseConflicts}) {
    const std::string explain = "EXPLAIN QUERY PLAN " + std::string(text.sql);
    Statement row = store_.database().statement({"explain", explain});
    while (row.step()) EXPECT_FALSE(row.text(3).starts_with("SCAN")) << text.sql << "\n" << row.text(3);
  }
}

}  // namespace
}  // namespace reelprint::store
