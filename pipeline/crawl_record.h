// What a crawl keeps of a video: the sighting, the request with its result, the case.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/crawl_source.h"
#include "core/crawl_url.h"
#include "crawler/media_hints.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/partial_file.h"
#include "pipeline/screen_job.h"

namespace reelprint::pipeline {

/// A video that was looked at.
struct VideoFinding {
  CrawlUrl url{};  ///< of the frontier; of a watched folder's file: none
  CrawlSource source{};
  crawler::MediaHints hints{};
  std::string location{};
  std::string address{};            ///< IP address that it came from
  std::filesystem::path file{};     ///< what was looked at
  std::vector<FilePiece> pieces{};  ///< it is made of, of the address' exchanges
  bool is_whole = false;
  std::string words{};              ///< of a sample: what it is made of
  std::string hint{};               ///< what spoke for a copy before it was fetched; "": nothing
  std::uint64_t bytes_offered = 0;  ///< 0: not known
  std::uint64_t bytes = 0;          ///< fetched
  std::chrono::microseconds took{0};
  double cpu_s = 0;
  std::optional<Screened> screened{};
};

/// Stores the sighting, the screening as one of the platform's uploads (so that rulings, licences, events,
/// retention and the search for later references apply to it), and links both with the case. The file is kept
/// when it is whole and not clear. What was fetched of a copy in a case is kept for its capture. In one
/// transaction.
SightingId record_video(CrawlDesk& desk, VideoFinding& finding);

/// The result of an earlier screening of the same file, when that matched: nothing new is to be learnt from
/// it. Its ruling is made anew.
[[nodiscard]] std::optional<Screened> known_match(store::Store& store, TenantId tenant, const Sha256& media);

}  // namespace reelprint::pipeline
