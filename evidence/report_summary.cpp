// Page one.
#include <algorithm>
#include <set>

#include "evidence/record_names.h"
#include "evidence/report_builder.h"
#include "evidence/report_names.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kMostQuestions = 6;

std::vector<const UploadFacts*> matching_uploads(const CaseFile& case_file) {
  std::vector<const UploadFacts*> uploads;
  for (const UploadFacts& upload : case_file.uploads) {
    if (!upload.matches.empty()) uploads.push_back(&upload);
  }
  return uploads;
}

/// The works by name: the first, and how many more.
std::string works_named(const std::vector<const UploadFacts*>& uploads, const Wording& wording) {
  std::string first;
  std::set<std::string> names;
  for (const UploadFacts* upload : uploads) {
    for (const MatchFacts& facts : upload->matches) {
      const std::string name = name_of(facts.work, wording);
      if (first.empty()) first = name;
      names.insert(name);
    }
  }
  if (names.size() < 2) return first;
  return wording.say(Phrase::works_and_more, {first, std::to_string(names.size() - 1)});
}

double share_of(Duration part, Duration whole) {
  return whole.count() > 0 ? to_seconds(part) / to_seconds(whole) : 0;
}

std::string found_sentence(const CaseFile& case_file, const std::vector<const UploadFacts*>& uploads,
                           const Wording& wording) {
  const std::string platform = platform_of(case_file.legal_case, wording);
  const std::string account = account_of(*uploads.front(), case_file.legal_case, wording);
  const std::string works = works_named(uploads, wording);
  if (uploads.size() == 1) {
    const Duration matched = matched_of(*uploads.front());
    return wording.say(Phrase::found_one,
                       {platform, account, wording.length(matched),
                        Wording::share(share_of(matched, uploads.front()->duration)), works});
  }
  Duration matched{0};
  for (const UploadFacts* upload : uploads) matched += matched_of(*upload);
  return wording.say(Phrase::found_many,
                     {std::to_string(uploads.size()), platform, account, works, wording.length(matched)});
}

Phrase ruling_phrase(Decision decision) {
  switch (decision) {
    case Decision::infringing: return Phrase::ruling_infringing;
    case Decision::needs_review: return Phrase::ruling_needs_review;
    case Decision::licensed: return Phrase::ruling_licensed;
    case Decision::clear: return Phrase::ruling_clear;
  }
  return Phrase::ruling_clear;
}

/// What the rules say, of each outcome once.
std::string rulings_of(const std::vector<const UploadFacts*>& uploads, const Wording& wording) {
  std::set<Phrase> outcomes;
  for (const UploadFacts* upload : uploads) outcomes.insert(ruling_phrase(upload->ruling.decision));
  std::string text;
  for (const Phrase outcome : outcomes) text = wording.joined({text, wording.say(outcome)});
  return text;
}

/// Who took the case to where it is, and when; "" where nobody did.
std::string decided_by(const CaseFile& case_file, const Wording& wording) {
  const auto last = std::find_if(case_file.history.rbegin(), case_file.history.rend(),
                                 [](const CaseEvent& event) { return event.what == "state"; });
  if (last == case_file.history.rend() || case_file.legal_case.state == CaseState::open) return "";
  return wording.say(Phrase::last_change, {visible_line(name_of_actor(last->actor, wording.language()), 200),
                                           wording.time(last->at)});
}

Box found_box(const CaseFile& case_file, const std::vector<const UploadFacts*>& uploads,
              const Wording& wording) {
  Box box{wording.say(Phrase::found_title), {}, false};
  const WorkFacts& work = uploads.front()->matches.front().work;
  box.texts.push_back(
      wording.joined({found_sentence(case_file, uploads, wording),
                      wording.say(Phrase::found_works_of, {visible_line(work.holder, 200)})}));
  const LegalCase& legal_case = case_file.legal_case;
  const std::string state = wording.say(phrase_of(legal_case.state));
  box.texts.push_back(wording.joined(
      {rulings_of(uploads, wording),
       legal_case.reason == CaseReason::none
           ? wording.say(Phrase::state_line, {state})
           : wording.say(Phrase::state_reason_line, {state, wording.say(phrase_of(legal_case.reason))}),
       decided_by(case_file, wording)}));
  return box;
}

Box sure_box(const MatchFacts& strongest, const Wording& wording) {
  const Match& match = strongest.match;
  Box box{wording.say(Phrase::sure_title), {}, false};
  if (match.found_by == FoundBy::sound) {
    box.texts.push_back(wording.say(Phrase::sure_sound_only));
  } else {
    box.texts.push_back(
        wording.joined({wording.say(Phrase::sure_method),
                        wording.say(Phrase::sure_chance, {wording.chance(match.log10_false_alarms)})}));
    std::string more = wording.say(match.is_confirmed ? Phrase::sure_confirmed : Phrase::sure_unconfirmed);
    if (match.sound_agreement && *match.sound_agreement >= 0.5)
      more = wording.joined(
          {more, wording.say(Phrase::sure_sound_yes, {Wording::share(*match.sound_agreement)})});
    box.texts.push_back(more);
  }
  box.texts.push_back(wording.say(Phrase::sure_more, {wording.say(Phrase::ch_score)}));
  return box;
}

Tiles tiles_of(const std::vector<const UploadFacts*>& uploads, const MatchFacts& strongest,
               const Wording& wording) {
  Duration matched{0};
  std::size_t segments = 0;
  for (const UploadFacts* upload : uploads) {
    matched += matched_of(*upload);
    segments += upload->matches.size();
  }
  Tiles tiles;
  tiles.tiles.push_back({wording.length(matched), wording.say(Phrase::tile_matched)});
  if (uploads.size() == 1)
    tiles.tiles.push_back(
        {Wording::share(share_of(matched, uploads.front()->duration)), wording.say(Phrase::tile_share)});
  else
    tiles.tiles.push_back({std::to_string(uploads.size()), wording.say(Phrase::tile_uploads)});
  tiles.tiles.push_back({std::to_string(segments), wording.say(Phrase::tile_segments)});
  tiles.tiles.push_back(
      {wording.chance_figure(strongest.match.log10_false_alarms), wording.say(Phrase::tile_chance)});
  return tiles;
}

/// Where it was seen, by whom it was uploaded, whose work it is.
Facts about(const CaseFile& case_file, const Wording& wording) {
  Facts facts;
  const auto add = [&](Phrase label, const std::string& value, bool is_code = false) {
    if (!value.empty()) facts.facts.push_back({wording.say(label), visible_line(value, 300), is_code});
  };
  add(Phrase::platform, platform_of(case_file.legal_case, wording));
  add(Phrase::account, case_file.legal_case.account);
  if (case_file.uploads.empty()) return facts;
  const UploadFacts& first = case_file.uploads.front();
  const std::string& page =
      first.sighting && !first.sighting->page_url.empty() ? first.sighting->page_url : first.url;
  add(Phrase::page_url,
      page.empty() || case_file.uploads.size() == 1
          ? page
          : wording.say(Phrase::uploads_and_more,
                        {visible_line(page, 200), std::to_string(case_file.uploads.size() - 1)}),
      true);
  add(first.sighting ? Phrase::seen_at : Phrase::screened_at,
      wording.time(first.sighting ? first.sighting->seen_at : first.screened_at));
  return facts;
}

}  // namespace

Section summary_of(const CaseFile& case_file, const Wording& wording) {
  Section section{wording.say(Phrase::ch_summary), 1, {}, false};
  const auto uploads = matching_uploads(case_file);
  const MatchFacts* strongest = strongest_of(case_file);
  if (uploads.empty() || strongest == nullptr) {
    section.blocks.emplace_back(
        Box{wording.say(Phrase::found_title), {wording.say(Phrase::nothing_found)}, false});
  } else {
    section.blocks.emplace_back(tiles_of(uploads, *strongest, wording));
    section.blocks.emplace_back(found_box(case_file, uploads, wording));
    section.blocks.emplace_back(sure_box(*strongest, wording));
  }
  section.blocks.emplace_back(about(case_file, wording));
  Box open{wording.say(Phrase::open_title), open_questions(case_file, wording), true};
  if (open.texts.size() > kMostQuestions) open.texts.resize(kMostQuestions);
  section.blocks.emplace_back(std::move(open));
  if (strongest != nullptr && !strongest->pairs.empty()) {
    const FramePair& pair = strongest->pairs.front();
    section.blocks.emplace_back(Picture{
        pair.picture.file, wording.say(Phrase::strongest_pair,
                                       {Wording::position(pair.query), Wording::position(pair.reference)})});
  }
  return section;
}

}  // namespace reelprint::evidence
