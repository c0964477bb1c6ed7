#include "app/legal_options.h"

#include <CLI/CLI.hpp>
#include <chrono>

#include "core/business_days.h"
#include "core/error.h"
#include "store/audit.h"
#include "store/cases.h"

namespace reelprint::app {
namespace {

std::string actor_named(const std::string& by) {
  if (by.empty()) throw Error(ErrorCode::invalid_input, "change a case: say who you are with --by NAME");
  return "command line (" + by + ")";
}

}  // namespace

LegalChange::LegalChange(store::Store& store, const std::string& by)
    : store_(store),
      name_(actor_named(by)),
      now_(SystemClock().now()),
      change_(store.database(), store::Transaction::Kind::write) {}

void LegalChange::audit(std::string_view action, const std::string& object, TenantId tenant,
                        std::string_view detail) {
  store::AuditEntry entry;
  entry.at = now_;
  entry.actor = name_;
  entry.tenant = tenant;
  entry.action = action;
  entry.object = object;
  entry.detail = detail;
  store::Audit(store_.database()).append(entry);
}

LegalCase case_numbered(store::Store& store, std::int64_t id) {
  auto found = store::Cases(store.database()).find(CaseId{id});
  if (!found) throw Error(ErrorCode::not_found, "look up case " + std::to_string(id) + ": there is none");
  return *std::move(found);
}

std::optional<WallTime> time_given(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (const auto time = wall_time_of(text)) return time;
  if (const auto day = day_named(text)) return WallTime{*day};
  throw Error(ErrorCode::invalid_input, "read '" + text + "': it is neither a day nor a time (RFC 3339)");
}

void add_span_options(CLI::App& command, GivenSpan& span, const std::string& what) {
  CLI::Option* from =
      command.add_option("--from", span.from, what + " from this day or time on")->type_name("DAY|TIME");
  CLI::Option* until =
      command.add_option("--until", span.until, what + " before this day or time")->type_name("DAY|TIME");
  command.add_option("--month", span.month, what + " in this month of UTC")
      ->type_name("YYYY-MM")
      ->excludes(from)
      ->excludes(until);
}

WallSpan span_given(const GivenSpan& span) {
  if (span.month.empty()) return {time_given(span.from), time_given(span.until)};
  const auto first = day_named(span.month + "-01");
  if (!first) throw Error(ErrorCode::invalid_input, "read '" + span.month + "': it is no month (2026-11)");
  const std::chrono::year_month_day begin(*first);
  return {WallTime{*first}, WallTime{std::chrono::sys_days(begin + std::chrono::months{1})}};
}

}  // namespace reelprint::app
