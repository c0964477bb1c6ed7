// A data folder, a clock that does not wait, and a crawl of what a test has put on the loopback.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/clock.h"
#include "pipeline/crawl.h"
#include "pipeline/live_catalog.h"
#include "pipeline/registration.h"
#include "samples.h"
#include "store/crawl_sources.h"
#include "store/frontier.h"
#include "store/screening_requests.h"
#include "store/sightings.h"
#include "tests/support/loopback_web.h"

namespace reelprint::pipeline {

using namespace std::chrono_literals;

/// Time goes on by itself, and by what is waited for.
class HastyClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override { return system_.now() + ahead_; }
  void pass(WallTime until) {
    if (until > now()) ahead_ += until - now();
  }

 private:
  SystemClock system_;
  std::chrono::microseconds ahead_{0};
};

class Crawling : public testing::Test {
 protected:
  Crawling() {
    settings_.data = data_;
    settings_.fetch.allow_loopback = true;
    settings_.fetch.user_agent = "reelprint/test (+https://example.org/crawler)";
    settings_.fetch.least_speed_time = 1s;
    settings_.least_delay = 2ms;
    settings_.hosts_at_once = 16;
    settings_.pass_time = [this](WallTime until) { clock_.pass(until); };
  }

  void register_clips(const std::vector<std::filesystem::path>& clips) {
    Workspace workspace(data_);
    register_catalog(workspace, test::catalog_of(clips), {1}, [](const RowOutcome&) {});
  }
  CrawlSourceId add(CrawlSourceKind kind, const std::string& url) {
    CrawlSource source;
    source.name = url;
    source.kind = kind;
    source.start_urls = {url};
    source.every = 0min;
    source.created_at = clock_.now();
    source.next_round_at = clock_.now();
    return store::CrawlSources(store_.database()).add(source);
  }
  CrawlNumbers crawl() {
    Crawl crawl(settings_, tools_);
    CrawlRun how;
    how.ends_when_idle = true;
    how.until = clock_.now() + 10min;
    crawl.run(how, {});
    return crawl.numbers();
  }
  /// Of each sighting: page, or location where there is none, and what was decided.
  std::map<std::string, Decision> decisions() {
    std::map<std::string, Decision> decisions;
    store::ScreeningRequests requests(store_.database());
    for (const Sighting& sighting : store::Sightings(store_.database()).list(TenantId{}, {}, 1000)) {
      const auto request = requests.find(sighting.request);
      decisions[sighting.page_url.empty() ? sighting.location : sighting.page_url] = request->decision;
    }
    return decisions;
  }

  /// Paths that the web was asked for, each after its host's number.
  static std::set<std::string> asked(const reelprint::test::LoopbackWeb& web) {
    std::set<std::string> targets;
    for (const reelprint::test::SeenRequest& request : web.requests())
      targets.insert(std::to_string(request.host) + request.target);
    return targets;
  }

  /// All requests, for a failure's message.
  std::string story() {
    std::string story;
    const auto requests = store::Frontier(store_.database()).requests(CrawlSourceId{}, 0, 1000);
    for (auto request = requests.rbegin(); request != requests.rend(); ++request)
      story += std::string(to_string(request->purpose)) + ' ' + request->url + ' ' +
               std::to_string(request->status) + ' ' + request->error_code + request->refused + '\n';
    return story;
  }

  test::ClipFolder folder_;
  std::filesystem::path data_ = folder_.path() / "data";
  store::Store store_{data_};
  HastyClock clock_;
  DirectMediaReader reader_;
  LiveCatalog catalog_{data_};
  ScreenTools tools_{
      screening_media_folder(data_), reader_, clock_, [this] { return catalog_.refresh(); }, {}};
  CrawlSettings settings_;
};

}  // namespace reelprint::pipeline
