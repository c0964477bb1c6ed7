#include "pipeline/workspace.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "fingerprint/fingerprint_codec.h"
#include "index/feature_index_file.h"
#include "index/index_file.h"
#include "pipeline/stored_details.h"

namespace reelprint::pipeline {
namespace {

std::vector<ReferenceId> ids_of(const index::FrameIndex& index) {
  std::vector<ReferenceId> ids;
  for (const auto* reference : index.references()) ids.push_back(reference->reference);
  return ids;
}

std::vector<ReferenceId> missing_from(const std::vector<ReferenceId>& wanted,
                                      const std::vector<ReferenceId>& there) {
  std::vector<ReferenceId> missing;
  std::ranges::set_difference(wanted, there, std::back_inserter(missing));
  return missing;
}

std::string name_of(ReferenceId id) {
  return "reference " + std::to_string(id.value);
}

std::string name_of(NegativeId id) {
  return "negative " + std::to_string(id.value);
}

/// What writers that were killed left behind; a living one is done within the hour.
void remove_leftovers(const std::filesystem::path& folder) {
  std::error_code error;
  const auto now = std::filesystem::file_time_type::clock::now();
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const bool is_temporary = entry.path().extension() == ".tmp";
    if (is_temporary && now - entry.last_write_time(error) > std::chrono::hours(1)) {
      std::filesystem::remove(entry.path(), error);
    }
  }
}

void tell(Progress* progress, const char* activity, std::size_t done, std::size_t total) {
  if (progress != nullptr)
    progress->report(activity, static_cast<double>(done), static_cast<double>(total), "");
}

}  // namespace

index::IndexedReference to_indexed(ReferenceId reference, EpisodeId episode, SeriesId series,
                                   const Fingerprint& fingerprint) {
  index::IndexedReference indexed{
      reference, episode, series, fingerprint.duration, fingerprint.keyframes, fingerprint.audio, {}};
  for (const KeyframeDetail& detail : fingerprint.details) indexed.details.push_back(detail.keyframe);
  return indexed;
}

Workspace::Workspace(std::filesystem::path folder, bool create)
    : folder_(std::move(folder)), store_(folder_, create) {}

index::IndexedReference Workspace::load_reference(ReferenceId id) const {
  const auto stored = store_.fingerprint(id);
  if (!stored) throw Error(ErrorCode::not_found, "load " + name_of(id) + ": it has no fingerprint");
  const Fingerprint print = fingerprint::decode(stored->bytes, "fingerprint of " + name_of(id));
  return to_indexed(id, stored->episode, stored->series, print);
}

bool Workspace::read_index_file() {
  try {
    index_ = index::load_index(index_file(), kAlgorithm);
    return true;
  } catch (const Error& error) {
    // Whatever is wrong with the copy, the store has the original.
    if (error.code() == ErrorCode::io) throw;
    index_ = {};
    return error.code() == ErrorCode::not_found;
  }
}

bool Workspace::catch_up(Progress* progress) {
  const auto wanted = store_.fingerprinted_references(kAlgorithm);
  const auto there = ids_of(index_);
  const auto gone = missing_from(there, wanted);
  const auto added = missing_from(wanted, there);
  for (const ReferenceId id : gone) index_.remove(id);
  for (std::size_t i = 0; i < added.size(); ++i) {
    tell(progress, "index", i, added.size());
    index_.add(load_reference(added[i]));
  }
  return !gone.empty() || !added.empty();
}

void Workspace::save_features() const {
  index::save_feature_index(features_, kAlgorithm, feature_file());
}

void Workspace::save_index() const {
  std::error_code error;
  std::filesystem::create_directories(index_file().parent_path(), error);
  if (error) {
    throw Error(ErrorCode::io,
                "make folder '" + index_file().parent_path().string() + "': " + error.message());
  }
  remove_leftovers(index_file().parent_path());
  index::save_index(index_, kAlgorithm, index_file());
}

const index::FrameIndex& Workspace::open_index(Progress* progress) {
  const bool was_open = is_index_open_;
  is_index_open_ = true;
  const bool was_sound = was_open || read_index_file();
  if (catch_up(progress) || !was_sound) save_index();
  const bool had_features = was_open || read_feature_file();
  if (catch_up_features(progress) || !had_features) save_features();
  load_sounds();
  load_background();
  return index_;
}

index::IndexedReference Workspace::load_negative(NegativeId id) const {
  const auto bytes = store_.negative_fingerprint(id);
  if (!bytes) throw Error(ErrorCode::not_found, "load " + name_of(id) + ": it was removed meanwhile");
  Fingerprint print = fingerprint::decode(*bytes, "fingerprint of " + name_of(id));
  return {ReferenceId{id.value}, {}, {}, print.duration, std::move(print.keyframes), {}, {}};
}

const index::FrameIndex& Workspace::open_negatives() {
  std::vector<ReferenceId> wanted;
  for (const NegativeId id : store_.fingerprinted_negatives(kAlgorithm)) wanted.push_back({id.value});
  const auto there = ids_of(negatives_);
  for (const ReferenceId id : missing_from(there, wanted)) negatives_.remove(id);
  for (const ReferenceId id : missing_from(wanted, there)) negatives_.add(load_negative({id.value}));
  return negatives_;
}

const index::FrameIndex& Workspace::rebuild_index(Progress* progress) {
  index_ = {};
  features_ = index::FeatureIndex();
  is_index_open_ = true;
  catch_up(progress);
  save_index();
  catch_up_features(progress);
  save_features();
  load_sounds();
  load_background();
  return index_;
}

bool Workspace::read_feature_file() {
  try {
    features_ = index::load_feature_index(feature_file(), kAlgorithm);
    return true;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::io) throw;
    features_ = index::FeatureIndex();
    return error.code() == ErrorCode::not_found;
  }
}

bool Workspace::catch_up_features(Progress* progress) {
  const auto wanted = ids_of(index_);
  const auto there = features_.reference_ids();
  const auto gone = missing_from(there, wanted);
  for (const ReferenceId id : gone) features_.remove(id);
  const auto missing = missing_from(wanted, there);
  for (std::size_t i = 0; i < missing.size(); ++i) {
    tell(progress, "index features", i, missing.size());
    const auto stored = store_.fingerprint(missing[i]);
    if (!stored) continue;
    const Fingerprint print = fingerprint::decode(stored->bytes, "fingerprint of " + name_of(missing[i]));
    std::vector<std::span<const LocalFeature>> details;
    for (const KeyframeDetail& detail : print.details) details.emplace_back(detail.features);
    features_.add(missing[i], details);
  }
  return !gone.empty() || !missing.empty();
}

void Workspace::load_background() {
  constexpr std::uintmax_t kMaxBytes = 1 << 16;
  const std::uint32_t key = index::key_of(index_);
  try {
    const auto stored = index::decode_background(read_file(background_file(), kMaxBytes), kAlgorithm,
                                                 "background '" + background_file().string() + "'");
    background_ = index::CatalogBackground(stored.counts);
    if (stored.key == key) return;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::io) throw;  // else it is missing or of no use: made again below
  }
  const StoredDetails details(folder_);
  background_ = index::CatalogBackground(index::sample_background(index_, &details));
  if (index_.size() > 0) {
    replace_file(background_file(), index::encode_background(background_.counts(), kAlgorithm, key));
  }
}

void Workspace::load_sounds() {
  sounds_ = {};
  for (const auto* reference : index_.references()) {
    sounds_.add(reference->reference, reference->series, reference->audio);
  }
}

void Workspace::examine_negatives(IndexReport& report) const {
  for (const Negative& negative : store_.negatives()) {
    try {
      if (negative.algorithm != kAlgorithm)
        report.problems.push_back(name_of(negative.id) +
                                  " was fingerprinted by another algorithm: add it again");
      else
        static_cast<void>(load_negative(negative.id));
    } catch (const Error& error) {
      report.problems.emplace_back(error.what());
    }
  }
}

void Workspace::examine_features(const std::vector<ReferenceId>& wanted, IndexReport& report) const {
  try {
    const auto there = index::load_feature_index(feature_file(), kAlgorithm).reference_ids();
    for (const ReferenceId id : missing_from(there, wanted))
      report.problems.push_back("the features of " + name_of(id) + " are in the index but not in the store");
    for (const ReferenceId id : missing_from(wanted, there))
      report.problems.push_back("the features of " + name_of(id) + " are not in the index");
  } catch (const Error& error) {
    if (!wanted.empty() || error.code() != ErrorCode::not_found) report.problems.emplace_back(error.what());
  }
}

IndexReport Workspace::verify_index(Progress* progress) {
  IndexReport report;
  const auto wanted = store_.fingerprinted_references(kAlgorithm);
  report.references = wanted.size();
  report.problems = store_.check();
  if (const std::size_t old = store_.fingerprints_of_other_algorithms(kAlgorithm); old > 0) {
    report.problems.push_back(std::to_string(old) +
                              " references were fingerprinted by another algorithm: register them again");
  }
  examine_negatives(report);
  examine_features(wanted, report);
  index::FrameIndex file;
  try {
    file = index::load_index(index_file(), kAlgorithm);
  } catch (const Error& error) {
    if (wanted.empty() && error.code() == ErrorCode::not_found) return report;
    report.problems.emplace_back(error.what());
    return report;
  }
  for (const ReferenceId id : missing_from(ids_of(file), wanted)) {
    report.problems.push_back(name_of(id) + " is in the index but not in the store");
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    tell(progress, "verify", i, wanted.size());
    const auto* indexed = file.find(wanted[i]);
    try {
      if (indexed == nullptr)
        report.problems.push_back(name_of(wanted[i]) + " is not in the index");
      else if (!(*indexed == load_reference(wanted[i])))
        report.problems.push_back(name_of(wanted[i]) + " differs from the store");
    } catch (const Error& error) {
      report.problems.emplace_back(error.what());
    }
  }
  return report;
}

}  // namespace reelprint::pipeline
