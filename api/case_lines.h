// Cases, disputes and notices as lines of JSON, for the command line: the models of the API.
#pragma once

#include <filesystem>
#include <string>

#include "core/case_rules.h"
#include "core/dispute.h"
#include "core/legal_case.h"
#include "core/notice_record.h"
#include "store/store.h"

namespace reelprint::api {

[[nodiscard]] std::string case_line(const LegalCase& one, store::Store& store);
[[nodiscard]] std::string case_detail_line(const LegalCase& one, store::Store& store);
[[nodiscard]] std::string case_event_line(const CaseEvent& event);
[[nodiscard]] std::string dispute_line(const Dispute& dispute);
[[nodiscard]] std::string case_rules_line(const CaseRules& rules);
[[nodiscard]] std::string notice_line(const NoticeRecord& record);
[[nodiscard]] std::string notice_detail_line(const NoticeRecord& record,
                                             const std::filesystem::path& templates);

}  // namespace reelprint::api
