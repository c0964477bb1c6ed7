#include "pipeline/negatives.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include "core/clock.h"
#include "fingerprint/fingerprint_codec.h"
#include "fingerprint/fingerprinter.h"
#include "fingerprint/sha256.h"
#include "pipeline/ordered_work.h"
#include "pipeline/progress_meter.h"

namespace reelprint::pipeline {
namespace {

/// What a worker found out about one file, to be stored by the one thread that owns the store.
struct Prepared {
  Negative negative;
  std::vector<std::byte> fingerprint;  ///< empty when the media are known
  std::size_t searched = 0;
  std::size_t damaged = 0;
  std::optional<ErrorCode> error;
  std::string message;
};

/// The media whose fingerprints need not be made again.
std::set<Sha256> known_media(const store::Store& store) {
  std::set<Sha256> known;
  for (const Negative& negative : store.negatives()) {
    if (negative.algorithm == kAlgorithm) known.insert(negative.media);
  }
  return known;
}

void take(Prepared& prepared, const Fingerprint& print) {
  prepared.negative.media = print.media;
  prepared.negative.duration = print.duration;
  prepared.searched = static_cast<std::size_t>(
      std::ranges::count_if(print.keyframes, [](const Keyframe& k) { return index::is_searchable(k.hash); }));
  prepared.fingerprint = fingerprint::encode(print);
}

void read_print(Prepared& prepared, const std::filesystem::path& file, std::stop_token stop) {
  take(prepared, fingerprint::read_fingerprint(file));
  if (prepared.negative.media == Sha256{}) prepared.negative.media = fingerprint::sha256_of_file(file, stop);
}

Prepared prepare(const std::filesystem::path& file, const std::set<Sha256>& known, std::stop_token stop,
                 const fingerprint::FingerprintProgress& progress) {
  Prepared prepared;
  prepared.negative.name = file.filename().string();
  try {
    if (fingerprint::is_fingerprint_file(file)) {
      read_print(prepared, file, stop);
      return prepared;
    }
    prepared.negative.media = fingerprint::sha256_of_file(file, stop);
    if (known.contains(prepared.negative.media)) return prepared;
    const auto made = fingerprint::fingerprint_media(file, {}, stop, progress);
    prepared.damaged = made.facts.damaged;
    take(prepared, made.fingerprint);
  } catch (const Error& error) {  // one file's trouble is that file's outcome
    prepared.error = error.code();
    prepared.message = error.what();
  }
  return prepared;
}

/// Stores what was prepared, unless that failed.
NegativeOutcome remember(store::Store& store, const std::string& file, Prepared prepared) {
  NegativeOutcome outcome;
  outcome.file = file;
  outcome.error = prepared.error;
  outcome.message = std::move(prepared.message);
  if (outcome.error) return outcome;
  prepared.negative.added_at = SystemClock().now();
  const auto added = store.add_negative(prepared.negative, prepared.fingerprint);
  outcome.outcome = added.outcome;
  outcome.negative = added.negative;
  if (added.outcome == store::Registration::unchanged) return outcome;
  outcome.duration = prepared.negative.duration;
  outcome.searched = prepared.searched;
  outcome.damaged = prepared.damaged;
  return outcome;
}

void count(NegativeSummary& summary, store::Registration outcome) {
  switch (outcome) {
    case store::Registration::added: ++summary.added; break;
    case store::Registration::unchanged: ++summary.unchanged; break;
    case store::Registration::updated: ++summary.updated; break;
  }
}

std::optional<NegativeId> id_of(std::string_view name) {
  if (name.starts_with('#')) name.remove_prefix(1);
  NegativeId id;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id.value);
  if (name.empty() || error != std::errc() || end != name.data() + name.size() || id.value < 0)
    return std::nullopt;
  return id;
}

}  // namespace

NegativeSummary add_negatives(Workspace& workspace, const std::vector<std::string>& files, std::size_t jobs,
                              const std::function<void(const NegativeOutcome&)>& tell, Progress* progress,
                              std::stop_token stop) {
  NegativeSummary summary;
  const auto known = known_media(workspace.store());
  ProgressMeter meter(progress, "add", files.size());

  const auto work = [&](std::size_t i) {
    const std::filesystem::path file = files[i];
    return prepare(file, known, stop, meter.for_item(i, file.filename().string()));
  };
  const auto deliver = [&](std::size_t i, Prepared prepared) {
    meter.finish_item(i);
    if (prepared.error == ErrorCode::cancelled) return;
    const NegativeOutcome outcome = remember(workspace.store(), files[i], std::move(prepared));
    if (outcome.error)
      ++summary.failed;
    else
      count(summary, outcome.outcome);
    tell(outcome);
  };
  work_in_order<Prepared>(files.size(), jobs, work, deliver, stop);

  summary.left_out = files.size() - (summary.added + summary.unchanged + summary.updated + summary.failed);
  return summary;
}

std::vector<Negative> find_negatives(const store::Store& store, const std::vector<std::string>& names) {
  const std::vector<Negative> all = store.negatives();
  std::set<NegativeId> meant;
  for (const std::string& name : names) {
    const auto id = id_of(name);
    const auto is_meant = [&](const Negative& n) { return id ? n.id == *id : n.name == name; };
    if (std::ranges::none_of(all, is_meant))
      throw Error(ErrorCode::not_found, "find '" + name + "': nothing like it is in the negative bank");
    for (const Negative& negative : all) {
      if (is_meant(negative)) meant.insert(negative.id);
    }
  }
  std::vector<Negative> found;
  std::ranges::copy_if(all, std::back_inserter(found),
                       [&](const Negative& negative) { return meant.contains(negative.id); });
  return found;
}

}  // namespace reelprint::pipeline
