// What leaves reelprint as JSON: one function a model, one line of text each. The fields are a contract;
// docs/cli.md lists them.
#pragma once

#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/error.h"
#include "core/fingerprint.h"
#include "core/screening.h"
#include "pipeline/catalog_document.h"
#include "pipeline/cost_measurement.h"
#include "pipeline/diagnosis.h"
#include "pipeline/fingerprinting.h"
#include "pipeline/negatives.h"
#include "pipeline/registration.h"
#include "pipeline/screening.h"

namespace reelprint::api {

[[nodiscard]] std::string screening_json(const Screening& screening, const pipeline::StoredWorkNames& works);
/// A query that could not be screened.
[[nodiscard]] std::string failed_query_json(const std::string& query, ErrorCode code,
                                            const std::string& message);

[[nodiscard]] std::string row_outcome_json(const pipeline::RowOutcome& outcome);
[[nodiscard]] std::string row_problem_json(const std::string& document, const pipeline::RowProblem& problem);
[[nodiscard]] std::string registration_summary_json(const pipeline::RegistrationSummary& summary,
                                                    std::size_t problems);

[[nodiscard]] std::string negative_outcome_json(const pipeline::NegativeOutcome& outcome);
[[nodiscard]] std::string negative_summary_json(const pipeline::NegativeSummary& summary);
[[nodiscard]] std::string negative_json(const Negative& negative);

[[nodiscard]] std::string reference_json(const ReferenceEntry& entry);
[[nodiscard]] std::string catalog_stats_json(const store::CatalogStats& stats);
[[nodiscard]] std::string index_report_json(const pipeline::IndexReport& report);
[[nodiscard]] std::string fingerprint_json(const std::string& file, const std::string& output,
                                           const fingerprint::MediaFingerprint& made);
[[nodiscard]] std::string published_hash_json(const std::string& file,
                                              const fingerprint::PublishedHash& hash);

/// `price`: dollars for an hour of one virtual CPU.
[[nodiscard]] std::string cost_json(const pipeline::CostMeasurement& costs, double price);

/// Names and values, and the problems among them as sentences.
[[nodiscard]] std::string findings_json(const std::vector<pipeline::Finding>& findings);

}  // namespace reelprint::api
