#include "pipeline/case_facts.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "evidence/warc_exchanges.h"
#include "evidence/work_proof.h"
#include "fingerprint/fingerprint_codec.h"
#include "fingerprint/sha256.h"
#include "pipeline/recorded_words.h"
#include "pipeline/screen_job.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/notices.h"
#include "store/screening_requests.h"
#include "store/sightings.h"
#include "store/uploads.h"
#include "store/works.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostNotices = 1000;

template <class Tag>
std::string object_of(const char* kind, Id<Tag> id) {
  return std::string(kind) + " " + std::to_string(id.value);
}

evidence::WorkFacts work_of(const ReferenceEntry& entry) {
  evidence::WorkFacts work;
  work.holder = entry.holder.name;
  work.series = entry.series.name;
  work.season = std::to_string(entry.episode.season);
  work.episode = entry.episode.title;
  work.episode_number = std::to_string(entry.episode.number);
  work.language = entry.reference.language;
  if (!entry.episode.licence_number.empty())
    work.registrations.emplace_back("Licence or filing number", entry.episode.licence_number);
  if (!entry.episode.eidr.empty()) work.registrations.emplace_back("EIDR", entry.episode.eidr);
  if (!entry.episode.isan.empty()) work.registrations.emplace_back("ISAN", entry.episode.isan);
  work.media = entry.reference.media;
  work.duration = entry.reference.duration;
  work.registered_at = entry.reference.registered_at;
  return work;
}

/// Sentences that a match owes its reader, from its own figures.
std::vector<Sentence> not_established_of(const Match& match) {
  std::vector<Sentence> sentences;
  if (!match.is_confirmed) sentences.emplace_back(SentenceCode::open_moment);
  if (!match.names_episode) sentences.emplace_back(SentenceCode::open_episode);
  if (!match.sound_agreement) sentences.emplace_back(SentenceCode::open_sound);
  return sentences;
}

/// Collects what belongs to one case.
class FactsOfCase {
 public:
  FactsOfCase(store::Store& store, std::filesystem::path data, CaseId id)
      : store_(store), data_(std::move(data)), id_(id) {}

  CaseFacts collect() {
    const store::Transaction look(store_.database(), store::Transaction::Kind::read);
    auto found = store::Cases(store_.database()).find(id_);
    if (!found)
      throw Error(ErrorCode::not_found, "read case " + std::to_string(id_.value) + ": there is none");
    result_.legal_case = std::move(*found);
    add_object("case", id_);
    for (const DecisionId decision : result_.legal_case.decisions) add_decision(decision);
    for (const SightingId sighting : result_.legal_case.sightings) add_sighting(sighting);
    for (const auto& notice : store::Notices(store_.database()).list({{}, id_, {}}, {}, kMostNotices))
      add_object("notice", notice.id);
    for (const auto& [reference, print] : result_.reference_prints) add_object("reference", reference);
    std::ranges::sort(result_.uploads, {}, [](const CaseUploadFacts& one) { return one.facts.number; });
    return std::move(result_);
  }

 private:
  void tell_open(SentenceCode code, std::initializer_list<Sentence> values) {
    result_.not_established.emplace_back(code, values);
  }

  template <class Tag>
  void add_object(const char* kind, Id<Tag> id) {
    result_.objects.push_back(object_of(kind, id));
  }

  void add_decision(DecisionId id) {
    const auto decision = store::Decisions(store_.database()).find(id);
    if (!decision) return;
    add_object("decision", id);
    const auto request = store::ScreeningRequests(store_.database()).find(decision->request);
    const auto screening = store_.screening(decision->screening);
    if (!request || !screening) return;
    add_object("screening", request->id);
    CaseUploadFacts upload;
    describe(upload.facts, *request, *screening);
    upload.facts.ruling = decision->ruling;
    add_matches(upload, *screening);
    add_print(upload, *request);
    add_media(upload, *request);
    if (const auto sighting = store::Sightings(store_.database()).of_request(request->id))
      tell_sighting(upload.facts, *sighting);
    result_.uploads.push_back(std::move(upload));
  }

  static void describe(evidence::UploadFacts& facts, const ScreeningRequest& request,
                       const Screening& screening) {
    facts.number = request.id.value;
    facts.name = request.name;
    facts.url = request.context.url.empty() && request.source_kind == SourceKind::url ? request.source
                                                                                      : request.context.url;
    facts.account = request.context.account;
    facts.channel = request.context.channel;
    facts.territory = request.context.territory;
    facts.title = request.context.title;
    facts.published_at = request.context.published_at;
    facts.media = screening.media;
    facts.duration = screening.duration;
    facts.screened_at = screening.screened_at;
  }

  /// Those of the holder's works.
  void add_matches(CaseUploadFacts& upload, const Screening& screening) {
    for (const Match& match : screening.matches) {
      const auto entry = store_.reference(match.reference);
      if (!entry || entry->holder.id != result_.legal_case.holder) continue;
      evidence::MatchFacts facts;
      facts.match = match;
      facts.work = work_of(*entry);
      if (const auto series = store::Works(store_.database()).work(entry->series.id))
        evidence::tell_proof(facts.work, series->proof);
      facts.not_established = not_established_of(match);
      upload.facts.matches.push_back(std::move(facts));
      upload.works.push_back(*entry);
      add_reference_print(match.reference);
    }
  }

  void add_reference_print(ReferenceId id) {
    if (result_.reference_prints.contains(id)) return;
    if (const auto stored = store_.fingerprint(id)) {
      result_.reference_prints.emplace(
          id, fingerprint::decode(stored->bytes, "the fingerprint of reference " + std::to_string(id.value)));
    }
  }

  void add_print(CaseUploadFacts& upload, const ScreeningRequest& request) {
    const auto bytes = store::ScreeningRequests(store_.database()).fingerprint(request.id, kAlgorithm);
    if (bytes) {
      upload.print =
          fingerprint::decode(*bytes, "the fingerprint of upload " + std::to_string(request.id.value));
      return;
    }
    tell_open(SentenceCode::open_print, {request.id.value});
  }

  void add_media(CaseUploadFacts& upload, const ScreeningRequest& request) {
    std::filesystem::path file;
    if (request.source_kind == SourceKind::upload) {
      std::int64_t id = 0;
      std::from_chars(request.source.data(), request.source.data() + request.source.size(), id);
      file = store::file_of(data_, UploadId{id});
    } else if (!request.media.empty()) {
      file = screening_media_folder(data_) / request.media;
    }
    std::error_code error;
    if (file.empty() || !std::filesystem::is_regular_file(file, error)) return;
    if (fingerprint::sha256_of_file(file) != upload.facts.media) return;
    upload.facts.media_bytes = std::filesystem::file_size(file, error);
    upload.media = file;
  }

  void add_sighting(SightingId id) {
    const auto sighting = store::Sightings(store_.database()).find(id);
    if (!sighting) return;
    add_object("sighting", id);
    add_captures(id);
    const auto is_told = std::ranges::any_of(result_.uploads, [&](const CaseUploadFacts& one) {
      return one.facts.sighting && one.facts.sighting->id == id;
    });
    if (is_told) return;
    CaseUploadFacts upload;
    upload.facts.name = sighting->metadata.title;
    upload.facts.url = sighting->page_url.empty() ? sighting->location : sighting->page_url;
    upload.facts.account = sighting->metadata.uploader;
    upload.facts.title = sighting->metadata.title;
    upload.facts.published_at = sighting->metadata.published_at;
    upload.facts.media = sighting->media;
    upload.facts.media_bytes = sighting->bytes;
    upload.facts.screened_at = sighting->seen_at;
    tell_sighting(upload.facts, *sighting);
    result_.uploads.push_back(std::move(upload));
  }

  void tell_sighting(evidence::UploadFacts& facts, const Sighting& sighting) {
    store::Sightings sightings(store_.database());
    facts.sighting = sighting;
    for (const store::SightingCheck& check : sightings.checks(sighting.id)) {
      facts.checks.push_back(sentence_of(check));
    }
    for (const store::Capture& capture : sightings.captures(sighting.id)) {
      try {
        const auto exchanges = evidence::exchanges_in(data_ / "captures" / capture.file);
        facts.exchanges.insert(facts.exchanges.end(), exchanges.begin(), exchanges.end());
      } catch (const Error& error) {
        tell_open(SentenceCode::open_capture, {sighting.id.value, error.what()});
      }
    }
  }

  void add_captures(SightingId id) {
    std::size_t number = 0;
    for (const store::Capture& capture : store::Sightings(store_.database()).captures(id)) {
      const std::string name =
          "captures/sighting-" + std::to_string(id.value) + "-" + std::to_string(++number);
      add_capture({name + ".warc.gz", data_ / "captures" / capture.file, "application/warc",
                   Sentence(SentenceCode::file_capture, {to_rfc3339(capture.at)})});
      if (!capture.screenshot.empty()) {
        add_capture({name + ".png", data_ / "captures" / capture.screenshot, "image/png",
                     Sentence(SentenceCode::file_screenshot, {to_rfc3339(capture.at)})});
      } else if (!capture.screenshot_missing_why.empty()) {
        tell_open(SentenceCode::open_screenshot,
                  {id.value, screenshot_problem(capture.screenshot_missing_why)});
      }
    }
  }

  void add_capture(evidence::CaseAttachment attachment) {
    std::error_code error;
    if (std::filesystem::is_regular_file(attachment.file, error))
      result_.captures.push_back(std::move(attachment));
    else
      tell_open(SentenceCode::open_capture_file, {attachment.what});
  }

  store::Store& store_;
  std::filesystem::path data_;
  CaseId id_;
  CaseFacts result_;
};

}  // namespace

CaseFacts facts_of_case(store::Store& store, const std::filesystem::path& data, CaseId id) {
  return FactsOfCase(store, data, id).collect();
}

}  // namespace reelprint::pipeline
