// What a bundle says of its case to a program: match.json (docs/match.schema.json), and the lesser documents
// beside it.
#pragma once

#include <string>

#include "evidence/case_file.h"

namespace reelprint::evidence {

/// The claim: uploads, sightings, matches, works, rulings, history. Canonical JSON and a line end, as below.
[[nodiscard]] std::string match_document(const CaseFile& case_file);
/// Tool, algorithms, clock, settings.
[[nodiscard]] std::string settings_document(const CaseFile& case_file);
/// The audit log's entries about the case and the links between them, one JSON object a line, by id.
[[nodiscard]] std::string custody_document(const CaseFile& case_file);

/// Where a bundle has the fingerprint of an upload, by the number of its screening request, and that of a
/// reference.
[[nodiscard]] std::string query_fingerprint_name(std::int64_t number);
[[nodiscard]] std::string reference_fingerprint_name(ReferenceId reference);
/// What the name of an upload's media begins with; the ending of the file follows.
[[nodiscard]] std::string media_name(std::int64_t number);

}  // namespace reelprint::evidence
