#include "evidence/report_names.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kLongestName = 200;  ///< characters within a sentence

std::string name(std::string_view text) {
  return visible_line(text, kLongestName);
}

}  // namespace

Phrase phrase_of(CaseState state) {
  switch (state) {
    case CaseState::open: return Phrase::state_open;
    case CaseState::confirmed: return Phrase::state_confirmed;
    case CaseState::dismissed: return Phrase::state_dismissed;
    case CaseState::noticed: return Phrase::state_noticed;
    case CaseState::removed: return Phrase::state_removed;
    case CaseState::countered: return Phrase::state_countered;
    case CaseState::closed: return Phrase::state_closed;
  }
  return Phrase::state_open;
}

Phrase phrase_of(CaseReason reason) {
  switch (reason) {
    case CaseReason::none: return Phrase::reason_none;
    case CaseReason::infringing_copy: return Phrase::reason_infringing_copy;
    case CaseReason::infringing_part: return Phrase::reason_infringing_part;
    case CaseReason::licensed_use: return Phrase::reason_licensed_use;
    case CaseReason::quotation: return Phrase::reason_quotation;
    case CaseReason::not_the_work: return Phrase::reason_not_the_work;
    case CaseReason::shared_material: return Phrase::reason_shared_material;
    case CaseReason::own_upload: return Phrase::reason_own_upload;
    case CaseReason::duplicate: return Phrase::reason_duplicate;
    case CaseReason::taken_down: return Phrase::reason_taken_down;
    case CaseReason::withdrawn: return Phrase::reason_withdrawn;
    case CaseReason::counter_notice: return Phrase::reason_counter_notice;
    case CaseReason::settled: return Phrase::reason_settled;
    case CaseReason::reappeared: return Phrase::reason_reappeared;
    case CaseReason::other: return Phrase::reason_other;
  }
  return Phrase::reason_other;
}

Phrase phrase_of(Decision decision) {
  switch (decision) {
    case Decision::clear: return Phrase::decision_clear;
    case Decision::needs_review: return Phrase::decision_needs_review;
    case Decision::licensed: return Phrase::decision_licensed;
    case Decision::infringing: return Phrase::decision_infringing;
  }
  return Phrase::decision_clear;
}

Phrase phrase_of(Action action) {
  switch (action) {
    case Action::none: return Phrase::action_none;
    case Action::track: return Phrase::action_track;
    case Action::monetize: return Phrase::action_monetize;
    case Action::review: return Phrase::action_review;
    case Action::block: return Phrase::action_block;
  }
  return Phrase::action_none;
}

Phrase phrase_of(StepKind kind) {
  switch (kind) {
    case StepKind::excluded: return Phrase::step_excluded;
    case StepKind::ownership: return Phrase::step_ownership;
    case StepKind::evidence: return Phrase::step_evidence;
    case StepKind::quarantine: return Phrase::step_quarantine;
    case StepKind::dismissal: return Phrase::step_dismissal;
    case StepKind::allow: return Phrase::step_allow;
    case StepKind::licence: return Phrase::step_licence;
    case StepKind::policy: return Phrase::step_policy;
  }
  return Phrase::step_evidence;
}

Phrase phrase_of(FoundBy found_by) {
  switch (found_by) {
    case FoundBy::hashes: return Phrase::by_hashes;
    case FoundBy::features: return Phrase::by_features;
    case FoundBy::sound: return Phrase::by_sound;
  }
  return Phrase::by_hashes;
}

std::string name_of(const WorkFacts& work, const Wording& wording) {
  const std::string number = name(work.episode_number);
  const std::string part = work.season.empty()
                               ? wording.say(Phrase::only_episode, {number})
                               : wording.say(Phrase::season_episode, {name(work.season), number});
  return wording.say(Phrase::work_of, {name(work.series), number.empty() ? name(work.episode) : part});
}

std::string account_of(const UploadFacts& upload, const LegalCase& legal_case, const Wording& wording) {
  const std::string& account = upload.account.empty() ? legal_case.account : upload.account;
  if (account.empty()) return wording.say(Phrase::by_unknown);
  return wording.say(Phrase::by_account, {name(account)});
}

std::string platform_of(const LegalCase& legal_case, const Wording& wording) {
  return legal_case.platform.empty() ? wording.say(Phrase::some_platform) : name(legal_case.platform);
}

const MatchFacts* strongest_of(const CaseFile& case_file) {
  const MatchFacts* strongest = nullptr;
  for (const UploadFacts& upload : case_file.uploads) {
    for (const MatchFacts& facts : upload.matches) {
      if (strongest == nullptr || facts.match.log10_false_alarms < strongest->match.log10_false_alarms)
        strongest = &facts;
    }
  }
  return strongest;
}

Duration matched_of(const UploadFacts& upload) {
  std::vector<Interval> spans;
  for (const MatchFacts& facts : upload.matches) spans.push_back(facts.match.query_span);
  std::sort(spans.begin(), spans.end());
  Duration matched{0};
  Timestamp covered_until{std::numeric_limits<std::int64_t>::min()};
  for (const Interval& span : spans) {
    const Timestamp begin = std::max(span.begin, covered_until);
    if (span.end > begin) matched += span.end - begin;
    covered_until = std::max(covered_until, span.end);
  }
  return matched;
}

}  // namespace reelprint::evidence
