// The job that searches a later reference in earlier uploads.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/json_object.h"
#include "fingerprint/fingerprint_codec.h"
#include "index/feature_tracks.h"
#include "pipeline/screen_job.h"
#include "pipeline/upload_outcome.h"
#include "store/decisions.h"
#include "store/jobs.h"
#include "store/screening_requests.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kBatch = 256;  ///< uploads

/// An upload whose screening began before the reference came is stored by then.
constexpr auto kGrace = std::chrono::seconds(5);

/// The catalog as if the reference were all there is: a search in it costs little, and finds whatever a
/// search in the whole catalog finds of it, since nothing else can make its pictures less distinctive.
class Newcomer {
 public:
  Newcomer(const store::StoredFingerprint& stored, const Fingerprint& print) {
    frames_.add(to_indexed(stored.reference, stored.episode, stored.series, print));
    features_.add(stored.reference, index::tracks_of(print));
    sounds_.add(stored.reference, stored.series, print.audio);
  }
  [[nodiscard]] Protected view(const CatalogSnapshot& whole) const {
    return {
        frames_, features_, sounds_, *whole.background, *whole.details, *whole.names, whole.negatives.get()};
  }

 private:
  index::FrameIndex frames_;
  index::FeatureIndex features_;
  index::SoundIndex sounds_;
};

bool has_match(const Screening& screening, ReferenceId reference) {
  return std::ranges::any_of(screening.matches, [&](const Match& m) { return m.reference == reference; });
}

class RetroactiveSearch {
 public:
  RetroactiveSearch(const JobContext& job, const ScreenTools& tools, const store::StoredFingerprint& stored)
      : job_(job),
        tools_(tools),
        reference_(stored.reference),
        snapshot_(tools.snapshot()),
        newcomer_(stored, fingerprint::decode(stored.bytes, "fingerprint of a new reference")) {}

  void run() {
    store::ScreeningRequests requests(job_.store.database());
    const auto newest = requests.list({}, {}, 1);
    const double last = newest.empty() ? 1 : static_cast<double>(newest.front().id.value);
    RequestId after;
    for (;;) {
      const auto batch = requests.fingerprinted(kAlgorithm, after, tools_.clock.now(), kBatch);
      for (const RequestId id : batch) look_at(id);
      if (batch.size() < kBatch) return;
      after = batch.back();
      job_.progress(std::min(1.0, static_cast<double>(after.value) / last));
    }
  }

 private:
  void look_at(RequestId id) {
    if (job_.stop.stop_requested()) throw Error(ErrorCode::cancelled, "search earlier uploads: stopped");
    store::ScreeningRequests requests(job_.store.database());
    const auto request = requests.find(id);
    const auto bytes = requests.fingerprint(id, kAlgorithm);
    if (!request || !bytes || request->state != RequestState::done || is_known(id)) return;
    const Fingerprint print =
        fingerprint::decode(*bytes, "fingerprint of upload " + std::to_string(id.value));
    ScreeningSettings settings = tools_.settings;
    settings.audio = request->with_audio;
    const auto alone = screen(print, request->name, newcomer_.view(*snapshot_), settings, tools_.clock);
    if (!has_match(alone, reference_)) return;
    Screening whole = screen(print, request->name, snapshot_->view(), settings, tools_.clock);
    if (has_match(whole, reference_)) store(id, std::move(whole));
  }

  /// Also what an attempt before this one stored.
  bool is_known(RequestId id) {
    store::DecisionFilter filter;
    filter.request = id;
    filter.reference = reference_;
    return !store::Decisions(job_.store.database()).list(filter, {}, 1).empty();
  }

  void store(RequestId id, Screening screening) {
    store::Transaction change(job_.store.database(), store::Transaction::Kind::write);
    if (is_known(id)) return;
    (void)store_result(job_.store, id, std::move(screening), tools_.settings.policy, tools_.clock.now(),
                       reference_);
    change.commit();
  }

  const JobContext& job_;
  const ScreenTools& tools_;
  ReferenceId reference_;
  std::shared_ptr<const CatalogSnapshot> snapshot_;
  Newcomer newcomer_;
};

Effect retroact(const JobContext& job, const ScreenTools& tools) {
  const ReferenceId reference{number_in(job.job.what.payload, "reference").value_or(0)};
  const auto entry = job.store.reference(reference);
  if (!entry || entry->reference.state != ReferenceState::active) return {};
  const auto stored = job.store.fingerprint(reference);
  if (stored) RetroactiveSearch(job, tools, *stored).run();
  return {};
}

}  // namespace

JobHandler retroact_handler(const ScreenTools& tools) {
  return [tools](const JobContext& job) { return retroact(job, tools); };
}

JobId enqueue_retroactive(store::Store& store, ReferenceId reference, WallTime now) {
  store::NewJob job;
  job.kind = kRetroactJob;
  job.priority = -10;  // uploads that somebody waits for come first
  job.payload = JsonObject().number("reference", reference.value).str();
  job.not_before = now + kGrace;
  return store::Jobs(store.database()).enqueue(job, now);
}

}  // namespace reelprint::pipeline
