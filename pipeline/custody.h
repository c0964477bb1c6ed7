// The part of the audit log that tells what was done about a case, and the chain around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/legal_case.h"
#include "evidence/case_file.h"
#include "store/store.h"

namespace reelprint::pipeline {

struct Custody {
  std::vector<evidence::CustodyEntry> entries{};  ///< by id
  std::vector<evidence::CustodyLink> links{};  ///< between the first and the last of them; none where there
                                               ///< would be over 100,000
};

/// What the audit log has, up to `last`, about these objects ("case 3", "sighting 7"). What is another
/// tenant's than `tenant` becomes a link, but for what the crawler noted of sightings ("sighting.…").
[[nodiscard]] Custody custody_of(store::Store& store, const std::vector<std::string>& objects,
                                 TenantId tenant, AuditId last);

}  // namespace reelprint::pipeline
