#include "store/screenings.h"

#include <string>
#include <vector>

#include "store/aligned_pairs.h"
#include "store/columns.h"
#include "store/statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

std::string to_json_array(Database& database, const std::vector<std::string>& texts) {
  std::string json = "[]";
  for (const std::string& text : texts) {
    Statement row = database.statement(kAppendToJson, json, text);
    if (row.step()) json = row.text(0);
  }
  return json;
}

std::vector<std::string> reasons_of(Database& database, ScreeningId id) {
  Statement row = database.statement(kReadReasons, id.value);
  std::vector<std::string> reasons;
  while (row.step()) {
    if (row.text(1) != "text") row.refuse(ErrorCode::corrupt, "a reason is no text");
    reasons.push_back(row.text(0));
  }
  return reasons;
}

ScreeningId insert(Database& database, const Screening& screening) {
  const ScreeningCost& cost = screening.cost;
  database.run(kInsertScreening, screening.query, bytes_of(screening.media), screening.duration.count(),
               to_string(screening.effort), screening.with_audio, screening.damaged,
               to_string(screening.verdict.decision), to_json_array(database, screening.verdict.reasons),
               cost.decode_s, cost.fingerprint_s, cost.search_s, cost.media_s,
               microseconds_of(screening.screened_at));
  return ScreeningId{database.last_key()};
}

void insert_match(Database& database, ScreeningId screening, const Match& match) {
  database.run(kInsertMatch, screening.value, match.reference.value, match.query_span.begin.us,
               match.query_span.end.us, match.reference_span.begin.us, match.reference_span.end.us,
               match.speed, match.mirrored, match.score, match.log10_false_alarms, match.distinctive.count(),
               match.names_episode, match.agreeing, match.compared, match.sound_agreement,
               match.moment_agreement, encode_pairs(match.pairs), to_string(match.found_by), match.inliers,
               match.is_confirmed, match.moment_pictures, match.negative.count());
}

Screening screening_in(const Statement& row) {
  Screening screening;
  screening.query = row.text(0);
  screening.media = sha256_in(row, 1);
  screening.duration = Duration{row.integer(2)};
  const auto effort = effort_of(row.text(3));
  if (!effort) row.refuse(ErrorCode::corrupt, "there is no effort '" + row.text(3) + "'");
  screening.effort = *effort;
  screening.with_audio = row.flag(4);
  screening.damaged = row.integer<std::size_t>(5);
  const auto decision = decision_of(row.text(6));
  if (!decision) row.refuse(ErrorCode::corrupt, "there is no decision '" + row.text(6) + "'");
  screening.verdict.decision = *decision;
  screening.cost = {.decode_s = row.real(7),
                    .fingerprint_s = row.real(8),
                    .search_s = row.real(9),
                    .media_s = row.real(10)};
  screening.screened_at = wall_time_in(row, 11);
  return screening;
}

Match match_in(const Statement& row) {
  Match match;
  match.reference = ReferenceId{row.integer(0)};
  match.episode = EpisodeId{row.integer(1)};
  match.series = SeriesId{row.integer(2)};
  match.query_span = interval_in(row, 3);
  match.reference_span = interval_in(row, 5);
  match.speed = row.real(7);
  match.mirrored = row.flag(8);
  match.score = row.real(9);
  match.log10_false_alarms = row.real(10);
  match.distinctive = Duration{row.integer(11)};
  match.names_episode = row.flag(12);
  match.agreeing = row.integer<std::size_t>(13);
  match.compared = row.integer<std::size_t>(14);
  if (!row.is_null(15)) match.sound_agreement = row.real(15);
  if (!row.is_null(16)) match.moment_agreement = row.real(16);
  match.pairs = decode_pairs(row.blob(17));
  const auto found_by = found_by_of(row.text(18));
  if (!found_by) row.refuse(ErrorCode::corrupt, "nothing is found by '" + row.text(18) + "'");
  match.found_by = *found_by;
  match.inliers = row.integer<std::size_t>(19);
  match.is_confirmed = row.flag(20);
  match.moment_pictures = row.integer<std::size_t>(21);
  match.negative = Duration{row.integer(22)};
  return match;
}

}  // namespace

ScreeningId Screenings::add(const Screening& screening) {
  Transaction change(database_, Transaction::Kind::write);
  const ScreeningId id = insert(database_, screening);
  for (const Match& match : screening.matches) insert_match(database_, id, match);
  change.commit();
  return id;
}

std::optional<Screening> Screenings::find(ScreeningId id) {
  const Transaction look(database_, Transaction::Kind::read);
  Statement row = database_.statement(kReadScreening, id.value);
  if (!row.step()) return std::nullopt;
  Screening screening = screening_in(row);
  screening.id = id;
  screening.verdict.reasons = reasons_of(database_, id);
  Statement match_row = database_.statement(kReadMatches, id.value);
  while (match_row.step()) screening.matches.push_back(match_in(match_row));
  return screening;
}

}  // namespace reelprint::store
