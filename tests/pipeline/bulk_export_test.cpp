#include "pipeline/bulk_export.h"

#include <gtest/gtest.h>

#include <fstream>

#include "fingerprint/sha256.h"
#include "pipeline/bulk_journal.h"
#include "pipeline/evidence_keys.h"
#include "store/cases.h"
#include "tests/support/set_clock.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

/// Four cases of a sighting each, of two accounts and holders.
class BulkExportOfCases : public testing::Test {
 protected:
  void SetUp() override {
    create_evidence_key(store_, data_, {"a lawyer", "", clock_.now()});
    for (int i = 1; i <= 4; ++i) {
      clock_.advance(std::chrono::hours(24));
      ids_.push_back(cases_.open_or_join({HolderId{i % 2 + 1},
                                          TenantId{1},
                                          "videos.example",
                                          "account" + std::to_string(i),
                                          {},
                                          SightingId{i},
                                          "crawler"},
                                         clock_.now()));
    }
    wanted_.folder = folder_.path() / "bulk";
    wanted_.actor = "a lawyer";
  }
  BulkCounts run() {
    seen_.clear();
    return export_cases(wanted_, {data_, "1.2.3", {}, {}}, clock_,
                        [&](const BulkBundle& bundle) { seen_.push_back(bundle); });
  }
  [[nodiscard]] std::filesystem::path file(std::size_t i) const {
    return wanted_.folder / bulk_name_of(ids_.at(i), wanted_.each.languages);
  }
  [[nodiscard]] std::vector<BulkCause> causes() const {
    std::vector<BulkCause> causes;
    for (const BulkBundle& bundle : seen_)
      if (bundle.outcome == BulkOutcome::made) causes.push_back(bundle.cause);
    return causes;
  }
  static void append(const std::filesystem::path& file, const char* text) {
    std::ofstream(file, std::ios::app | std::ios::binary) << text;
  }

  reelprint::test::TemporaryFolder folder_;
  std::filesystem::path data_ = folder_.path() / "data";
  store::Store store_{data_};
  store::Cases cases_{store_.database()};
  reelprint::test::SetClock clock_;
  BulkExport wanted_;
  std::vector<CaseId> ids_;
  std::vector<BulkBundle> seen_;
};

TEST_F(BulkExportOfCases, TellsOfEachCaseInOrderHoweverManyAreMadeAtOnce) {
  wanted_.jobs = 3;
  EXPECT_EQ(run().made, 4U);
  ASSERT_EQ(seen_.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(seen_[i].in_case, ids_[i]);
    EXPECT_EQ(seen_[i].sha256, fingerprint::sha256_of_file(file(i)));
    EXPECT_EQ(seen_[i].bytes, std::filesystem::file_size(file(i)));
  }
  EXPECT_EQ(run().skipped, 4U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(wanted_.folder), {}), 5)
      << "four bundles and the journal";
}

TEST_F(BulkExportOfCases, MakesAgainWhatIsDamagedChangedOrUnfinished) {
  EXPECT_EQ(run().made, 4U);
  append(file(0), "x");
  {
    std::fstream torn(file(1), std::ios::in | std::ios::out | std::ios::binary);
    torn.seekp(100);
    torn.put('\x7f');
  }
  cases_.assign(ids_[2], "kim", "kim", clock_.now());
  EXPECT_EQ(run().made, 3U);
  EXPECT_EQ(causes(), (std::vector{BulkCause::damaged, BulkCause::damaged, BulkCause::case_changed}));
  EXPECT_EQ(run().skipped, 4U);
  std::filesystem::remove(file(3));
  std::filesystem::remove(wanted_.folder / "journal.tsv");
  std::ofstream(file(3)) << "half";
  EXPECT_EQ(run().made, 4U) << "what no journal knows may be anything";
}

TEST_F(BulkExportOfCases, MakesAgainWhatWasMadeWithOtherSettings) {
  EXPECT_EQ(run().made, 4U);
  wanted_.each.with_media = true;
  EXPECT_EQ(run().made, 4U);
  EXPECT_EQ(causes(), std::vector(4, BulkCause::other_settings));
}

TEST_F(BulkExportOfCases, GoesOnBehindATornLineOfTheJournal) {
  EXPECT_EQ(run().made, 4U);
  const auto journal = wanted_.folder / "journal.tsv";
  std::filesystem::resize_file(journal, std::filesystem::file_size(journal) - 5);
  EXPECT_EQ(run().made, 1U);
  EXPECT_EQ(seen_.at(3).outcome, BulkOutcome::made);
  EXPECT_EQ(run().skipped, 4U);
  append(journal, "\t\t\t\t\t\n9\n1\t2\t3\t4\t5\t6\t7\n\xff\xfe\n99999999999999999999\t1\t1\ta\tb\tc\n");
  EXPECT_EQ(run().skipped, 4U);
}

TEST_F(BulkExportOfCases, TellsWhatFailsAndGoesOn) {
  std::filesystem::create_directories(file(1) / "in the way");
  wanted_.jobs = 2;
  const BulkCounts counts = run();
  EXPECT_EQ(counts.made, 3U);
  EXPECT_EQ(counts.failed, 1U);
  EXPECT_EQ(seen_.at(1).outcome, BulkOutcome::failed);
  EXPECT_EQ(seen_.at(1).error_code, "io") << seen_.at(1).error;
  std::filesystem::remove_all(file(1));
  EXPECT_EQ(run().made, 1U);
}

TEST_F(BulkExportOfCases, NarrowsToWhatIsAsked) {
  wanted_.cases.holder = HolderId{1};
  EXPECT_EQ(run().made, 2U);
  wanted_.cases = {};
  wanted_.cases.account = "account3";
  EXPECT_EQ(run().made, 1U);
  wanted_.cases = {};
  wanted_.cases.from = cases_.find(ids_[3])->opened_at;
  EXPECT_EQ(run().skipped, 1U) << "the holder's bundle of before";
  wanted_.cases.state = CaseState::closed;
  EXPECT_EQ(run().skipped + run().made, 0U);
}

TEST_F(BulkExportOfCases, LeavesTheFolderToOneRunAtATime) {
  std::filesystem::create_directories(wanted_.folder);
  const BulkJournal other(wanted_.folder);
  try {
    (void)run();
    FAIL() << "there is another";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::busy);
  }
}

}  // namespace
}  // namespace reelprint::pipeline
