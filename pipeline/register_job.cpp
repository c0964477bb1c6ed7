#include "pipeline/register_job.h"

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "fingerprint/fingerprint_codec.h"
#include "fingerprint/sha256.h"
#include "index/matcher.h"
#include "pipeline/registration_outcome.h"
#include "store/events.h"
#include "store/jobs.h"
#include "store/sqlite.h"

namespace reelprint::pipeline {
namespace {

constexpr std::uintmax_t kMostFingerprintBytes = std::uintmax_t{64} << 20;
constexpr Duration kLongest = std::chrono::hours(24);

using Kind = store::MediaSource::Kind;

FetchedFile file_of(const store::MediaSource& source, const RegisterTools& tools, std::stop_token stop) {
  if (source.kind != Kind::url && source.kind != Kind::upload)
    return std::make_shared<const std::filesystem::path>(source.place);
  if (!tools.fetch) {
    throw Error(ErrorCode::invalid_input,
                "fetch '" + source.place + "': this service takes no media from elsewhere");
  }
  return tools.fetch(source, std::move(stop));
}

/// Its maker may have withheld the digest of the media: then that of the fingerprint is their identity.
Fingerprint read_given(const std::filesystem::path& file) {
  const auto bytes = read_file(file, kMostFingerprintBytes);
  Fingerprint print = fingerprint::decode(bytes, "the given fingerprint");
  if (print.keyframes.empty())
    throw Error(ErrorCode::no_frames, "register a fingerprint: it has no pictures");
  if (print.media == Sha256{}) print.media = fingerprint::sha256_of(bytes);
  return print;
}

Fingerprint make_print(const JobContext& job, const store::MediaSource& source, const RegisterTools& tools) {
  const FetchedFile file = file_of(source, tools, job.stop);
  const bool is_given = source.kind == Kind::fingerprint || fingerprint::is_fingerprint_file(*file);
  if (is_given) return read_given(*file);
  const auto progress = [&](Timestamp reached, Duration expected) {
    constexpr double kDecoding = 0.9;  // of all the work
    if (expected > Duration{0})
      job.progress(kDecoding * std::min(1.0, to_seconds(reached) / to_seconds(expected)));
  };
  return tools.reader.fingerprint(*file, {}, job.stop, progress).fingerprint;
}

/// The stored one, or a new one, which is stored.
std::optional<Fingerprint> obtain(const JobContext& job, ReferenceId id, const RegisterTools& tools) {
  const std::string name = "fingerprint of reference " + std::to_string(id.value);
  if (const auto stored = job.store.fingerprint(id)) return fingerprint::decode(stored->bytes, name);
  store::References references(job.store.database());
  const auto source = references.source(id);
  if (!source) throw Error(ErrorCode::not_found, "register a reference: its media are gone");
  Fingerprint print = make_print(job, *source, tools);
  if (print.duration > kLongest)
    throw Error(ErrorCode::too_large, "register a reference: it is longer than 24 hours");
  store::Transaction change(job.store.database(), store::Transaction::Kind::write);
  if (const auto twin = references.twin_of(id, print.media)) {
    throw Error(ErrorCode::invalid_input,
                "register a reference: reference " + std::to_string(twin->value) +
                    " has the same media under the same cut, language and subtitles");
  }
  const auto bytes = fingerprint::encode(print);
  if (!references.complete(id, {print.media, print.duration, bytes, kAlgorithm})) return std::nullopt;
  change.commit();
  return print;
}

std::vector<Match> matches_in(const CatalogSnapshot& snapshot, const Fingerprint& print) {
  const Protected catalog = snapshot.view();
  const index::SearchSpace space{catalog.index,    &catalog.features, &catalog.sounds,
                                 &catalog.details, catalog.negatives, catalog.background};
  return index::find_matches(print, space, {});
}

/// Whether something is searched by now that the snapshot does not have.
bool is_outdated(const CatalogSnapshot& snapshot, store::Store& store) {
  return !std::ranges::includes(snapshot.content->frames.segments().reference_ids(),
                                store.fingerprinted_references(kAlgorithm));
}

void remove_spooled(const std::optional<store::MediaSource>& source) {
  if (!source || (source->kind != Kind::spooled && source->kind != Kind::fingerprint)) return;
  std::error_code ignored;  // what stays is swept when the service starts
  std::filesystem::remove(source->place, ignored);
}

/// Decides by the catalog as it is now; false when it changed meanwhile.
bool settle(const JobContext& job, const ReferenceEntry& entry, const Fingerprint& print,
            const RegisterTools& tools) {
  const auto snapshot = tools.refresh();
  const auto matches = matches_in(*snapshot, print);
  const auto own_excluded = job.store.excluded_intervals(entry.reference.id);
  const auto overlaps = find_overlaps(
      matches, own_excluded, [&](ReferenceId other) { return job.store.excluded_intervals(other); },
      tools.rule);
  store::Transaction change(job.store.database(), store::Transaction::Kind::write);
  if (is_outdated(*snapshot, job.store)) return false;
  store_outcome(job.store, entry, overlaps, tools.clock.now());
  change.commit();
  return true;
}

Effect run(const JobContext& job, const RegisterTools& tools) {
  store::References references(job.store.database());
  const auto id = references.of_job(job.job.id);
  const auto entry = id ? job.store.reference(*id) : std::nullopt;
  if (!entry || entry->reference.state != ReferenceState::pending) return {};
  const auto source = references.source(*id);
  const auto print = obtain(job, *id, tools);
  if (!print) return {};
  job.progress(0.95);
  constexpr int kMostAttempts = 5;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    if (job.stop.stop_requested()) throw Error(ErrorCode::cancelled, "register a reference: stopped");
    if (!settle(job, *entry, *print, tools)) continue;
    remove_spooled(source);
    return {};
  }
  throw Error(ErrorCode::busy, "register a reference: the catalog changes faster than it can be compared");
}

}  // namespace

JobHandler register_handler(const RegisterTools& tools) {
  return [tools](const JobContext& job) { return run(job, tools); };
}

FailureHandler register_failure_handler(const Clock& clock) {
  return [&clock](const store::Job& job, std::string_view code, std::string_view text) -> Effect {
    return [&clock, id = job.id, code = std::string(code), text = std::string(text)](store::Store& store) {
      store::References references(store.database());
      const auto reference = references.of_job(id);
      if (!reference) return;
      const auto entry = store.reference(*reference);
      const auto source = references.source(*reference);
      if (!entry || !references.fail(*reference, text)) return;
      emit_outcome(store, *entry, "reference.failed", R"(,"error":")" + code + '"', clock.now());
      remove_spooled(source);
    };
  };
}

JobId enqueue_registration(store::Store& store, const ReferenceEntry& reference,
                           const store::MediaSource& source, WallTime now) {
  store::References(store.database()).set_source(reference.reference.id, source);
  return enqueue_registration(store, reference, now);
}

JobId enqueue_registration(store::Store& store, const ReferenceEntry& reference, WallTime now) {
  const ReferenceId id = reference.reference.id;
  store::NewJob job;
  job.kind = kRegisterJob;
  job.tenant = reference.holder.tenant;
  job.payload = R"({"reference":)" + std::to_string(id.value) + "}";
  const JobId queued = store::Jobs(store.database()).enqueue(job, now);
  store::References(store.database()).set_job(id, queued);
  return queued;
}

}  // namespace reelprint::pipeline
