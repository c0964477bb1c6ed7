// The transparency report: what the legal team's work came to, as documents.
#pragma once

#include <string>

#include "store/transparency.h"

namespace reelprint::pipeline {

/// One JSON object.
[[nodiscard]] std::string transparency_json(const store::TransparencyFigures& figures,
                                            const store::TransparencyQuery& query);
/// "metric,part,value", a line each (RFC 4180, lines end with CRLF).
[[nodiscard]] std::string transparency_csv(const store::TransparencyFigures& figures,
                                           const store::TransparencyQuery& query);

}  // namespace reelprint::pipeline
