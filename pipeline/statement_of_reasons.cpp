#include "pipeline/statement_of_reasons.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/json_object.h"
#include "store/case_rules.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/disputes.h"
#include "store/screening_requests.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostDisputes = 1000;  ///< of a case, that are looked through

std::string name_of(const ReferenceEntry& entry) {
  std::string name = entry.series.name + ", " + to_text(entry.episode);
  if (!entry.episode.title.empty()) name += " (" + entry.episode.title + ")";
  return name;
}

std::vector<ShownPart> parts_of(store::Store& store, const UploadDecision& decision) {
  std::vector<ShownPart> parts;
  const auto screening = store.screening(decision.screening);
  if (!screening) return parts;
  for (const Match& match : screening->matches) {
    if (!std::ranges::binary_search(decision.references, match.reference)) continue;
    const auto entry = store.reference(match.reference);
    if (entry) parts.push_back({name_of(*entry), match.query_span, match.reference_span});
  }
  return parts;
}

bool accuses(const UploadDecision& decision) {
  return decision.ruling.decision == Decision::infringing ||
         decision.ruling.decision == Decision::needs_review;
}

void add_case(store::Store& store, StatementOfReasons& statement) {
  store::Cases cases(store.database());
  const auto id = cases.of_decision(statement.decision);
  const auto one = id ? cases.find(*id) : std::nullopt;
  if (one)
    statement.is_confirmed = one->state != CaseState::open && one->state != CaseState::dismissed &&
                             one->state != CaseState::closed;
  const auto disputes = id ? store::Disputes(store.database()).list({{}, {}, *id, {}}, {}, kMostDisputes)
                           : std::vector<Dispute>{};
  const auto newest = std::ranges::find(disputes, statement.decision, &Dispute::decision);
  if (newest != disputes.end()) statement.dispute = *newest;
  const bool is_active = statement.state == DecisionState::active;
  const bool is_open = statement.dispute && statement.dispute->state == DisputeState::open;
  statement.may_be_disputed = is_active && !is_open;
  statement.may_be_appealed = is_active && statement.dispute &&
                              statement.dispute->state == DisputeState::rejected &&
                              statement.dispute->appeal_of == DisputeId{};
}

std::string dispute_json(const std::optional<Dispute>& dispute) {
  if (!dispute) return "null";
  JsonObject object;
  object.number("id", dispute->id.value)
      .flag("appeal", dispute->appeal_of != DisputeId{})
      .text("state", to_string(dispute->state))
      .text("opened_at", to_rfc3339(dispute->opened_at))
      .text("due_at", to_rfc3339(dispute->due_at));
  if (dispute->state == DisputeState::open) return object.null("reason").str();
  return object.text("reason", dispute->why).str();
}

/// "0:04.0"
std::string time_text(Timestamp time) {
  const auto tenths = time.us / 100'000;
  std::array<char, 48> text{};
  (void)std::snprintf(text.data(), text.size(), "%lld:%02lld.%lld", static_cast<long long>(tenths / 600),
                      static_cast<long long>(tenths / 10 % 60), static_cast<long long>(tenths % 10));
  return text.data();
}

std::string span_text(const Interval& span) {
  return time_text(span.begin) + " - " + time_text(span.end);
}

std::string finding_text(const StatementOfReasons& statement) {
  if (statement.state != DecisionState::active) return "This finding has been taken back. It counts no more.";
  if (statement.finding == Decision::needs_review)
    return "The upload may show this work. A person has to look before anything is decided.";
  std::string text = "The upload shows this work, and nothing that is known of allows it.\n";
  switch (statement.action) {
    case Action::block: return text + "The holder asks the platform not to show it.";
    case Action::monetize: return text + "It may stay; the holder asks for what it earns.";
    case Action::track: return text + "It may stay; the holder is told of it.";
    case Action::review: return text + "A person decides what is to be done.";
    case Action::none: break;
  }
  return text;
}

std::string way_out_text(const StatementOfReasons& statement) {
  const std::string days = std::to_string(statement.dispute_days);
  std::string text;
  if (statement.dispute && statement.dispute->state == DisputeState::open)
    text += "A dispute is open. It is to be answered by " + to_rfc3339(statement.dispute->due_at) + ".\n";
  else if (statement.dispute)
    text += "A dispute was decided: " + std::string(to_string(statement.dispute->state)) +
            ". The reason: " + statement.dispute->why + "\n";
  if (statement.may_be_appealed)
    return text + "You may appeal once; another person decides, within " + days + " days.\n";
  if (!statement.may_be_disputed) return text;
  return text +
         "If you hold that this is wrong (a licence, your own work, a quotation, another work), say so to\n"
         "the platform and name this number. Your dispute is answered by a person within " +
         days + " days.\n";
}

}  // namespace

std::optional<StatementOfReasons> statement_of_reasons(store::Store& store, DecisionId id) {
  const auto decision = store::Decisions(store.database()).find(id);
  if (!decision || !accuses(*decision)) return std::nullopt;
  StatementOfReasons statement;
  statement.decision = id;
  if (const auto request = store::ScreeningRequests(store.database()).find(decision->request)) {
    const bool is_fetched = request->source_kind == SourceKind::url;
    statement.url = request->context.url.empty() && is_fetched ? request->source : request->context.url;
    statement.title = request->context.title;
  }
  for (const ReferenceId reference : decision->references)
    if (const auto entry = store.reference(reference)) statement.holder = entry->holder.name;
  statement.finding = decision->ruling.decision;
  statement.action = decision->ruling.action;
  statement.state = decision->state;
  statement.decided_at = decision->decided_at;
  statement.parts = parts_of(store, *decision);
  statement.dispute_days = store::case_rules(store.database()).dispute_days;
  add_case(store, statement);
  return statement;
}

std::string to_json(const StatementOfReasons& statement) {
  std::string parts;
  for (const ShownPart& part : statement.parts) {
    JsonObject object;
    object.text("work", part.work)
        .real("upload_from_s", to_seconds(part.upload.begin))
        .real("upload_until_s", to_seconds(part.upload.end))
        .real("work_from_s", to_seconds(part.reference.begin))
        .real("work_until_s", to_seconds(part.reference.end));
    parts += (parts.empty() ? "" : ",") + object.str();
  }
  return JsonObject()
      .number("decision", statement.decision.value)
      .text("url", statement.url)
      .text("title", statement.title)
      .text("holder", statement.holder)
      .text("finding", to_string(statement.finding))
      .text("action", to_string(statement.action))
      .text("state", to_string(statement.state))
      .text("decided_at", to_rfc3339(statement.decided_at))
      .flag("found_by_automated_means", true)
      .flag("confirmed_by_person", statement.is_confirmed)
      .raw("parts", "[" + parts + "]")
      .number("dispute_days", statement.dispute_days)
      .raw("dispute", dispute_json(statement.dispute))
      .flag("may_be_disputed", statement.may_be_disputed)
      .flag("may_be_appealed", statement.may_be_appealed)
      .str();
}

std::string to_text(const StatementOfReasons& statement) {
  std::string text = "Statement of reasons, number " + std::to_string(statement.decision.value) + "\n\n";
  if (!statement.url.empty()) text += "Upload: " + statement.url + "\n";
  if (!statement.title.empty()) text += "Title: " + statement.title + "\n";
  text += "Rights holder: " + statement.holder + "\n";
  text += "Decided: " + to_rfc3339(statement.decided_at) + "\n\n" + finding_text(statement) + "\n\n";
  for (const ShownPart& part : statement.parts)
    text += part.work + ":\n  " + span_text(part.upload) + " of the upload shows " +
            span_text(part.reference) + " of the work\n";
  text += "\nIt was found by automated means: the pictures were compared. ";
  text += statement.is_confirmed ? "A person has confirmed it.\n\n" : "No person has confirmed it yet.\n\n";
  return text + way_out_text(statement);
}

}  // namespace reelprint::pipeline
