#include "pipeline/workspace.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "core/error.h"
#include "core/file_lock.h"
#include "core/files.h"
#include "fingerprint/fingerprint_codec.h"
#include "index/live_index.h"
#include "index/manifest.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

using test::add_reference;

class WorkspaceFolder : public testing::Test {
 protected:
  [[nodiscard]] Workspace open() const { return Workspace(folder_.path() / "data"); }
  [[nodiscard]] std::filesystem::path index_folder() const { return folder_.path() / "data" / "index"; }
  /// The only segment of a family.
  [[nodiscard]] std::filesystem::path segment_file(const std::string& family) const {
    for (const auto& entry : std::filesystem::directory_iterator(index_folder()))
      if (entry.path().filename().string().starts_with(family + "-")) return entry.path();
    return index_folder() / (family + "-0.rps");
  }
  [[nodiscard]] std::filesystem::path index_file() const { return segment_file("frames"); }
  void damage_index_file() const { replace_file(index_file(), std::as_bytes(std::span("not an index"))); }
  /// Saves another index than the store's.
  void forge_index(const index::IndexedReference& reference) const {
    index::LiveIndex forged(index_folder(), kAlgorithm);
    forged.add({reference, {}, {}});
    forged.save();
  }
  /// What a fresh look at the folder finds wrong.
  [[nodiscard]] std::vector<std::string> problems() const { return open().verify_index().problems; }

  static std::vector<std::int64_t> ids(const index::FrameIndex& index) {
    std::vector<std::int64_t> found;
    for (const auto* reference : index.references()) found.push_back(reference->reference.value);
    return found;
  }

  test::ClipFolder folder_;
};

using Problems = std::vector<std::string>;
using Ids = std::vector<std::int64_t>;

TEST_F(WorkspaceFolder, IsMadeWhenItIsNotThere) {
  Workspace workspace = open();
  EXPECT_EQ(workspace.open_index().size(), 0U);
  EXPECT_EQ(problems(), Problems{});
}

TEST_F(WorkspaceFolder, IsNotFoundWhenItMayNotBeMade) {
  try {
    Workspace workspace(folder_.path() / "data", false);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::not_found);
  }
}

NegativeId add_negative(store::Store& store, std::uint64_t number, AlgorithmId algorithm = kAlgorithm) {
  const Fingerprint print = test::print_of(number, 5);
  Negative negative;
  negative.name = "card.mp4";
  negative.media = print.media;
  negative.duration = print.duration;
  negative.algorithm = algorithm;
  return store.add_negative(negative, fingerprint::encode(print)).negative;
}

TEST_F(WorkspaceFolder, HoldsThePicturesOfTheNegativeBank) {
  Workspace workspace = open();
  const NegativeId id = add_negative(workspace.store(), 1);
  const index::FrameIndex& negatives = workspace.open_negatives();
  EXPECT_EQ(negatives.searchable(), 5U);
  ASSERT_NE(negatives.find({id.value}), nullptr);
  EXPECT_EQ(negatives.find({id.value})->keyframes, test::print_of(1, 5).keyframes);
  EXPECT_EQ(workspace.open_index().size(), 0U) << "a negative is no reference";
}

TEST_F(WorkspaceFolder, KeepsUpWithTheNegativeBank) {
  Workspace workspace = open();
  EXPECT_EQ(ids(workspace.open_negatives()), Ids{});
  store::Store other(folder_.path() / "data");
  const NegativeId first = add_negative(other, 1);
  const NegativeId second = add_negative(other, 2);
  EXPECT_EQ(ids(workspace.open_negatives()), (Ids{first.value, second.value}));
  other.remove_negatives(std::vector{first});
  EXPECT_EQ(ids(workspace.open_negatives()), Ids{second.value});
}

TEST_F(WorkspaceFolder, TellsOfNegativesThatItCannotUse) {
  Workspace workspace = open();
  add_negative(workspace.store(), 1, AlgorithmId{1});
  EXPECT_EQ(workspace.open_negatives().size(), 0U);
  Negative damaged;
  damaged.name = "damaged.mp4";
  workspace.store().add_negative(damaged, std::array<std::byte, 3>{});
  const Problems told = problems();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0], "negative 1 was fingerprinted by another algorithm: add it again");
  EXPECT_NE(told[1].find("fingerprint of negative 2"), std::string::npos) << told[1];
}

TEST_F(WorkspaceFolder, HoldsAReferenceAsItWasFingerprinted) {
  Workspace workspace = open();
  const ReferenceId id = add_reference(workspace.store(), 1);
  const auto* indexed = workspace.open_index().find(id);
  ASSERT_NE(indexed, nullptr);
  EXPECT_EQ(indexed->keyframes, test::print_of(1).keyframes);
  EXPECT_EQ(indexed->duration, test::print_of(1).duration);
  EXPECT_EQ(indexed->episode, workspace.store().reference(id)->episode.id);
  EXPECT_EQ(indexed->series, workspace.store().reference(id)->series.id);
}

TEST_F(WorkspaceFolder, CatchesUpWithWhatWasAdded) {
  Workspace workspace = open();
  add_reference(workspace.store(), 1);
  EXPECT_EQ(ids(workspace.open_index()), Ids{1});
  add_reference(workspace.store(), 2);
  EXPECT_EQ(ids(workspace.open_index()), (Ids{1, 2}));
}

TEST_F(WorkspaceFolder, CatchesUpWithWhatWasRemoved) {
  Workspace workspace = open();
  const std::vector<ReferenceId> gone = {add_reference(workspace.store(), 1)};
  add_reference(workspace.store(), 2);
  workspace.open_index();
  workspace.store().remove_references(gone);
  EXPECT_EQ(ids(workspace.open_index()), Ids{2});
  EXPECT_EQ(problems(), Problems{});
}

TEST_F(WorkspaceFolder, CatchesUpWithWhatAnotherProcessDid) {
  Workspace mine = open();
  const std::vector<ReferenceId> gone = {add_reference(mine.store(), 1)};
  mine.open_index();
  Workspace theirs = open();
  add_reference(theirs.store(), 2);
  theirs.store().remove_references(gone);
  EXPECT_EQ(ids(mine.open_index()), Ids{2});
}

TEST_F(WorkspaceFolder, KeepsItsIndexOnDisk) {
  Workspace workspace = open();
  add_reference(workspace.store(), 1);
  workspace.open_index();
  const index::LiveIndex on_disk(index_folder(), kAlgorithm);
  EXPECT_EQ(ids(on_disk.content()->frames), Ids{1});
  EXPECT_EQ(problems(), Problems{});
}

TEST_F(WorkspaceFolder, RebuildsADamagedIndex) {
  Workspace first = open();
  add_reference(first.store(), 1);
  first.open_index();
  damage_index_file();
  EXPECT_EQ(problems().size(), 2U) << "the segment, and the reference that it held";
  EXPECT_EQ(ids(open().open_index()), Ids{1});
  EXPECT_EQ(problems(), Problems{});
}

TEST_F(WorkspaceFolder, RebuildsADamagedIndexOfAnEmptyStore) {
  open().open_index();
  std::filesystem::create_directories(index_folder());
  damage_index_file();
  EXPECT_EQ(problems().size(), 1U);
  (void)open().open_index();
  EXPECT_EQ(problems(), Problems{});
}

TEST_F(WorkspaceFolder, RebuildsAnIndexOfAnotherAlgorithm) {
  Workspace first = open();
  add_reference(first.store(), 1);
  first.open_index();
  index::write_manifest(index_folder(), AlgorithmId{99}, {});
  EXPECT_EQ(ids(open().open_index()), Ids{1});
  EXPECT_EQ(problems(), Problems{});
}

TEST_F(WorkspaceFolder, ChangesNothingWhenItIsVerified) {
  Workspace workspace = open();
  add_reference(workspace.store(), 1);
  workspace.open_index();
  damage_index_file();
  const auto before = read_file(index_file(), 1 << 20);
  (void)open().verify_index();
  EXPECT_EQ(read_file(index_file(), 1 << 20), before);
}

TEST_F(WorkspaceFolder, SeesAndMendsADamagedOrMissingSegment) {
  add_reference(open().store(), 1);
  (void)open().open_index();
  for (const std::string family : {"frames", "features", "sounds"}) {
    for (const bool is_missing : {false, true}) {
      const auto file = segment_file(family);
      const auto sound = read_file(file, 1 << 20);
      auto damaged = sound;
      damaged[damaged.size() / 2] ^= std::byte{1};
      is_missing ? static_cast<void>(std::filesystem::remove(file)) : replace_file(file, damaged);
      EXPECT_EQ(problems().size(), 2U) << family << ": the segment, and the reference that it held";
      (void)open().open_index();
      EXPECT_EQ(problems(), Problems{}) << family;
      EXPECT_EQ(read_file(segment_file(family), 1 << 20), sound) << family;
    }
  }
}

TEST_F(WorkspaceFolder, SaysWhichReferencesTheIndexLacks) {
  Workspace workspace = open();
  add_reference(workspace.store(), 1);
  workspace.open_index();
  add_reference(workspace.store(), 2);
  const IndexReport report = workspace.verify_index();
  EXPECT_EQ(report.references, 2U);
  EXPECT_EQ(report.problems, (Problems{"reference 2 is not in the index of frames",
                                       "reference 2 is not in the index of features",
                                       "reference 2 is not in the index of sound"}));
}

TEST_F(WorkspaceFolder, SaysWhichReferencesTheStoreLacks) {
  Workspace workspace = open();
  const std::vector<ReferenceId> gone = {add_reference(workspace.store(), 1)};
  add_reference(workspace.store(), 2);
  workspace.open_index();
  workspace.store().remove_references(gone);
  EXPECT_EQ(problems(), (Problems{"reference 1 is in the index of frames but not in the store",
                                  "reference 1 is in the index of features but not in the store",
                                  "reference 1 is in the index of sound but not in the store"}));
}

TEST_F(WorkspaceFolder, SaysAndMendsWhichReferencesDiffer) {
  Workspace workspace = open();
  const ReferenceId id = add_reference(workspace.store(), 1);
  index::IndexedReference reference = *workspace.open_index().find(id);
  reference.keyframes[3].hash.words[0] ^= 1;
  forge_index(reference);
  EXPECT_EQ(problems(), Problems{"reference 1 differs from the store"});
  open().repair_index();
  EXPECT_EQ(problems(), Problems{});
  EXPECT_EQ(open().open_index().find(id)->keyframes, test::print_of(1).keyframes);
}

TEST_F(WorkspaceFolder, MakesTheIndexAgainWhenTold) {
  Workspace workspace = open();
  const ReferenceId id = add_reference(workspace.store(), 1);
  workspace.open_index();
  forge_index(to_indexed(id, {1}, {1}, test::print_of(9)));
  EXPECT_EQ(open().rebuild_index().find(id)->keyframes, test::print_of(1).keyframes);
  EXPECT_EQ(problems(), Problems{});
}

TEST_F(WorkspaceFolder, LeavesNothingOnDiskOfWhatWasRemoved) {
  Workspace workspace = open();
  const std::vector<ReferenceId> gone = {add_reference(workspace.store(), 1)};
  for (int number = 2; number <= 20; ++number) add_reference(workspace.store(), number);
  workspace.open_index();
  workspace.store().remove_references(gone);
  EXPECT_EQ(workspace.open_index().find(gone[0]), nullptr);
  EXPECT_FALSE(problems().empty()) << "one of twenty is not worth a merge";
  workspace.compact_index();
  EXPECT_EQ(problems(), Problems{});
}

TEST_F(WorkspaceFolder, MendsWhatIsDamagedWhileItIsOpen) {
  for (const std::string family : {"frames", "features", "sounds"}) {
    Workspace workspace = open();
    add_reference(workspace.store(), 1 + static_cast<int>(workspace.store().stats().references));
    workspace.open_index();
    const auto file = segment_file(family);
    {  // in place, under the mapping
      std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
      stream.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file) / 2));
      stream.put('!');
    }
    add_reference(workspace.store(), 1 + static_cast<int>(workspace.store().stats().references));
    const auto count = workspace.store().stats().references;
    EXPECT_EQ(workspace.open_index().size(), count) << family;
    EXPECT_EQ(workspace.features().references(), count) << family;
    EXPECT_EQ(problems(), Problems{}) << family;
  }
}

TEST_F(WorkspaceFolder, WaitsForNobodyWhoIsSaving) {
  Workspace workspace = open();
  std::filesystem::create_directories(index_folder());
  const auto lock = FileLock::try_lock(index_folder() / "lock");
  add_reference(workspace.store(), 1);
  EXPECT_EQ(ids(workspace.open_index()), Ids{1});
  EXPECT_FALSE(std::filesystem::exists(index_file()));
}

TEST_F(WorkspaceFolder, SaysWhenFingerprintsAreOfAnotherAlgorithm) {
  Workspace workspace = open();
  store::NewReference reference;
  reference.holder = reference.series = "x";
  reference.reference.file = "x.mp4";
  workspace.store().add_reference(reference, {}, AlgorithmId{99});
  EXPECT_EQ(workspace.verify_index().problems,
            Problems{"1 references were fingerprinted by another algorithm: register them again"});
  EXPECT_EQ(workspace.open_index().size(), 0U);
}

TEST_F(WorkspaceFolder, DoesNotTakeAFingerprintThatIsNone) {
  Workspace workspace = open();
  store::NewReference reference;
  reference.holder = reference.series = "x";
  reference.reference.file = "x.mp4";
  workspace.store().add_reference(reference, std::vector<std::byte>(40), kAlgorithm);
  EXPECT_THROW(workspace.open_index(), Error);
}

}  // namespace
}  // namespace reelprint::pipeline
