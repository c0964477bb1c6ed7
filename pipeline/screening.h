// Screens one upload: decode → fingerprint → candidates → align → judge → record. Read this recipe first.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/screening.h"
#include "fingerprint/fingerprinter.h"
#include "index/detail_source.h"
#include "index/feature_index.h"
#include "index/frame_index.h"
#include "index/matcher.h"
#include "index/sound_index.h"
#include "pipeline/media_reader.h"
#include "pipeline/work_names.h"
#include "pipeline/workspace.h"
#include "rights/judge.h"

namespace reelprint::pipeline {

struct ScreeningSettings {
  std::optional<Effort> effort;  ///< nothing: as deep as full recall needs, no deeper than the case
  bool audio = true;
  fingerprint::DecodeLimits limits;
  unsigned search_threads = 1;  ///< that share a search of a large catalog
  index::MatchSettings matching;
  rights::Policy policy;
};

/// What screening needs to know of the protected side. All are only read: any number of threads may share
/// them.
struct Protected {
  const index::FrameIndex& index;
  const index::FeatureIndex& features;
  const index::SoundIndex& sounds;
  const index::CatalogBackground& background;
  const index::DetailSource& details;
  const WorkNames& names;
  const index::FrameIndex* negatives = nullptr;  ///< the negative bank; none: every picture counts
};

/// What a workspace protects: opens its index and its negative bank. All must outlive what is returned.
[[nodiscard]] Protected open_protected(Workspace& workspace, const index::DetailSource& details,
                                       const WorkNames& names, Progress* progress = nullptr);

/// What a screening saw of the references that `search` follows, for whoever must explain it.
struct ScreeningTrace {
  index::SearchTrace search;   ///< of the deepest pass; `followed` is filled by the caller
  Fingerprint query;           ///< what that pass searched with
  std::vector<Effort> passes;  ///< that were run, in order
};

/// How closely a query is looked at.
[[nodiscard]] const fingerprint::DetailSettings& detail_of(Effort effort);

/// Screens a media file or a .rpf fingerprint, on the calling thread, without recording it. Without a fixed
/// effort the I-frames come first; if they show that the upload is nothing but whole registered episodes,
/// that settles it, else the standard plan decides, and the deep one where that leaves the case to a person.
/// With a `trace`, notes there what happened. Throws what the reader and read_fingerprint throw.
[[nodiscard]] Screening screen(const std::filesystem::path& file, const Protected& catalog,
                               const ScreeningSettings& settings, const MediaReader& reader,
                               const Clock& clock, std::stop_token stop = {},
                               const fingerprint::FingerprintProgress& progress = {},
                               ScreeningTrace* trace = nullptr);

/// The same for a fingerprint, as deep as that was made; `name` is what the upload is called.
[[nodiscard]] Screening screen(const Fingerprint& print, const std::string& name, const Protected& catalog,
                               const ScreeningSettings& settings, const Clock& clock,
                               ScreeningTrace* trace = nullptr);

/// The names with each folder among them replaced by the media files and fingerprints in it, in natural
/// order.
[[nodiscard]] std::vector<std::string> expand_folders(const std::vector<std::string>& names);

}  // namespace reelprint::pipeline
