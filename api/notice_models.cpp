#include "api/notice_models.h"

#include <boost/json.hpp>

#include "api/match_json.h"
#include "api/webhook_json.h"
#include "pipeline/notice_desk.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

template <class Ids>
json::array ids_json(const Ids& ids) {
  json::array array;
  for (const auto id : ids) array.emplace_back(id.value);
  return array;
}

}  // namespace

json::object notice_json(const NoticeRecord& record) {
  json::array next;
  for (const NoticeState state : next_states(record.state)) next.emplace_back(to_string(state));
  return {{"id", record.id.value},
          {"holder", record.holder.value},
          {"kind", record.kind},
          {"language", record.language},
          {"cases", ids_json(record.cases)},
          {"decisions", ids_json(record.decisions)},
          {"state", to_string(record.state)},
          {"next", std::move(next)},
          {"drafted_by", record.drafted_by},
          {"drafted_at", to_rfc3339(record.drafted_at)},
          {"approved_by", text_or_null(record.approved_by)},
          {"approved_at", time_or_null(record.approved_at)},
          {"signatory", text_or_null(record.signatory)},
          {"sent_at", time_or_null(record.sent_at)},
          {"sent_way", text_or_null(record.sent_way)},
          {"answered_at", time_or_null(record.answered_at)},
          {"recipient_number", text_or_null(record.recipient_number)},
          {"remark", text_or_null(record.remark)},
          {"due_at", time_or_null(record.due_at)},
          {"put_back_from", time_or_null(record.put_back_from)},
          {"put_back_until", time_or_null(record.put_back_until)},
          {"version", record.version}};
}

json::object notice_detail_json(const NoticeRecord& record, const std::filesystem::path& templates) {
  json::object object = notice_json(record);
  object["notice"] = json::parse(record.fields);
  object["confirmation"] = text_or_null(record.confirmation);
  json::array faults;
  for (const auto& fault : pipeline::faults_of(record.fields))
    faults.push_back({{"where", fault.where},
                      {"clause", text_or_null(fault.clause)},
                      {"what", fault.what},
                      {"sign_off", fault.is_sign_off}});
  object["faults"] = std::move(faults);
  json::array statements;
  for (const auto& one : pipeline::statements_of(record, templates))
    statements.push_back({{"id", one.id}, {"clause", one.clause}, {"words", one.words}});
  object["statements"] = std::move(statements);
  return object;
}

}  // namespace reelprint::api
