#include "api/case_lines.h"

#include <boost/json.hpp>

#include "api/case_models.h"
#include "api/json_text.h"
#include "api/notice_models.h"

namespace reelprint::api {

std::string case_line(const LegalCase& one, store::Store& store) {
  return to_text(case_json(one, store::Cases(store.database()).size_of(one.id)));
}

std::string case_detail_line(const LegalCase& one, store::Store& store) {
  return to_text(case_detail_json(one, store));
}

std::string case_event_line(const CaseEvent& event) {
  return to_text(case_event_json(event));
}

std::string dispute_line(const Dispute& dispute) {
  return to_text(dispute_json(dispute));
}

std::string case_rules_line(const CaseRules& rules) {
  return to_text(case_rules_json(rules));
}

std::string notice_line(const NoticeRecord& record) {
  return to_text(notice_json(record));
}

std::string notice_detail_line(const NoticeRecord& record, const std::filesystem::path& templates) {
  return to_text(notice_detail_json(record, templates));
}

}  // namespace reelprint::api
