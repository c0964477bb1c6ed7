// What the catalog's follower asks of the database.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kReadDataVersion{"ask whether anything was written", "PRAGMA data_version"};
/// Also when all changes are forgotten.
inline constexpr StatementText kReadLatestCatalogChange{
    "read the last change of the catalog", "SELECT seq FROM sqlite_sequence WHERE name = 'catalog_changes'"};
inline constexpr StatementText kListCatalogChanges{
    "list the changes of the catalog",
    "SELECT id, kind, item FROM catalog_changes WHERE id > ?1 ORDER BY id"};
inline constexpr StatementText kListReferencesOfEpisode{"list the references of an episode",
                                                        "SELECT id FROM reference_cuts WHERE episode = ?1"};
inline constexpr StatementText kListReferencesOfSeries{
    "list the references of a series",
    "SELECT reference_cuts.id FROM episodes JOIN reference_cuts ON reference_cuts.episode = episodes.id "
    "WHERE episodes.series = ?1"};
inline constexpr StatementText kListReferencesOfHolder{
    "list the references of a holder",
    "SELECT reference_cuts.id FROM series JOIN episodes ON episodes.series = series.id "
    "JOIN reference_cuts ON reference_cuts.episode = episodes.id WHERE series.holder = ?1"};

}  // namespace reelprint::store::statements
