#include "app/serve_options.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <limits>

#include "app/version.h"
#include "core/error.h"

namespace reelprint::app {
namespace {

constexpr double kMostTime_s = 86'400;
constexpr std::size_t kMost = 1'000'000;

std::chrono::milliseconds milliseconds_of(double time_s) {
  return std::chrono::milliseconds{static_cast<std::int64_t>(time_s * 1000)};
}

void add_http_options(CLI::App& command, ServeOptions& options) {
  api::http::ServerSettings& http = options.service.http;
  const auto add = [&](const char* name, auto& value, const char* what) {
    return command.add_option(std::string("--http.") + name, value, what)
        ->capture_default_str()
        ->group("HTTP");
  };
  add("address", http.address, "Address to listen on; 0.0.0.0 or :: for all of the machine's");
  add("port", http.port, "Port to listen on; 0: any free one, which the first line on stdout names");
  add("io-threads", http.io_threads, "Threads that move bytes")->check(CLI::Range(1, 64));
  add("worker-threads", http.worker_threads,
      "Threads that answer requests, each with its own database connection")
      ->check(CLI::Range(1, 256));
  add("connections", http.limits.connections, "Open connections at most")
      ->check(CLI::Range(std::size_t{1}, kMost));
  add("connections-per-address", http.limits.connections_per_address,
      "Open connections of one address at most; trusted proxies may have all")
      ->check(CLI::Range(std::size_t{1}, kMost));
  add("event-streams", http.limits.event_streams, "Event streams (server-sent events) open at most")
      ->check(CLI::Range(std::size_t{0}, kMost));
  add("queued-requests", http.limits.queued_requests,
      "Requests that may wait for a worker thread; what is beyond is answered 503")
      ->check(CLI::Range(std::size_t{1}, kMost));
  add("header-time-s", options.header_time_s, "Seconds in which the headers of a request must arrive")
      ->check(CLI::Range(0.1, kMostTime_s));
  add("idle-time-s", options.idle_time_s, "Seconds without a byte after which a transfer is cut")
      ->check(CLI::Range(0.1, kMostTime_s));
  add("request-time-s", options.request_time_s, "Seconds that one request may take, its upload included")
      ->check(CLI::Range(1.0, kMostTime_s));
  add("trusted-proxies", http.trusted_proxies,
      "Addresses or blocks (10.0.0.0/8) whose X-Forwarded-For and X-Forwarded-Proto are believed")
      ->delimiter(',');
  add("cors-origins", http.cors_origins,
      "Origins (https://console.example) whose pages may ask; none: CORS is off")
      ->delimiter(',');
}

void add_tls_options(CLI::App& command, ServeOptions& options) {
  command
      .add_option("--tls.certificate", options.certificate,
                  "PEM file: the certificate, then those that sign it; none: plain HTTP, for behind a proxy")
      ->group("TLS");
  command.add_option("--tls.key", options.certificate_key, "PEM file: the certificate's private key")
      ->group("TLS");
}

void add_limit_options(CLI::App& command, ServeOptions& options) {
  api::ApplicationSettings& rates = options.service.application;
  const auto add = [&](const char* name, auto& value, const char* what) {
    return command.add_option(std::string("--limits.") + name, value, what)
        ->capture_default_str()
        ->group("Limits");
  };
  const auto rate = CLI::Range(0.0, 1e6);
  add("requests-per-s", rates.per_principal.per_s, "Requests a second of one key or person, on the average")
      ->check(rate);
  add("burst", rates.per_principal.burst, "Requests of one key or person at once; 0: no limit")->check(rate);
  add("public-requests-per-s", rates.per_address.per_s, "Requests a second of one address without a key")
      ->check(rate);
  add("public-burst", rates.per_address.burst, "Requests of one address without a key at once; 0: no limit")
      ->check(rate);
  add("failures-per-s", rates.failures_per_address.per_s, "Wrong keys a second of one address")->check(rate);
  add("failures-burst", rates.failures_per_address.burst, "Wrong keys of one address at once; 0: no limit")
      ->check(rate);
  add("free-disk-mib", options.free_disk_mib,
      "MiB that stay free on the data folder's disk: below, work is refused with 503; 0: no limit");
  add("memory-mib", options.memory_mib, "MiB of resident memory above which work is refused; 0: no limit");
  add("queued-jobs", options.service.most_queued_jobs,
      "Jobs that may wait; above, work is refused with 503; 0: no limit");
}

void add_work_options(CLI::App& command, ServeOptions& options) {
  command.add_option("--jobs.threads", options.service.job_threads, "Jobs done at once")
      ->capture_default_str()
      ->check(CLI::Range(1, 256))
      ->group("Work");
  command.add_option("--webhooks.threads", options.service.webhook_threads, "Webhooks sent at once")
      ->capture_default_str()
      ->check(CLI::Range(1, 64))
      ->group("Work");
  command
      .add_option("--webhooks.to-loopback", options.service.webhooks_to_loopback,
                  "Whether webhooks may go to this very machine (true, false)")
      ->default_str("false")
      ->group("Work");
}

void add_media_options(CLI::App& command, ServeOptions& options) {
  api::ServiceSettings& service = options.service;
  const auto add = [&](const char* name, auto& value, const char* what) {
    return command.add_option(name, value, what)->capture_default_str()->group("Media");
  };
  add("--media.worker", options.worker,
      "The program that decodes in a jail; none: reelprint-worker beside this one");
  add("--media.memory-mib", options.media_memory_mib, "MiB of address space that one decoding may take")
      ->check(CLI::Range(std::uint64_t{256}, std::uint64_t{1} << 20U));
  add("--media.cpu-time-s", options.media_cpu_time_s, "Seconds of processor time that one decoding may take")
      ->check(CLI::Range(1, 86'400));
  add("--media.most-mib", options.media_most_mib, "MiB that one media file may have")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 20U));
  add("--media.from-loopback", service.media_from_loopback,
      "Whether media may be fetched from this very machine (true, false)");
  add("--media.user-agent", service.user_agent, "Name under which media are fetched and webhooks sent");
  add("--media.import-folder", options.import_folder,
      "Folder in which the rows of an import may name files; none: they may not");
  add("--media.keep-h", options.media_keep_h, "Hours for which media that matched something are kept")
      ->check(CLI::Range(0, 1'000'000));
  add("--media.keep-fingerprints-h", options.fingerprints_keep_h,
      "Hours for which references that come later are searched in an upload")
      ->check(CLI::Range(0, 1'000'000));
}

void add_screening_options(CLI::App& command, ServeOptions& options) {
  api::ScreeningRules& rules = options.service.screening;
  const auto add = [&](const char* name, auto& value, const char* what) {
    return command.add_option(std::string("--screening.") + name, value, what)
        ->capture_default_str()
        ->group("Screening");
  };
  add("flag-score", rules.thresholds.flag_score, "Score from which a match may accuse, 0..1")
      ->check(CLI::Range(0.0, 1.0));
  add("review-score", rules.thresholds.review_score, "Score from which a match is shown to a person, 0..1")
      ->check(CLI::Range(0.0, 1.0));
  add("daily-per-key", rules.most_a_day_per_key, "Screenings of one key in 24 hours; 0: any number");
  add("daily-per-tenant", rules.most_a_day_per_tenant, "Screenings of one tenant in 24 hours; 0: any number");
  add("quarantine-uploads", rules.quarantine.most_uploads,
      "A reference that matches more uploads in 24 hours is quarantined, if more accounts than below sent "
      "them");
  add("quarantine-accounts", rules.quarantine.most_accounts, "The accounts of the setting above");
  add("quarantine-share", rules.quarantine.most_share,
      "Or a larger share of all uploads of 24 hours than this, 0..1")
      ->check(CLI::Range(0.0, 1.0));
}

void add_crawl_options(CLI::App& command, ServeOptions& options) {
  pipeline::CrawlSettings& crawl = options.service.crawl.settings;
  const auto add = [&](const char* name, auto& value, const char* what) {
    return command.add_option(std::string("--crawl.") + name, value, what)
        ->capture_default_str()
        ->group("Crawl");
  };
  add("enabled", options.service.crawl.is_enabled, "Whether the service crawls its sources (true, false)");
  add("contact", options.crawl_contact,
      "Where whoever is crawled finds us: an https or mailto URL, sent with every request");
  add("hosts", crawl.hosts_at_once, "Hosts asked at once, each one request at a time")
      ->check(CLI::Range(1, 1000));
  add("screenings", crawl.screenings_at_once, "Videos screened at once, besides the jobs")
      ->check(CLI::Range(1, 256));
  add("least-delay-s", options.crawl_least_delay_s, "Seconds between two requests at a host")
      ->check(CLI::Range(0.0, 3600.0));
  add("audit-days", options.crawl_audit_days,
      "Days that each request is kept on record, those of videos in cases always; 0: all, for ever")
      ->check(CLI::Range(0, 36'500));
  add("whole-files", crawl.fetches_whole, "Whether every video is fetched whole (true, false)");
  add("hints", crawl.uses_hints, "Whether titles and thumbnails say what comes first (true, false)");
  add("screenshots", crawl.takes_screenshots, "Whether captured pages are drawn by a browser (true, false)");
  add("extractor", options.crawl_extractor,
      "Program that is asked about pages of sources that allow it: /usr/bin/yt-dlp; none: off");
  add("proxy", crawl.fetch.proxy, "Proxy for every request of the crawl; none: none");
  add("allow-loopback", crawl.fetch.allow_loopback, "Whether this very machine may be crawled (true, false)");
  command
      .add_option("--crawl.folders", options.service.crawl_folders,
                  "Folders below which a source of the crawl may watch one; none: nowhere")
      ->type_name("DIR")
      ->group("Crawl");
}

void add_evidence_options(CLI::App& command, ServeOptions& options) {
  command
      .add_option("--evidence.time-stamp", options.service.evidence.authority,
                  "Authority that is asked for a time stamp of each bundle (RFC 3161); none: none is")
      ->type_name("URL")
      ->group("Evidence");
  command
      .add_option(
          "--evidence.with-media", options.service.evidence.with_media,
          "Whether bundles hold copies of the uploads' media, where they are still kept (true, false)")
      ->default_str("false")
      ->group("Evidence");
}

void add_service_options(CLI::App& command, ServeOptions& options) {
  command
      .add_option("--metrics.token", options.service.metrics_token,
                  "Who sends it as a bearer token may read /metrics; none: this machine only")
      ->envname("REELPRINT_METRICS_TOKEN")
      ->group("Service");
  command
      .add_option("--log.level", options.log_level, "Least level that is logged: debug, info, warning, error")
      ->capture_default_str()
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
      ->group("Service");
  command
      .add_option("--service.grace-s", options.grace_s,
                  "Seconds that requests and jobs may still take when the service is to stop")
      ->capture_default_str()
      ->check(CLI::Range(0.0, kMostTime_s))
      ->group("Service");
}

/// Absolute; "": none.
std::filesystem::path extractor_program(const std::string& given) {
  std::error_code error;
  if (given.empty()) return {};
  if (!std::filesystem::is_regular_file(given, error))
    throw Error(ErrorCode::invalid_input, "serve: crawl.extractor '" + given + "' is no file");
  return std::filesystem::absolute(given);
}

}  // namespace

void add_serve_options(CLI::App& command, ServeOptions& options) {
  options.service.http.port = 8080;
  add_http_options(command, options);
  add_tls_options(command, options);
  add_limit_options(command, options);
  add_work_options(command, options);
  add_media_options(command, options);
  add_screening_options(command, options);
  add_crawl_options(command, options);
  add_evidence_options(command, options);
  add_service_options(command, options);
}

api::ServiceSettings service_settings(const ServeOptions& options, const std::filesystem::path& data) {
  constexpr std::uint64_t kMostMib = std::numeric_limits<std::uint64_t>::max() >> 20U;
  api::ServiceSettings settings = options.service;
  settings.data = data;
  if (options.certificate.empty() != options.certificate_key.empty())
    throw Error(ErrorCode::invalid_input, "serve: tls.certificate and tls.key go together");
  if (options.free_disk_mib > kMostMib || options.memory_mib > kMostMib)
    throw Error(ErrorCode::invalid_input, "serve: limits.free-disk-mib or limits.memory-mib is too large");
  if (!options.certificate.empty())
    settings.http.tls = api::http::TlsFiles{options.certificate, options.certificate_key};
  settings.http.request.header_time = milliseconds_of(options.header_time_s);
  settings.http.request.idle_time = milliseconds_of(options.idle_time_s);
  settings.http.request.request_time = milliseconds_of(options.request_time_s);
  settings.least_free_bytes = options.free_disk_mib << 20U;
  settings.most_memory_bytes = options.memory_mib << 20U;
  settings.grace = milliseconds_of(options.grace_s);
  settings.media.worker = options.worker;
  settings.media.limits.memory_bytes = options.media_memory_mib << 20U;
  settings.media.limits.cpu_time = std::chrono::seconds{options.media_cpu_time_s};
  settings.evidence.tool_version = kVersion;
  if (settings.crawl.is_enabled) {
    pipeline::CrawlSettings& crawl = settings.crawl.settings;
    crawl.fetch.user_agent = pipeline::crawl_user_agent(kVersion, options.crawl_contact);
    crawl.least_delay = milliseconds_of(options.crawl_least_delay_s);
    crawl.keeps_requests = std::chrono::days{options.crawl_audit_days};
    crawl.extractor.program = extractor_program(options.crawl_extractor);
  }
  settings.screening.most_media_bytes = options.media_most_mib << 20U;
  settings.catalog.most_media_bytes = options.media_most_mib << 20U;
  settings.catalog.import_folder = options.import_folder;
  settings.retention = {std::chrono::hours{options.media_keep_h},
                        std::chrono::hours{options.fingerprints_keep_h}};
  return settings;
}

}  // namespace reelprint::app
