// How a legal team works on its cases: settings that hold for the service and the command line alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/business_days.h"

namespace reelprint {

struct CaseRules {
  bool two_persons_confirm = false;  ///< a case is confirmed by another person than who proposed it
  bool two_persons_notice = false;   ///< a notice is approved by another person than who drafted it
  std::size_t flag_dismissals = 3;   ///< a reference dismissed that often …
  std::size_t flag_of = 5;           ///< … of its latest cases that were judged is put into quarantine
  int dispute_days = 14;             ///< calendar days to answer a dispute or an appeal
  int acknowledgement_days = 5;      ///< business days for a recipient to acknowledge a notice
  std::vector<Day> holidays{};       ///< ascending: no business days
  std::int64_t version = 1;

  friend bool operator==(const CaseRules&, const CaseRules&) = default;
};

}  // namespace reelprint
