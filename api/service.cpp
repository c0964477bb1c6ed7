#include "api/service.h"

#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "api/authentication.h"
#include "api/claimed_upload.h"
#include "api/crawl_metrics.h"
#include "api/http/problem.h"
#include "api/job_handlers.h"
#include "api/load_guard.h"
#include "api/metrics.h"
#include "api/routes/all_routes.h"
#include "api/routes/system_routes.h"
#include "api/routes/upload_routes.h"
#include "api/service_metrics.h"
#include "core/error.h"
#include "pipeline/case_export_job.h"
#include "pipeline/case_handling.h"
#include "pipeline/crawl.h"
#include "pipeline/job_runner.h"
#include "pipeline/live_catalog.h"
#include "pipeline/store_pool.h"
#include "pipeline/tidy_sources.h"
#include "pipeline/webhook_sender.h"
#include "store/events.h"
#include "store/idempotency.h"
#include "store/jobs.h"

namespace reelprint::api {
namespace {

constexpr std::chrono::minutes kTidyEvery{1};
constexpr std::chrono::seconds kCrawlAgain{10};     ///< after it broke off
constexpr std::chrono::hours kKeepBundles{24 * 7};  ///< they can be made again

/// The data folder, made when there is none.
const std::filesystem::path& made(const std::filesystem::path& folder) {
  const store::Store make(folder);
  return folder;
}

pipeline::JailedReaderSettings reader_settings(const ServiceSettings& settings) {
  pipeline::JailedReaderSettings made = settings.media;
  made.most_at_once =
      settings.job_threads + (settings.crawl.is_enabled ? settings.crawl.settings.screenings_at_once : 0);
  return made;
}

crawler::FetchSettings fetch_settings(const ServiceSettings& settings, bool allow_loopback) {
  crawler::FetchSettings made;
  made.user_agent = settings.user_agent;
  made.allow_loopback = allow_loopback;
  return made;
}

pipeline::JobRunnerSettings runner_settings(const ServiceSettings& settings, Log& log) {
  pipeline::JobRunnerSettings made;
  made.threads = settings.job_threads;
  made.on_trouble = [&log](std::string_view what) {
    log.event(LogLevel::error, "queue_trouble", {{"why", std::string(what)}});
  };
  return made;
}

pipeline::WebhookSettings sender_settings(const ServiceSettings& settings, Log& log) {
  pipeline::WebhookSettings made;
  made.threads = settings.webhook_threads;
  made.fetch = fetch_settings(settings, settings.webhooks_to_loopback);
  made.on_trouble = [&log](std::string_view what) {
    log.event(LogLevel::error, "webhook_trouble", {{"why", std::string(what)}});
  };
  return made;
}

}  // namespace

// Made in the order of its members; what uses others stands below them.
class Service::Parts {
 public:
  Parts(ServiceSettings settings, const Clock& clock, Log& log)
      : settings_(std::move(settings)),
        clock_(clock),
        log_(log),
        stores_(made(settings_.data)),
        catalog_(settings_.data),
        reader_(reader_settings(settings_)),
        runner_(settings_.data, clock, runner_settings(settings_, log)),
        sender_(settings_.data, clock, sender_settings(settings_, log)),
        guard_({settings_.data, settings_.least_free_bytes, settings_.most_queued_jobs,
                settings_.most_memory_bytes}),
        application_(
            {.router = router_,
             .stores = stores_,
             .clock = clock,
             .authenticate = authenticate,
             .backpressure = [this] { return guard_.refusal(); },
             .observe = [this](const http::Done& done, std::string_view pattern) { observe(done, pattern); }},
            settings_.application),
        server_(settings_.http, application_) {
    add_all_routes(router_, backend());
    add_system_routes(router_, {metrics_, settings_.metrics_token, [this] { return not_ready(); }});
    collect_service_metrics(metrics_, stores_, server_);
    add_job_handlers(runner_, job_parts());
    if (settings_.crawl.is_enabled) {
      settings_.crawl.settings.data = settings_.data;
      crawl_.emplace(settings_.crawl.settings, screen_tools(job_parts()));
      collect_crawl_metrics(metrics_, stores_, *crawl_);
    }
  }

  void start() {
    runner_.start();
    sender_.start();
    if (crawl_) crawler_ = std::jthread([this](const std::stop_token& stop) { crawl(stop); });
    tidier_ = std::jthread([this](const std::stop_token& stop) { tidy(stop); });
    server_.start();
    is_ready_ = true;
    log_.event(LogLevel::info, "started", {{"port", std::to_string(server_.port())}});
  }

  void stop() {
    is_ready_ = false;
    log_.event(LogLevel::info, "stopping");
    const auto deadline = std::chrono::steady_clock::now() + settings_.grace;
    crawler_.request_stop();
    server_.stop(settings_.grace);
    runner_.stop(deadline);
    sender_.stop();
    crawler_ = {};
    tidier_ = {};
    log_.event(LogLevel::info, "stopped");
  }

  void reload() {
    try {
      server_.reload_certificates();
      log_.event(LogLevel::info, "certificates_reloaded");
    } catch (const Error& error) {
      log_.event(LogLevel::error, "certificates_kept", {{"why", error.what()}});
    }
  }

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }

 private:
  [[nodiscard]] JobParts job_parts() {
    return {.data = settings_.data,
            .clock = clock_,
            .reader = reader_,
            .catalog = catalog_,
            .metrics = metrics_,
            .fetch = fetch_settings(settings_, settings_.media_from_loopback),
            .most_media_bytes = settings_.screening.most_media_bytes,
            .screening = settings_.screening,
            .retention = settings_.retention,
            .make_bundle = pipeline::bundle_maker(
                {.data = settings_.data,
                 .tool_version = settings_.evidence.tool_version,
                 .frames =
                     [this](const std::filesystem::path& file, std::span<const Timestamp> times,
                            std::size_t short_side, const std::stop_token& stop) {
                       return reader_.frames_at(file, times, short_side, stop);
                     }},
                {.with_media = settings_.evidence.with_media, .authority = settings_.evidence.authority})};
  }

  /// Goes on after trouble: a full disk, another process that crawls.
  void crawl(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      try {
        crawl_->run({}, stop);
      } catch (const std::exception& error) {
        log_.event(LogLevel::error, "crawl_trouble", {{"why", error.what()}});
      }
      std::unique_lock lock(sleep_);
      wake_.wait_for(lock, stop, kCrawlAgain, [] { return false; });
    }
  }

  [[nodiscard]] Backend backend() {
    Backend backend{.data = settings_.data, .clock = clock_, .stores = stores_};
    backend.webhooks = sender_settings(settings_, log_);
    backend.follow_job = follow_job;
    backend.login = settings_.login;
    backend.screening = settings_.screening;
    backend.uploads = settings_.uploads;
    backend.catalog_snapshot = [this] { return catalog_.snapshot(); };
    backend.catalog = settings_.catalog;
    backend.crawl.fetch = fetch_settings(settings_, settings_.crawl.settings.fetch.allow_loopback);
    backend.crawl.folders = settings_.crawl_folders;
    backend.catalog.owns_upload = [](Context& context, UploadId id) {
      return claimed_upload(context, id).has_value();
    };
    return backend;
  }

  [[nodiscard]] std::string not_ready() {
    if (!is_ready_) return "the service starts or stops";
    try {
      const auto store = stores_.lease();
      const store::Transaction look(store->database(), store::Transaction::Kind::read);
    } catch (const Error&) {
      return "the database cannot be opened";
    }
    return catalog_.problem().empty() ? "" : "the index cannot follow the catalog";
  }

  void observe(const http::Done& done, std::string_view pattern) {
    observe_request(metrics_, done, pattern);
    const http::Method method = done.request.method;
    if (method != http::Method::get && method != http::Method::head && done.status < 400) {
      runner_.wake();
      sender_.wake();
    }
    const bool is_quiet = pattern == "/healthz" || pattern == "/readyz" || pattern == "/metrics";
    log_.event(done.status >= 500 ? LogLevel::error
               : is_quiet         ? LogLevel::debug
                                  : LogLevel::info,
               "request",
               {{"id", done.request.id},
                {"method", std::string(http::to_string(done.request.method))},
                {"route", std::string(pattern)},
                {"status", std::to_string(done.status)},
                {"ms", std::to_string(done.time.count() / 1000)},
                {"in", std::to_string(done.received_bytes)},
                {"out", std::to_string(done.sent_bytes)}});
  }

  /// Forgets what has been kept long enough, and looks at disk, queue and memory.
  void tidy(const std::stop_token& stop) {
    auto next = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
      try {
        const auto store = stores_.lease();
        guard_.look(*store);
        if (std::chrono::steady_clock::now() >= next) {
          next = std::chrono::steady_clock::now() + kTidyEvery;
          tidy_store(*store);
        }
      } catch (const Error& error) {
        log_.event(LogLevel::warning, "tidying_failed", {{"why", error.what()}});
      }
      std::unique_lock lock(sleep_);
      wake_.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    }
  }

  void tidy_store(store::Store& store) const {
    const WallTime now = clock_.now();
    store::Idempotency(store.database()).forget(now - settings_.application.idempotency_time);
    store::Jobs(store.database()).forget_ended(now - settings_.history);
    store::Events(store.database()).forget(now - settings_.history);
    sweep_uploads(store, settings_.data, now);
    pipeline::tidy_uploads(store, pipeline::screening_media_folder(settings_.data), now);
    pipeline::tidy_sources(store, settings_.data);
    pipeline::tell_overdue(store, now);
    pipeline::tidy_case_exports(store, pipeline::case_export_folder(settings_.data), now - kKeepBundles);
  }

  ServiceSettings settings_;
  const Clock& clock_;
  Log& log_;
  std::atomic<bool> is_ready_ = false;
  Metrics metrics_;
  pipeline::StorePool stores_;
  pipeline::LiveCatalog catalog_;
  pipeline::JailedMediaReader reader_;
  pipeline::JobRunner runner_;
  pipeline::WebhookSender sender_;
  LoadGuard guard_;
  Router router_;
  Application application_;
  http::Server server_;
  std::optional<pipeline::Crawl> crawl_;
  std::mutex sleep_;
  std::condition_variable_any wake_;
  std::jthread crawler_;
  std::jthread tidier_;  // last: ends first
};

Service::Service(ServiceSettings settings, const Clock& clock, Log& log)
    : parts_(std::make_unique<Parts>(std::move(settings), clock, log)) {}
Service::~Service() = default;

void Service::start() {
  parts_->start();
}

std::uint16_t Service::port() const {
  return parts_->port();
}

void Service::stop() {
  parts_->stop();
}

void Service::reload() {
  parts_->reload();
}

}  // namespace reelprint::api
