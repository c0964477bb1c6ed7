// What the queue asks of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertJob{
    "queue a job",
    "INSERT INTO jobs (kind, tenant, priority, payload, not_before_us, most_attempts, state, ready, "
    "queued_at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'queued', ?5 <= ?7, ?7)"};

/// Of one kind; reads alone, so that an idle worker takes no lock.
inline constexpr StatementText kLookForJobs{
    "look for jobs",
    "SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'queued' AND ready = 1 AND kind = ?1) "
    "OR EXISTS (SELECT 1 FROM jobs WHERE state = 'queued' AND ready = 0 AND kind = ?1 "
    "AND not_before_us <= ?2) "
    "OR EXISTS (SELECT 1 FROM jobs WHERE state = 'running' AND kind = ?1 AND leased_until_us <= ?2)"};
inline constexpr StatementText kReadyJobs{
    "let jobs begin whose time has come",
    "UPDATE jobs SET ready = 1 WHERE state = 'queued' AND ready = 0 AND kind = ?1 AND not_before_us <= ?2"};
inline constexpr StatementText kRequeueJobs{
    "queue jobs again that their workers lost",
    "UPDATE jobs SET state = 'queued', ready = 1, worker = '', leased_until_us = 0 "
    "WHERE state = 'running' AND kind = ?1 AND leased_until_us <= ?2 AND attempts < most_attempts"};
inline constexpr StatementText kSetAbandonedJobAside{
    "set jobs aside that their workers lost too often",
    "UPDATE jobs SET state = 'failed', worker = '', leased_until_us = 0, ended_at_us = ?2, "
    "error_code = 'abandoned', error = 'the worker was gone before the job had ended, at attempt ' || "
    "attempts "
    "WHERE state = 'running' AND kind = ?1 AND leased_until_us <= ?2 RETURNING id"};
inline constexpr StatementText kNextJob{
    "find the next job",
    "SELECT id, priority FROM jobs WHERE state = 'queued' AND ready = 1 AND kind = ?1 "
    "ORDER BY priority DESC, id LIMIT 1"};
inline constexpr StatementText kTakeJob{
    "take a job",
    "UPDATE jobs SET state = 'running', worker = ?2, leased_until_us = ?3, attempts = attempts + 1, "
    "progress = 0, started_at_us = ?4 WHERE id = ?1"};

inline constexpr StatementText kHoldJob{"hold a job",
                                        "UPDATE jobs SET leased_until_us = ?3, progress = ?4 "
                                        "WHERE id = ?1 AND state = 'running' AND worker = ?2"};
inline constexpr StatementText kFinishJob{
    "finish a job",
    "UPDATE jobs SET state = 'done', progress = 1, worker = '', leased_until_us = 0, ended_at_us = ?3 "
    "WHERE id = ?1 AND state = 'running' AND worker = ?2"};
/// ?5: when it is tried again, or -1.
inline constexpr StatementText kFailJob{
    "note that a job failed",
    "UPDATE jobs SET state = iif(?5 >= 0 AND attempts < most_attempts, 'queued', 'failed'), "
    "ready = 0, not_before_us = iif(?5 >= 0, ?5, not_before_us), worker = '', leased_until_us = 0, "
    "error_code = ?3, error = ?4, ended_at_us = iif(?5 >= 0 AND attempts < most_attempts, 0, ?6) "
    "WHERE id = ?1 AND state = 'running' AND worker = ?2 RETURNING state"};
inline constexpr StatementText kHandBackJob{
    "hand back a job",
    "UPDATE jobs SET state = 'queued', ready = 1, attempts = attempts - 1, worker = '', "
    "leased_until_us = 0, progress = 0 WHERE id = ?1 AND state = 'running' AND worker = ?2"};
inline constexpr StatementText kCancelJob{
    "cancel a job",
    "UPDATE jobs SET state = 'cancelled', worker = '', leased_until_us = 0, ended_at_us = ?2 "
    "WHERE id = ?1 AND state IN ('queued', 'running')"};
inline constexpr StatementText kRetryJob{
    "queue a job once more",
    "UPDATE jobs SET state = 'queued', ready = 1, attempts = 0, progress = 0, ended_at_us = 0, "
    "not_before_us = ?2 WHERE id = ?1 AND state IN ('failed', 'cancelled')"};

/// Followed by one of the conditions below.
inline constexpr std::string_view kSelectJobs =
    "SELECT id, kind, tenant, priority, payload, not_before_us, most_attempts, state, attempts, worker, "
    "leased_until_us, progress, error_code, error, queued_at_us, started_at_us, ended_at_us FROM jobs ";
inline constexpr std::string_view kJobOfId = "WHERE id = ?1";
/// ?1 is the id before which they stand, ?2 how many at most.
inline constexpr std::string_view kAllJobs = "WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kJobsOfTenant = "WHERE id < ?1 AND tenant = ?3 ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kJobsOfState = "WHERE id < ?1 AND state = ?3 ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kJobsOfTenantAndState =
    "WHERE id < ?1 AND tenant = ?3 AND state = ?4 ORDER BY id DESC LIMIT ?2";

inline constexpr StatementText kCountJobs{
    "count the jobs", "SELECT kind, state, count(*) FROM jobs GROUP BY state, kind ORDER BY state, kind"};
inline constexpr StatementText kForgetEndedJobs{
    "forget jobs that have ended", "DELETE FROM jobs WHERE ended_at_us > 0 AND ended_at_us < ?1"};

}  // namespace reelprint::store::statements
