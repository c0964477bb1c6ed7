// What the store knows of a case, as a bundle tells it; and the files that belong to it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/fingerprint.h"
#include "core/legal_case.h"
#include "evidence/case_file.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// An upload of a case with what is still there of it.
struct CaseUploadFacts {
  evidence::UploadFacts facts{};                 ///< matches without pictures
  std::vector<ReferenceEntry> works{};           ///< one a match
  std::optional<std::filesystem::path> media{};  ///< where they are, if they still are what was screened
  std::optional<Fingerprint> print{};            ///< that was searched
};

struct CaseFacts {
  LegalCase legal_case{};
  std::vector<CaseUploadFacts> uploads{};                 ///< by the number of their request
  std::map<ReferenceId, Fingerprint> reference_prints{};  ///< of the matches' works
  std::vector<evidence::CaseAttachment> captures{};       ///< WARC files and screenshots
  std::vector<std::string> objects{};                     ///< that the audit log may speak of
  std::vector<Sentence> not_established{};
};

/// Reads it; the media are looked at to see whether they are still the same. Throws Error{not_found}: no such
/// case.
[[nodiscard]] CaseFacts facts_of_case(store::Store& store, const std::filesystem::path& data, CaseId id);

}  // namespace reelprint::pipeline
