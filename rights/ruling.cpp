#include "rights/ruling.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "rights/holder_case.h"
#include "rights/policy_choice.h"
#include "rights/words.h"

namespace reelprint::rights {
namespace {

using Positions = std::vector<std::size_t>;

/// The order in which matches are told, whatever the order in which they came.
auto rank(const FoundMatch& found) {
  const Match& match = found.match;
  const Episode& episode = found.entry.episode;
  return std::tuple(found.entry.series.id, episode.season, episode.number, episode.id, match.reference,
                    match.query_span, match.reference_span, -match.score, match.distinctive, match.found_by,
                    match.agreeing, match.compared);
}

std::map<HolderId, Positions> by_holder(std::span<const FoundMatch> found) {
  std::map<HolderId, Positions> holders;
  for (std::size_t i = 0; i < found.size(); ++i) holders[found[i].entry.holder.id].push_back(i);
  for (auto& [holder, positions] : holders)
    std::ranges::stable_sort(positions, {}, [&](std::size_t position) { return rank(found[position]); });
  return holders;
}

std::vector<const CountedMatch*> standing(const HolderCase& holder_case,
                                          std::initializer_list<Standing> wanted) {
  std::vector<const CountedMatch*> matches;
  for (const CountedMatch& counted : holder_case.matches)
    if (std::ranges::find(wanted, counted.standing) != wanted.end()) matches.push_back(&counted);
  return matches;
}

void rest_on(HolderRuling& ruling, std::span<const CountedMatch* const> matches, Duration upload) {
  const Measure sum = measure(matches, upload);
  ruling.matched = sum.matched;
  ruling.share_of_upload = sum.share_of_upload;
  ruling.share_of_reference = sum.share_of_reference;
  ruling.score = sum.score;
  for (const CountedMatch* counted : matches) ruling.matches.push_back(counted->position);
  std::ranges::sort(ruling.matches);
}

/// What is certain is dealt with as the policies ask; what is not, as they would ask were it certain, but
/// only as far as doubt allows. The stronger of the two counts.
void go_by_policies(HolderCase& holder_case, HolderRuling& ruling) {
  const auto certain = standing(holder_case, {Standing::certain});
  const auto all = standing(holder_case, {Standing::certain, Standing::doubtful});
  const Duration upload = holder_case.input.upload;
  PolicyChoice choice = choose(holder_case.record.policies, holder_case.input.context);
  std::vector<RuleStep> steps = std::move(choice.passed_over);
  const Action sure = asked_for(choice, certain, upload, &steps);
  const bool has_doubts = all.size() > certain.size();
  const Action asked = has_doubts ? asked_for(choice, all, upload, &steps) : sure;
  const Action unsure = has_doubts ? in_doubt(asked) : Action::none;
  for (RuleStep& step : steps) holder_case.tell(step.kind, step.id, step.applies, std::move(step.sentence));
  ruling.action = std::max(sure, unsure);
  if (unsure > sure) {
    holder_case.tell(StepKind::policy, 0, true,
                     {SentenceCode::policy_doubt, {word_for(asked), word_for(unsure)}});
    ruling.decision = Decision::needs_review;
  } else if (sure == Action::review) {
    ruling.decision = Decision::needs_review;
  } else if (sure != Action::none) {
    ruling.decision = Decision::infringing;
  }
}

HolderRuling rule_holder(const RulingInput& input, const Showing& showing, HolderId holder,
                         const Positions& positions) {
  HolderCase holder_case{
      input, showing, input.found[positions.front()].entry.holder.name, record_of(holder, input.record),
      {},    {}};
  for (const std::size_t position : positions)
    holder_case.matches.push_back(count(input.found[position], position));
  take_away_excluded_seconds(holder_case);
  drop_what_the_holder_has_no_right_to(holder_case);
  weigh_evidence(holder_case);
  doubt_quarantined_references(holder_case);
  drop_what_was_dismissed(holder_case);
  go_through_allow_list(holder_case);
  go_through_licences(holder_case);
  HolderRuling ruling = decide(holder_case);
  ruling.holder = holder;
  return ruling;
}

}  // namespace

HolderRuling decide(HolderCase& holder_case) {
  HolderRuling ruling;
  const auto licensed = standing(holder_case, {Standing::licensed});
  const auto unlicensed = standing(holder_case, {Standing::certain, Standing::doubtful});
  if (!unlicensed.empty()) go_by_policies(holder_case, ruling);
  if (ruling.decision == Decision::clear && !licensed.empty()) ruling.decision = Decision::licensed;
  rest_on(ruling, ruling.decision == Decision::licensed ? licensed : unlicensed, holder_case.input.upload);
  ruling.steps = std::move(holder_case.steps);
  return ruling;
}

bool is_heavier(const HolderRuling& a, const HolderRuling& b) {
  // By rising weight: clear, licensed, needs_review, infringing.
  const auto weight = [](Decision decision) {
    switch (decision) {
      case Decision::clear: return 0;
      case Decision::licensed: return 1;
      case Decision::needs_review: return 2;
      case Decision::infringing: return 3;
    }
    return 3;
  };
  return std::pair(a.action, weight(a.decision)) > std::pair(b.action, weight(b.decision));
}

WallTime counting_time(const UploadContext& context, WallTime now) {
  return context.published_at.value_or(now);
}

Ruling rule(const RulingInput& input) {
  Ruling ruling;
  const Showing showing = showing_of(input.context, input.at);
  for (const auto& [holder, positions] : by_holder(input.found))
    ruling.holders.push_back(rule_holder(input, showing, holder, positions));
  if (ruling.holders.empty()) {
    ruling.verdict = judge({}, input.thresholds);
    return ruling;
  }
  const HolderRuling* heaviest = &ruling.holders.front();
  for (const HolderRuling& holder : ruling.holders) {
    if (is_heavier(holder, *heaviest)) heaviest = &holder;
    for (const RuleStep& step : holder.steps) ruling.verdict.reasons.push_back(step.text);
  }
  ruling.verdict.decision = heaviest->decision;
  ruling.action = heaviest->action;
  return ruling;
}

}  // namespace reelprint::rights
