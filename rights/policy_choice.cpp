#include "rights/policy_choice.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "rights/showing.h"

namespace reelprint::rights {
namespace {

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 160> text{};
  std::snprintf(text.data(), text.size(), pattern, values...);
  return text.data();
}

std::string name_of(const reelprint::Policy& policy) {
  return "policy " + std::to_string(policy.id.value) + " '" + policy.name + "'";
}

bool covers(const reelprint::Policy& policy, const UploadContext& context) {
  if (policy.territories.empty()) return true;
  return std::ranges::find(policy.territories, context.territory) != policy.territories.end();
}

/// Why a policy does not count by itself; "" when it does.
std::string why_not(const reelprint::Policy& policy, const UploadContext& context) {
  if (!policy.enabled) return " is switched off";
  if (covers(policy, context)) return "";
  const std::string only = list_territories(policy.territories);
  if (context.territory.empty())
    return " is for " + only + " only, and where this upload is shown was not said";
  return " is for " + only + ", not for " + context.territory;
}

/// "block from 30.0 s, 50 % of the upload on"
std::string describe(const PolicyRule& rule) {
  std::string parts;
  const auto add = [&](const std::string& part) { parts += (parts.empty() ? "" : ", ") + part; };
  if (rule.least_matched > Duration{0}) add(format("%.1f s", to_seconds(rule.least_matched)));
  if (rule.least_share_of_upload > 0) add(format("%.1f %% of the upload", 100 * rule.least_share_of_upload));
  if (rule.least_share_of_reference > 0)
    add(format("%.1f %% of a reference", 100 * rule.least_share_of_reference));
  if (rule.least_score > 0) add(format("score %.3f", rule.least_score));
  std::string text(to_string(rule.action));
  if (!parts.empty()) text += " from " + parts + " on";
  if (rule.modality == Modality::picture) text += ", by picture";
  if (rule.modality == Modality::picture_and_sound) text += ", by picture and sound";
  return text;
}

std::string describe(const Measure& measure) {
  return format("%.1f s, %.1f %% of the upload, %.1f %% of a reference, score %.3f",
                to_seconds(measure.matched), 100 * measure.share_of_upload, 100 * measure.share_of_reference,
                measure.score);
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
    const std::string why = why_not(*policy, context);
    if (why.empty()) {
      choice.policies.push_back(policy);
    } else {
      choice.passed_over.push_back({StepKind::policy, policy->id.value, false, name_of(*policy) + why});
    }
  }
  if (choice.policies.empty()) return choice;
  const reelprint::Policy& first = **std::ranges::max_element(
      choice.policies, {}, [](const reelprint::Policy* policy) { return policy->priority; });
  std::erase_if(choice.policies, [&](const reelprint::Policy* policy) {
    if (policy->priority == first.priority) return false;
    choice.passed_over.push_back(
        {StepKind::policy, policy->id.value, false,
         name_of(*policy) + " gives way to " + name_of(first) + ", which has the higher priority"});
    return true;
  });
  return choice;
}

Action asked_for(const PolicyChoice& choice, std::span<const CountedMatch* const> matches, Duration upload,
                 std::vector<RuleStep>* steps) {
  if (matches.empty()) return Action::none;
  if (choice.policies.empty()) {
    if (steps != nullptr)
      steps->push_back(
          {StepKind::policy, 0, true, "no policy of the holder covers it: what is certain is blocked"});
    return Action::block;
  }
  Action strongest = Action::none;
  for (const reelprint::Policy* policy : choice.policies) {
    for (const PolicyRule& rule : policy->rules) {
      const Measure seen = measure_for(rule, matches, upload);
      const bool is_reached = reaches(seen, rule);
      if (is_reached) strongest = std::max(strongest, rule.action);
      if (steps == nullptr) continue;
      steps->push_back({StepKind::policy, policy->id.value, is_reached,
                        name_of(*policy) + (is_reached ? " asks for " : " does not ask for ") +
                            describe(rule) + ": there are " + describe(seen)});
    }
  }
  return strongest;
}

}  // namespace reelprint::rights
