// What a notice is about, from the decisions that it names: works, and places where they are shown.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/ids.h"
#include "evidence/notice.h"
#include "evidence/report.h"
#include "store/store.h"

namespace reelprint::pipeline {

struct NoticeSubjects {
  std::string holder{};                           ///< of the first work; "": none is there
  std::vector<evidence::NoticeWork> works{};      ///< each episode once
  std::vector<evidence::NoticeTarget> targets{};  ///< one for each upload and work
};

/// In the order of the decisions; what is not there any more is left out, and so are uploads without an
/// address. In words of the notice's language.
[[nodiscard]] NoticeSubjects subjects_of(store::Store& store, std::span<const DecisionId> decisions,
                                         evidence::ReportLanguage language);

}  // namespace reelprint::pipeline
