// The routes of cases and of the rules by which they are worked on.
#include "api/routes/case_routes.h"

#include <boost/json.hpp>
#include <limits>
#include <utility>

#include "api/answers.h"
#include "api/case_models.h"
#include "api/fields.h"
#include "api/json_text.h"
#include "api/routes/case_access.h"
#include "core/json_object.h"
#include "pipeline/case_handling.h"
#include "store/case_rules.h"
#include "store/cases.h"

namespace reelprint::api {
namespace {

constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();

store::Cases cases_of(const Context& context) {
  return store::Cases(context.store.database());
}

std::string object_of(CaseId id) {
  return "case " + std::to_string(id.value);
}

http::Response shown(const Context& context, CaseId id, unsigned status = 200) {
  const LegalCase one = cases_of(context).find(id).value();
  http::Response response = json_answer(case_detail_json(one, context.store), status);
  tag(response, one.version);
  return response;
}

store::CaseFilter filter_of(const Context& context) {
  store::CaseFilter filter;
  filter.tenant = context.principal.tenant;
  filter.holder = HolderId{integer_parameter(context.request, "holder", 1, kMostId).value_or(0)};
  filter.state = named_parameter(context, "state", case_state_of);
  filter.platform = context.request.query_value("platform").value_or("");
  filter.account = context.request.query_value("account").value_or("");
  filter.assignee = context.request.query_value("assignee").value_or("");
  filter.from = time_parameter(context.request, "from");
  filter.until = time_parameter(context.request, "until");
  return filter;
}

Outcome list(Context& context) {
  const Page page = page_of(context.request);
  auto cases = cases_of(context);
  return page_answer(
      page, cases.list(filter_of(context), CaseId{page.after}, page.limit + 1),
      [&](const LegalCase& one) { return case_json(one, cases.size_of(one.id)); },
      [](const LegalCase& one) { return one.id.value; });
}

/// Who looked is part of the custody: a read that writes.
Outcome get(Context& context) {
  store::Transaction change(context.store.database(), store::Transaction::Kind::write);
  const LegalCase one = case_in(context);
  context.audit("case.view", object_of(one.id), one.tenant);
  http::Response response = shown(context, one.id);
  change.commit();
  return response;
}

Outcome history(Context& context) {
  const LegalCase one = case_in(context);
  const Page page = page_of(context.request);
  return page_answer(page, cases_of(context).history(one.id, page.after, page.limit + 1), case_event_json,
                     [](const CaseEvent& event) { return event.id; });
}

/// What a body wants a case to become.
struct Wanted {
  std::optional<CaseStep> step;
  std::optional<std::string> assignee;
  bool drops_proposal = false;
};

Wanted read_wanted(Fields& fields) {
  Wanted wanted;
  const std::string state = fields.text("state");
  const std::string reason = fields.text("reason");
  const std::string remark = fields.text("remark", {.most_bytes = 4000});
  if (fields.has("assignee")) wanted.assignee = fields.text("assignee", {.most_bytes = 200});
  wanted.drops_proposal = fields.has("proposal");
  if (wanted.drops_proposal && !fields.is_null("proposal")) fields.refuse("proposal", "can only become null");
  if (wanted.drops_proposal) (void)fields.optional_text("proposal");
  if (state.empty()) {
    if (!reason.empty() || !remark.empty()) fields.refuse("state", "is required with a reason");
    if (!wanted.assignee && !wanted.drops_proposal) fields.refuse("state", "is required");
    return wanted;
  }
  const auto to = case_state_of(state);
  const auto why = case_reason_of(reason);
  if (!to) fields.refuse("state", "is no state of a case");
  if (!why) fields.refuse("reason", reason.empty() ? "is required" : "is no reason");
  if (to && why) wanted.step = CaseStep{*to, *why, remark, CaseMover::person};
  return wanted;
}

/// 422 for a reason that does not fit, 409 for a state that does not follow.
void check(const LegalCase& before, const CaseStep& step) {
  const std::string why = why_not(before.state, step);
  if (why.empty()) return;
  const auto next = next_states(before.state);
  if (std::ranges::find(next, step.to) == next.end()) throw conflict(why, "wrong-state");
  throw http::Problem(
      422, "invalid-fields", "Some fields are not valid", why,
      {{step.remark.empty() && step.reason == CaseReason::other ? "/remark" : "/reason", why}});
}

/// Whether another person has to take the same step.
bool take(Context& context, const LegalCase& before, const CaseStep& step, const Backend& backend) {
  check(before, step);
  const bool needs_two = store::case_rules(context.store.database()).two_persons_confirm;
  expect_person(context, needs_two && step.to == CaseState::confirmed);
  const auto taken = pipeline::take_case(context.store, before.id, step, backend.screening.thresholds,
                                         {context.principal.name, context.now});
  if (taken == pipeline::CaseTaken::needs_other_person) throw needs_other_person();
  const bool is_proposed = taken == pipeline::CaseTaken::proposed;
  JsonObject detail;
  detail.text("from", to_string(before.state))
      .text("to", to_string(step.to))
      .text("reason", to_string(step.reason))
      .text("remark", step.remark);
  context.audit(is_proposed ? "case.propose" : "case.change", object_of(before.id), before.tenant,
                detail.str());
  return is_proposed;
}

Outcome patch(Context& context, const Backend& backend) {
  const LegalCase before = case_in(context);
  expect_version(context.request, before.version);
  Fields fields = Fields::of_body(context.request);
  const Wanted wanted = read_wanted(fields);
  fields.finish();
  auto cases = cases_of(context);
  if (wanted.drops_proposal) {
    if (!before.proposal) throw conflict("nothing is proposed", "wrong-state");
    cases.drop_proposal(before.id, context.principal.name, context.now);
    context.audit("case.propose", object_of(before.id), before.tenant, JsonObject().null("to").str());
  }
  if (wanted.assignee) {
    cases.assign(before.id, *wanted.assignee, context.principal.name, context.now);
    context.audit("case.assign", object_of(before.id), before.tenant,
                  JsonObject().text("assignee", *wanted.assignee).str());
  }
  const bool is_proposed = wanted.step && take(context, before, *wanted.step, backend);
  return shown(context, before.id, is_proposed ? 202 : 200);
}

Outcome comment(Context& context) {
  const LegalCase one = case_in(context);
  Fields fields = Fields::of_body(context.request);
  const std::string text = fields.text("text", {.required = true, .most_bytes = 16'000});
  fields.finish();
  auto cases = cases_of(context);
  cases.note(one.id, {0, one.id, context.now, context.principal.name, "comment",
                      JsonObject().text("text", text).str()});
  context.audit("case.comment", object_of(one.id), one.tenant);
  return json_answer(case_event_json(cases.history(one.id).back()), 201);
}

Outcome merge(Context& context) {
  const LegalCase from = case_in(context);
  expect_version(context.request, from.version);
  Fields fields = Fields::of_body(context.request);
  const CaseId into{fields.integer("into", 1, kMostId).value_or(0)};
  if (into == CaseId{}) fields.refuse("into", "is required");
  const auto target = case_seen(context, into);
  if (into != CaseId{} && !target) fields.refuse("into", "there is no such case");
  fields.finish();
  try {
    cases_of(context).merge(from.id, into, context.principal.name, context.now);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_input) throw;
    throw conflict(error.what(), "wrong-state");
  }
  context.audit("case.merge", object_of(from.id), from.tenant, JsonObject().number("into", into.value).str());
  return shown(context, into);
}

Outcome get_rules(Context& context) {
  const CaseRules rules = store::case_rules(context.store.database());
  http::Response response = json_answer(case_rules_json(rules));
  tag(response, rules.version);
  return response;
}

Outcome put_rules(Context& context) {
  CaseRules rules = store::case_rules(context.store.database());
  expect_version(context.request, rules.version);
  Fields fields = Fields::of_body(context.request);
  rules.two_persons_confirm = fields.flag("two_persons_confirm").value_or(rules.two_persons_confirm);
  rules.two_persons_notice = fields.flag("two_persons_notice").value_or(rules.two_persons_notice);
  const auto number = [&](const char* name, auto& value, std::int64_t least, std::int64_t most) {
    const auto given = fields.integer(name, least, most);
    if (given) value = static_cast<std::remove_reference_t<decltype(value)>>(*given);
  };
  number("flag_dismissals", rules.flag_dismissals, 0, 1000);
  number("flag_of", rules.flag_of, 1, 1000);
  number("dispute_days", rules.dispute_days, 1, 365);
  number("acknowledgement_days", rules.acknowledgement_days, 1, 100);
  if (fields.has("holidays")) {
    rules.holidays.clear();
    for (const std::string& text : fields.texts("holidays", {.most_bytes = 10})) {
      const auto day = day_named(text);
      if (day) rules.holidays.push_back(*day);
      if (!day) fields.refuse("holidays", "'" + text + "' is no day");
    }
  }
  fields.finish();
  store::put_case_rules(context.store.database(), rules);
  context.audit("case_rules.change", "", {},
                to_text(case_rules_json(store::case_rules(context.store.database()))));
  return get_rules(context);
}

}  // namespace

void add_case_routes(Router& router, const Backend& backend) {
  using http::Method;
  Route cases = plain_route(Method::get, "/v1/cases", "listCases", case_readers(), list);
  cases.parameters = {"limit",   "cursor",   "holder", "state", "platform",
                      "account", "assignee", "from",   "until"};
  router.add(std::move(cases));
  Route one = plain_route(Method::get, "/v1/cases/{case}", "getCase", case_readers(), get);
  one.has_own_transactions = true;
  router.add(std::move(one));
  router.add(plain_route(Method::patch, "/v1/cases/{case}", "changeCase", case_workers(),
                         [backend](Context& context) { return patch(context, backend); }));
  Route events =
      plain_route(Method::get, "/v1/cases/{case}/history", "listCaseHistory", case_readers(), history);
  events.parameters = {"limit", "cursor"};
  router.add(std::move(events));
  router.add(
      plain_route(Method::post, "/v1/cases/{case}/comments", "commentOnCase", case_workers(), comment));
  router.add(plain_route(Method::post, "/v1/cases/{case}/merge", "mergeCase", case_workers(), merge));
  router.add(plain_route(Method::get, "/v1/case-rules", "getCaseRules", case_readers(), get_rules));
  router.add(plain_route(Method::patch, "/v1/case-rules", "changeCaseRules", {Role::admin}, put_rules));
}

}  // namespace reelprint::api
