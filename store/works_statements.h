// What the service asks of holders, series and episodes, statement by statement.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr std::string_view kHolders =
    "SELECT id, name, coalesce(tenant, 0), version FROM holders WHERE id > ?1";
inline constexpr std::string_view kHoldersOfTenant = " AND tenant = ?3";
inline constexpr std::string_view kHoldersNamed = " AND name = ?4";
inline constexpr std::string_view kHoldersOrder = " ORDER BY id LIMIT ?2";

/// `?2` is 0 for a holder of nobody in particular.
inline constexpr StatementText kInsertHolderOf{
    "add a holder", "INSERT INTO holders (name, tenant) VALUES (?1, nullif(?2, 0))"};
inline constexpr StatementText kReadHolder{
    "read a holder", "SELECT id, name, coalesce(tenant, 0), version FROM holders WHERE id = ?1"};
inline constexpr StatementText kReadHolderNamed{
    "find a holder",
    "SELECT id, name, coalesce(tenant, 0), version FROM holders WHERE name = ?1 AND (?2 = 0 OR tenant = ?2) "
    "ORDER BY coalesce(tenant, 0), id LIMIT 1"};
inline constexpr StatementText kRenameHolder{
    "rename a holder", "UPDATE holders SET name = ?3, version = version + 1 WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kCountBelowHolder{
    "count what a holder has",
    "SELECT (SELECT count(*) FROM series WHERE holder = ?1) "
    "+ (SELECT count(*) FROM licences WHERE holder = ?1) + (SELECT count(*) FROM policies WHERE holder = ?1) "
    "+ (SELECT count(*) FROM allow_entries WHERE holder = ?1) "
    "+ (SELECT count(*) FROM ownerships WHERE holder = ?1)"};
inline constexpr StatementText kRemoveHolder{"remove a holder", "DELETE FROM holders WHERE id = ?1"};

inline constexpr std::string_view kWorks =
    "SELECT series.id, series.name, series.version, series.proof, "
    "holders.id, holders.name, coalesce(holders.tenant, 0), holders.version "
    "FROM series JOIN holders ON holders.id = series.holder WHERE series.id > ?1";
inline constexpr std::string_view kWorksOfTenant = " AND holders.tenant = ?3";
inline constexpr std::string_view kWorksOfHolder = " AND series.holder = ?4";
inline constexpr std::string_view kWorksNamed = " AND series.name = ?5";
inline constexpr std::string_view kWorksOnly = " AND series.id = ?6";
inline constexpr std::string_view kWorksOrder = " ORDER BY series.id LIMIT ?2";

inline constexpr StatementText kInsertWork{"add a series",
                                           "INSERT INTO series (holder, name, proof) VALUES (?1, ?2, ?3)"};
inline constexpr StatementText kUpdateWork{
    "change a series",
    "UPDATE series SET name = ?3, proof = ?4, version = version + 1 WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kCountEpisodesOf{"count a series' episodes",
                                                "SELECT count(*) FROM episodes WHERE series = ?1"};
inline constexpr StatementText kRemoveWork{"remove a series", "DELETE FROM series WHERE id = ?1"};

inline constexpr std::string_view kEpisodes =
    "SELECT episodes.id, season, number, title, licence_number, eidr, isan, episodes.version, "
    "series.id, series.name, series.version, series.proof, "
    "holders.id, holders.name, coalesce(holders.tenant, 0), holders.version "
    "FROM episodes JOIN series ON series.id = episodes.series "
    "JOIN holders ON holders.id = series.holder WHERE episodes.id > ?1";
inline constexpr std::string_view kEpisodesOfSeries = " AND episodes.series = ?3";
inline constexpr std::string_view kEpisodesOfSeason = " AND season = ?4";
inline constexpr std::string_view kEpisodesNumbered = " AND number = ?5";
inline constexpr std::string_view kEpisodesOnly = " AND episodes.id = ?6";
inline constexpr std::string_view kEpisodesOrder = " ORDER BY episodes.id LIMIT ?2";

inline constexpr StatementText kInsertEpisodeWhole{
    "add an episode",
    "INSERT INTO episodes (series, season, number, title, licence_number, eidr, isan) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
inline constexpr StatementText kUpdateEpisode{
    "change an episode",
    "UPDATE episodes SET season = ?3, number = ?4, title = ?5, licence_number = ?6, eidr = ?7, isan = ?8, "
    "version = version + 1 WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kCountReferencesOf{"count an episode's references",
                                                  "SELECT count(*) FROM reference_cuts WHERE episode = ?1"};
inline constexpr StatementText kRemoveEpisode{"remove an episode", "DELETE FROM episodes WHERE id = ?1"};

}  // namespace reelprint::store::statements
