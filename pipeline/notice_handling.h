// What becomes of a notice, and what that does to its cases.
#pragma once

#include <string>

#include "core/notice_record.h"
#include "pipeline/case_handling.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Why a notice may not be approved or go on, as a sentence; "" when it may: its cases must be confirmed or
/// further, and by the two-person rule nobody approves what they drafted.
[[nodiscard]] std::string why_not_approved(store::Store& store, const NoticeRecord& notice,
                                           const CaseActor& actor);

/// Puts the notice, which is in its new state already, into the store: deadlines are set, its cases follow
/// (sent → noticed, removed → removed, countered → countered, withdrawn after it was sent → confirmed again,
/// and no retraction is due any more; of a kind that claims nothing it is only noted), and "notice.changed"
/// is told. Inside a transaction. False when its version is not the newest.
bool put_notice(store::Store& store, NoticeRecord notice, NoticeState before, const CaseActor& actor);

}  // namespace reelprint::pipeline
