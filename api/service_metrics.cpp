#include "api/service_metrics.h"

#include <string>

#include "store/events.h"
#include "store/jobs.h"

namespace reelprint::api {
namespace {

constexpr Metric kRequests{"reelprint_http_requests_total", "Requests answered."};
constexpr Metric kRequestTime{"reelprint_http_request_seconds",
                              "From a request's headers to the end of its answer."};
constexpr Metric kReceived{"reelprint_http_received_bytes_total", "Bytes of bodies received."};
constexpr Metric kJobs{"reelprint_jobs", "Jobs by kind and state."};
constexpr Metric kWebhooks{"reelprint_webhooks_waiting", "Deliveries that have not succeeded yet."};
constexpr Metric kReferences{"reelprint_references", "References in the catalog."};
constexpr Metric kReferenceTime{"reelprint_references_seconds", "Media time of all references."};
constexpr Metric kFingerprints{"reelprint_fingerprint_bytes", "Bytes of all references' fingerprints."};
constexpr Metric kScreenings{"reelprint_screenings", "Screenings stored."};
constexpr Metric kConnections{"reelprint_http_connections", "Open connections."};
constexpr Metric kStreams{"reelprint_http_event_streams", "Open event streams."};
constexpr Metric kQueued{"reelprint_http_queued_requests", "Requests that wait for a worker thread."};
constexpr Metric kRefused{"reelprint_http_refused_total", "Refused because there were too many."};

void collect_store(Metrics& metrics, store::Store& store) {
  metrics.clear(kJobs);
  for (const store::QueueCount& count : store::Jobs(store.database()).counts()) {
    metrics.set(kJobs, {{"kind", count.kind}, {"state", store::to_string(count.state)}},
                static_cast<double>(count.jobs));
  }
  metrics.set(kWebhooks, {}, static_cast<double>(store::Events(store.database()).waiting()));
  const store::CatalogStats stats = store.stats();
  metrics.set(kReferences, {}, static_cast<double>(stats.references));
  metrics.set(kReferenceTime, {}, std::chrono::duration<double>(stats.duration).count());
  metrics.set(kFingerprints, {}, static_cast<double>(stats.fingerprint_bytes));
  metrics.set(kScreenings, {}, static_cast<double>(stats.screenings));
}

void collect_server(Metrics& metrics, const http::Server& server) {
  const http::ServerLoad load = server.load();
  metrics.set(kConnections, {}, static_cast<double>(load.connections));
  metrics.set(kStreams, {}, static_cast<double>(load.event_streams));
  metrics.set(kQueued, {}, static_cast<double>(load.queued));
  metrics.set_total(kRefused, {{"what", "request"}}, static_cast<double>(load.refused_requests));
  metrics.set_total(kRefused, {{"what", "connection"}}, static_cast<double>(load.refused_connections));
}

}  // namespace

void observe_request(Metrics& metrics, const http::Done& done, std::string_view pattern) {
  const std::string status = std::to_string(done.status);
  const std::string_view route = pattern.empty() ? "none" : pattern;
  const std::string_view method = http::to_string(done.request.method);
  metrics.count(kRequests, {{"method", method}, {"route", route}, {"status", status}});
  metrics.observe_s(kRequestTime, {{"method", method}, {"route", route}},
                    std::chrono::duration<double>(done.time).count());
  metrics.count(kReceived, {{"route", route}}, static_cast<double>(done.received_bytes));
}

void collect_service_metrics(Metrics& metrics, pipeline::StorePool& stores, const http::Server& server) {
  metrics.add_collector([&stores](Metrics& all) {
    const auto store = stores.lease();
    collect_store(all, *store);
  });
  metrics.add_collector([&server](Metrics& all) { collect_server(all, server); });
  metrics.add_collector(collect_process);
}

}  // namespace reelprint::api
