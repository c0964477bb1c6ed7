// What a case knows of a notice about it; the rest a person fills in.
#pragma once

#include <string_view>

#include "evidence/case_file.h"
#include "evidence/notice.h"

namespace reelprint::evidence {

/// Works, places with their times, explanation and enclosures, and of a certification the system and what was
/// done; each place once for each work that it shows. Sender, recipient, statements and signature stay empty,
/// as do a certification's qualification and its files, whose digests only the finished bundle has. What is
/// licensed or clear, has no address, or rests on matches that are not confirmed or on sound alone, is left
/// out. `language` as in Notice. Only the `uploads` at these positions; none given: all. Pure.
[[nodiscard]] Notice draft_notice(const CaseFile& case_file, NoticeKind kind, std::string_view language,
                                  const std::vector<std::size_t>& uploads = {});

}  // namespace reelprint::evidence
