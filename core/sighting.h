// A suspect video: where, when and by whom it was seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "core/time.h"

namespace reelprint {

/// What a page says of a video; anything may be missing: "" or nothing means "not said".
struct VideoMetadata {
  std::string title{};
  std::string description{};  ///< or the text around it, up to 4 KiB
  std::string uploader{};
  std::string uploader_url{};
  std::string series{};
  std::optional<int> episode{};
  std::optional<Duration> duration{};
  std::optional<WallTime> published_at{};
  std::optional<std::uint64_t> views{};
  std::optional<std::uint64_t> likes{};
  std::string thumbnail_url{};
  std::string language{};

  friend bool operator==(const VideoMetadata&, const VideoMetadata&) = default;
};

struct Sighting {
  SightingId id{};
  TenantId tenant{};         ///< that had us look; zero: of the service itself
  CrawlSourceId source{};    ///< zero: of none
  std::string location{};    ///< of the media: a path or URL
  std::string page_url{};    ///< that shows it; "": none
  std::uintmax_t bytes = 0;  ///< size as the source states it, 0 if it does not
  Sha256 media{};            ///< of the whole file; zero where only a part was fetched
  VideoMetadata metadata{};
  std::string hint{};               ///< what spoke for a copy before it was fetched; "": nothing
  std::string address{};            ///< IP address that the media came from
  RequestId request{};              ///< the screening request that looked at it; zero: none
  CaseId in_case{};                 ///< zero: none
  std::uint64_t fetched_bytes = 0;  ///< over the wire, for the last decision on it
  Duration took{0};                 ///< of wall time, likewise
  bool is_up = true;                ///< as of the last check
  WallTime seen_at{};               ///< first
  WallTime checked_at{};            ///< last

  friend bool operator==(const Sighting&, const Sighting&) = default;
};

}  // namespace reelprint
