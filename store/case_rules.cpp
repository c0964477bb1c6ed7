#include "store/case_rules.h"

#include "store/sqlite.h"

namespace reelprint::store {
namespace {

constexpr StatementText kReadRules{
    "read the rules of cases",
    "SELECT two_persons_confirm, two_persons_notice, flag_dismissals, flag_of, dispute_days, "
    "acknowledgement_days, version FROM case_rules WHERE id = 1"};
constexpr StatementText kPutRules{
    "put the rules of cases",
    "INSERT INTO case_rules (id, two_persons_confirm, two_persons_notice, flag_dismissals, flag_of, "
    "dispute_days, acknowledgement_days, version) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, 2) "
    "ON CONFLICT (id) DO UPDATE SET two_persons_confirm = ?1, two_persons_notice = ?2, flag_dismissals = ?3, "
    "flag_of = ?4, dispute_days = ?5, acknowledgement_days = ?6, version = version + 1"};
constexpr StatementText kListHolidays{"list the holidays", "SELECT day FROM case_holidays ORDER BY day"};
constexpr StatementText kForgetHolidays{"forget the holidays", "DELETE FROM case_holidays"};
constexpr StatementText kInsertHoliday{"add a holiday",
                                       "INSERT OR IGNORE INTO case_holidays (day) VALUES (?1)"};

}  // namespace

CaseRules case_rules(Database& database) {
  CaseRules rules;
  Statement row = database.statement(kReadRules);
  if (row.step()) {
    rules.two_persons_confirm = row.flag(0);
    rules.two_persons_notice = row.flag(1);
    rules.flag_dismissals = row.integer<std::size_t>(2);
    rules.flag_of = row.integer<std::size_t>(3);
    rules.dispute_days = row.integer<int>(4);
    rules.acknowledgement_days = row.integer<int>(5);
    rules.version = row.integer(6);
  }
  Statement day = database.statement(kListHolidays);
  while (day.step()) rules.holidays.emplace_back(std::chrono::days(day.integer<int>(0)));
  return rules;
}

void put_case_rules(Database& database, const CaseRules& rules) {
  Transaction change(database, Transaction::Kind::write);
  database.run(kPutRules, rules.two_persons_confirm, rules.two_persons_notice, rules.flag_dismissals,
               rules.flag_of, rules.dispute_days, rules.acknowledgement_days);
  database.run(kForgetHolidays);
  for (const Day day : rules.holidays)
    database.run(kInsertHoliday, std::int64_t{day.time_since_epoch().count()});
  change.commit();
}

}  // namespace reelprint::store
