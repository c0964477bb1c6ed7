#include "pipeline/workspace.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <thread>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/stored_details.h"

namespace reelprint::pipeline {
namespace {

std::vector<ReferenceId> ids_of(const auto& index) {
  return index.segments().reference_ids();
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

void compare_ids(const std::vector<ReferenceId>& there, const std::vector<ReferenceId>& wanted,
                 const std::string& index, IndexReport& report) {
  for (const ReferenceId id : missing_from(there, wanted))
    report.problems.push_back(name_of(id) + " is in the index of " + index + " but not in the store");
  for (const ReferenceId id : missing_from(wanted, there))
    report.problems.push_back(name_of(id) + " is not in the index of " + index);
}

/// What the index holds of a reference; read anew, not kept.
std::optional<index::IndexedReference> indexed(const index::IndexContent& content, ReferenceId id) {
  const auto& segments = content.frames.segments();
  const auto place = segments.find(id);
  if (!place) return std::nullopt;
  return segments.all()[place->segment].part->load(place->slot);
}

void tell(Progress* progress, const char* activity, std::size_t done, std::size_t total) {
  if (progress != nullptr)
    progress->report(activity, static_cast<double>(done), static_cast<double>(total), "");
}

}  // namespace

index::IndexedReference to_indexed(ReferenceId reference, EpisodeId episode, SeriesId series,
                                   const Fingerprint& fingerprint) {
  index::IndexedReference indexed{reference, episode, series, fingerprint.duration, fingerprint.keyframes,
                                  {}};
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

index::LiveIndex& Workspace::live() {
  if (!live_) live_ = std::make_unique<index::LiveIndex>(index_folder(), kAlgorithm);
  return *live_;
}

void Workspace::add_to_index(ReferenceId id) {
  const auto stored = store_.fingerprint(id);
  if (!stored) return;  // it was removed meanwhile
  const Fingerprint print = fingerprint::decode(stored->bytes, "fingerprint of " + name_of(id));
  live().add({to_indexed(id, stored->episode, stored->series, print), index::tracks_of(print), print.audio});
}

bool Workspace::catch_up(Progress* progress, std::size_t most_unsaved_bytes) {
  const auto wanted = store_.fingerprinted_references(kAlgorithm);
  const auto content = live().content();
  const auto in_frames = ids_of(content->frames);
  const auto in_features = ids_of(content->features);
  const auto in_sounds = ids_of(content->sounds);
  bool is_anything_gone = false;
  for (const auto* there : {&in_frames, &in_features, &in_sounds})
    for (const ReferenceId id : missing_from(*there, wanted)) is_anything_gone |= live().remove(id);

  auto missing = missing_from(wanted, in_frames);
  for (const auto* there : {&in_features, &in_sounds})
    std::ranges::copy(missing_from(wanted, *there), std::back_inserter(missing));
  std::ranges::sort(missing);
  const auto rest = std::ranges::unique(missing);
  missing.erase(rest.begin(), rest.end());
  for (std::size_t i = 0; i < missing.size(); ++i) {
    tell(progress, "index", i, missing.size());
    add_to_index(missing[i]);
    if (live().unsaved_bytes() > most_unsaved_bytes) (void)save_or_drop();
  }
  return is_anything_gone || !missing.empty();
}

const index::FrameIndex& Workspace::use_content() {
  content_ = live().content();
  background_ = background_of(*content_);
  return content_->frames;
}

/// Saving may find damage and drop it: then there is something to catch up with again.
const index::FrameIndex& Workspace::open_index(Progress* progress) {
  constexpr int kMostAttempts = 4;
  Saved saved = Saved::damaged;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    const bool has_changed = catch_up(progress);
    if (!has_changed && live().is_saved()) return use_content();
    saved = save_or_drop();
    if (saved == Saved::elsewhere) return use_content();
  }
  if (saved == Saved::here) {  // another process registers faster than this one saves
    (void)catch_up(progress);
    return use_content();
  }
  throw Error(ErrorCode::corrupt,
              "save index '" + index_folder().string() + "': it is damaged again and again");
}

std::shared_ptr<const index::IndexContent> Workspace::update_index() {
  (void)catch_up(nullptr, std::numeric_limits<std::size_t>::max());
  return live().content();
}

bool Workspace::save_index() {
  return save_or_drop() == Saved::here;
}

Workspace::Saved Workspace::save_or_drop(const index::SaveSettings& settings) {
  try {
    return live().save(settings) ? Saved::here : Saved::elsewhere;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::corrupt) throw;
    (void)live().verify(true);
    return Saved::damaged;
  }
}

/// Waits for another process to end its own saving.
void Workspace::save_surely(const index::SaveSettings& settings, Progress* progress) {
  constexpr auto kPatience = std::chrono::seconds(30);
  constexpr auto kPause = std::chrono::milliseconds(50);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    const Saved saved = save_or_drop(settings);
    if (saved == Saved::here) return;
    if (saved == Saved::damaged) catch_up(progress);
    if (std::chrono::steady_clock::now() > deadline)
      throw Error(ErrorCode::busy,
                  "save index '" + index_folder().string() + "': another process is saving it");
    std::this_thread::sleep_for(kPause);
  }
}

void Workspace::compact_index(Progress* progress) {
  catch_up(progress);
  save_surely({.purge = true}, progress);
  use_content();
}

void Workspace::repair_index(Progress* progress) {
  (void)live().verify(true);
  catch_up(progress);
  const auto content = live().content();
  for (const ReferenceId id : ids_of(content->frames)) {
    if (indexed(*content, id) == load_reference(id)) continue;
    live().remove(id);
    add_to_index(id);
  }
  save_surely({.purge = true}, progress);
  use_content();
}

index::IndexedReference Workspace::load_negative(NegativeId id) const {
  const auto bytes = store_.negative_fingerprint(id);
  if (!bytes) throw Error(ErrorCode::not_found, "load " + name_of(id) + ": it was removed meanwhile");
  Fingerprint print = fingerprint::decode(*bytes, "fingerprint of " + name_of(id));
  return {ReferenceId{id.value}, {}, {}, print.duration, std::move(print.keyframes), {}};
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
  live().clear();
  catch_up(progress);
  save_surely({.purge = true}, progress);
  return use_content();
}

index::CatalogBackground Workspace::background_of(const index::IndexContent& content) const {
  constexpr std::uintmax_t kMaxBytes = 1 << 16;
  const index::FrameIndex& frames = content.frames;
  const std::uint32_t key = index::key_of(frames);
  try {
    const auto stored = index::decode_background(read_file(background_file(), kMaxBytes), kAlgorithm,
                                                 "background '" + background_file().string() + "'");
    if (stored.key == key) return index::CatalogBackground(stored.counts);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::io) throw;  // else it is missing or of no use: made again below
  }
  const StoredDetails details(folder_);
  const index::CatalogBackground background(index::sample_background(frames, &details));
  if (frames.size() > 0)
    replace_file(background_file(), index::encode_background(background.counts(), kAlgorithm, key));
  return background;
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
  index::LiveIndex on_disk(index_folder(), kAlgorithm);
  const auto note = [&](const std::vector<std::string>& problems) {
    report.problems.insert(report.problems.end(), problems.begin(), problems.end());
  };
  note(on_disk.problems());
  note(on_disk.verify(false));
  note(on_disk.strays());
  const auto content = on_disk.content();
  compare_ids(ids_of(content->frames), wanted, "frames", report);
  compare_ids(ids_of(content->features), wanted, "features", report);
  compare_ids(ids_of(content->sounds), wanted, "sound", report);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    tell(progress, "verify", i, wanted.size());
    try {
      const auto there = indexed(*content, wanted[i]);
      if (there && *there != load_reference(wanted[i]))
        report.problems.push_back(name_of(wanted[i]) + " differs from the store");
    } catch (const Error& error) {
      report.problems.emplace_back(error.what());
    }
  }
  return report;
}

}  // namespace reelprint::pipeline
