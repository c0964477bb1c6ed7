#include "pipeline/registration.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "core/clock.h"
#include "fingerprint/fingerprint_codec.h"
#include "fingerprint/fingerprinter.h"
#include "fingerprint/sha256.h"
#include "pipeline/ordered_work.h"
#include "pipeline/progress_meter.h"

namespace reelprint::pipeline {
namespace {

/// What a worker found out about one row, to be stored by the one thread that owns the store.
struct Prepared {
  Sha256 media;
  Duration duration{0};
  std::size_t damaged = 0;
  std::vector<std::byte> fingerprint;  ///< empty when the file is already registered
  std::optional<ErrorCode> error;
  std::string message;
};

using KnownKey =
    std::tuple<std::string, std::string, int, int, std::string, std::string, std::string, Sha256>;

KnownKey key_of(const std::string& holder, const std::string& series, const Episode& e, const Reference& r,
                const Sha256& media) {
  return {holder, series, e.season, e.number, r.cut, r.language, r.subtitles, media};
}

/// Those whose fingerprints this program can use: what an older algorithm made is made again.
std::set<KnownKey> known_references(const store::Store& store) {
  const auto usable = store.fingerprinted_references(kAlgorithm);
  std::set<KnownKey> known;
  for (const ReferenceEntry& entry : store.references()) {
    if (!std::ranges::binary_search(usable, entry.reference.id)) continue;
    known.insert(
        key_of(entry.holder.name, entry.series.name, entry.episode, entry.reference, entry.reference.media));
  }
  return known;
}

Prepared prepare(const CatalogRow& row, const std::set<KnownKey>& known, std::stop_token stop,
                 const fingerprint::FingerprintProgress& progress) {
  Prepared prepared;
  try {
    prepared.media = fingerprint::sha256_of_file(row.file, stop);
    const auto& wanted = row.reference;
    if (known.contains(
            key_of(wanted.holder, wanted.series, wanted.episode, wanted.reference, prepared.media))) {
      return prepared;
    }
    fingerprint::FingerprintSettings settings;
    const auto made = fingerprint::fingerprint_media(row.file, settings, stop, progress);
    prepared.media = made.fingerprint.media;
    prepared.duration = made.fingerprint.duration;
    prepared.damaged = made.facts.damaged;
    prepared.fingerprint = fingerprint::encode(made.fingerprint);
  } catch (const Error& error) {  // one file's trouble is that row's outcome
    prepared.error = error.code();
    prepared.message = error.what();
  }
  return prepared;
}

store::Registered remember(store::Store& store, const CatalogRow& row, const Prepared& prepared) {
  store::NewReference reference = row.reference;
  reference.reference.media = prepared.media;
  reference.reference.duration = prepared.duration;
  reference.reference.registered_at = SystemClock().now();
  if (prepared.fingerprint.empty()) return store.refresh_reference(reference);
  return store.add_reference(reference, prepared.fingerprint, kAlgorithm);
}

void count(RegistrationSummary& summary, store::Registration registration) {
  switch (registration) {
    case store::Registration::added: ++summary.added; break;
    case store::Registration::unchanged: ++summary.unchanged; break;
    case store::Registration::updated: ++summary.updated; break;
  }
}

}  // namespace

RegistrationSummary register_catalog(Workspace& workspace, const Catalog& catalog,
                                     const RegistrationSettings& settings,
                                     const std::function<void(const RowOutcome&)>& tell, Progress* progress,
                                     std::stop_token stop) {
  RegistrationSummary summary;
  const auto known = known_references(workspace.store());
  ProgressMeter meter(progress, "register", catalog.rows.size());

  const auto work = [&](std::size_t i) {
    const CatalogRow& row = catalog.rows[i];
    return prepare(row, known, stop, meter.for_item(i, row.file.filename().string()));
  };
  const auto deliver = [&](std::size_t i, Prepared prepared) {
    meter.finish_item(i);
    if (prepared.error == ErrorCode::cancelled) return;
    RowOutcome outcome{&catalog.rows[i], {}, {}, prepared.duration, prepared.damaged, prepared.error,
                       prepared.message};
    if (prepared.error) {
      ++summary.failed;
    } else {
      const auto registered = remember(workspace.store(), catalog.rows[i], prepared);
      outcome.registration = registered.outcome;
      outcome.reference = registered.reference;
      count(summary, registered.outcome);
    }
    tell(outcome);
  };
  work_in_order<Prepared>(catalog.rows.size(), settings.jobs, work, deliver, stop);

  const std::size_t dealt_with = summary.added + summary.unchanged + summary.updated + summary.failed;
  summary.left_out = catalog.rows.size() - dealt_with;
  workspace.open_index(progress);
  return summary;
}

}  // namespace reelprint::pipeline
