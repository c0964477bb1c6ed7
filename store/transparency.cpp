#include "store/transparency.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "core/case_steps.h"
#include "core/dispute.h"
#include "core/notice_record.h"
#include "core/policy.h"
#include "core/verdict.h"
#include "store/columns.h"
#include "store/transparency_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

constexpr std::string_view kPerson = "person";
constexpr std::string_view kService = "service";

Statement asked(Database& database, const StatementText& text, const TransparencyQuery& query) {
  return database.statement(text, microseconds_of(query.from), microseconds_of(query.until),
                            query.tenant.value, query.holder.value);
}

/// The mean of the two in the middle where their number is even.
std::optional<std::chrono::seconds> median(std::vector<std::int64_t> times_us) {
  if (times_us.empty()) return std::nullopt;
  std::ranges::sort(times_us);
  const std::size_t half = times_us.size() / 2;
  const std::int64_t middle = times_us.size() % 2 == 1
                                  ? times_us[half]
                                  : times_us[half - 1] + (times_us[half] - times_us[half - 1]) / 2;
  return std::chrono::floor<std::chrono::seconds>(std::chrono::microseconds(middle));
}

std::optional<double> share(std::size_t part, std::size_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::size_t count_in(const Counts& counts, std::string_view name) {
  const auto found = counts.find(std::string(name));
  return found == counts.end() ? 0 : found->second;
}

template <class Names>
void fill(Counts& counts, const Names& names) {
  for (const auto name : names) counts[std::string(to_string(name))];
}

void fill(TransparencyFigures& figures) {
  using enum CaseState;
  fill(figures.claims_by_verdict, std::array{Decision::infringing, Decision::needs_review});
  fill(figures.claims_by_action,
       std::array{Action::none, Action::track, Action::monetize, Action::review, Action::block});
  fill(figures.steps, std::array{open, confirmed, dismissed, noticed, removed, countered, closed});
  figures.steps_by = {{std::string(kPerson), 0}, {std::string(kService), 0}};
  fill(figures.confirmations, reasons_for(open, confirmed));
  fill(figures.dismissals, reasons_for(open, dismissed));
  fill(figures.closings, reasons_for(open, closed));
  fill(figures.closings, reasons_for(removed, closed));
  fill(figures.judged, std::array{confirmed, dismissed});
  for (Counts* counts : {&figures.disputes, &figures.appeals}) {
    fill(*counts, std::array{DisputeState::upheld, DisputeState::rejected, DisputeState::withdrawn});
    for (const char* name : {"opened", "late", "open_at_end"}) (*counts)[name];
  }
}

/// Of all entries of a history that say a state, the oldest first.
class StepTally {
 public:
  StepTally(Database& database, TransparencyFigures& figures) : database_(database), figures_(figures) {}

  void add(const Statement& row) {
    const std::int64_t in_case = row.integer(0);
    const std::string from = row.text(1), to = row.text(2), reason = row.text(3), actor = row.text(5);
    const Step step{in_case, row.integer(6), row.integer(4)};
    const bool is_service = actor == kService || actor == "crawler";
    ++figures_.steps[to];
    if (from.empty()) {
      ++figures_.cases_opened;
      return;
    }
    ++figures_.steps_by[std::string(is_service ? kService : kPerson)];
    const bool was_open = from == to_string(CaseState::open);
    if (to == to_string(CaseState::open)) ++figures_.cases_reopened;
    if (to == to_string(CaseState::closed)) ++figures_.closings[reason];
    if (to == to_string(CaseState::dismissed)) ++figures_.dismissals[reason];
    if (to == to_string(CaseState::confirmed) && was_open) ++figures_.confirmations[reason];
    if (to == to_string(CaseState::removed)) measure(step, CaseState::noticed, to_removal_);
    const bool is_word = to == to_string(CaseState::dismissed) || to == to_string(CaseState::confirmed);
    if (is_word && was_open) measure(step, CaseState::open, to_decision_);
    if (is_word && reason != to_string(CaseReason::duplicate) && (was_open || to != "confirmed"))
      last_word_[in_case] = to;
  }
  void finish() {
    for (const auto& [in_case, word] : last_word_) ++figures_.judged[word];
    figures_.median_to_decision = median(std::move(to_decision_));
    figures_.median_to_removal = median(std::move(to_removal_));
  }

 private:
  struct Step {
    std::int64_t in_case, entry, at_us;
  };
  void measure(const Step& step, CaseState since, std::vector<std::int64_t>& times_us) {
    Statement row = database_.statement(kFindEarlierStep, step.in_case, step.entry, to_string(since));
    if (row.step()) times_us.push_back(step.at_us - row.integer(0));
  }

  Database& database_;
  TransparencyFigures& figures_;
  std::map<std::int64_t, std::string> last_word_;
  std::vector<std::int64_t> to_decision_, to_removal_;
};

void count_steps(Database& database, const TransparencyQuery& query, TransparencyFigures& figures) {
  StepTally tally(database, figures);
  Statement row = asked(database, kListSteps, query);
  while (row.step()) tally.add(row);
  tally.finish();
}

void count_claims(Database& database, const TransparencyQuery& query, TransparencyFigures& figures) {
  Statement row = asked(database, kCountClaims, query);
  while (row.step()) {
    const auto number = row.integer<std::size_t>(2);
    figures.claims += number;
    if (!row.is_null(0)) figures.claims_by_verdict[row.text(0)] += number;
    if (!row.is_null(1)) figures.claims_by_action[row.text(1)] += number;
  }
  Statement released = asked(database, kCountReleased, query);
  if (released.step()) figures.claims_released = released.integer<std::size_t>(0);
}

void count_disputes(Database& database, const TransparencyQuery& query, TransparencyFigures& figures) {
  const auto of = [&](const Statement& row) -> Counts& {
    return row.flag(0) ? figures.appeals : figures.disputes;
  };
  Statement opened = asked(database, kCountDisputes, query);
  while (opened.step()) of(opened)["opened"] += opened.integer<std::size_t>(1);
  std::vector<std::int64_t> times_us;
  Statement decided = asked(database, kListDisputeOutcomes, query);
  while (decided.step()) {
    ++of(decided)[decided.text(1)];
    of(decided)["late"] += decided.flag(3) ? 1 : 0;
    times_us.push_back(decided.integer(2));
  }
  figures.median_to_dispute_outcome = median(std::move(times_us));
  Statement left = database.statement(kCountOpenDisputes, microseconds_of(query.until), query.tenant.value,
                                      query.holder.value);
  while (left.step()) of(left)["open_at_end"] += left.integer<std::size_t>(1);
}

void count_notices(Database& database, const TransparencyQuery& query, TransparencyFigures& figures) {
  Statement row = asked(database, kCountNoticesSent, query);
  while (row.step()) {
    figures.notices_sent[row.text(0)] += row.integer<std::size_t>(2);
    if (is_claim(row.text(0))) figures.notice_outcomes[row.text(1)] += row.integer<std::size_t>(2);
  }
}

}  // namespace

TransparencyFigures transparency(Database& database, const TransparencyQuery& query) {
  const Transaction look(database, Transaction::Kind::read);
  TransparencyFigures figures;
  fill(figures);
  count_steps(database, query, figures);
  count_claims(database, query, figures);
  count_disputes(database, query, figures);
  count_notices(database, query, figures);
  return figures;
}

std::optional<double> error_rate(const TransparencyFigures& figures) {
  const std::size_t wrong = count_in(figures.judged, to_string(CaseState::dismissed));
  return share(wrong, wrong + count_in(figures.judged, to_string(CaseState::confirmed)));
}

std::optional<double> reversal_rate(const TransparencyFigures& figures) {
  const auto outcomes = [&](DisputeState state) {
    return count_in(figures.disputes, to_string(state)) + count_in(figures.appeals, to_string(state));
  };
  const std::size_t upheld = outcomes(DisputeState::upheld);
  return share(upheld, upheld + outcomes(DisputeState::rejected));
}

}  // namespace reelprint::store
