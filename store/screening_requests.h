// What is to be screened and what became of it, in the database.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/screening_request.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Narrows a listing; empty fields do not narrow.
struct RequestFilter {
  TenantId tenant{};         ///< that asked
  TenantId holder_tenant{};  ///< about whose works something was decided
  std::optional<RequestState> state{};
  std::optional<Decision> decision{};
  std::string account{};
  std::optional<WallTime> from{};   ///< created at or after
  std::optional<WallTime> until{};  ///< created before
};

/// The screening requests' part of Store, with its contract.
class ScreeningRequests {
 public:
  explicit ScreeningRequests(Database& database) : database_(database) {}

  /// `id`, `screening`, `ended_at` and `version` are ignored.
  RequestId add(const ScreeningRequest& request);
  [[nodiscard]] std::optional<ScreeningRequest> find(RequestId id);
  /// At most `limit` with a smaller id than `before` (zero: the newest), the newest first.
  [[nodiscard]] std::vector<ScreeningRequest> list(const RequestFilter& filter, RequestId before,
                                                   std::size_t limit);
  /// How many were made since then, by a tenant or by a key.
  [[nodiscard]] std::size_t count_of(TenantId tenant, WallTime since);
  [[nodiscard]] std::size_t count_of(ApiKeyId key, WallTime since);

  void set_job(RequestId id, JobId job);
  /// Notes that a worker has begun; not for one that has ended.
  void begin(RequestId id);
  /// False when it has ended already.
  bool set_media(RequestId id, std::string_view media);
  /// It is done, with this newest result; results before it stay. False when it failed or was cancelled.
  bool finish(RequestId id, ScreeningId result, const std::pair<Decision, Action>& outcome, WallTime now);
  /// What its decisions come to now.
  void decide(RequestId id, const std::pair<Decision, Action>& outcome);
  /// False when it has ended already.
  bool fail(RequestId id, std::string_view error_code, std::string_view error, WallTime now);
  bool cancel(RequestId id, WallTime now);
  /// Queues one that failed or was cancelled once more; false when it is neither.
  bool reopen(RequestId id);
  /// All results, the oldest first.
  [[nodiscard]] std::vector<ScreeningId> results(RequestId id);

  /// Until when its media file is kept, if it has one.
  void keep_media_until(RequestId id, WallTime until);
  struct Media {
    RequestId request;
    std::string file;  ///< name in the folder of uploads
  };
  /// At most `limit` whose time is over.
  [[nodiscard]] std::vector<Media> media_due(WallTime now, std::size_t limit);
  void forget_media(RequestId id);
  /// Whether any request refers to the file.
  [[nodiscard]] bool has_media(std::string_view file);

  void keep_fingerprint(RequestId id, std::span<const std::byte> bytes, AlgorithmId algorithm,
                        WallTime forget_at);
  /// Nothing when it was forgotten, or is of another algorithm.
  [[nodiscard]] std::optional<std::vector<std::byte>> fingerprint(RequestId id, AlgorithmId algorithm);
  /// At most `limit` requests with a larger id than `after` of which a fingerprint is kept, by id.
  [[nodiscard]] std::vector<RequestId> fingerprinted(AlgorithmId algorithm, RequestId after, WallTime now,
                                                     std::size_t limit);
  /// Forgets those whose time is over; returns how many.
  std::size_t forget_fingerprints(WallTime now);

 private:
  Database& database_;
};

}  // namespace reelprint::store
