// What is asked of licences, policies, allow lists and ownership, statement by statement.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

// Conditions that any of the listings may take; ?1 and ?2 are `after` and `limit`.
inline constexpr std::string_view kOfTenantsHolders =
    " AND holder IN (SELECT id FROM holders WHERE tenant = ?3)";
inline constexpr std::string_view kOfThatHolder = " AND holder = ?4";
inline constexpr std::string_view kOfThatId = " AND id = ?5";
inline constexpr std::string_view kById = " ORDER BY id LIMIT ?2";

inline constexpr std::string_view kLicences =
    "SELECT id, holder, name, from_us, until_us, revoked_at_us, version FROM licences WHERE id > ?1";
inline constexpr std::string_view kLicencesOfSeries =
    " AND (EXISTS (SELECT 1 FROM licence_parts WHERE licence = licences.id AND kind = 'series' "
    "AND value = CAST(?6 AS TEXT)) "
    "OR EXISTS (SELECT 1 FROM licence_parts JOIN episodes ON episodes.id = CAST(value AS INTEGER) "
    "WHERE licence = licences.id AND kind = 'episode' AND episodes.series = ?6) "
    "OR (holder = (SELECT series.holder FROM series WHERE series.id = ?6) AND NOT EXISTS "
    "(SELECT 1 FROM licence_parts WHERE licence = licences.id AND kind IN ('series', 'episode'))))";
inline constexpr std::string_view kLicencesOfAccount =
    " AND EXISTS (SELECT 1 FROM licence_parts WHERE licence = licences.id AND kind = 'account' "
    "AND value = ?7 COLLATE NOCASE)";
inline constexpr std::string_view kLicencesForTerritory =
    " AND (EXISTS (SELECT 1 FROM licence_parts WHERE licence = licences.id AND kind = 'territory' "
    "AND value = ?8) OR NOT EXISTS "
    "(SELECT 1 FROM licence_parts WHERE licence = licences.id AND kind = 'territory'))";
inline constexpr std::string_view kLicencesActiveAt =
    " AND coalesce(from_us <= ?9, 1) AND coalesce(?9 < until_us, 1) AND coalesce(?9 < revoked_at_us, 1)";
inline constexpr StatementText kLicenceParts{
    "read a licence's lists",
    "SELECT kind, value FROM licence_parts WHERE licence = ?1 ORDER BY kind, value"};
inline constexpr StatementText kInsertLicence{
    "add a licence",
    "INSERT INTO licences (holder, name, from_us, until_us, revoked_at_us) "
    "VALUES (?1, ?2, nullif(?3, ?6), nullif(?4, ?6), nullif(?5, ?6))"};
inline constexpr StatementText kUpdateLicence{
    "change a licence",
    "UPDATE licences SET name = ?3, from_us = nullif(?4, ?7), until_us = nullif(?5, ?7), "
    "revoked_at_us = nullif(?6, ?7), version = version + 1 WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kInsertLicencePart{
    "add to a licence's lists",
    "INSERT OR IGNORE INTO licence_parts (licence, kind, value) VALUES (?1, ?2, ?3)"};
inline constexpr StatementText kClearLicenceParts{"empty a licence's lists",
                                                  "DELETE FROM licence_parts WHERE licence = ?1"};

inline constexpr std::string_view kPolicies =
    "SELECT id, holder, territories, name, priority, enabled, version FROM policies WHERE id > ?1";
inline constexpr StatementText kPolicyRules{
    "read a policy's rules",
    "SELECT action, least_matched_us, least_share_of_upload, least_share_of_reference, least_score, modality "
    "FROM policy_rules WHERE policy = ?1 ORDER BY position"};
inline constexpr StatementText kInsertPolicy{
    "add a policy",
    "INSERT INTO policies (holder, territories, name, priority, enabled) VALUES (?1, ?2, ?3, ?4, ?5)"};
inline constexpr StatementText kUpdatePolicy{
    "change a policy",
    "UPDATE policies SET territories = ?3, name = ?4, priority = ?5, enabled = ?6, version = version + 1 "
    "WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kRemovePolicy{"remove a policy", "DELETE FROM policies WHERE id = ?1"};
inline constexpr StatementText kClearPolicyRules{"empty a policy",
                                                 "DELETE FROM policy_rules WHERE policy = ?1"};
inline constexpr StatementText kInsertPolicyRule{
    "add a rule to a policy",
    "INSERT INTO policy_rules (policy, position, action, least_matched_us, least_share_of_upload, "
    "least_share_of_reference, least_score, modality) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};

inline constexpr std::string_view kAllowEntries =
    "SELECT id, coalesce(holder, 0), kind, platform, value, reason, version FROM allow_entries "
    "WHERE id > ?1";
inline constexpr std::string_view kAllowEntriesForAll = " AND holder IS NULL";
inline constexpr StatementText kInsertAllowEntry{
    "add to the allow list",
    "INSERT INTO allow_entries (holder, kind, platform, value, reason) "
    "VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5)"};
inline constexpr StatementText kUpdateAllowEntry{
    "change the allow list",
    "UPDATE allow_entries SET kind = ?3, platform = ?4, value = ?5, reason = ?6, version = version + 1 "
    "WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kRemoveAllowEntry{"remove from the allow list",
                                                 "DELETE FROM allow_entries WHERE id = ?1"};

inline constexpr std::string_view kOwnerships =
    "SELECT id, holder, series, territories, from_us, until_us, version FROM ownerships WHERE id > ?1";
inline constexpr StatementText kInsertOwnership{
    "state an ownership",
    "INSERT INTO ownerships (holder, series, territories, from_us, until_us) "
    "VALUES (?1, ?2, ?3, nullif(?4, ?6), nullif(?5, ?6))"};
inline constexpr StatementText kUpdateOwnership{
    "change an ownership",
    "UPDATE ownerships SET series = ?3, territories = ?4, from_us = nullif(?5, ?7), "
    "until_us = nullif(?6, ?7), version = version + 1 WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kRemoveOwnership{"remove an ownership",
                                                "DELETE FROM ownerships WHERE id = ?1"};

inline constexpr StatementText kInsertDryRun{
    "ask for a dry run",
    "INSERT INTO dry_runs (tenant, job, question, answer, asked_at_us) VALUES (?1, 0, ?2, '', ?3)"};
inline constexpr StatementText kSetDryRunJob{"note a dry run's job",
                                             "UPDATE dry_runs SET job = ?2 WHERE id = ?1"};
inline constexpr StatementText kAnswerDryRun{"answer a dry run",
                                             "UPDATE dry_runs SET answer = ?2 WHERE id = ?1"};
inline constexpr StatementText kReadDryRun{
    "read a dry run", "SELECT id, tenant, job, question, answer, asked_at_us FROM dry_runs WHERE id = ?1"};

}  // namespace reelprint::store::statements
