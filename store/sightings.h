// Where copies were seen, when, and whether they are still there.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sighting.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// One look at whether a sighting is still up.
struct SightingCheck {
  SightingId sighting{};
  WallTime at{};
  bool is_up = true;
  int page_status = 0;
  int media_status = 0;
  std::string why{};  ///< a sentence: "the page answered 404", "the video is back"
};

/// The page and media as they were captured: a WARC file in the data folder.
struct Capture {
  CaptureId id{};
  SightingId sighting{};
  std::string file{};  ///< name in the folder of captures
  Sha256 digest{};
  std::uint64_t bytes = 0;
  std::string screenshot{};  ///< likewise; "" when there is none
  std::string screenshot_missing_why{};
  WallTime at{};
};

/// Narrows a listing; zeros do not narrow, and of both only the source does.
struct SightingFilter {
  TenantId tenant{};
  CrawlSourceId source{};
};

inline constexpr std::chrono::microseconds kFirstLookAfter{std::chrono::hours{2}};

/// The sightings' part of Store, with its contract.
class Sightings {
 public:
  explicit Sightings(Database& database) : database_(database) {}

  /// Adds it, or, where the same tenant has one of this location and page, updates what was said of it.
  SightingId put(const Sighting& sighting);
  [[nodiscard]] std::optional<Sighting> find(SightingId id);
  [[nodiscard]] std::optional<Sighting> find(TenantId tenant, std::string_view location,
                                             std::string_view page_url);
  [[nodiscard]] std::optional<Sighting> of_request(RequestId request);
  [[nodiscard]] std::vector<Sighting> of_case(CaseId id);
  [[nodiscard]] std::vector<Sighting> list(TenantId tenant, SightingId before, std::size_t limit);
  [[nodiscard]] std::vector<Sighting> list(const SightingFilter& filter, SightingId before,
                                           std::size_t limit);
  /// From then on it is due for looks at whether it is still up, the first kFirstLookAfter after it was seen.
  void set_case(SightingId id, CaseId in_case);
  void set_request(SightingId id, RequestId request);
  /// Those of the same uploader, the same file or the same location elsewhere: a re-upload.
  [[nodiscard]] std::vector<Sighting> of_uploader(TenantId tenant, std::string_view uploader_url,
                                                  std::size_t limit);
  [[nodiscard]] std::vector<Sighting> of_media(TenantId tenant, const Sha256& media, std::size_t limit);

  /// Appends the look; is_up and checked_at follow it. `next_at` 0: none any more.
  void add_check(const SightingCheck& check, WallTime next_at);
  [[nodiscard]] std::vector<SightingCheck> checks(SightingId id);  ///< the oldest first
  /// Those in a case whose next look is due.
  [[nodiscard]] std::vector<Sighting> due_for_check(WallTime now, std::size_t limit);
  CaptureId add_capture(const Capture& capture);
  [[nodiscard]] std::vector<Capture> captures(SightingId id);

 private:
  Database& database_;
};

}  // namespace reelprint::store
