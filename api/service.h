// The running service: its routes, its HTTP server and what works in the background, put together.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/application.h"
#include "api/catalog_settings.h"
#include "api/http/server.h"
#include "api/log.h"
#include "api/login.h"
#include "api/screening_rules.h"
#include "api/upload_settings.h"
#include "core/clock.h"
#include "pipeline/crawl_settings.h"
#include "pipeline/jailed_media_reader.h"
#include "pipeline/screen_job.h"

namespace reelprint::api {

/// Whether the service crawls, and how.
struct ServiceCrawl {
  bool is_enabled = false;
  pipeline::CrawlSettings settings{};  ///< its data folder is the service's
};

/// What the bundles of cases hold.
struct ServiceEvidence {
  std::string authority;    ///< URL of the one that is asked for time stamps (RFC 3161); "": none is
  bool with_media = false;  ///< copies of the uploads' media; else their SHA-256
  std::string tool_version;
};

struct ServiceSettings {
  std::filesystem::path data;  ///< the data folder
  http::ServerSettings http;
  ApplicationSettings application;
  LoginSettings login;
  UploadSettings uploads;
  ScreeningRules screening;
  CatalogSettings catalog;
  pipeline::RetentionSettings retention;
  pipeline::JailedReaderSettings media;  ///< its `most_at_once` follows from the threads
  ServiceCrawl crawl;
  ServiceEvidence evidence;
  std::string metrics_token;  ///< who has it may read /metrics; "": only the service's own machine
  std::uint64_t least_free_bytes = std::uint64_t{2}
                                   << 30;  ///< on the data folder's disk; below, work is refused
  std::size_t most_queued_jobs = 10'000;   ///< above, work is refused
  std::uint64_t most_memory_bytes = 0;     ///< resident; above, work is refused. 0: whatever there is
  std::size_t job_threads = 2;
  std::size_t webhook_threads = 4;
  bool webhooks_to_loopback = false;
  bool media_from_loopback = false;                  ///< whether media may be fetched from this very machine
  std::vector<std::filesystem::path> crawl_folders;  ///< below which the crawl may watch folders
  std::string user_agent = "reelprint";              ///< that fetches media and sends webhooks
  std::chrono::hours history{24 * 90};               ///< for so long jobs and events that have ended are kept
  std::chrono::milliseconds grace{30'000};           ///< for what runs when the service is to stop
};

/// Its functions are called from one thread.
class Service {
 public:
  /// Makes the data folder when there is none, opens the index. Throws Error. `clock` and `log` must outlive
  /// it.
  Service(ServiceSettings settings, const Clock& clock, Log& log);
  /// Stops without grace.
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Serves from now on; throws Error{io} when the port is taken.
  void start();
  [[nodiscard]] std::uint16_t port() const;
  /// Is not ready any more, takes no new connections, lets requests and jobs end within the settings' grace
  /// and hands the rest of the jobs back.
  void stop();
  /// Reads the certificates again; those that make no sense are logged, and the old ones stay.
  void reload();

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace reelprint::api
