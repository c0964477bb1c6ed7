#include "rights/words.h"

namespace reelprint::rights {

using enum SentenceCode;

SentenceCode word_for(Decision decision) {
  switch (decision) {
    case Decision::clear: return decision_clear;
    case Decision::needs_review: return decision_needs_review;
    case Decision::licensed: return decision_licensed;
    case Decision::infringing: return decision_infringing;
  }
  return decision_clear;
}

SentenceCode word_for(Action action) {
  switch (action) {
    case Action::none: return action_none;
    case Action::track: return action_track;
    case Action::monetize: return action_monetize;
    case Action::review: return action_review;
    case Action::block: return action_block;
  }
  return action_none;
}

SentenceCode word_for(CaseReason reason) {
  switch (reason) {
    case CaseReason::none: return reason_none;
    case CaseReason::infringing_copy: return reason_infringing_copy;
    case CaseReason::infringing_part: return reason_infringing_part;
    case CaseReason::licensed_use: return reason_licensed_use;
    case CaseReason::quotation: return reason_quotation;
    case CaseReason::not_the_work: return reason_not_the_work;
    case CaseReason::shared_material: return reason_shared_material;
    case CaseReason::own_upload: return reason_own_upload;
    case CaseReason::duplicate: return reason_duplicate;
    case CaseReason::taken_down: return reason_taken_down;
    case CaseReason::withdrawn: return reason_withdrawn;
    case CaseReason::counter_notice: return reason_counter_notice;
    case CaseReason::settled: return reason_settled;
    case CaseReason::reappeared: return reason_reappeared;
    case CaseReason::other: return reason_other;
  }
  return reason_other;
}

SentenceCode word_for(AllowKind kind) {
  switch (kind) {
    case AllowKind::account: return allow_account;
    case AllowKind::channel: return allow_channel;
    case AllowKind::url_pattern: return allow_url_pattern;
  }
  return allow_account;
}

Sentence work_named(const std::string& series, const Episode& episode) {
  const Sentence part = episode.season == 1 ? Sentence(SentenceCode::episode, {episode.number})
                                            : Sentence(season_episode, {episode.season, episode.number});
  return {work, {series, part}};
}

}  // namespace reelprint::rights
