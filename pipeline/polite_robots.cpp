// How polite requests come to a host's robots.txt.
#include "pipeline/polite_requests.h"

#include <algorithm>
#include <utility>

#include "core/files.h"
#include "crawler/normal_url.h"
#include "pipeline/scratch_file.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostRulesKept = 2'000;
constexpr int kMostRobotsRedirects = 5;  ///< RFC 9309, section 2.3.1.2

std::string text_of(const std::filesystem::path& file) {
  std::error_code error;
  if (file.empty() || !std::filesystem::exists(file, error)) return {};
  const auto bytes = read_file(file, crawler::kMostRobotsBytes);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Task<PoliteRequests::Rules> PoliteRequests::rules_of(CrawlAsk ask, std::string host) {
  const HostGate::Pass pass = co_await robots_.enter(host);
  const auto known = rules_.find(host);
  if (known != rules_.end() && known->second.memory.fetch_again_at > loop_.now()) co_return known->second;
  if (rules_.size() >= kMostRulesKept) rules_.clear();
  Rules rules;
  rules.memory = stored_robots(host);
  crawler::RobotsState state = crawler::robots_state(rules.memory, settings_.product, loop_.now());
  const bool was_fetched = state.must_fetch;
  if (was_fetched) {
    rules.memory = co_await fetch_robots(std::move(ask), host, rules.memory);
    state = crawler::robots_state(rules.memory, settings_.product, loop_.now());
  }
  rules.rules = std::make_shared<const crawler::RobotsRules>(std::move(state.rules));
  if (was_fetched) heed_delay(host, *rules.rules);
  rules_.insert_or_assign(host, rules);
  co_return rules;
}

/// The file was a request, too, before anybody knew of the delay that it asks for.
void PoliteRequests::heed_delay(const std::string& key, const crawler::RobotsRules& rules) {
  const auto asked = rules.crawl_delay();
  if (!asked) return;
  store::Frontier frontier(store_.database());
  store::CrawlHost host = frontier.host(key);
  host.next_at =
      std::max(host.next_at, loop_.now() + std::min(*asked, settings_.politeness.most_crawl_delay));
  frontier.put_host(host);
}

Task<crawler::RobotsMemory> PoliteRequests::fetch_robots(CrawlAsk ask, std::string host,
                                                         crawler::RobotsMemory before) {
  std::string url = host + "/robots.txt";
  crawler::RobotsStep step;
  for (int redirects = 0; redirects <= crawler::kMostRobotsRedirects; ++redirects) {
    crawler::RobotsAnswer answer = co_await ask_robots(ask, url);
    answer.redirects = redirects;
    step = crawler::robots_step(before, answer, loop_.now());
    if (step.follow.empty()) break;
    url = step.follow;
  }
  store_robots(host, step.memory);
  co_return step.memory;
}

Task<crawler::RobotsAnswer> PoliteRequests::ask_robots(CrawlAsk ask, std::string url) {
  const ScratchFile file(settings_.scratch / ("robots-" + std::to_string(++robots_number_)));
  ask.purpose = CrawlPurpose::robots;
  ask.order = {};
  ask.order.url = url;
  ask.order.body = file.path();
  ask.order.most_bytes = crawler::kMostRobotsBytes;
  ask.order.time_limit = 30s;
  const CrawlAnswer came = co_await ask_gated(std::move(ask), crawler::host_key(url));
  crawler::RobotsAnswer answer;
  if (!came.refused.empty() || !came.exchange.error_code.empty()) co_return answer;
  const std::string& head = came.exchange.response_head;
  answer.status = came.exchange.status;
  answer.text = text_of(came.exchange.body);
  answer.redirect = crawler::resolve_url(url, header_of(head, "Location")).value_or("");
  answer.cache_control = header_of(head, "Cache-Control");
  answer.retry_after = header_of(head, "Retry-After");
  co_return answer;
}

crawler::RobotsMemory PoliteRequests::stored_robots(const std::string& key) const {
  const store::CrawlHost host = store::Frontier(store_.database()).host(key);
  crawler::RobotsMemory memory;
  memory.text = host.robots;
  memory.status = host.robots_status;
  memory.fetched_at = host.robots_at;
  memory.unreachable_since = host.robots_unreachable_since;
  memory.fetch_again_at = host.robots_again_at;
  return memory;
}

void PoliteRequests::store_robots(const std::string& key, const crawler::RobotsMemory& memory) {
  store::Frontier frontier(store_.database());
  store::CrawlHost host = frontier.host(key);
  host.robots = memory.text;
  host.robots_status = memory.status;
  host.robots_at = memory.fetched_at;
  host.robots_unreachable_since = memory.unreachable_since;
  host.robots_again_at = memory.fetch_again_at;
  frontier.put_host(host);
}

}  // namespace reelprint::pipeline
