// A made-up case with a few files, a key, and a folder to pack it into.
#pragma once

#include <filesystem>
#include <string>

#include "evidence/bundle.h"
#include "evidence/case_file.h"
#include "evidence/signing_key.h"

namespace reelprint::evidence::test {

/// The same key each time.
[[nodiscard]] SigningKey sample_key();

/// Writes the attachments below `folder`.
[[nodiscard]] CaseFile sample_case(const std::filesystem::path& folder);

[[nodiscard]] std::string bytes_of_file(const std::filesystem::path& file);
void write_bytes(const std::filesystem::path& file, const std::string& bytes);

}  // namespace reelprint::evidence::test
