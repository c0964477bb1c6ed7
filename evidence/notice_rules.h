// The law's lists of what a notice must have, as a table.
#pragma once

#include <span>
#include <string_view>

#include "evidence/notice.h"

namespace reelprint::evidence {

/// One field that one kind of notice must have.
struct NoticeRule {
  std::string_view field;
  std::string_view clause;
  std::string_view what;  ///< in words, in the language of the law
  bool (*is_met)(const Notice&);
  bool is_sign_off = false;
};

/// In the order of the law.
[[nodiscard]] std::span<const NoticeRule> rules_of(NoticeKind kind);

/// Whose right it is: `holder`, or `sender` where that has no name.
[[nodiscard]] const NoticeParty& holder_of(const Notice& notice);
/// Whether the sender writes for somebody else.
[[nodiscard]] bool is_by_agent(const Notice& notice);

}  // namespace reelprint::evidence
