#include "store/transparency.h"

#include <algorithm>
#include <vector>

#include "store/columns.h"
#include "store/transparency_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

Statement asked(Database& database, const StatementText& text, const TransparencyQuery& query) {
  return database.statement(text, microseconds_of(query.from), microseconds_of(query.until),
                            query.tenant.value, query.holder.value);
}

std::size_t count(Database& database, const StatementText& text, const TransparencyQuery& query) {
  Statement row = asked(database, text, query);
  return row.step() ? row.integer<std::size_t>(0) : 0;
}

/// Of rows of a name and a number.
Counts counts(Database& database, const StatementText& text, const TransparencyQuery& query) {
  Counts found;
  Statement row = asked(database, text, query);
  while (row.step()) found[row.text(0)] += row.integer<std::size_t>(1);
  return found;
}

/// The mean of the two in the middle where their number is even.
std::optional<std::chrono::seconds> median(Database& database, const StatementText& text,
                                           const TransparencyQuery& query) {
  std::vector<std::int64_t> times_us;
  Statement row = asked(database, text, query);
  while (row.step()) times_us.push_back(row.integer(0));
  if (times_us.empty()) return std::nullopt;
  std::ranges::sort(times_us);
  const std::size_t half = times_us.size() / 2;
  const std::int64_t middle = times_us.size() % 2 == 1
                                  ? times_us[half]
                                  : times_us[half - 1] + (times_us[half] - times_us[half - 1]) / 2;
  return std::chrono::floor<std::chrono::seconds>(std::chrono::microseconds(middle));
}

}  // namespace

TransparencyFigures transparency(Database& database, const TransparencyQuery& query) {
  const Transaction look(database, Transaction::Kind::read);
  TransparencyFigures figures;
  figures.cases_opened = count(database, kCountOpened, query);
  figures.claims = count(database, kCountClaims, query);
  figures.claims_released = count(database, kCountReleased, query);
  figures.steps = counts(database, kCountSteps, query);
  figures.confirmations = counts(database, kCountConfirmations, query);
  figures.dismissals = counts(database, kCountDismissals, query);
  figures.closings = counts(database, kCountClosings, query);
  figures.disputes = counts(database, kCountDisputes, query);
  for (const auto& [outcome, number] : counts(database, kCountDisputeOutcomes, query))
    figures.disputes[outcome] += number;
  figures.notices_sent = counts(database, kCountNoticesSent, query);
  figures.notice_outcomes = counts(database, kCountNoticeOutcomes, query);
  figures.median_to_decision = median(database, kListTimesToDecision, query);
  figures.median_to_removal = median(database, kListTimesToRemoval, query);
  figures.median_to_dispute_outcome = median(database, kListTimesToOutcome, query);
  return figures;
}

}  // namespace reelprint::store
