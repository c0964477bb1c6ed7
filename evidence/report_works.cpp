// The protected works, each once.
#include <algorithm>

#include "evidence/report_builder.h"
#include "evidence/report_names.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

bool is_same(const WorkFacts& a, const WorkFacts& b) {
  return a.holder == b.holder && a.series == b.series && a.season == b.season &&
         a.episode_number == b.episode_number && a.episode == b.episode && a.language == b.language &&
         a.media == b.media;
}

std::vector<const WorkFacts*> distinct_works(const CaseFile& case_file) {
  std::vector<const WorkFacts*> works;
  for (const UploadFacts& upload : case_file.uploads) {
    for (const MatchFacts& facts : upload.matches) {
      const bool is_known = std::any_of(works.begin(), works.end(),
                                        [&](const WorkFacts* work) { return is_same(*work, facts.work); });
      if (!is_known) works.push_back(&facts.work);
    }
  }
  return works;
}

Facts facts_of(const WorkFacts& work, const Wording& wording) {
  Facts facts;
  const auto add = [&](Phrase label, const std::string& value, bool is_code = false) {
    if (!value.empty()) facts.facts.push_back({wording.say(label), value, is_code});
  };
  add(Phrase::holder, work.holder);
  add(Phrase::series, work.series);
  add(Phrase::season, work.season);
  add(Phrase::episode, work.episode_number);
  add(Phrase::episode_title, work.episode);
  add(Phrase::language, work.language);
  for (const auto& [name, value] : work.registrations)
    facts.facts.push_back({wording.known(name), value, false});
  add(Phrase::first_publication,
      work.first_publication.empty() ? wording.say(Phrase::not_recorded) : work.first_publication);
  for (const auto& [name, value] : work.proofs_of_right) {
    facts.facts.push_back({wording.say(Phrase::proof_of_right),
                           name.empty() ? value : wording.say(Phrase::labelled, {wording.known(name), value}),
                           false});
  }
  if (work.proofs_of_right.empty()) add(Phrase::proof_of_right, wording.say(Phrase::no_proof));
  add(Phrase::length, wording.length(work.duration));
  add(Phrase::registered_at, wording.time(work.registered_at));
  add(Phrase::reference_digest,
      work.media == Sha256{} ? wording.say(Phrase::not_recorded) : to_hex(work.media),
      work.media != Sha256{});
  return facts;
}

}  // namespace

std::vector<Section> works_of(const CaseFile& case_file, const Wording& wording) {
  const auto works = distinct_works(case_file);
  if (works.empty()) return {};
  std::vector<Section> sections;
  sections.push_back({wording.say(Phrase::ch_work), 1, {Paragraph{wording.say(Phrase::work_intro)}}, false});
  for (const WorkFacts* work : works)
    sections.push_back({name_of(*work, wording), 2, {facts_of(*work, wording)}, false});
  return sections;
}

}  // namespace reelprint::evidence
