// Cases, disputes and the rules of working on them as JSON.
#pragma once

#include <boost/json/object.hpp>

#include "core/case_rules.h"
#include "core/dispute.h"
#include "core/legal_case.h"
#include "core/sighting.h"
#include "store/cases.h"
#include "store/store.h"

namespace reelprint::api {

/// As it stands in a list.
[[nodiscard]] boost::json::object case_json(const LegalCase& one, const store::CaseSize& size);
/// With its decisions, sightings, notices, disputes, and where a person may take it.
[[nodiscard]] boost::json::object case_detail_json(const LegalCase& one, store::Store& store);
[[nodiscard]] boost::json::object case_event_json(const CaseEvent& event);
[[nodiscard]] boost::json::object sighting_json(const Sighting& sighting);

[[nodiscard]] boost::json::object dispute_json(const Dispute& dispute);
[[nodiscard]] boost::json::object case_rules_json(const CaseRules& rules);

}  // namespace reelprint::api
