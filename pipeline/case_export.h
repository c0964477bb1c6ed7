// Exports a case's evidence: gathered from the store, drawn, packed, signed, stamped, and noted in the
// custody log.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "evidence/bundle.h"
#include "pipeline/evidence_keys.h"
#include "pipeline/explanation_pictures.h"
#include "store/store.h"

namespace reelprint::pipeline {

struct CaseExportSettings {
  std::vector<evidence::ReportLanguage> languages{evidence::ReportLanguage::en};
  bool with_media = false;  ///< a copy of the uploads' media, where they are still there; else their SHA-256
  std::optional<WallTime> made_at{};  ///< the recorded time; nothing: now
  std::string authority{};            ///< URL of the one that is asked for a time stamp; "": none is
};

/// What an export works with; what it refers to must outlive it.
struct CaseExportTools {
  std::filesystem::path data{};  ///< the data folder
  std::string tool_version{};
  FrameSource frames{};  ///< of media that may be hostile; none: they are decoded in this very process
  evidence::AskTimeStamp ask{};  ///< none: the authority in the settings is asked over HTTP
};

/// Writes a bundle of the case to `file` and notes it in the audit log ("case.export") and in the case's
/// history ("export") before anything is read, so that the bundle shows its own export. At a recorded time at
/// which the case was exported before, what the log, the clock and the authority said then is said again: an
/// unchanged case gives the same bytes. Takes long; holds no lock while it does. Throws Error: not_found (the
/// case, the signing key), invalid_input (a recorded time that is yet to come, or before the signing key was
/// made), too_large, io, cancelled.
evidence::WrittenBundle export_case(store::Store& store, CaseId id, const CaseExportSettings& settings,
                                    const CaseExportTools& tools, const EvidenceActor& actor,
                                    const std::filesystem::path& file, const std::stop_token& stop = {});

/// Notes that somebody looked at a case's evidence or fetched it: audit entry "evidence.access", entry
/// "access" of the case's history. `what`: "bundle", "capture 7". Inside a transaction, or one of its own.
void note_evidence_access(store::Store& store, CaseId id, std::string_view what, const EvidenceActor& actor);

}  // namespace reelprint::pipeline
