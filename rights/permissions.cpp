// The stages of a holder's case that ask whether whoever shows it may: dismissals, allow list and licences.
#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rights/coverage.h"
#include "rights/holder_case.h"
#include "rights/words.h"

namespace reelprint::rights {
namespace {

constexpr std::size_t kMostTold = 20;  ///< licences that do not apply; the others are counted

struct PassedOver {
  LicenceId licence;
  Coverage coverage;
};

bool is_alive(const CountedMatch& counted) {
  return counted.standing != Standing::dropped;
}

/// The works of the matches that count, each once, in the order in which they are told.
std::vector<Work> works_of(const HolderCase& holder_case) {
  std::vector<Work> works;
  for (const CountedMatch& counted : holder_case.matches) {
    const Episode& episode = counted.found->entry.episode;
    const bool is_known =
        std::ranges::any_of(works, [&](const Work& work) { return work.episode == episode.id; });
    if (is_alive(counted) && !is_known) works.push_back({episode.series, episode.id, counted.work});
  }
  return works;
}

/// Those that come nearest, by id; the others as a number.
void tell_passed_over(HolderCase& holder_case, std::vector<PassedOver> passed_over) {
  std::ranges::stable_sort(passed_over, std::ranges::greater{},
                           [](const PassedOver& one) { return one.coverage.cover; });
  const std::size_t untold = passed_over.size() - std::min(passed_over.size(), kMostTold);
  passed_over.resize(passed_over.size() - untold);
  std::ranges::stable_sort(passed_over, {}, &PassedOver::licence);
  for (PassedOver& one : passed_over)
    holder_case.tell(StepKind::licence, one.licence.value, false, std::move(one.coverage.text));
  if (untold == 0) return;
  holder_case.tell(StepKind::licence, 0, false, {SentenceCode::licences_more, {untold, holder_case.holder}});
}

/// What one licence does for each of the works: raises `best`, and tells it unless it does nothing; then that
/// goes to `passed_over`, where it came nearest.
void try_licence(const Licence& licence, HolderCase& holder_case, std::span<const Work> works,
                 std::span<Cover> best, std::vector<PassedOver>& passed_over) {
  const bool names_uploader = names(licence.grantee, holder_case.showing);
  bool does_something = false;
  Coverage nearest;
  for (std::size_t i = 0; i < works.size(); ++i) {
    Coverage coverage = covers(licence, names_uploader, works[i], holder_case.showing);
    best[i] = std::max(best[i], coverage.cover);
    if (coverage.cover >= Cover::open) {
      does_something = true;
      holder_case.tell(StepKind::licence, licence.id.value, coverage.cover == Cover::full,
                       std::move(coverage.text));
    } else if (nearest.text.is_empty() || nearest.cover < coverage.cover) {
      nearest = std::move(coverage);
    }
  }
  if (!does_something) passed_over.push_back({licence.id, std::move(nearest)});
}

}  // namespace

void drop_what_was_dismissed(HolderCase& holder_case) {
  for (CountedMatch& counted : holder_case.matches) {
    const FoundMatch& found = *counted.found;
    if (!is_alive(counted) || found.dismissed_in == CaseId{}) continue;
    counted.standing = Standing::dropped;
    holder_case.tell(StepKind::dismissal, found.dismissed_in.value, true,
                     {SentenceCode::dismissed_before,
                      {found.dismissed_in.value, counted.work, word_for(found.dismissed_for)}});
  }
}

void go_through_allow_list(HolderCase& holder_case) {
  const std::vector<const AllowEntry*>& entries = holder_case.record.allow_entries;
  if (entries.empty() || std::ranges::none_of(holder_case.matches, is_alive)) return;
  bool is_named = false;
  for (const AllowEntry* entry : entries) {
    if (!names(*entry, holder_case.showing)) continue;
    is_named = true;
    const Sentence reason =
        entry->reason.empty() ? Sentence() : Sentence(SentenceCode::allow_because, {entry->reason});
    holder_case.tell(StepKind::allow, entry->id.value, true,
                     {SentenceCode::allow_lets,
                      {entry->id.value, word_for(entry->kind), entry->value, holder_case.holder, reason}});
  }
  if (!is_named) {
    holder_case.tell(StepKind::allow, 0, false,
                     {SentenceCode::allow_names_not,
                      {holder_case.holder, describe_uploader(holder_case.showing.context)}});
    return;
  }
  for (CountedMatch& counted : holder_case.matches)
    if (is_alive(counted)) counted.standing = Standing::licensed;
}

void go_through_licences(HolderCase& holder_case) {
  const std::vector<Work> works = works_of(holder_case);
  if (works.empty()) return;
  std::vector<Cover> permissions(works.size(), Cover::other_work);
  std::vector<PassedOver> passed_over;
  for (const Licence* licence : holder_case.record.licences)
    try_licence(*licence, holder_case, works, permissions, passed_over);
  for (CountedMatch& counted : holder_case.matches) {
    if (!is_alive(counted)) continue;
    const auto work = std::ranges::find(works, counted.found->entry.episode.id, &Work::episode);
    const Cover permission = permissions[static_cast<std::size_t>(work - works.begin())];
    if (permission == Cover::full) counted.standing = Standing::licensed;
    if (permission == Cover::open && counted.standing == Standing::certain)
      counted.standing = Standing::doubtful;
  }
  tell_passed_over(holder_case, std::move(passed_over));
}

}  // namespace reelprint::rights
