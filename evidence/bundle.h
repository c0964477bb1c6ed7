// A case's evidence in one file that a stranger can check without us: a ZIP of documents, fingerprints,
// frames and captures, with a manifest, its signature and a time stamp. docs/evidence_bundle.md has the
// format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/sha256.h"
#include "evidence/case_file.h"
#include "evidence/manifest.h"
#include "evidence/report.h"
#include "evidence/signing_key.h"

namespace reelprint::evidence {

/// Gets a time stamp over a tree's root: the bytes of an RFC 3161 response that has been checked. Throws
/// Error when there is none to be had.
using AskTimeStamp = std::function<std::string(const Sha256& root)>;

struct BundleSettings {
  std::vector<ReportLanguage> languages{ReportLanguage::en};  ///< of the reports; without repetition
  std::string authority{};  ///< that `ask` asks, for a person; "": none is configured
  AskTimeStamp ask{};       ///< none: there will be no time stamp, and the bundle says so
};

struct WrittenBundle {
  Manifest manifest{};
  std::uint64_t bytes = 0;   ///< of the file
  Sha256 sha256{};           ///< of the file
  std::string time_stamp{};  ///< the token's bytes; "" when there is none: manifest.time_stamp says why
};

/// Writes the bundle, or nothing: what is half written lies beside `file` under another name and is removed.
/// An old `file` is replaced. The same case file, settings, key and time stamp give the same bytes. A time
/// stamp that cannot be had does not keep the bundle from being made; its absence is said in manifest,
/// settings and report. Throws Error: invalid_input (a name of an attachment), too_large (4 GiB), not_found
/// (an attachment), io, and what the reports throw.
WrittenBundle write_bundle(const CaseFile& case_file, const SigningKey& key, const BundleSettings& settings,
                           const std::filesystem::path& file);

}  // namespace reelprint::evidence
