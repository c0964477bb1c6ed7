// What a case does not establish.
#include <algorithm>

#include "evidence/report_builder.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

template <class Test>
bool any_match(const CaseFile& case_file, Test&& test) {
  return std::any_of(case_file.uploads.begin(), case_file.uploads.end(), [&](const UploadFacts& upload) {
    return std::any_of(upload.matches.begin(), upload.matches.end(), test);
  });
}

template <class Test>
bool any_upload(const CaseFile& case_file, Test&& test) {
  return std::any_of(case_file.uploads.begin(), case_file.uploads.end(), test);
}

}  // namespace

std::vector<std::string> open_questions(const CaseFile& case_file, const Wording& wording) {
  std::vector<std::string> questions;
  const auto ask = [&](bool is_open, Phrase phrase) {
    if (is_open) questions.push_back(wording.say(phrase));
  };
  ask(any_match(case_file, [](const MatchFacts& m) { return !m.match.is_confirmed; }),
      Phrase::open_unconfirmed);
  ask(any_match(case_file, [](const MatchFacts& m) { return !m.match.names_episode; }), Phrase::open_episode);
  ask(true, Phrase::open_person);
  ask(true, Phrase::open_law);
  ask(any_match(case_file, [](const MatchFacts& m) { return m.work.proofs_of_right.empty(); }),
      Phrase::open_no_proof);
  ask(any_upload(case_file, [](const UploadFacts& u) { return !u.sighting; }), Phrase::open_no_sighting);
  ask(any_upload(case_file, [](const UploadFacts& u) { return u.sighting && u.exchanges.empty(); }),
      Phrase::open_no_capture);
  ask(any_upload(case_file, [](const UploadFacts& u) { return !u.matches.empty() && u.media == Sha256{}; }),
      Phrase::open_sampled);
  ask(true, Phrase::open_right);
  ask(any_upload(case_file, [](const UploadFacts& u) { return u.sighting.has_value(); }),
      Phrase::open_counts);
  ask(any_upload(case_file, [](const UploadFacts& u) { return u.sighting.has_value(); }),
      Phrase::open_other_time);
  ask(case_file.clock_source.is_empty(), Phrase::open_clock);
  ask(true, Phrase::open_remake);
  for (const Sentence& sentence : case_file.not_established)
    questions.push_back(visible_line(recorded(sentence, wording)));
  return questions;
}

std::string recorded(const Sentence& sentence, const Wording& wording) {
  const std::string text = wording.say(sentence);
  return sentence.is_verbatim() ? wording.say(Phrase::open_recorded, {text}) : text;
}

}  // namespace reelprint::evidence
