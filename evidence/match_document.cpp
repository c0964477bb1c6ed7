#include "evidence/match_document.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cmath>
#include <utility>

#include "evidence/canonical_json.h"
#include "evidence/digest.h"
#include "evidence/manifest.h"
#include "evidence/sighting_json.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value time_or_null(const std::optional<WallTime>& time) {
  return time ? json::value(to_exact_time(*time)) : json::value();
}

json::array texts_of(const std::vector<Sentence>& sentences) {
  json::array texts;
  for (const Sentence& sentence : sentences) texts.push_back(json::value(to_text(sentence)));
  return texts;
}

json::object named_text(std::string_view name, std::string_view value) {
  return {{"name", name}, {"value", value}};
}

json::array named_texts_of(const Pairs& pairs) {
  json::array list;
  for (const auto& [name, value] : pairs) list.push_back(named_text(name, value));
  return list;
}

json::array settings_of(const CaseFile& case_file) {
  json::array list;
  for (const auto& [name, value] : case_file.settings)
    list.push_back(named_text(to_text(name), to_text(value)));
  return list;
}

json::object span_of(const Interval& span) {
  return {{"begin_us", span.begin.us}, {"end_us", span.end.us}};
}

json::value name_or_null(const std::optional<CaseAttachment>& attachment) {
  return attachment ? json::value(attachment->name) : json::value();
}

json::value number_or_null(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value();
}

json::object work_of(const WorkFacts& work) {
  return {{"holder", work.holder},
          {"series", work.series},
          {"season", text_or_null(work.season)},
          {"episode", text_or_null(work.episode)},
          {"episode_number", text_or_null(work.episode_number)},
          {"language", text_or_null(work.language)},
          {"registrations", named_texts_of(work.registrations)},
          {"first_publication", text_or_null(work.first_publication)},
          {"proofs_of_right", named_texts_of(work.proofs_of_right)},
          {"media_sha256", to_hex(work.media)},
          {"duration_us", work.duration.count()},
          {"registered_at", to_exact_time(work.registered_at)}};
}

json::array pairs_of(const Match& match) {
  json::array pairs;
  for (const AlignedPair& pair : match.pairs) {
    const Similarity& map = pair.transform;
    pairs.push_back(json::object{{"query_us", pair.query.us},
                                 {"reference_us", pair.reference.us},
                                 {"distance", pair.distance},
                                 {"distinctive", pair.distinctive},
                                 {"inliers", pair.inliers},
                                 {"transform", {map.a, map.b, map.tx, map.ty}}});
  }
  return pairs;
}

json::value plain_frame_of(const std::optional<PlainFrame>& frame) {
  if (!frame) return {};
  const PixelBox& box = frame->box;
  return json::object{{"file", frame->picture.name}, {"box", {box.x, box.y, box.width, box.height}}};
}

json::array frames_of(const MatchFacts& facts) {
  json::array frames;
  for (const FramePair& pair : facts.pairs) {
    frames.push_back(json::object{{"query_us", pair.query.us},
                                  {"reference_us", pair.reference.us},
                                  {"agreement", pair.agreement},
                                  {"file", pair.picture.name},
                                  {"query_frame", plain_frame_of(pair.query_frame)},
                                  {"reference_frame", plain_frame_of(pair.reference_frame)}});
  }
  return frames;
}

bool is_enclosed(const CaseFile& case_file, const std::string& name) {
  return std::ranges::find(case_file.attachments, name, &CaseAttachment::name) != case_file.attachments.end();
}

json::value enclosed_or_null(const CaseFile& case_file, const std::string& name) {
  return is_enclosed(case_file, name) ? json::value(name) : json::value();
}

json::object match_of(const CaseFile& case_file, const MatchFacts& facts) {
  const Match& match = facts.match;
  return {{"reference", match.reference.value},
          {"episode", match.episode.value},
          {"series", match.series.value},
          {"reference_fingerprint", enclosed_or_null(case_file, reference_fingerprint_name(match.reference))},
          {"work", work_of(facts.work)},
          {"query_span", span_of(match.query_span)},
          {"reference_span", span_of(match.reference_span)},
          {"speed", match.speed},
          {"mirrored", match.mirrored},
          {"score", match.score},
          {"log10_false_alarms", match.log10_false_alarms},
          {"distinctive_us", match.distinctive.count()},
          {"negative_us", match.negative.count()},
          {"confirmed", match.is_confirmed},
          {"names_episode", match.names_episode},
          {"agreeing", match.agreeing},
          {"compared", match.compared},
          {"found_by", to_string(match.found_by)},
          {"inliers", match.inliers},
          {"sound_agreement", number_or_null(match.sound_agreement)},
          {"moment_agreement", number_or_null(match.moment_agreement)},
          {"moment_pictures", match.moment_pictures},
          {"pairs", pairs_of(match)},
          {"frames", frames_of(facts)},
          {"time_plot", name_or_null(facts.time_plot)},
          {"coverage", name_or_null(facts.coverage)},
          {"sound", texts_of(facts.sound)},
          {"not_established", texts_of(facts.not_established)}};
}

json::object ruling_of(const HolderRuling& ruling) {
  json::array steps;
  for (const RuleStep& step : ruling.steps) {
    steps.push_back(json::object{
        {"kind", to_string(step.kind)}, {"id", step.id}, {"applies", step.applies}, {"text", step.text}});
  }
  return {{"decision", to_string(ruling.decision)},
          {"action", to_string(ruling.action)},
          {"matched_us", ruling.matched.count()},
          {"share_of_upload", ruling.share_of_upload},
          {"share_of_reference", ruling.share_of_reference},
          {"score", ruling.score},
          {"steps", std::move(steps)}};
}

/// The media of an upload, whatever their ending.
json::value media_file_of(const CaseFile& case_file, std::int64_t number) {
  const std::string begin = media_name(number) + ".";
  const auto found = std::ranges::find_if(
      case_file.attachments, [&](const CaseAttachment& one) { return one.name.starts_with(begin); });
  return found == case_file.attachments.end() ? json::value() : json::value(found->name);
}

json::object upload_of(const CaseFile& case_file, const UploadFacts& upload) {
  json::array matches;
  for (const MatchFacts& facts : upload.matches) matches.push_back(match_of(case_file, facts));
  return {{"number", upload.number},
          {"name", upload.name},
          {"url", text_or_null(upload.url)},
          {"account", text_or_null(upload.account)},
          {"channel", text_or_null(upload.channel)},
          {"territory", text_or_null(upload.territory)},
          {"title", text_or_null(upload.title)},
          {"published_at", time_or_null(upload.published_at)},
          {"media_sha256", to_hex(upload.media)},
          {"media_bytes", upload.media_bytes},
          {"media_file", media_file_of(case_file, upload.number)},
          {"query_fingerprint", enclosed_or_null(case_file, query_fingerprint_name(upload.number))},
          {"duration_us", upload.duration.count()},
          {"screened_at", to_exact_time(upload.screened_at)},
          {"sighting", upload.sighting ? json::value(sighting_json(*upload.sighting)) : json::value()},
          {"exchanges", exchanges_json(upload.exchanges)},
          {"checks", texts_of(upload.checks)},
          {"ruling", ruling_of(upload.ruling)},
          {"matches", std::move(matches)}};
}

template <class Ids>
json::array numbers_of(const Ids& ids) {
  json::array numbers;
  for (const auto& id : ids) numbers.push_back(id.value);
  return numbers;
}

json::object case_of(const LegalCase& legal_case) {
  return {{"id", legal_case.id.value},
          {"holder", legal_case.holder.value},
          {"platform", text_or_null(legal_case.platform)},
          {"account", text_or_null(legal_case.account)},
          {"state", to_string(legal_case.state)},
          {"reason", to_string(legal_case.reason)},
          {"remark", text_or_null(legal_case.remark)},
          {"assignee", text_or_null(legal_case.assignee)},
          {"decisions", numbers_of(legal_case.decisions)},
          {"sightings", numbers_of(legal_case.sightings)},
          {"opened_at", to_exact_time(legal_case.opened_at)},
          {"changed_at", to_exact_time(legal_case.changed_at)}};
}

json::array history_of(const CaseFile& case_file) {
  json::array history;
  for (const CaseEvent& event : case_file.history) {
    history.push_back(json::object{{"id", event.id},
                                   {"at", to_exact_time(event.at)},
                                   {"actor", event.actor},
                                   {"what", event.what},
                                   {"detail", event.detail}});
  }
  return history;
}

json::object entry_of(const CustodyEntry& entry) {
  return {{"kind", "entry"},
          {"id", entry.id},
          {"at", to_exact_time(entry.at)},
          {"tenant", entry.tenant.value},
          {"actor", entry.actor},
          {"action", entry.action},
          {"object", entry.object},
          {"request", entry.request_id},
          {"detail", entry.detail},
          {"salt", text_or_null(entry.salt)},
          {"previous", to_hex(entry.previous)},
          {"digest", to_hex(entry.digest)}};
}

json::object link_of(const CustodyLink& link) {
  const bool has_content = link.content != Sha256{};
  return {{"kind", "link"},
          {"id", link.id},
          {"at", to_exact_time(link.at)},
          {"content", has_content ? json::value(to_hex(link.content)) : json::value()},
          {"digest", has_content ? json::value() : json::value(to_hex(link.digest))}};
}

}  // namespace

std::string match_document(const CaseFile& case_file) {
  json::array uploads;
  for (const UploadFacts& upload : case_file.uploads) uploads.push_back(upload_of(case_file, upload));
  return canonical_json(json::object{{"format", "reelprint-match-1"},
                                     {"case", case_of(case_file.legal_case)},
                                     {"made_at", to_exact_time(case_file.made_at)},
                                     {"made_by", case_file.made_by},
                                     {"tool_version", case_file.tool_version},
                                     {"uploads", std::move(uploads)},
                                     {"history", history_of(case_file)},
                                     {"not_established", texts_of(case_file.not_established)}}) +
         "\n";
}

std::string settings_document(const CaseFile& case_file) {
  return canonical_json(json::object{{"format", "reelprint-settings-1"},
                                     {"tool_version", case_file.tool_version},
                                     {"algorithms", case_file.algorithms},
                                     {"clock_source", to_text(case_file.clock_source)},
                                     {"benchmark", to_text(case_file.benchmark)},
                                     {"time_stamp", to_text(case_file.time_stamp)},
                                     {"settings", settings_of(case_file)}}) +
         "\n";
}

std::string custody_document(const CaseFile& case_file) {
  std::string text;
  auto link = case_file.custody_links.begin();
  const auto last_link = case_file.custody_links.end();
  for (const CustodyEntry& entry : case_file.custody) {
    for (; link != last_link && link->id < entry.id; ++link) text += canonical_json(link_of(*link)) + "\n";
    text += canonical_json(entry_of(entry)) + "\n";
  }
  return text;
}

std::string query_fingerprint_name(std::int64_t number) {
  return "fingerprints/upload-" + std::to_string(number) + ".rpf";
}

std::string reference_fingerprint_name(ReferenceId reference) {
  return "fingerprints/reference-" + std::to_string(reference.value) + ".rpf";
}

std::string media_name(std::int64_t number) {
  return "media/upload-" + std::to_string(number);
}

}  // namespace reelprint::evidence
