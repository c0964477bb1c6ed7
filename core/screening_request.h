// What somebody asks to be screened, and what was decided about it holder by holder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/fingerprint.h"
#include "core/holder_ruling.h"
#include "core/ids.h"
#include "core/policy.h"
#include "core/upload_context.h"
#include "core/verdict.h"

namespace reelprint {

/// Where the media of a request come from.
enum class SourceKind : std::uint8_t {
  file,         ///< was sent with the request
  url,          ///< is fetched
  fingerprint,  ///< was sent instead of the media
  upload,       ///< was sent before, in parts
};

[[nodiscard]] std::string_view to_string(SourceKind kind);
[[nodiscard]] std::optional<SourceKind> source_kind_of(std::string_view name);

enum class RequestState : std::uint8_t { queued, running, done, failed, cancelled };

[[nodiscard]] std::string_view to_string(RequestState state);
[[nodiscard]] std::optional<RequestState> request_state_of(std::string_view name);

/// One upload that is to be screened. It may be screened again when a reference comes later: `screening` is
/// the newest result.
struct ScreeningRequest {
  RequestId id;
  UploadContext context;  ///< its platform is the tenant that asked
  ApiKeyId key;           ///< by which it was asked; zero: by none
  std::string name;       ///< of the upload, as a person would call it
  SourceKind source_kind = SourceKind::file;
  std::string source;            ///< the URL, or the number of the upload; "" for what was sent
  std::string media;             ///< name of the file in the folder of uploads; "": there is none (any more)
  std::optional<Effort> effort;  ///< nothing: as deep as the case needs
  bool with_audio = true;
  int priority = 0;  ///< as that of its job
  RequestState state = RequestState::queued;
  JobId job;
  ScreeningId screening;                ///< the newest result; zero: there is none yet
  Decision decision = Decision::clear;  ///< what all active decisions come to; of a request that is done
  Action action = Action::none;         ///< likewise
  std::string error_code;               ///< of one that failed
  std::string error;
  WallTime created_at;
  WallTime ended_at;  ///< zero: not yet
  std::int64_t version = 1;
};

enum class DecisionState : std::uint8_t {
  active,
  released,    ///< taken back: it counts no more
  superseded,  ///< a later one of the same upload and holder counts
};

[[nodiscard]] std::string_view to_string(DecisionState state);
[[nodiscard]] std::optional<DecisionState> decision_state_of(std::string_view name);

/// What was decided about one holder's works in one upload.
struct UploadDecision {
  DecisionId id;
  RequestId request;
  ScreeningId screening;                ///< the result that it rests on
  HolderRuling ruling;                  ///< its `matches` are not stored
  std::vector<ReferenceId> references;  ///< that it rests on, ascending
  bool is_retroactive = false;          ///< a reference came later than the upload
  DecisionState state = DecisionState::active;
  WallTime decided_at;
  WallTime released_at;  ///< zero: not released
  std::string released_by;
  std::string released_why;
  std::int64_t version = 1;
};

}  // namespace reelprint
