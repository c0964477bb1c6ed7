#include <gtest/gtest.h>

#include <utility>

#include "samples.h"
#include "store/catalog.h"

namespace reelprint::store {
namespace {

TEST(Catalog, ReturnsAReferenceWithEverythingAboveIt) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const NewReference sample = sample_reference();
  const Registered added = store.add_reference(sample, bytes_of("print"), kAlgorithm);
  EXPECT_EQ(added.outcome, Registration::added);

  const auto entry = store.reference(added.reference);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->reference.id, added.reference);
  EXPECT_EQ(entry->reference.episode, entry->episode.id);
  EXPECT_EQ(entry->reference.cut, sample.reference.cut);
  EXPECT_EQ(entry->reference.language, sample.reference.language);
  EXPECT_EQ(entry->reference.subtitles, sample.reference.subtitles);
  EXPECT_EQ(entry->reference.file, sample.reference.file);
  EXPECT_EQ(entry->reference.media, sample.reference.media);
  EXPECT_EQ(entry->reference.duration, sample.reference.duration);
  EXPECT_EQ(entry->reference.registered_at, sample.reference.registered_at);
  EXPECT_EQ(entry->episode.series, entry->series.id);
  EXPECT_EQ(entry->episode.season, sample.episode.season);
  EXPECT_EQ(entry->episode.number, sample.episode.number);
  EXPECT_EQ(entry->episode.title, sample.episode.title);
  EXPECT_EQ(entry->episode.licence_number, sample.episode.licence_number);
  EXPECT_EQ(entry->episode.eidr, sample.episode.eidr);
  EXPECT_EQ(entry->episode.isan, sample.episode.isan);
  EXPECT_EQ(entry->series.holder, entry->holder.id);
  EXPECT_EQ(entry->series.name, sample.series);
  EXPECT_EQ(entry->holder.name, sample.holder);
}

TEST(Catalog, ReturnsFingerprintBytesAsTheyWereGiven) {
  const TemporaryFolder folder;
  Store store(folder.path());
  std::vector<std::byte> bytes(300'000);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 31 & 0xFF);
  const ReferenceId large = store.add_reference(sample_reference(1), bytes, kAlgorithm).reference;
  const ReferenceId empty = store.add_reference(sample_reference(2), {}, kAlgorithm).reference;

  const auto stored = store.fingerprint(large);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->bytes, bytes);
  EXPECT_EQ(stored->reference, large);
  EXPECT_EQ(stored->episode, store.reference(large)->episode.id);
  EXPECT_EQ(stored->series, store.reference(large)->series.id);
  ASSERT_TRUE(store.fingerprint(empty));
  EXPECT_TRUE(store.fingerprint(empty)->bytes.empty());
}

TEST(Catalog, TheSameFileTwiceIsUnchanged) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId first = add_sample(store);

  const Registered again = store.add_reference(sample_reference(), bytes_of("other bytes"), kAlgorithm);

  EXPECT_EQ(again.outcome, Registration::unchanged);
  EXPECT_EQ(again.reference, first);
  EXPECT_EQ(store.find_reference(sample_reference()), first);
  EXPECT_EQ(store.fingerprint(first)->bytes, bytes_of("fingerprint 1"));
  EXPECT_EQ(store.stats().references, 1U);
}

TEST(Catalog, AChangedFileUnderTheSameEpisodeIsASecondReference) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId first = add_sample(store);
  NewReference changed = sample_reference();
  changed.reference.media = media_number(99);
  EXPECT_FALSE(store.find_reference(changed));

  const Registered second = store.add_reference(changed, bytes_of("print"), kAlgorithm);

  EXPECT_EQ(second.outcome, Registration::added);
  EXPECT_NE(second.reference, first);
  EXPECT_EQ(store.stats().references, 2U);
  EXPECT_EQ(store.stats().episodes, 1U);
}

TEST(Catalog, EachPartOfTheIdentityMakesAnotherReference) {
  const TemporaryFolder folder;
  Store store(folder.path());
  add_sample(store);
  std::vector<NewReference> others(7, sample_reference());
  others[0].holder = "Another";
  others[1].series = "Another";
  others[2].episode.season = 3;
  others[3].episode.number = 4;
  others[4].reference.cut = "";
  others[5].reference.language = "";
  others[6].reference.subtitles = "";
  for (const NewReference& other : others) {
    EXPECT_EQ(store.add_reference(other, {}, kAlgorithm).outcome, Registration::added);
  }
  EXPECT_EQ(store.stats().references, 8U);
}

TEST(Catalog, BringsDescriptiveFieldsUpToDateWhenTheyDifferAndAreNotEmpty) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId id = add_sample(store);
  NewReference newer = sample_reference();
  newer.episode.title = "The wedding, part 1";
  newer.episode.licence_number.clear();
  newer.episode.eidr.clear();
  newer.episode.isan = "0000-0000-3A8D-0000-Z-0000-0001-7";

  EXPECT_EQ(store.refresh_reference(newer).outcome, Registration::updated);
  EXPECT_EQ(store.refresh_reference(newer).outcome, Registration::unchanged);
  EXPECT_EQ(store.add_reference(newer, {}, kAlgorithm).outcome, Registration::unchanged);
  EXPECT_EQ(store.add_reference(sample_reference(), {}, kAlgorithm).outcome, Registration::updated);
  EXPECT_EQ(store.refresh_reference(newer).reference, id);

  const Episode episode = store.reference(id)->episode;
  EXPECT_EQ(episode.title, newer.episode.title);
  EXPECT_EQ(episode.licence_number, sample_reference().episode.licence_number);
  EXPECT_EQ(episode.eidr, sample_reference().episode.eidr);
  EXPECT_EQ(episode.isan, newer.episode.isan);
}

TEST(Catalog, ASecondReferenceDescribesItsEpisodeToo) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId id = add_sample(store);
  NewReference dub = sample_reference();
  dub.reference.language = "en";
  dub.episode.title = "A better title";
  EXPECT_EQ(store.add_reference(dub, {}, kAlgorithm).outcome, Registration::added);
  EXPECT_EQ(store.reference(id)->episode.title, "A better title");
}

TEST(Catalog, AMovedFileIsNotedAndCountsAsUnchanged) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId id = add_sample(store);
  NewReference moved = sample_reference();
  moved.reference.file = "/archive/1.mp4";
  EXPECT_EQ(store.refresh_reference(moved).outcome, Registration::unchanged);
  EXPECT_EQ(store.reference(id)->reference.file, "/archive/1.mp4");

  moved.reference.file.clear();
  EXPECT_EQ(store.refresh_reference(moved).outcome, Registration::unchanged);
  EXPECT_EQ(store.reference(id)->reference.file, "/archive/1.mp4");
}

TEST(Catalog, RefreshingWhatIsNotRegisteredIsNotFound) {
  const TemporaryFolder folder;
  Store store(folder.path());
  EXPECT_EQ(error_of([&] { store.refresh_reference(sample_reference()); }), ErrorCode::not_found);
  EXPECT_EQ(store.stats().holders, 0U);
}

TEST(Catalog, ReplacesAFingerprintOfAnotherAlgorithm) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const AlgorithmId old{7};
  const AlgorithmId highest{0xFFFF'FFFF};
  const ReferenceId id = store.add_reference(sample_reference(1), bytes_of("old"), old).reference;
  const ReferenceId other = store.add_reference(sample_reference(2), bytes_of("newer"), highest).reference;
  EXPECT_EQ(store.fingerprinted_references(old), std::vector{id});
  EXPECT_EQ(store.fingerprinted_references(highest), std::vector{other});
  EXPECT_EQ(store.fingerprints_of_other_algorithms(kAlgorithm), 2U);

  EXPECT_EQ(store.add_reference(sample_reference(1), bytes_of("new"), kAlgorithm).outcome,
            Registration::updated);

  EXPECT_EQ(store.fingerprint(id)->bytes, bytes_of("new"));
  EXPECT_EQ(store.fingerprints_of_other_algorithms(kAlgorithm), 1U);
  EXPECT_EQ(store.fingerprinted_references(kAlgorithm), std::vector{id});
}

TEST(Catalog, RemovalTakesTheFingerprintAndWhatIsEmptyAbove) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId id = add_sample(store);

  EXPECT_EQ(store.remove_references(std::vector{id, id, ReferenceId{12345}}), 1U);

  EXPECT_FALSE(store.reference(id));
  EXPECT_FALSE(store.fingerprint(id));
  EXPECT_FALSE(store.find_reference(sample_reference()));
  const CatalogStats stats = store.stats();
  EXPECT_EQ(stats.holders + stats.series + stats.episodes + stats.references, 0U);
  EXPECT_EQ(stats.fingerprint_bytes, 0U);
  EXPECT_TRUE(store.check().empty());
}

TEST(Catalog, RemovalKeepsWhatIsNotEmpty) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId first = add_sample(store, 1);
  NewReference dub = sample_reference(1);
  dub.reference.language = "en";
  const ReferenceId second = store.add_reference(dub, {}, kAlgorithm).reference;
  const ReferenceId third = add_sample(store, 2);

  EXPECT_EQ(store.remove_references(std::vector{first}), 1U);
  EXPECT_EQ(store.stats().episodes, 2U);
  EXPECT_EQ(store.remove_references(std::vector{second}), 1U);
  EXPECT_EQ(store.stats().episodes, 1U);
  EXPECT_EQ(store.stats().series, 1U);
  EXPECT_EQ(store.stats().holders, 1U);
  EXPECT_TRUE(store.reference(third));
}

TEST(Catalog, NeverUsesAnIdTwice) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId removed = add_sample(store);
  const EpisodeId episode = store.reference(removed)->episode.id;
  store.remove_references(std::vector{removed});
  const ReferenceId next = add_sample(store);
  EXPECT_GT(next, removed);
  EXPECT_GT(store.reference(next)->episode.id, episode);
}

TEST(Catalog, CountsWhatItHolds) {
  const TemporaryFolder folder;
  Store store(folder.path());
  add_sample(store, 1);
  add_sample(store, 2);
  NewReference other = sample_reference(1);
  other.holder = "Another";
  store.add_reference(other, bytes_of("123456789"), kAlgorithm);
  store.add_screening(Screening{});

  const CatalogStats stats = store.stats();
  EXPECT_EQ(stats.holders, 2U);
  EXPECT_EQ(stats.series, 2U);
  EXPECT_EQ(stats.episodes, 3U);
  EXPECT_EQ(stats.references, 3U);
  EXPECT_EQ(stats.screenings, 1U);
  EXPECT_EQ(stats.duration, duration_of(3 * 91.5));
  EXPECT_EQ(stats.fingerprint_bytes, 13U + 13U + 9U);
}

TEST(Catalog, TextOfAnyBytesButNulRoundTrips) {
  const TemporaryFolder folder;
  Store store(folder.path());
  NewReference odd = sample_reference();
  odd.holder = "'; DROP TABLE holders; --";
  odd.series = "\x01\x1F\x7F\"\\\r\n\t%_?1 霸道总裁 \U0001F3AC";
  odd.episode.title = "e\xCC\x81 is not \xC3\xA9";
  odd.reference.file = "/media/latin1-\xE9\xFF.mp4";

  const ReferenceId id = store.add_reference(odd, {}, kAlgorithm).reference;

  EXPECT_EQ(store.find_reference(odd), id);
  const auto entry = store.reference(id);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->holder.name, odd.holder);
  EXPECT_EQ(entry->series.name, odd.series);
  EXPECT_EQ(entry->episode.title, odd.episode.title);
  EXPECT_EQ(entry->reference.file, odd.reference.file);
}

TEST(Catalog, RefusesTextWithANulAndKeepsNothingOfIt) {
  const TemporaryFolder folder;
  Store store(folder.path());
  NewReference odd = sample_reference();
  odd.reference.file = std::string("/media/a\0b.mp4", 14);
  EXPECT_EQ(error_of([&] { store.add_reference(odd, {}, kAlgorithm); }), ErrorCode::invalid_input);
  EXPECT_EQ(store.stats().holders, 0U);
  EXPECT_EQ(store.add_reference(sample_reference(), {}, kAlgorithm).outcome, Registration::added);
}

TEST(Catalog, RefusesANegativeDuration) {
  const TemporaryFolder folder;
  Store store(folder.path());
  NewReference odd = sample_reference();
  odd.reference.duration = Duration{-1};
  EXPECT_EQ(error_of([&] { store.add_reference(odd, {}, kAlgorithm); }), ErrorCode::invalid_input);
}

TEST(Catalog, ADigestOfTheWrongLengthIsCorruptAndNoCrash) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId id = add_sample(store);
  vandalise(folder.database(), "UPDATE reference_cuts SET media = x'0102'");
  EXPECT_EQ(error_of([&] { std::ignore = store.reference(id); }), ErrorCode::corrupt);
}

TEST(Catalog, ANumberThatDoesNotFitIsCorrupt) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId id = add_sample(store);
  vandalise(folder.database(), "UPDATE episodes SET season = 1 << 40");
  EXPECT_EQ(error_of([&] { std::ignore = store.reference(id); }), ErrorCode::corrupt);
}

TEST(Catalog, CheckFindsARowWhoseOwnerIsGone) {
  const TemporaryFolder folder;
  Store store(folder.path());
  add_sample(store);
  EXPECT_TRUE(store.check().empty());
  vandalise(folder.database(), "PRAGMA foreign_keys = OFF; DELETE FROM episodes");
  ASSERT_EQ(store.check().size(), 1U);
  EXPECT_EQ(store.check().front(), "row 1 of reference_cuts names a row of episodes that is not there");
}

TEST(Catalog, OnlyWhatIsActiveOrQuarantinedIsSearched) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId id = add_sample(store);
  for (const auto& [state, is_searched] : {std::pair{ReferenceState::held, false},
                                           {ReferenceState::quarantined, true},
                                           {ReferenceState::pending, false},
                                           {ReferenceState::retracted, false},
                                           {ReferenceState::failed, false},
                                           {ReferenceState::active, true}}) {
    ASSERT_TRUE(store.set_reference_state(id, state, "because"));
    EXPECT_EQ(store.reference(id)->reference.state, state);
    EXPECT_EQ(store.reference(id)->reference.reason, "because");
    EXPECT_EQ(store.fingerprinted_references(kAlgorithm).size(), is_searched ? 1U : 0U) << to_string(state);
  }
  EXPECT_FALSE(store.set_reference_state(ReferenceId{id.value + 1}, ReferenceState::held));
}

TEST(Catalog, WhatWasRetractedIsActiveAgainWhenItIsRegisteredAgain) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId id = add_sample(store);
  ASSERT_TRUE(store.set_reference_state(id, ReferenceState::retracted, "sold"));
  const Registered again = store.add_reference(sample_reference(), bytes_of("print"), kAlgorithm);
  EXPECT_EQ(again.outcome, Registration::updated);
  EXPECT_EQ(again.reference, id);
  EXPECT_EQ(store.reference(id)->reference.state, ReferenceState::active);
}

TEST(Catalog, KeepsWhatIsExcludedOfAReference) {
  const TemporaryFolder folder;
  Store store(folder.path());
  const ReferenceId id = add_sample(store);
  Catalog catalog(store.database());
  const std::vector<ExcludedInterval> wanted{{{{0}, {5}}, "logo"}, {{{5}, {9}}, ""}};
  catalog.exclude(id, wanted);
  EXPECT_EQ(store.excluded_intervals(id), wanted);
  const std::vector<ExcludedInterval> overlapping{{{{0}, {5}}, ""}, {{{4}, {9}}, ""}};
  EXPECT_EQ(error_of([&] { catalog.exclude(id, overlapping); }), ErrorCode::invalid_input);
  EXPECT_EQ(store.excluded_intervals(id), wanted);
  catalog.exclude(id, {});
  EXPECT_TRUE(store.excluded_intervals(id).empty());
}

}  // namespace
}  // namespace reelprint::store
