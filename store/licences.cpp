// Rights: the licences.
#include <charconv>
#include <string_view>
#include <utility>

#include "store/rights.h"
#include "store/rights_columns.h"
#include "store/rights_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

template <class Id>
Id id_in(const Statement& row, std::string_view text) {
  Id id;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
  if (error != std::errc{} || end != text.data() + text.size())
    row.refuse(ErrorCode::corrupt, "an id in a licence is no number");
  return id;
}

void read_part(const Statement& row, Licence& licence) {
  const std::string kind = row.text(0);
  std::string value = row.text(1);
  if (kind == "platform") licence.grantee.platforms.push_back(id_in<TenantId>(row, value));
  if (kind == "series") licence.works.series.push_back(id_in<SeriesId>(row, value));
  if (kind == "episode") licence.works.episodes.push_back(id_in<EpisodeId>(row, value));
  if (kind == "account")
    licence.grantee.accounts.push_back(std::move(value));
  else if (kind == "channel")
    licence.grantee.channels.push_back(std::move(value));
  else if (kind == "url_pattern")
    licence.grantee.url_patterns.push_back(std::move(value));
  else if (kind == "territory")
    licence.territories.push_back(std::move(value));
}

void read_parts(Database& database, Licence& licence) {
  Statement row = database.statement(kLicenceParts, licence.id.value);
  while (row.step()) read_part(row, licence);
  std::ranges::sort(licence.grantee.platforms);  // they lie sorted as texts
  std::ranges::sort(licence.works.series);
  std::ranges::sort(licence.works.episodes);
}

void write_parts(Database& database, LicenceId id, const Licence& licence) {
  const auto write = [&](std::string_view kind, std::string_view value) {
    database.run(kInsertLicencePart, id.value, kind, value);
  };
  for (const TenantId platform : licence.grantee.platforms) write("platform", std::to_string(platform.value));
  for (const std::string& account : licence.grantee.accounts) write("account", account);
  for (const std::string& channel : licence.grantee.channels) write("channel", channel);
  for (const std::string& pattern : licence.grantee.url_patterns) write("url_pattern", pattern);
  for (const SeriesId series : licence.works.series) write("series", std::to_string(series.value));
  for (const EpisodeId episode : licence.works.episodes) write("episode", std::to_string(episode.value));
  for (const std::string& territory : licence.territories) write("territory", territory);
}

Licence licence_in(const Statement& row) {
  Licence licence;
  licence.id = LicenceId{row.integer(0)};
  licence.holder = HolderId{row.integer(1)};
  licence.name = row.text(2);
  licence.term = term_in(row, 3);
  licence.revoked_at = optional_time_in(row, 5);
  licence.version = row.integer(6);
  return licence;
}

std::vector<Licence> list(Database& database, Statement row) {
  std::vector<Licence> licences;
  while (row.step()) licences.push_back(licence_in(row));
  for (Licence& licence : licences) read_parts(database, licence);
  return licences;
}

}  // namespace

LicenceId Rights::add(const Licence& licence) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kInsertLicence, licence.holder.value, licence.name, microseconds_of(licence.term.from),
                microseconds_of(licence.term.until), microseconds_of(licence.revoked_at), kNoTime);
  const LicenceId id{database_.last_key()};
  write_parts(database_, id, licence);
  change.commit();
  return id;
}

bool Rights::update(const Licence& licence) {
  Transaction change(database_, Transaction::Kind::write);
  const bool is_there = database_.run(kUpdateLicence, licence.id.value, licence.version, licence.name,
                                      microseconds_of(licence.term.from), microseconds_of(licence.term.until),
                                      microseconds_of(licence.revoked_at), kNoTime) > 0;
  if (!is_there) return false;
  database_.run(kClearLicenceParts, licence.id.value);
  write_parts(database_, licence.id, licence);
  change.commit();
  return true;
}

std::optional<Licence> Rights::licence(LicenceId id) {
  const Transaction look(database_, Transaction::Kind::read);
  auto found = list(database_, listing(database_, {"read a licence", kLicences}, {.id = id.value}));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Licence> Rights::licences(const LicenceQuery& query, LicenceId after, std::size_t limit) {
  const Transaction look(database_, Transaction::Kind::read);
  std::string more;
  if (query.series != SeriesId{}) more += kLicencesOfSeries;
  if (!query.account.empty()) more += kLicencesOfAccount;
  if (!query.territory.empty()) more += kLicencesForTerritory;
  if (query.active_at) more += kLicencesActiveAt;
  Statement row = listing(database_, {"list the licences", kLicences},
                          {query.tenant, query.holder, 0, after.value, limit}, more);
  if (query.series != SeriesId{}) row.bind(6, query.series.value);
  if (!query.account.empty()) row.bind(7, query.account);
  if (!query.territory.empty()) row.bind(8, query.territory);
  if (query.active_at) row.bind(9, microseconds_of(*query.active_at));
  return list(database_, std::move(row));
}

}  // namespace reelprint::store
