#include "pipeline/case_export.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "core/json_object.h"
#include "evidence/match_document.h"
#include "fingerprint/fingerprint_codec.h"
#include "index/matcher.h"
#include "pipeline/case_facts.h"
#include "pipeline/case_pictures.h"
#include "pipeline/clock_state.h"
#include "pipeline/custody.h"
#include "pipeline/diagnosis.h"
#include "pipeline/recorded_words.h"
#include "pipeline/time_stamping.h"
#include "rights/judge.h"
#include "store/audit.h"
#include "store/cases.h"
#include "store/evidence_exports.h"

namespace reelprint::pipeline {
namespace {

std::string number_text(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%g", value);
  return text.data();
}

TenantId tenant_of(store::Store& store, CaseId id) {
  const auto found = store::Cases(store.database()).find(id);
  if (!found)
    throw Error(ErrorCode::not_found, "export case " + std::to_string(id.value) + ": there is none");
  return found->tenant;
}

/// Both logs, of one moment.
void note(store::Store& store, CaseId id, std::pair<const char*, const char*> action_and_what,
          const std::string& detail, const EvidenceActor& actor) {
  store::AuditEntry entry;
  entry.at = actor.now;
  entry.actor = actor.name;
  entry.tenant = tenant_of(store, id);
  entry.action = action_and_what.first;
  entry.object = "case " + std::to_string(id.value);
  entry.request_id = actor.request_id;
  entry.detail = detail;
  store::Audit(store.database()).append(entry);
  CaseEvent event;
  event.at = actor.now;
  event.actor = actor.name;
  event.what = action_and_what.second;
  event.detail = detail;
  store::Cases(store.database()).note(id, event);
}

/// A bundle that its key cannot have signed at its time, no verifier would trust.
void check_recorded_time(store::Store& store, const CaseExportSettings& settings, WallTime now) {
  if (!settings.made_at) return;
  const auto key = store::SigningKeys(store.database()).in_use();
  const auto refuse = [&](const std::string& why) {
    throw Error(ErrorCode::invalid_input,
                "export a case at " + evidence::to_exact_time(*settings.made_at) + ": " + why);
  };
  if (*settings.made_at > now) refuse("that time is yet to come");
  if (key && *settings.made_at < key->created_at)
    refuse("the key in use was made later, " + evidence::to_exact_time(key->created_at));
}

/// Notes the export; of one at a time that was exported before, finds what was said then.
store::EvidenceExport begin_export(store::Store& store, CaseId id, const CaseExportSettings& settings,
                                   const EvidenceActor& actor) {
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  store::EvidenceExports exports(store.database());
  const WallTime made_at = settings.made_at.value_or(actor.now);
  const std::string clock = to_text(clock_state());
  note(store, id, {"case.export", "export"},
       JsonObject()
           .text("made_at", evidence::to_exact_time(made_at))
           .text("clock", clock)
           .flag("with_media", settings.with_media)
           .str(),
       actor);
  auto made = exports.find(id, made_at);
  if (!made) {
    const auto history = store::Cases(store.database()).history(id);
    made = store::EvidenceExport{id,
                                 made_at,
                                 actor.name,
                                 store::Audit(store.database()).newest(),
                                 history.empty() ? 0 : history.back().id,
                                 clock};
    exports.add(*made);
  }
  change.commit();
  return *made;
}

std::string algorithms() {
  std::string text;
  for (const Finding& finding : library_versions())
    text += (text.empty() ? "" : ", ") + finding.name + " " + finding.value;
  return text;
}

std::vector<std::pair<Sentence, Sentence>> settings_of() {
  using enum SentenceCode;
  const index::MatchSettings matching;
  const rights::Policy thresholds;
  return {{set_least_score, number_text(matching.least_score)},
          {set_least_distinctive, number_text(to_seconds(matching.least_distinctive))},
          {set_least_moment, number_text(matching.least_moment)},
          {set_review_score, number_text(thresholds.review_score)},
          {set_flag_score, number_text(thresholds.flag_score)},
          {set_sound, matching.use_audio ? sound_compared : sound_not_compared}};
}

/// A folder for what is drawn; gone with the object.
class DrawingFolder {
 public:
  explicit DrawingFolder(const std::filesystem::path& file) : path_(file.string() + ".drawing") {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
    std::filesystem::create_directories(path_, error);
    if (error) throw Error(ErrorCode::io, "make folder '" + path_.string() + "': " + error.message());
  }
  ~DrawingFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  DrawingFolder(const DrawingFolder&) = delete;
  DrawingFolder& operator=(const DrawingFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void attach(evidence::CaseFile& case_file, const Fingerprint& print, const std::string& name,
            const std::filesystem::path& folder, Sentence what) {
  const auto file = folder / std::filesystem::path(name).filename();
  fingerprint::write_fingerprint(print, file);
  case_file.attachments.push_back({name, file, "application/octet-stream", std::move(what)});
}

/// The ending of a file name, if it is a plain one: ".mp4"; else "".
std::string ending_of(const std::string& name) {
  const std::string ending = std::filesystem::path(name).extension().string();
  const bool is_plain =
      ending.size() >= 2 && ending.size() <= 6 &&
      std::ranges::all_of(ending.substr(1), [](unsigned char c) { return std::isalnum(c); });
  return is_plain ? ending : "";
}

/// Of an upload's media: by its name, or by where it lay on the web, unless that was a playlist or a program.
std::string media_ending(const evidence::UploadFacts& upload) {
  constexpr std::array<std::string_view, 8> kMediaEndings{".mp4", ".m4v", ".mov", ".webm",
                                                          ".mkv", ".ts",  ".flv", ".avi"};
  if (const std::string ending = ending_of(upload.name); !ending.empty()) return ending;
  const std::string location = upload.sighting ? upload.sighting->location : "";
  const std::string ending = ending_of(location.substr(0, location.find_first_of("?#")));
  return std::ranges::find(kMediaEndings, ending) != kMediaEndings.end() ? ending : ".bin";
}

void attach_upload(evidence::CaseFile& case_file, const CaseUploadFacts& upload, bool with_media,
                   const std::filesystem::path& folder) {
  const std::string number = std::to_string(upload.facts.number);
  if (upload.print) {
    attach(case_file, *upload.print, evidence::query_fingerprint_name(upload.facts.number), folder,
           {SentenceCode::file_upload_print, {number}});
  }
  if (with_media && upload.media) {
    case_file.attachments.push_back({evidence::media_name(upload.facts.number) + media_ending(upload.facts),
                                     *upload.media, "application/octet-stream",
                                     Sentence(SentenceCode::file_media, {number})});
  } else if (!upload.facts.matches.empty()) {
    const SentenceCode why = upload.media ? SentenceCode::open_media_left_out : SentenceCode::open_media_gone;
    case_file.not_established.emplace_back(why, std::initializer_list<Sentence>{number});
  }
}

evidence::CaseFile case_file_of(store::Store& store, CaseFacts facts, const store::EvidenceExport& made,
                                const CaseExportTools& tools) {
  evidence::CaseFile case_file;
  Custody custody = custody_of(store, facts.objects, facts.legal_case.tenant, made.last_audit);
  case_file.custody = std::move(custody.entries);
  case_file.custody_links = std::move(custody.links);
  case_file.history = store::Cases(store.database()).history(made.in_case);
  std::erase_if(case_file.history, [&](const CaseEvent& event) { return event.id > made.last_event; });
  case_file.legal_case = std::move(facts.legal_case);
  case_file.made_at = made.made_at;
  case_file.made_by = made.made_by;
  case_file.clock_source = clock_sentence(made.clock_source);
  case_file.tool_version = "reelprint " + tools.tool_version;
  case_file.algorithms = algorithms();
  case_file.settings = settings_of();
  case_file.benchmark = SentenceCode::benchmark;  // docs/benchmarks.md, "final"
  case_file.attachments = std::move(facts.captures);
  case_file.not_established = std::move(facts.not_established);
  return case_file;
}

/// One that was given before over the same root is given again.
evidence::AskTimeStamp remembered(store::Store& store, const CaseExportSettings& settings,
                                  evidence::AskTimeStamp ask, WallTime now) {
  return [&store, authority = settings.authority, ask = std::move(ask), now](const Sha256& root) {
    store::EvidenceExports exports(store.database());
    if (auto token = exports.time_stamp(root)) return std::move(*token);
    std::string token = ask(root);
    exports.keep_time_stamp(root, authority, token, now);
    return token;
  };
}

}  // namespace

evidence::WrittenBundle export_case(store::Store& store, CaseId id, const CaseExportSettings& settings,
                                    const CaseExportTools& tools, const EvidenceActor& actor,
                                    const std::filesystem::path& file, const std::stop_token& stop) {
  const auto key = evidence_key_in_use(store, tools.data);
  check_recorded_time(store, settings, actor.now);
  const store::EvidenceExport made = begin_export(store, id, settings, actor);
  const DrawingFolder folder(file);
  CaseFacts facts = facts_of_case(store, tools.data, id);
  std::vector<CaseUploadFacts> uploads = std::exchange(facts.uploads, {});
  const auto reference_prints = std::exchange(facts.reference_prints, {});
  evidence::CaseFile case_file = case_file_of(store, std::move(facts), made, tools);
  for (const auto& [reference, print] : reference_prints) {
    attach(case_file, print, evidence::reference_fingerprint_name(reference), folder.path(),
           {SentenceCode::file_reference_print, {reference.value}});
  }
  for (CaseUploadFacts& upload : uploads) {
    attach_upload(case_file, upload, settings.with_media, folder.path());
    draw_matches(upload, reference_prints, folder.path(), tools.frames, stop);
    case_file.uploads.push_back(std::move(upload.facts));
  }
  evidence::BundleSettings bundle;
  bundle.languages = settings.languages;
  bundle.authority = settings.authority;
  if (!settings.authority.empty()) {
    bundle.ask = remembered(store, settings,
                            tools.ask ? tools.ask : time_stamps_of(settings.authority, folder.path(), stop),
                            actor.now);
  }
  return evidence::write_bundle(case_file, key, bundle, file);
}

void note_evidence_access(store::Store& store, CaseId id, std::string_view what, const EvidenceActor& actor) {
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  note(store, id, {"evidence.access", "access"}, JsonObject().text("what", what).str(), actor);
  change.commit();
}

}  // namespace reelprint::pipeline
