// References as the service registers them: first announced, then fingerprinted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog.h"
#include "core/fingerprint.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Narrows a listing; zero and nothing do not narrow.
struct ReferenceQuery {
  TenantId tenant;
  HolderId holder;
  SeriesId series;
  EpisodeId episode;
  std::optional<ReferenceState> state;
  ImportId import;
};

struct RegistrationNotes {
  JobId job;                    ///< that makes or made the fingerprint; zero: none
  ImportId import;              ///< zero: it came alone
  std::string warnings = "[]";  ///< a JSON array
};

/// Where the media of a pending reference are to be had.
struct MediaSource {
  enum class Kind : std::uint8_t {
    file,         ///< a path in a folder of the user's
    spooled,      ///< a file of ours, to be removed in the end
    fingerprint,  ///< the same, a fingerprint already
    url,
    upload,  ///< an id
  };
  Kind kind = Kind::file;
  std::string place;
};

/// Media as they turned out to be.
struct FoundMedia {
  Sha256 digest;
  Duration duration{0};
  std::span<const std::byte> fingerprint;
  AlgorithmId algorithm = kAlgorithm;
};

/// The service's references' part of Store, with its contract; changes of state and what is excluded are
/// Catalog's.
class References {
 public:
  explicit References(Database& database) : database_(database) {}

  /// Pending, of its episode; what only the media tell is ignored.
  ReferenceId add_pending(const Reference& reference, ImportId import = {});
  void set_job(ReferenceId id, JobId job);
  [[nodiscard]] std::optional<ReferenceId> of_job(JobId job);
  void set_source(ReferenceId id, const MediaSource& source);
  [[nodiscard]] std::optional<MediaSource> source(ReferenceId id);
  void forget_source(ReferenceId id);
  /// Whether a pending reference is to be made of this file of ours.
  [[nodiscard]] bool is_spooled(const std::string& place);
  /// Its job has failed; false when it is not pending. It leaves its place under its cut to others.
  bool fail(ReferenceId id, std::string_view why);
  /// With all that is below it, but nothing above; false when it has not failed.
  bool remove_failed(ReferenceId id);
  /// `json` is an array.
  void set_warnings(ReferenceId id, std::string_view json);
  /// What has the same media under the same episode, cut, language and subtitles as `id` would have.
  [[nodiscard]] std::optional<ReferenceId> twin_of(ReferenceId id, const Sha256& media);
  /// Stores the fingerprint of a pending reference, which stays pending; false when it is no longer. Throws
  /// Error{invalid_input} when it has a twin.
  bool complete(ReferenceId id, const FoundMedia& media);
  /// Cut, language, subtitles and aspect; false when there is none of that id and version. Throws
  /// Error{invalid_input} when the same media are there under them already.
  bool describe(const Reference& reference);

  [[nodiscard]] std::optional<RegistrationNotes> notes(ReferenceId id);
  /// By id, at most `limit` after `after`.
  [[nodiscard]] std::vector<ReferenceEntry> list(const ReferenceQuery& query, ReferenceId after,
                                                 std::size_t limit);

 private:
  Database& database_;
};

}  // namespace reelprint::store
