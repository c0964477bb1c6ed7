// A case with everything that a report can show.
#pragma once

#include <filesystem>

#include "evidence/case_file.h"

namespace reelprint::evidence::test {

/// One upload with two segments of one episode; its pictures are drawn into `folder`.
[[nodiscard]] CaseFile case_sample(const std::filesystem::path& folder);

/// Strangers' text at its worst: markup, bidirectional overrides, control characters, bytes that are no
/// UTF-8, a word of 10 kB, wherever a page or a client can put it.
[[nodiscard]] CaseFile hostile_case(const std::filesystem::path& folder);

}  // namespace reelprint::evidence::test
