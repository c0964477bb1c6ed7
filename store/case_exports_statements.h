// What the exports' part asks of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertCaseExport{
    "ask for an export",
    "INSERT INTO case_exports (in_case, run, tenant, language, state, job, asked_by, asked_at_us) "
    "VALUES (?1, ?2, ?3, ?4, 'queued', 0, ?5, ?6)"};
inline constexpr StatementText kExportIsAlone{"make an export a run of its own",
                                              "UPDATE case_exports SET run = id WHERE id = ?1 AND run = 0"};
inline constexpr StatementText kGiveExportItsJob{"note the job of an export",
                                                 "UPDATE case_exports SET job = ?2 WHERE id = ?1"};
inline constexpr std::string_view kExportColumns =
    "SELECT id, in_case, run, tenant, language, state, job, asked_by, asked_at_us, made_at_us, file, bytes, "
    "digest, error_code, error FROM case_exports";
inline constexpr std::string_view kExportById = " WHERE id = ?1";
/// A listing is kExportColumns and kExportsBefore, those of the conditions that a filter asks for, and
/// kExportsOrder.
inline constexpr std::string_view kExportsBefore = " WHERE id < ?1";
inline constexpr std::string_view kExportsOfTenant = " AND tenant = ?3";
inline constexpr std::string_view kExportsOfCase = " AND in_case = ?4";
inline constexpr std::string_view kExportsOfRun = " AND run = ?5";
inline constexpr std::string_view kExportsOrder = " ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kExportsMadeBefore =
    " WHERE file <> '' AND made_at_us < ?1 ORDER BY made_at_us LIMIT ?2";
inline constexpr StatementText kCountExports{
    "count the exports of a run",
    "SELECT coalesce(sum(state = 'queued'), 0), coalesce(sum(state = 'done'), 0), "
    "coalesce(sum(state = 'failed'), 0) FROM case_exports WHERE run = ?1"};
inline constexpr StatementText kFinishExport{
    "finish an export",
    "UPDATE case_exports SET state = 'done', made_at_us = ?2, file = ?3, bytes = ?4, digest = ?5 "
    "WHERE id = ?1 AND state = 'queued'"};
inline constexpr StatementText kFailExport{
    "note that an export failed",
    "UPDATE case_exports SET state = 'failed', error_code = ?2, error = ?3 "
    "WHERE id = ?1 AND state = 'queued'"};
inline constexpr StatementText kForgetExportFile{"forget the file of an export",
                                                 "UPDATE case_exports SET file = '' WHERE id = ?1"};

}  // namespace reelprint::store::statements
