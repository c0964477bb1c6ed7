#include "rights/policy_choice.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>

#include "rights/showing.h"
#include "rights/words.h"

namespace reelprint::rights {
namespace {

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 160> text{};
  std::snprintf(text.data(), text.size(), pattern, values...);
  return text.data();
}

Sentence name_of(const reelprint::Policy& policy) {
  return {SentenceCode::policy, {policy.id.value, policy.name}};
}

RuleStep step_of(std::int64_t policy, bool applies, Sentence sentence) {
  std::string text = to_text(sentence);
  return {StepKind::policy, policy, applies, std::move(text), std::move(sentence)};
}

bool covers(const reelprint::Policy& policy, const UploadContext& context) {
  if (policy.territories.empty()) return true;
  return std::ranges::find(policy.territories, context.territory) != policy.territories.end();
}

/// Why a policy does not count by itself; nothing when it does.
std::optional<Sentence> why_not(const reelprint::Policy& policy, const UploadContext& context) {
  if (!policy.enabled) return Sentence(SentenceCode::policy_off, {name_of(policy)});
  if (covers(policy, context)) return std::nullopt;
  const Sentence only = list_territories(policy.territories);
  if (context.territory.empty()) return Sentence(SentenceCode::policy_place_unsaid, {name_of(policy), only});
  return Sentence(SentenceCode::policy_other_place, {name_of(policy), only, context.territory});
}

Sentence seconds(Duration duration) {
  return {SentenceCode::seconds, {format("%.1f", to_seconds(duration))}};
}

Sentence share(SentenceCode of, double share) {
  return {of, {format("%.1f", 100 * share)}};
}

Sentence score(double value) {
  return {SentenceCode::score, {format("%.3f", value)}};
}

/// "block from 30.0 s, 50.0 % of the upload on"
Sentence describe(const PolicyRule& rule) {
  Sentence least(SentenceCode::list);
  if (rule.least_matched > Duration{0}) least.values.push_back(seconds(rule.least_matched));
  if (rule.least_share_of_upload > 0)
    least.values.push_back(share(SentenceCode::share_of_upload, rule.least_share_of_upload));
  if (rule.least_share_of_reference > 0)
    least.values.push_back(share(SentenceCode::share_of_reference, rule.least_share_of_reference));
  if (rule.least_score > 0) least.values.push_back(score(rule.least_score));
  const Sentence from = least.values.empty() ? Sentence() : Sentence(SentenceCode::policy_from, {least});
  Sentence modality;
  if (rule.modality == Modality::picture) modality = SentenceCode::policy_by_picture;
  if (rule.modality == Modality::picture_and_sound) modality = SentenceCode::policy_by_picture_and_sound;
  return {SentenceCode::policy_rule, {word_for(rule.action), from, modality}};
}

Sentence describe(const Measure& measure) {
  return {SentenceCode::list,
          {seconds(measure.matched), share(SentenceCode::share_of_upload, measure.share_of_upload),
           share(SentenceCode::share_of_reference, measure.share_of_reference), score(measure.score)}};
}

Measure measure_for(const PolicyRule& rule, std::span<const CountedMatch* const> matches, Duration upload) {
  std::vector<const CountedMatch*> seen;
  for (const CountedMatch* counted : matches)
    if (is_of(rule.modality, counted->match)) seen.push_back(counted);
  return measure(seen, upload);
}

bool reaches(const Measure& measure, const PolicyRule& rule) {
  return measure.matches > 0 && measure.matched >= rule.least_matched &&
         measure.share_of_upload >= rule.least_share_of_upload &&
         measure.share_of_reference >= rule.least_share_of_reference && measure.score >= rule.least_score;
}

}  // namespace

PolicyChoice choose(std::span<const reelprint::Policy* const> policies, const UploadContext& context) {
  PolicyChoice choice;
  for (const reelprint::Policy* policy : policies) {
    if (auto why = why_not(*policy, context))
      choice.passed_over.push_back(step_of(policy->id.value, false, *std::move(why)));
    else
      choice.policies.push_back(policy);
  }
  if (choice.policies.empty()) return choice;
  const reelprint::Policy& first = **std::ranges::max_element(
      choice.policies, {}, [](const reelprint::Policy* policy) { return policy->priority; });
  std::erase_if(choice.policies, [&](const reelprint::Policy* policy) {
    if (policy->priority == first.priority) return false;
    choice.passed_over.push_back(step_of(
        policy->id.value, false, {SentenceCode::policy_gives_way, {name_of(*policy), name_of(first)}}));
    return true;
  });
  return choice;
}

Action asked_for(const PolicyChoice& choice, std::span<const CountedMatch* const> matches, Duration upload,
                 std::vector<RuleStep>* steps) {
  if (matches.empty()) return Action::none;
  if (choice.policies.empty()) {
    if (steps != nullptr) steps->push_back(step_of(0, true, SentenceCode::policy_none));
    return Action::block;
  }
  Action strongest = Action::none;
  for (const reelprint::Policy* policy : choice.policies) {
    for (const PolicyRule& rule : policy->rules) {
      const Measure seen = measure_for(rule, matches, upload);
      const bool is_reached = reaches(seen, rule);
      if (is_reached) strongest = std::max(strongest, rule.action);
      if (steps == nullptr) continue;
      const SentenceCode asks = is_reached ? SentenceCode::policy_asks : SentenceCode::policy_asks_not;
      steps->push_back(
          step_of(policy->id.value, is_reached, {asks, {name_of(*policy), describe(rule), describe(seen)}}));
    }
  }
  return strongest;
}

}  // namespace reelprint::rights
