#include "core/case_steps.h"

#include <algorithm>

namespace reelprint {
namespace {

using enum CaseState;
using enum CaseReason;

/// One arrow, and the reasons that may be given for it.
struct Arrow {
  CaseState from;
  CaseState to;
  bool by_person;
  bool by_service;
  std::vector<CaseReason> reasons;
};

const std::vector<Arrow>& arrows() {
  static const std::vector<Arrow> all{
      {open, confirmed, true, false, {infringing_copy, infringing_part}},
      {open,
       dismissed,
       true,
       false,
       {licensed_use, quotation, not_the_work, shared_material, own_upload, duplicate, other}},
      {open, closed, true, true, {withdrawn, settled, duplicate, other}},
      {confirmed,
       dismissed,
       true,
       false,
       {licensed_use, quotation, not_the_work, shared_material, own_upload, duplicate, other}},
      {confirmed, noticed, true, true, {none, other}},
      {confirmed, removed, true, true, {taken_down}},
      {confirmed, closed, true, true, {withdrawn, settled, duplicate, other}},
      {dismissed, open, true, false, {other}},
      {noticed, confirmed, true, true, {withdrawn, other}},
      {noticed, removed, true, true, {taken_down}},
      {noticed, countered, true, true, {counter_notice}},
      {noticed, closed, true, true, {withdrawn, settled, other}},
      {removed, open, true, true, {reappeared}},
      {removed, countered, true, true, {counter_notice}},
      {removed, closed, true, true, {taken_down, withdrawn, settled, other}},
      {countered, removed, true, true, {taken_down}},
      {countered, closed, true, true, {withdrawn, settled, other}},
  };
  return all;
}

const Arrow* arrow(CaseState from, CaseState to) {
  const auto found =
      std::ranges::find_if(arrows(), [&](const Arrow& one) { return one.from == from && one.to == to; });
  return found == arrows().end() ? nullptr : &*found;
}

bool may_give(const Arrow& one, CaseReason reason, CaseMover mover) {
  if (std::ranges::find(one.reasons, reason) == one.reasons.end()) return false;
  return mover == CaseMover::service || reason != none;
}

}  // namespace

std::string why_not(CaseState from, const CaseStep& step) {
  const Arrow* one = arrow(from, step.to);
  const std::string way = "from " + std::string(to_string(from)) + " to " + std::string(to_string(step.to));
  if (one == nullptr) return "a case does not go " + way;
  if (step.mover == CaseMover::person ? !one->by_person : !one->by_service)
    return "a case goes " + way + " by a person's decision only";
  if (!may_give(*one, step.reason, step.mover))
    return "'" + std::string(to_string(step.reason)) + "' is no reason to go " + way;
  const bool needs_remark = step.mover == CaseMover::person && step.reason == other;
  if (needs_remark && step.remark.empty()) return "the reason 'other' needs a remark";
  return "";
}

std::vector<CaseState> next_states(CaseState from) {
  std::vector<CaseState> states;
  for (const Arrow& one : arrows())
    if (one.from == from && one.by_person) states.push_back(one.to);
  std::ranges::sort(states);
  return states;
}

std::vector<CaseReason> reasons_for(CaseState from, CaseState to) {
  std::vector<CaseReason> reasons;
  const Arrow* one = arrow(from, to);
  if (one == nullptr || !one->by_person) return reasons;
  for (const CaseReason reason : one->reasons)
    if (may_give(*one, reason, CaseMover::person)) reasons.push_back(reason);
  return reasons;
}

bool clears_account(CaseReason reason) {
  return reason == licensed_use || reason == own_upload;
}

bool clears_file(CaseReason reason) {
  return reason == quotation || reason == not_the_work || reason == shared_material;
}

bool clears_upload(CaseReason reason) {
  return reason != duplicate;
}

}  // namespace reelprint
