#include "pipeline/crawl_record.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "core/json_object.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/case_filing.h"
#include "pipeline/crawl_links.h"
#include "pipeline/sighting_custody.h"
#include "store/cases.h"
#include "store/crawl_exchanges.h"
#include "store/decisions.h"
#include "store/screening_requests.h"
#include "store/sightings.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostKnown = 16;

/// What a person would call it.
std::string name_of(const VideoFinding& finding) {
  if (!finding.hints.video.title.empty()) return finding.hints.video.title;
  return finding.location;
}

ScreeningRequest request_of(const VideoFinding& finding, WallTime now) {
  const VideoMetadata& video = finding.hints.video;
  ScreeningRequest request;
  request.context.platform = finding.source.tenant;
  request.context.account = video.uploader;
  request.context.channel = video.uploader_url;
  request.context.url = finding.hints.page_url.empty() ? finding.location : finding.hints.page_url;
  request.context.territory = finding.source.territory;
  request.context.title = video.title;
  request.context.published_at = video.published_at;
  request.name = name_of(finding);
  request.source_kind = SourceKind::url;
  request.source = finding.location;
  request.created_at = now;
  return request;
}

Sighting sighting_of(const VideoFinding& finding, const Sha256& media, WallTime now) {
  Sighting sighting;
  sighting.tenant = finding.source.tenant;
  sighting.source = finding.source.id;
  sighting.location = finding.location;
  sighting.page_url = finding.hints.page_url;
  sighting.bytes = finding.bytes_offered;
  if (finding.is_whole) sighting.media = media;
  sighting.metadata = finding.hints.video;
  sighting.hint = finding.hint;
  sighting.address = finding.address;
  sighting.fetched_bytes = finding.bytes;
  sighting.took = std::chrono::duration_cast<Duration>(finding.took);
  sighting.seen_at = now;
  sighting.checked_at = now;
  return sighting;
}

/// A second name for the file, or a copy of it. False: there is no room.
bool put_beside(const std::filesystem::path& file, const std::filesystem::path& as) {
  std::error_code error;
  std::filesystem::create_hard_link(file, as, error);
  if (error) std::filesystem::copy_file(file, as, error);
  return !error;
}

/// Puts it where screenings have their media; "" when it cannot be put there: then nothing is kept.
std::string keep_in_uploads(const VideoFinding& finding, const std::filesystem::path& uploads, WallTime now) {
  const std::string name = "crawled-" + std::to_string(finding.url.id.value) + "-" +
                           std::to_string(now.time_since_epoch().count());
  std::error_code error;
  std::filesystem::create_directories(uploads, error);
  return put_beside(finding.file, uploads / name) ? name : std::string();
}

/// The exchanges that led to a copy stay until its capture is written from them.
void keep_for_capture(CrawlDesk& desk, const VideoFinding& finding, SightingId id) {
  store::CrawlExchanges exchanges(desk.store.database());
  desk.kept.remove(exchanges.end_capture(id));
  store::CaptureDue due;
  due.sighting = id;
  due.pieces = to_text(finding.pieces);
  const bool is_one_answer = finding.pieces.size() == 1 && finding.pieces.front().body == finding.file;
  const std::filesystem::path beside = desk.kept.new_file();
  if (!is_one_answer && put_beside(finding.file, beside)) due.file = beside.filename().string();
  exchanges.begin_capture(finding.url.id, due);
}

/// Files the decisions once more, now that the sighting is known: it joins their cases. The case; zero: none.
CaseId join_case(store::Store& store, const ScreeningRequest& request, WallTime now) {
  store::DecisionFilter filter;
  filter.request = request.id;
  filter.state = DecisionState::active;
  CaseId joined;
  for (const UploadDecision& decision : store::Decisions(store.database()).list(filter, {}, kMostKnown)) {
    const Decision decided = decision.ruling.decision;
    if (decided != Decision::infringing && decided != Decision::needs_review) continue;
    const CaseId in_case = file_decision(store, request, decision, now);
    if (joined == CaseId{}) joined = in_case;
  }
  return joined;
}

/// Earlier sightings of the same file or the same uploader, in cases: it is a re-upload.
void note_reuploads(store::Store& store, const Sighting& sighting, WallTime now) {
  store::Sightings sightings(store.database());
  std::string others;
  const auto note = [&](const std::vector<Sighting>& found, std::string_view why) {
    for (const Sighting& other : found) {
      if (other.id == sighting.id || other.in_case == CaseId{}) continue;
      if (!others.empty()) others += ',';
      others += JsonObject().number("sighting", other.id.value).text("same", why).str();
    }
  };
  if (sighting.media != Sha256{})
    note(sightings.of_media(sighting.tenant, sighting.media, kMostKnown), "file");
  if (!sighting.metadata.uploader_url.empty())
    note(sightings.of_uploader(sighting.tenant, sighting.metadata.uploader_url, kMostKnown), "account");
  if (others.empty() || sighting.in_case == CaseId{}) return;
  CaseEvent event;
  event.in_case = sighting.in_case;
  event.at = now;
  event.actor = "crawler";
  event.what = "sighting";
  event.detail =
      JsonObject().number("sighting", sighting.id.value).raw("reupload_of", "[" + others + "]").str();
  store::Cases(store.database()).note(sighting.in_case, event);
}

}  // namespace

SightingId record_video(CrawlDesk& desk, VideoFinding& finding) {
  const WallTime now = desk.now();
  Screened& screened = *finding.screened;
  screened.screening.query = name_of(finding);
  const Sha256 media = screened.screening.media;
  if (!finding.is_whole) {
    screened.screening.media = {};  // the digest of a sample is nothing that anybody else could have
    screened.print.media = {};
    screened.screening.remarks.push_back("This rests on a sample of the video: " + finding.words + ".");
  }
  ScreeningRequest request = request_of(finding, now);
  const bool is_kept =
      finding.is_whole && !screened.screening.matches.empty() && finding.url.id != CrawlUrlId{};
  if (is_kept) request.media = keep_in_uploads(finding, desk.tools.uploads, now);
  store::Transaction change(desk.store.database(), store::Transaction::Kind::write);
  const ScreeningRequest done = record_screening(desk.store, request, screened, desk.tools);
  store::Sightings sightings(desk.store.database());
  Sighting sighting = sighting_of(finding, media, now);
  sighting.request = done.id;
  sighting.id = sightings.put(sighting);
  sightings.set_request(sighting.id, done.id);
  note_seen(desk.store, sighting, finding.words);
  sighting.in_case = join_case(desk.store, done, now);
  note_reuploads(desk.store, sighting, now);
  const bool has_capture = !sightings.captures(sighting.id).empty();
  if (sighting.in_case != CaseId{} && finding.url.id != CrawlUrlId{} && !has_capture)
    keep_for_capture(desk, finding, sighting.id);
  const bool is_match = done.decision == Decision::infringing || done.decision == Decision::needs_review;
  if (is_match && finding.url.id != CrawlUrlId{}) {
    store::Frontier frontier(desk.store.database());
    frontier.led_to_match(finding.url.id);
    const auto channel = channel_of(finding.hints.video, finding.url, finding.source);
    if (channel) frontier.add({&*channel, 1}, now);
  }
  store::CrawlRound more;
  more.videos_screened = 1;
  more.videos_fetched_whole = finding.is_whole ? 1 : 0;
  more.matched = is_match ? 1 : 0;
  more.bytes_offered = finding.bytes_offered;
  more.media_s = screened.screening.cost.media_s;
  more.cpu_s = finding.cpu_s;
  more.video_bytes = finding.bytes;
  more.video_s = to_seconds(std::chrono::duration_cast<Duration>(finding.took));
  desk.count(finding.source.id, more);
  change.commit();
  desk.figures.change([&](CrawlNumbers& numbers) {
    ++numbers.videos.at(static_cast<std::size_t>(done.decision));
    numbers.whole += finding.is_whole ? 1 : 0;
    numbers.bytes_offered += finding.bytes_offered;
  });
  return sighting.id;
}

std::optional<Screened> known_match(store::Store& store, TenantId tenant, const Sha256& media) {
  store::ScreeningRequests requests(store.database());
  for (const Sighting& sighting : store::Sightings(store.database()).of_media(tenant, media, kMostKnown)) {
    const auto request = requests.find(sighting.request);
    if (!request || request->screening == ScreeningId{}) continue;
    auto screening = store.screening(request->screening);
    if (!screening || screening->matches.empty()) continue;
    const auto bytes = requests.fingerprint(request->id, kAlgorithm);
    if (!bytes) continue;
    Screened known{*std::move(screening), fingerprint::decode(*bytes, "fingerprint of a known upload")};
    known.screening.id = {};
    known.screening.cost = {};
    known.screening.screened_at = {};
    known.screening.remarks.push_back(
        "The file is one that was screened before, byte by byte: its result was "
        "taken over.");
    return known;
  }
  return std::nullopt;
}

}  // namespace reelprint::pipeline
