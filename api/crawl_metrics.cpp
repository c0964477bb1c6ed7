#include "api/crawl_metrics.h"

#include "core/crawl_url.h"
#include "store/frontier.h"

namespace reelprint::api {
namespace {

constexpr Metric kRequests{"reelprint_crawl_requests_total",
                           "Requests of the crawl by outcome: status, error, or refused (not sent)."};
constexpr Metric kPages{"reelprint_crawl_pages_total", "Documents fetched and read."};
constexpr Metric kBytes{"reelprint_crawl_bytes_total", "Bytes fetched, over the wire."};
constexpr Metric kOffered{"reelprint_crawl_offered_bytes_total",
                          "Bytes that the videos screened have whole."};
constexpr Metric kVideos{"reelprint_crawl_videos_total", "Videos screened, by what was decided."};
constexpr Metric kUnread{"reelprint_crawl_videos_unread_total",
                         "Videos that could not be fetched or decoded."};
constexpr Metric kWhole{"reelprint_crawl_videos_whole_total", "Videos that were fetched whole."};
constexpr Metric kVisits{"reelprint_crawl_visits", "Hosts with a visit under way."};
constexpr Metric kFetching{"reelprint_crawl_requests_running", "Requests under way."};
constexpr Metric kScreening{"reelprint_crawl_screenings_running",
                            "Videos being screened, or waiting for it."};
constexpr Metric kUrls{"reelprint_crawl_urls", "Addresses of the frontier by kind and state."};

constexpr Decision kDecisions[] = {Decision::clear, Decision::needs_review, Decision::licensed,
                                   Decision::infringing};

void collect_numbers(Metrics& metrics, const pipeline::CrawlNumbers& numbers) {
  for (const auto& [outcome, count] : numbers.requests)
    metrics.set_total(kRequests, {{"outcome", outcome}}, static_cast<double>(count));
  metrics.set_total(kPages, {}, static_cast<double>(numbers.pages));
  metrics.set_total(kBytes, {}, static_cast<double>(numbers.bytes));
  metrics.set_total(kOffered, {}, static_cast<double>(numbers.bytes_offered));
  for (const Decision decision : kDecisions)
    metrics.set_total(kVideos, {{"decision", to_string(decision)}},
                      static_cast<double>(numbers.videos.at(static_cast<std::size_t>(decision))));
  metrics.set_total(kUnread, {}, static_cast<double>(numbers.videos_unread));
  metrics.set_total(kWhole, {}, static_cast<double>(numbers.whole));
  metrics.set(kVisits, {}, static_cast<double>(numbers.visits));
  metrics.set(kFetching, {}, static_cast<double>(numbers.fetching));
  metrics.set(kScreening, {}, static_cast<double>(numbers.screening));
}

}  // namespace

void collect_crawl_metrics(Metrics& metrics, pipeline::StorePool& stores, const pipeline::Crawl& crawl) {
  metrics.add_collector([&stores, &crawl](Metrics& all) {
    collect_numbers(all, crawl.numbers());
    const auto store = stores.lease();
    all.clear(kUrls);
    for (const store::CrawlCount& count : store::Frontier(store->database()).counts({}))
      all.set(kUrls, {{"kind", to_string(count.kind)}, {"state", to_string(count.state)}},
              static_cast<double>(count.urls));
  });
}

}  // namespace reelprint::api
