#include "pipeline/visit_exchanges.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "evidence/warc_exchanges.h"
#include "fingerprint/sha256.h"
#include "store/frontier.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::hours kMostAge{24};  ///< of what is put together with what is fetched now
constexpr std::size_t kMostDue = 10'000;

/// Of a request, as its head has it.
std::string range_of(const crawler::FetchOrder& order) {
  if (!order.range) return {};
  const auto [first, past] = *order.range;
  return "bytes=" + std::to_string(first) + "-" + (past == 0 ? "" : std::to_string(past - 1));
}

/// Whether it has all of the address' content.
bool is_all(const Exchange& exchange) {
  if (exchange.is_truncated) return false;
  if (exchange.status == 200) return true;
  const std::string all =
      "bytes 0-" + std::to_string(exchange.body_bytes - 1) + "/" + std::to_string(exchange.body_bytes);
  return exchange.status == 206 && header_of(exchange.response_head, "Content-Range") == all;
}

/// Whether more of the content is wanted than was kept.
bool is_less_than_wanted(const Exchange& exchange, const crawler::FetchOrder& order) {
  return exchange.status / 100 == 2 && exchange.error_code.empty() && exchange.is_truncated &&
         exchange.body_bytes < order.most_bytes;
}

bool answers(const Exchange& exchange, const crawler::FetchOrder& order) {
  if (order.is_head || exchange.url != order.url || is_less_than_wanted(exchange, order)) return false;
  if (header_of(exchange.request_head, "Range") == range_of(order)) return true;
  const bool wants_all =
      !order.range || (order.range->first == 0 && order.range->second >= exchange.body_bytes);
  return wants_all && is_all(exchange);
}

/// Of a range, with a beginning of its content.
bool is_cut(const Exchange& exchange) {
  const std::string& code = exchange.error_code;
  return exchange.status == 206 && exchange.body_bytes > 0 &&
         (code == "connect" || code == "slow" || code == "timeout");
}

bool is_of_use(const Exchange& exchange) {
  if (!exchange.error_code.empty()) return false;
  const bool has_content = exchange.status / 100 == 2 && (exchange.body_bytes > 0 || !exchange.is_truncated);
  return has_content || (exchange.status / 100 == 3 && exchange.status != 304);
}

}  // namespace

KeptFiles::KeptFiles(store::Store& store, std::filesystem::path folder, WallTime now)
    : folder_(std::move(folder)), prefix_(std::to_string(now.time_since_epoch().count()) + "-") {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) throw Error(ErrorCode::io, "make the folder '" + folder_.string() + "': " + error.message());
  store::CrawlExchanges exchanges(store.database());
  remove(exchanges.drop_strays());
  std::set<std::string> due;
  for (const store::CaptureDue& capture : exchanges.captures_due({}, kMostDue)) due.insert(capture.file);
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    if (!due.contains(name) && !exchanges.has_body(name)) std::filesystem::remove(entry.path(), error);
  }
  bytes_ = exchanges.bytes();
}

std::filesystem::path KeptFiles::new_file() {
  return folder_ / (prefix_ + std::to_string(++last_));
}

void KeptFiles::remove(const store::UnneededBodies& unneeded) {
  std::error_code ignored;
  for (const std::string& name : unneeded.files) std::filesystem::remove(folder_ / name, ignored);
  bytes_ -= std::min(bytes_, unneeded.bytes);
}

std::vector<KeptExchange> kept_exchanges(const std::vector<store::CrawlExchange>& stored,
                                         const KeptFiles& files) {
  std::vector<KeptExchange> kept;
  for (const store::CrawlExchange& one : stored) {
    auto noted = evidence::exchange_of(one.facts);
    if (!noted) continue;
    const auto purpose = crawl_purpose_of(noted->note.purpose).value_or(CrawlPurpose::discover);
    if (!one.body.empty()) noted->exchange.body = files.file(one.body);
    kept.push_back({one.id, purpose, one.is_of_page, std::move(noted->exchange)});
  }
  return kept;
}

VisitExchanges::VisitExchanges(store::Store& store, KeptFiles& files, CrawlUrlId url, Keeps keeps,
                               WallTime now)
    : store_(store), files_(files), url_(url), keeps_(keeps) {
  kept_ = kept_exchanges(store::CrawlExchanges(store_.database()).of_url(url_), files_);
  const bool is_old = std::ranges::any_of(kept_, [&](const KeptExchange& kept) {
    return !kept.is_of_page && kept.exchange.began_at < now - kMostAge;
  });
  if (is_old) forget();
  // Or a server that never sends more than a beginning would be asked for it for ever.
  is_progress_ = keeps_ == Keeps::at_once && !is_old;
  for (const KeptExchange& kept : kept_)
    if (!kept.is_of_page) wire_bytes_ += kept.exchange.wire_bytes;
}

VisitExchanges::~VisitExchanges() {
  std::error_code ignored;
  for (const KeptExchange& kept : kept_)
    if (kept.id == 0 && !kept.exchange.body.empty()) std::filesystem::remove(kept.exchange.body, ignored);
}

const Exchange* VisitExchanges::answer_to(const crawler::FetchOrder& order, bool also_cut) const {
  const auto found = std::ranges::find_if(kept_, [&](const KeptExchange& kept) {
    return (also_cut || !is_cut(kept.exchange)) && answers(kept.exchange, order);
  });
  return found == kept_.end() ? nullptr : &found->exchange;
}

void VisitExchanges::add(CrawlPurpose purpose, const Exchange& exchange, bool also_cut) {
  wire_bytes_ += exchange.wire_bytes;
  if (!is_of_use(exchange) && !(also_cut && is_cut(exchange))) {
    std::error_code ignored;
    if (!exchange.body.empty()) std::filesystem::remove(exchange.body, ignored);
    return;
  }
  kept_.push_back({0, purpose, false, exchange});
  if (keeps_ == Keeps::at_once) keep(kept_.back());
}

bool VisitExchanges::has_own() const {
  return std::ranges::any_of(kept_, [](const KeptExchange& kept) { return !kept.is_of_page; });
}

bool VisitExchanges::is_intact(const std::stop_token& stop) const {
  return std::ranges::all_of(kept_, [&](const KeptExchange& kept) {
    const Exchange& exchange = kept.exchange;
    std::error_code error;
    if (exchange.body_bytes == 0) return true;
    if (std::filesystem::file_size(exchange.body, error) != exchange.body_bytes || error) return false;
    return fingerprint::sha256_of_file(exchange.body, stop) == exchange.body_digest;
  });
}

void VisitExchanges::forget() {
  kept_.clear();
  files_.remove(store::CrawlExchanges(store_.database()).drop(url_));
}

void VisitExchanges::bequeath(std::span<const CrawlUrlId> heirs) {
  if (heirs.empty()) return;
  for (KeptExchange& kept : kept_) {
    if (kept.id == 0) keep(kept);
    for (const CrawlUrlId heir : heirs) store::CrawlExchanges(store_.database()).share(kept.id, heir);
  }
}

void VisitExchanges::keep(KeptExchange& kept) {
  store::CrawlExchange stored;
  stored.facts = evidence::warc_metadata(kept.exchange, {std::string(to_string(kept.purpose)), {}, {}});
  stored.body = kept.exchange.body.filename().string();
  stored.bytes = kept.exchange.body_bytes;
  kept.id = store::CrawlExchanges(store_.database()).add(stored, url_);
  files_.count(stored.bytes);
  if (std::exchange(is_progress_, false)) store::Frontier(store_.database()).note_progress(url_);
}

}  // namespace reelprint::pipeline
