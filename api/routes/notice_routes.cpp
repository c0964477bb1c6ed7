// The routes of notices. Nothing is ever sent from here: a person sends, and says so.
#include <boost/json.hpp>
#include <limits>
#include <optional>
#include <utility>

#include "api/answers.h"
#include "api/fields.h"
#include "api/json_text.h"
#include "api/notice_models.h"
#include "api/routes/case_access.h"
#include "api/routes/case_routes.h"
#include "core/error.h"
#include "core/json_object.h"
#include "pipeline/notice_desk.h"
#include "pipeline/notice_handling.h"
#include "store/case_rules.h"
#include "store/cases.h"
#include "store/notices.h"

namespace reelprint::api {
namespace {

constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMostSubjects = 1000;

store::Notices notices_of(const Context& context) {
  return store::Notices(context.store.database());
}

NoticeRecord notice_in(const Context& context) {
  auto found = notices_of(context).find(NoticeId{id_in(context, "notice")});
  if (!found || !context.principal.may_see(found->tenant))
    throw not_found("notice", context.request.params.at("notice"));
  return *std::move(found);
}

http::Response shown(const Context& context, NoticeId id, const Backend& backend, unsigned status = 200) {
  const NoticeRecord record = notices_of(context).find(id).value();
  http::Response response =
      json_answer(notice_detail_json(record, pipeline::notice_template_folder(backend.data)), status);
  if (status == 201) response.headers.add("Location", "/v1/notices/" + std::to_string(id.value));
  tag(response, record.version);
  return response;
}

void note(const Context& context, std::string_view change, const NoticeRecord& record) {
  context.audit("notice." + std::string(change), "notice " + std::to_string(record.id.value), record.tenant,
                JsonObject().text("kind", record.kind).text("state", to_string(record.state)).str());
}

Outcome list(Context& context) {
  const Page page = page_of(context.request);
  store::NoticeFilter filter;
  filter.tenant = context.principal.tenant;
  filter.in_case = CaseId{integer_parameter(context.request, "case", 1, kMostId).value_or(0)};
  filter.state = named_parameter(context, "state", notice_state_of);
  return page_answer(page, notices_of(context).list(filter, NoticeId{page.after}, page.limit + 1),
                     notice_json, [](const NoticeRecord& record) { return record.id.value; });
}

/// The cases that it is about, all of one holder; and whose uploads: those given, else all that count.
void read_subjects(const Context& context, Fields& fields, NoticeRecord& record) {
  std::vector<DecisionId> all;
  for (const std::int64_t id : fields.integers("cases", 1, kMostId, kMostSubjects)) {
    const auto one = case_seen(context, CaseId{id});
    if (!one || (record.holder != HolderId{} && one->holder != record.holder)) {
      fields.refuse("cases", one ? "are of several holders" : "there is no case " + std::to_string(id));
      continue;
    }
    record.holder = one->holder;
    record.tenant = one->tenant;
    record.cases.push_back(one->id);
    all.insert(all.end(), one->decisions.begin(), one->decisions.end());
  }
  if (record.cases.empty()) fields.refuse("cases", "is required");
  for (const std::int64_t id : fields.integers("decisions", 1, kMostId, kMostSubjects)) {
    if (std::ranges::find(all, DecisionId{id}) == all.end())
      fields.refuse("decisions", "no decision " + std::to_string(id) + " is in these cases");
    record.decisions.push_back(DecisionId{id});
  }
  if (record.decisions.empty()) record.decisions = std::move(all);
  if (record.decisions.size() > kMostSubjects)
    fields.refuse("decisions",
                  "are more than " + std::to_string(kMostSubjects) + ": name those that it is about");
}

/// A body, and its member `notice` as text, which is read by who knows it; "" when there is none.
struct Body {
  Fields fields;
  std::string notice;
};

Body body_of(const Context& context) {
  (void)Fields::of_body(context.request);  // refuses what is no JSON object
  boost::json::object body = boost::json::parse(context.request.body).as_object();
  std::string notice;
  if (const auto* given = body.if_contains("notice")) notice = to_text(*given);
  body.erase("notice");
  return {Fields::of(std::move(body)), std::move(notice)};
}

http::Problem no_notice(const Error& error) {
  return {422, "invalid-fields", "Some fields are not valid", error.what(), {{"/notice", error.what()}}};
}

std::string fields_of(const Context& context, const NoticeRecord& record, const std::string& given) {
  try {
    return pipeline::drafted_fields(context.store, record, given);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_input) throw;
    throw no_notice(error);
  }
}

/// Its statements can be told, so there is a template of this kind and language.
void check_kind(const NoticeRecord& record, const Backend& backend) {
  try {
    (void)pipeline::statements_of(record, pipeline::notice_template_folder(backend.data));
  } catch (const Error& error) {
    throw http::Problem(422, "invalid-fields", "Some fields are not valid", error.what(),
                        {{"/kind", error.what()}});
  }
}

Outcome draft(Context& context, const Backend& backend) {
  auto [fields, given] = body_of(context);
  NoticeRecord record;
  record.kind = fields.text("kind", {.required = true, .most_bytes = 40});
  record.language = fields.text("language", {.most_bytes = 10});
  if (record.language.empty()) record.language = record.kind.find("cn_") != std::string::npos ? "zh" : "en";
  read_subjects(context, fields, record);
  fields.finish();
  check_kind(record, backend);
  record.fields = fields_of(context, record, given);
  record.drafted_by = context.principal.name;
  record.drafted_at = context.now;
  record.id = notices_of(context).add(record);
  note(context, "draft", record);
  return shown(context, record.id, backend, 201);
}

Outcome get(Context& context, const Backend& backend) {
  return shown(context, notice_in(context).id, backend);
}

void put(const Context& context, const NoticeRecord& record, NoticeState before, std::string_view change) {
  if (!pipeline::put_notice(context.store, record, before, {context.principal.name, context.now}))
    throw conflict("it has changed meanwhile");
  note(context, change, record);
}

/// What is recorded of a step besides its state.
void read_step(const Context& context, Fields& fields, NoticeRecord& record, NoticeState to) {
  const WallTime at = fields.time("at").value_or(context.now);
  if (at > context.now) fields.refuse("at", "is in the future");
  if (was_sent(to) && to != NoticeState::sent && at < record.sent_at)
    fields.refuse("at", "is before the notice was sent");
  record.remark = fields.text("remark", {.most_bytes = 4000});
  if (const auto number = fields.optional_text("recipient_number")) record.recipient_number = *number;
  const std::string way = fields.text("way", {.required = to == NoticeState::sent});
  if (to == NoticeState::sent) {
    record.sent_way = way;
    record.sent_at = at;
  } else if (was_sent(to)) {
    record.answered_at = at;
  }
  if (to != NoticeState::drafted) return;
  record.fields = pipeline::unsigned_fields(record.fields);
  record.approved_by = record.signatory = record.confirmation = "";
  record.approved_at = {};
}

Outcome patch(Context& context, const Backend& backend) {
  NoticeRecord record = notice_in(context);
  expect_version(context.request, record.version);
  const NoticeState before = record.state;
  auto [fields, given] = body_of(context);
  const std::string state = fields.text("state", {.required = given.empty()});
  const auto to = notice_state_of(state);
  if (!state.empty() && !given.empty()) fields.refuse("notice", "is changed alone");
  if (!state.empty() && !to) fields.refuse("state", "is no state of a notice");
  if (to == NoticeState::approved) fields.refuse("state", "a notice is approved by POST .../approval");
  if (to) read_step(context, fields, record, *to);
  fields.finish();
  if (to) {
    if (!may_become(before, *to))
      throw conflict("a notice does not go from " + std::string(to_string(before)) + " to " + state,
                     "wrong-state");
    record.state = *to;
  } else {
    if (before != NoticeState::drafted) throw conflict("only a draft is changed", "wrong-state");
    record.fields = fields_of(context, record, given);
    record.drafted_by = context.principal.name;
  }
  put(context, record, before, to ? to_string(*to) : "change");
  return shown(context, record.id, backend);
}

void refuse_faults(const std::string& fields) {
  std::vector<http::FieldError> errors;
  for (const auto& fault : pipeline::faults_of(fields)) {
    const bool is_sign_off = fault.is_sign_off && !fault.where.starts_with("/notice");
    const std::string clause = fault.clause.empty() ? "" : " (" + fault.clause + ")";
    errors.push_back({is_sign_off ? fault.where : "/notice" + fault.where, fault.what + clause});
  }
  if (!errors.empty())
    throw http::Problem(422, "invalid-fields", "The notice lacks what the law asks for",
                        "Each entry names the field and the clause.", std::move(errors));
}

std::string confirmation_of(const NoticeRecord& record, const std::vector<std::string>& confirmed,
                            const Backend& backend) {
  std::string words;
  for (const auto& one : pipeline::statements_of(record, pipeline::notice_template_folder(backend.data)))
    if (std::ranges::find(confirmed, one.id) != confirmed.end())
      words += (words.empty() ? "" : "\n") + one.words;
  return words;
}

/// A person signs by name and confirms each statement by its id.
Outcome approve(Context& context, const Backend& backend) {
  NoticeRecord record = notice_in(context);
  expect_version(context.request, record.version);
  Fields fields = Fields::of_body(context.request);
  const std::string signature = fields.text("signature", {.required = true});
  const auto confirmed = fields.texts("confirmed", {}, 50);
  fields.finish();
  if (record.state != NoticeState::drafted) throw conflict("only a draft is approved", "wrong-state");
  expect_person(context, store::case_rules(context.store.database()).two_persons_notice);
  const std::string why =
      pipeline::why_not_approved(context.store, record, {context.principal.name, context.now});
  if (!why.empty()) throw conflict(why, "wrong-state");
  record.fields = pipeline::signed_fields(record.fields, signature, confirmed, context.now);
  refuse_faults(record.fields);
  record.state = NoticeState::approved;
  record.approved_by = context.principal.name;
  record.approved_at = context.now;
  record.signatory = signature;
  record.confirmation = confirmation_of(record, confirmed, backend);
  put(context, record, NoticeState::drafted, "approve");
  return shown(context, record.id, backend);
}

Outcome retract(Context& context, const Backend& backend) {
  const NoticeRecord sent = notice_in(context);
  if (!was_sent(sent.state)) throw conflict("it was never sent", "wrong-state");
  NoticeRecord retraction = pipeline::retraction_of(sent);
  check_kind(retraction, backend);
  retraction.drafted_by = context.principal.name;
  retraction.drafted_at = context.now;
  retraction.id = notices_of(context).add(retraction);
  note(context, "draft", retraction);
  return shown(context, retraction.id, backend, 201);
}

/// The text in one of its forms; who took it is written to the audit log.
Outcome document(Context& context, const Backend& backend) {
  store::Transaction change(context.store.database(), store::Transaction::Kind::write);
  const NoticeRecord record = notice_in(context);
  const auto form =
      named_parameter(context, "form", pipeline::notice_form_of).value_or(pipeline::NoticeForm::text);
  const bool is_for_others = form == pipeline::NoticeForm::eml || form == pipeline::NoticeForm::lumen;
  if (is_for_others && record.approved_at == WallTime{})
    throw conflict("nobody has approved it: only its text and JSON can be had", "wrong-state");
  pipeline::WrittenNotice written;
  try {
    written =
        pipeline::write_notice(record, form, context.now, pipeline::notice_template_folder(backend.data));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_input) throw;
    throw no_notice(error);
  }
  note(context, "export", record);
  change.commit();
  http::Response response;
  response.body = std::move(written.body);
  response.content_type = written.content_type;
  response.headers.add("Content-Disposition", "attachment; filename=\"" + written.file_name + "\"");
  return response;
}

}  // namespace

void add_notice_routes(Router& router, const Backend& backend) {
  using http::Method;
  const auto with = [&backend](Outcome (*handler)(Context&, const Backend&)) {
    return [backend, handler](Context& context) { return handler(context, backend); };
  };
  Route all = plain_route(Method::get, "/v1/notices", "listNotices", case_readers(), list);
  all.parameters = {"limit", "cursor", "case", "state"};
  router.add(std::move(all));
  router.add(plain_route(Method::post, "/v1/notices", "draftNotice", case_workers(), with(draft)));
  router.add(plain_route(Method::get, "/v1/notices/{notice}", "getNotice", case_readers(), with(get)));
  router.add(plain_route(Method::patch, "/v1/notices/{notice}", "changeNotice", case_workers(), with(patch)));
  router.add(plain_route(Method::post, "/v1/notices/{notice}/approval", "approveNotice", case_workers(),
                         with(approve)));
  router.add(plain_route(Method::post, "/v1/notices/{notice}/retraction", "draftRetraction", case_workers(),
                         with(retract)));
  Route text = plain_route(Method::get, "/v1/notices/{notice}/document", "getNoticeDocument", case_readers(),
                           with(document));
  text.parameters = {"form"};
  text.has_own_transactions = true;
  router.add(std::move(text));
}

}  // namespace reelprint::api
