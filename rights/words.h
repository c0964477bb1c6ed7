// What the values of rulings are called in their sentences.
#pragma once

#include <string>

#include "core/catalog.h"
#include "core/legal_case.h"
#include "core/licence.h"
#include "core/policy.h"
#include "core/sentence.h"
#include "core/verdict.h"

namespace reelprint::rights {

[[nodiscard]] SentenceCode word_for(Decision decision);
[[nodiscard]] SentenceCode word_for(Action action);
[[nodiscard]] SentenceCode word_for(CaseReason reason);
[[nodiscard]] SentenceCode word_for(AllowKind kind);

/// "The Lantern Oath, episode 3".
[[nodiscard]] Sentence work_named(const std::string& series, const Episode& episode);

}  // namespace reelprint::rights
