// One way to a video: fetched as little as decides, and whole when it must be.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/crawl_source.h"
#include "core/crawl_url.h"
#include "core/exchange.h"
#include "core/time.h"
#include "crawler/media_hints.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/partial_file.h"
#include "pipeline/sample_plan.h"
#include "pipeline/task.h"
#include "pipeline/visit_exchanges.h"

namespace reelprint::pipeline {

/// Whose video it is.
struct VideoAsk {
  CrawlSourceId source{};
  CrawlUrlId url_id{};
  crawler::MediaWay way{};
  std::optional<Duration> duration{};  ///< as the page has it
};

enum class FetchState : std::uint8_t {
  had,        ///< `file` can be screened
  is_page,    ///< it is a document: look there for the video
  is_locked,  ///< encrypted: left alone
  refused,    ///< by robots.txt, address or redirect
  gone,       ///< 404, 410, 401, 403 …
  changed,    ///< it is another file by now: what was had is of no use
  failed,     ///< for now
};

/// What has been fetched so far.
struct VideoFetched {
  FetchState state = FetchState::failed;
  std::filesystem::path file{};  ///< valid as long as the VideoFetch and the visit's exchanges
  bool is_whole = false;
  std::string words{};              ///< what a sample is made of, or why there is nothing
  std::uint64_t bytes_offered = 0;  ///< of the whole; 0: not known
  int status = 0;                   ///< of the last answer
  std::string address{};            ///< that it came from
  std::string url{};                ///< likewise, redirects followed
  std::optional<WallTime> try_at{};
  std::vector<FilePiece> pieces{};  ///< that `file` is made of
};

/// A request for it; what is busy is waited for within the visit, for two minutes at most.
[[nodiscard]] CrawlAsk ask_for(const VideoAsk& video, VisitExchanges& kept, CrawlPurpose purpose);
/// Notes what came of one more request; url and address are those of the first that was answered.
void take_answer(VideoFetched& fetched, const CrawlAnswer& answer);

/// One way to a video. What it puts together goes with it, what it fetched stays with the visit's exchanges.
class VideoFetch {
 public:
  virtual ~VideoFetch() = default;
  /// As much as the settings ask for; small ones whole.
  [[nodiscard]] virtual Task<VideoFetched> sample() = 0;
  /// After `sample` had it: what is missing.
  [[nodiscard]] virtual Task<VideoFetched> whole() = 0;
};

/// Of a file; what turns out to be a playlist, or a page, says so by its state and `playlist`.
/// What is fetched is kept with `kept`, what they have is not fetched again.
[[nodiscard]] std::unique_ptr<VideoFetch> file_fetch(CrawlDesk& desk, VisitExchanges& kept, VideoAsk ask);
/// Of an HLS or DASH playlist.
[[nodiscard]] std::unique_ptr<VideoFetch> playlist_fetch(CrawlDesk& desk, VisitExchanges& kept, VideoAsk ask);

}  // namespace reelprint::pipeline
