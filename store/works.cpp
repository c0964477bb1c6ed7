#include "store/works.h"

#include <utility>

#include "store/works_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

Holder holder_in(const Statement& row, int column) {
  return {HolderId{row.integer(column)}, row.text(column + 1), TenantId{row.integer(column + 2)},
          row.integer(column + 3)};
}

Work work_in(const Statement& row, int column) {
  Work work;
  work.series.id = SeriesId{row.integer(column)};
  work.series.name = row.text(column + 1);
  work.series.version = row.integer(column + 2);
  work.proof = row.text(column + 3);
  work.holder = holder_in(row, column + 4);
  work.series.holder = work.holder.id;
  return work;
}

WorkEpisode episode_in(const Statement& row) {
  WorkEpisode found;
  Episode& episode = found.episode;
  episode.id = EpisodeId{row.integer(0)};
  episode.season = row.integer<int>(1);
  episode.number = row.integer<int>(2);
  episode.title = row.text(3);
  episode.licence_number = row.text(4);
  episode.eidr = row.text(5);
  episode.isan = row.text(6);
  episode.version = row.integer(7);
  found.work = work_in(row, 8);
  episode.series = found.work.series.id;
  return found;
}

std::string text_of(std::string_view begin, std::initializer_list<std::pair<bool, std::string_view>> parts,
                    std::string_view end) {
  std::string sql(begin);
  for (const auto& [is_wanted, part] : parts) {
    if (is_wanted) sql += part;
  }
  return sql += end;
}

template <class Item>
std::optional<Item> only(std::vector<Item> items) {
  if (items.empty()) return std::nullopt;
  return std::move(items.front());
}

std::vector<Work> list_works(Database& database, const WorkQuery& query, SeriesId only_one, SeriesId after,
                             std::size_t limit) {
  const std::string sql = text_of(kWorks,
                                  {{query.tenant != TenantId{}, kWorksOfTenant},
                                   {query.holder != HolderId{}, kWorksOfHolder},
                                   {!query.name.empty(), kWorksNamed},
                                   {only_one != SeriesId{}, kWorksOnly}},
                                  kWorksOrder);
  Statement row = database.statement({"list the series", sql}, after.value, limit);
  if (query.tenant != TenantId{}) row.bind(3, query.tenant.value);
  if (query.holder != HolderId{}) row.bind(4, query.holder.value);
  if (!query.name.empty()) row.bind(5, query.name);
  if (only_one != SeriesId{}) row.bind(6, only_one.value);
  std::vector<Work> works;
  while (row.step()) works.push_back(work_in(row, 0));
  return works;
}

std::vector<WorkEpisode> list_episodes(Database& database, const EpisodeQuery& query, EpisodeId only_one,
                                       EpisodeId after, std::size_t limit) {
  const std::string sql = text_of(kEpisodes,
                                  {{query.series != SeriesId{}, kEpisodesOfSeries},
                                   {query.season.has_value(), kEpisodesOfSeason},
                                   {query.number.has_value(), kEpisodesNumbered},
                                   {only_one != EpisodeId{}, kEpisodesOnly}},
                                  kEpisodesOrder);
  Statement row = database.statement({"list the episodes", sql}, after.value, limit);
  if (query.series != SeriesId{}) row.bind(3, query.series.value);
  if (query.season) row.bind(4, *query.season);
  if (query.number) row.bind(5, *query.number);
  if (only_one != EpisodeId{}) row.bind(6, only_one.value);
  std::vector<WorkEpisode> episodes;
  while (row.step()) episodes.push_back(episode_in(row));
  return episodes;
}

}  // namespace

HolderId Works::add_holder(std::string_view name, TenantId tenant) {
  database_.run(kInsertHolderOf, name, tenant.value);
  return HolderId{database_.last_key()};
}

std::optional<Holder> Works::holder(HolderId id) {
  Statement row = database_.statement(kReadHolder, id.value);
  if (!row.step()) return std::nullopt;
  return holder_in(row, 0);
}

std::optional<Holder> Works::holder(std::string_view name, TenantId tenant) {
  Statement row = database_.statement(kReadHolderNamed, name, tenant.value);
  if (!row.step()) return std::nullopt;
  return holder_in(row, 0);
}

std::vector<Holder> Works::holders(const HolderQuery& query, HolderId after, std::size_t limit) {
  const std::string sql = text_of(
      kHolders, {{query.tenant != TenantId{}, kHoldersOfTenant}, {!query.name.empty(), kHoldersNamed}},
      kHoldersOrder);
  Statement row = database_.statement({"list the holders", sql}, after.value, limit);
  if (query.tenant != TenantId{}) row.bind(3, query.tenant.value);
  if (!query.name.empty()) row.bind(4, query.name);
  std::vector<Holder> holders;
  while (row.step()) holders.push_back(holder_in(row, 0));
  return holders;
}

bool Works::rename_holder(HolderId id, std::int64_t version, std::string_view name) {
  return database_.run(kRenameHolder, id.value, version, name) > 0;
}

bool Works::is_empty(const StatementText& count, std::int64_t id) {
  Statement row = database_.statement(count, id);
  return !row.step() || row.integer(0) == 0;
}

bool Works::remove_holder(HolderId id) {
  return is_empty(kCountBelowHolder, id.value) && database_.run(kRemoveHolder, id.value) > 0;
}

SeriesId Works::add(HolderId holder, std::string_view name, std::string_view proof) {
  database_.run(kInsertWork, holder.value, name, proof);
  return SeriesId{database_.last_key()};
}

std::optional<Work> Works::work(SeriesId id) {
  return only(list_works(database_, {}, id, {}, 1));
}

std::optional<Work> Works::work(HolderId holder, std::string_view name) {
  return only(list_works(database_, {{}, holder, std::string(name)}, {}, {}, 1));
}

std::vector<Work> Works::works(const WorkQuery& query, SeriesId after, std::size_t limit) {
  return list_works(database_, query, {}, after, limit);
}

bool Works::update(const Work& work) {
  return database_.run(kUpdateWork, work.series.id.value, work.series.version, work.series.name, work.proof) >
         0;
}

bool Works::remove(SeriesId id) {
  return is_empty(kCountEpisodesOf, id.value) && database_.run(kRemoveWork, id.value) > 0;
}

EpisodeId Works::add(const Episode& episode) {
  database_.run(kInsertEpisodeWhole, episode.series.value, episode.season, episode.number, episode.title,
                episode.licence_number, episode.eidr, episode.isan);
  return EpisodeId{database_.last_key()};
}

std::optional<WorkEpisode> Works::episode(EpisodeId id) {
  return only(list_episodes(database_, {}, id, {}, 1));
}

std::optional<WorkEpisode> Works::episode(SeriesId series, int season, int number) {
  return only(list_episodes(database_, {series, season, number}, {}, {}, 1));
}

std::vector<WorkEpisode> Works::episodes(const EpisodeQuery& query, EpisodeId after, std::size_t limit) {
  return list_episodes(database_, query, {}, after, limit);
}

bool Works::update(const Episode& episode) {
  return database_.run(kUpdateEpisode, episode.id.value, episode.version, episode.season, episode.number,
                       episode.title, episode.licence_number, episode.eidr, episode.isan) > 0;
}

bool Works::remove(EpisodeId id) {
  return is_empty(kCountReferencesOf, id.value) && database_.run(kRemoveEpisode, id.value) > 0;
}

}  // namespace reelprint::store
