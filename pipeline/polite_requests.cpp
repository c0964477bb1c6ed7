#include "pipeline/polite_requests.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.h"
#include "crawler/normal_url.h"
#include "pipeline/visit_exchanges.h"
#include "store/crawl_sources.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kLookAgain{1};  ///< at a host that another process has
constexpr int kMostAgain = 2;                  ///< requests to a host that is busy

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Whether the host names a time, not after `until`, from when it will answer.
bool is_soon_ready(const CrawlAnswer& answer, WallTime until) {
  const bool is_busy = answer.exchange.status == 429 || answer.exchange.status == 503;
  const bool names_time = !header_of(answer.exchange.response_head, "Retry-After").empty();
  return is_busy && names_time && answer.try_at && *answer.try_at <= until;
}

}  // namespace

std::string CrawlAnswer::words() const {
  if (!refused.empty()) return refused;
  if (!exchange.error_code.empty()) return exchange.error_code + ": " + exchange.error;
  return "answered " + std::to_string(exchange.status);
}

PoliteRequests::PoliteRequests(CrawlLoop& loop, store::Store& store, CrawlFigures& figures,
                               PoliteSettings settings)
    : loop_(loop),
      store_(store),
      figures_(figures),
      settings_(std::move(settings)),
      gate_(loop),
      robots_(loop) {}

void PoliteRequests::take_back(const std::string& host) {
  const auto lent = lent_.find(host);
  if (lent != lent_.end() && --lent->second <= 0) lent_.erase(lent);
}

WallTime PoliteRequests::next_at(const std::string& host) {
  const store::CrawlHost known = store::Frontier(store_.database()).host(host);
  return std::max(known.next_at, known.closed_until);
}

Task<CrawlAnswer> PoliteRequests::ask(CrawlAsk ask) {
  if (const Exchange* known =
          ask.kept == nullptr ? nullptr : ask.kept->answer_to(ask.order, ask.is_resumable))
    co_return CrawlAnswer{known->url, *known, {}, {}};
  if (const auto refusal = crawler::judge_url(ask.order.url, settings_.fetch)) {
    CrawlAnswer answer;
    answer.url = ask.order.url;
    answer.refused = "address: " + refusal->why;
    refuse(ask, ask.order.url, answer.refused);
    co_return answer;
  }
  const std::string host = crawler::host_key(ask.order.url);
  const Rules rules = co_await rules_of(ask, host);
  const std::string target = crawler::target_of(ask.order.url);
  if (!rules.rules->is_allowed(target)) {
    CrawlAnswer answer;
    answer.url = ask.order.url;
    const bool is_unreachable = rules.memory.unreachable_since != WallTime{};
    answer.refused = is_unreachable ? "robots: robots.txt cannot be reached"
                                    : "robots: " + rules.rules->deciding_rule(target);
    if (is_unreachable) answer.try_at = rules.memory.fetch_again_at;
    refuse(ask, ask.order.url, answer.refused);
    co_return answer;
  }
  CrawlAnswer answer = co_await ask_gated(ask, host);
  for (int again = 0; again < kMostAgain && is_soon_ready(answer, loop_.now() + ask.patience); ++again)
    answer = co_await ask_gated(ask, host);
  if (ask.kept != nullptr) ask.kept->add(ask.purpose, answer.exchange, ask.is_resumable);
  co_return answer;
}

Task<CrawlAnswer> PoliteRequests::follow(CrawlAsk wanted, Refusal refusal) {
  std::set<std::string> seen{wanted.order.url};
  for (std::size_t hop = 0;; ++hop) {
    CrawlAnswer answer = co_await ask(wanted);
    if (!answer.refused.empty() || !is_redirect(answer.exchange.status)) co_return answer;
    const std::string location = header_of(answer.exchange.response_head, "Location");
    const auto next = crawler::resolve_url(wanted.order.url, location);
    std::string why;
    if (!next)
      why = "redirect to what is no address of the web";
    else if (next->starts_with("http:") && wanted.order.url.starts_with("https:"))
      why = "redirect from https to http";
    else if (hop >= settings_.most_redirects)
      why = "too many redirects";
    else if (!seen.insert(*next).second)
      why = "redirects go round in circles";
    else
      why = refusal(*next);
    if (!why.empty()) {
      answer.refused = why;
      refuse(wanted, next.value_or(location.substr(0, 200)), why);
      co_return answer;
    }
    wanted.order.url = *next;
  }
}

void PoliteRequests::refuse(const CrawlAsk& ask, const std::string& url, const std::string& why) {
  store::CrawlRequest request;
  request.source = ask.source;
  request.url_id = ask.url_id;
  request.url = url;
  request.purpose = ask.purpose;
  request.refused = why;
  request.at = loop_.now();
  store::Frontier(store_.database()).record(request);
  store::CrawlRound more;
  more.refused = 1;
  store::CrawlSources(store_.database()).count(ask.source, more, loop_.now());
  figures_.change([](CrawlNumbers& numbers) { ++numbers.requests["refused"]; });
}

void PoliteRequests::note_of_others(const CrawlAsk& ask, const crawler::ProxiedRequest& request) {
  if (!request.refused.empty()) return refuse(ask, request.url, request.refused);
  Exchange exchange;
  exchange.url = request.url;
  exchange.status = request.status;
  exchange.address = request.address;
  exchange.wire_bytes = request.bytes;
  exchange.began_at = request.at;
  exchange.ended_at = request.at + request.took;
  record(ask, exchange);
}

std::shared_ptr<const crawler::RobotsRules> PoliteRequests::remembered_rules(const std::string& host) const {
  const auto known = rules_.find(host);
  return known == rules_.end() ? nullptr : known->second.rules;
}

Task<PoliteRequests::Turn> PoliteRequests::wait_for_turn(std::string host) {
  store::Frontier frontier(store_.database());
  const WallTime patience = loop_.now() + settings_.longest_wait;
  while (true) {
    const WallTime at = next_at(host);
    const WallTime now = loop_.now();
    if (at > patience) co_return Turn{false, at};
    if (at > now) {
      co_await loop_.until(at);
    } else if (lent_.contains(host)) {
      co_return Turn{};
    } else if (frontier.take_host(host, settings_.crawler, now, now + settings_.lease)) {
      co_return Turn{true, std::nullopt};
    } else {
      co_await loop_.until(now + kLookAgain);
    }
  }
}

Task<CrawlAnswer> PoliteRequests::ask_gated(CrawlAsk ask, std::string host) {
  const HostGate::Pass pass = co_await gate_.enter(host);
  const Turn turn = co_await wait_for_turn(host);
  CrawlAnswer answer;
  answer.url = ask.order.url;
  if (turn.try_at) {
    answer.try_at = turn.try_at;
    answer.refused = "host: not to be asked before " + to_rfc3339(*turn.try_at);
    co_return answer;
  }
  answer.exchange = co_await loop_.fetch(ask.order);
  record(ask, answer.exchange);
  const WallTime next = note(host, answer.exchange);
  if (turn.is_ours) store::Frontier(store_.database()).free_host(host, settings_.crawler, next);
  if (answer.exchange.error_code == "cancelled") loop_.throw_if_stopping();
  const bool is_busy = answer.exchange.status == 429 || answer.exchange.status >= 500;
  if (is_busy || answer.exchange.status == 0) answer.try_at = next;
  co_return answer;
}

void PoliteRequests::record(const CrawlAsk& ask, const Exchange& exchange) {
  store::CrawlRequest request;
  request.source = ask.source;
  request.url_id = ask.url_id;
  request.url = exchange.url;
  request.purpose = ask.purpose;
  request.status = exchange.status;
  request.address = exchange.address;
  request.bytes = exchange.wire_bytes;
  request.took = std::chrono::duration_cast<std::chrono::milliseconds>(exchange.ended_at - exchange.began_at);
  request.error_code = exchange.error_code;
  if (exchange.error_code == "forbidden_address" || exchange.error_code == "invalid_url")
    request.refused = "address: " + exchange.error;
  request.content = exchange.body_digest;
  request.at = exchange.began_at;
  store::Frontier(store_.database()).record(request);
  store::CrawlRound more;
  more.requests = request.refused.empty() ? 1 : 0;
  more.refused = request.refused.empty() ? 0 : 1;
  more.bytes = exchange.wire_bytes;
  more.failed = request.refused.empty() && (!exchange.error_code.empty() || exchange.status >= 400) ? 1 : 0;
  store::CrawlSources sources(store_.database());
  sources.count(ask.source, more, loop_.now());
  sources.count_host(ask.source, crawler::host_key(exchange.url), {0, exchange.wire_bytes}, loop_.now());
  const std::string outcome = !request.refused.empty()       ? "refused"
                              : !exchange.error_code.empty() ? exchange.error_code
                                                             : std::to_string(exchange.status);
  figures_.change([&](CrawlNumbers& numbers) {
    ++numbers.requests[outcome];
    numbers.bytes += exchange.wire_bytes;
  });
}

/// How the host took it: when it may be asked next.
WallTime PoliteRequests::note(const std::string& key, const Exchange& exchange) {
  store::Frontier frontier(store_.database());
  store::CrawlHost host = frontier.host(key);
  const auto rules = rules_.find(key);
  const auto crawl_delay = rules == rules_.end() ? std::nullopt : rules->second.rules->crawl_delay();
  const crawler::HostPace before{host.delay, host.failures, host.closed_until, host.next_at};
  const crawler::HostPace after = crawler::pace_after(before, crawler::host_answer_of(exchange, crawl_delay),
                                                      settings_.politeness, loop_.now());
  host.delay = after.delay;
  host.failures = after.failures;
  host.closed_until = after.closed_until;
  host.next_at = after.next_at;
  frontier.put_host(host);
  return std::max(host.next_at, host.closed_until);
}

}  // namespace reelprint::pipeline
