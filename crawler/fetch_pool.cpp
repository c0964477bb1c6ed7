#include "crawler/fetch_pool.h"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <utility>

#include "core/error.h"
#include "crawler/curl_setup.h"
#include "crawler/pipe_silence.h"
#include "crawler/transfer.h"

namespace reelprint::crawler {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct CloseMulti {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

void expect_ok(CURLMcode outcome) {
  if (outcome != CURLM_OK)
    throw Error(ErrorCode::io, std::string("fetch: libcurl failed: ") + curl_multi_strerror(outcome));
}

CURLM* new_multi(std::size_t most_at_once) {
  set_up_curl();
  CURLM* multi = curl_multi_init();
  if (multi == nullptr) throw Error(ErrorCode::io, "fetch: libcurl has no handle left");
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(2 * most_at_once));
  return multi;
}

}  // namespace

class FetchPool::Parts {
 public:
  explicit Parts(FetchPoolSettings settings)
      : settings_(std::move(settings)), multi_(new_multi(settings_.most_at_once)) {}
  ~Parts() {
    const PipeSilence silence;
    for (const auto& [handle, transfer] : under_way_) curl_multi_remove_handle(multi_.get(), handle);
    under_way_.clear();
    multi_.reset();
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void add(FetchOrder order);
  std::vector<Done> wait(milliseconds longest);
  void cancel_all();
  void interrupt() {
    is_interrupted_ = true;
    curl_multi_wakeup(multi_.get());
  }
  [[nodiscard]] std::size_t running() const { return waiting_.size() + under_way_.size() + done_.size(); }

 private:
  [[nodiscard]] const Clock& clock() const {
    return settings_.clock == nullptr ? system_clock_ : *settings_.clock;
  }
  void start_waiting();
  void collect();
  void end(void* handle, std::optional<int> outcome);

  const FetchPoolSettings settings_;
  const SystemClock system_clock_;
  std::unique_ptr<CURLM, CloseMulti> multi_;
  std::deque<std::unique_ptr<Transfer>> waiting_;
  std::map<void*, std::unique_ptr<Transfer>> under_way_;
  std::vector<Done> done_;
  std::atomic<bool> is_interrupted_ = false;
};

void FetchPool::Parts::add(FetchOrder order) {
  if (const auto refusal = judge_url(order.url, settings_.fetch)) {
    Exchange exchange;
    exchange.url = order.url;
    exchange.method = order.is_head ? "HEAD" : "GET";
    exchange.began_at = exchange.ended_at = clock().now();
    exchange.error_code = refusal->is_of_address ? "forbidden_address" : "invalid_url";
    exchange.error = refusal->why;
    done_.push_back({order.ticket, std::move(exchange)});
    return;
  }
  waiting_.push_back(std::make_unique<Transfer>(std::move(order), settings_, clock()));
}

void FetchPool::Parts::start_waiting() {
  while (!waiting_.empty() && under_way_.size() < settings_.most_at_once) {
    void* const handle = waiting_.front()->handle();
    waiting_.front()->begin();
    expect_ok(curl_multi_add_handle(multi_.get(), handle));
    under_way_.emplace(handle, std::move(waiting_.front()));
    waiting_.pop_front();
  }
}

void FetchPool::Parts::end(void* handle, std::optional<int> outcome) {
  const auto found = under_way_.find(handle);
  if (found == under_way_.end()) return;
  const std::unique_ptr<Transfer> transfer = std::move(found->second);
  under_way_.erase(found);
  done_.push_back({transfer->ticket(), transfer->finish(outcome)});
}

void FetchPool::Parts::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* const handle = message->easy_handle;
    const int outcome = message->data.result;  // the message is gone with the next call
    curl_multi_remove_handle(multi_.get(), handle);
    end(handle, outcome);
  }
}

std::vector<FetchPool::Done> FetchPool::Parts::wait(milliseconds longest) {
  const PipeSilence silence;
  const auto deadline = steady_clock::now() + longest;
  for (;;) {
    start_waiting();
    int running = 0;
    expect_ok(curl_multi_perform(multi_.get(), &running));
    collect();
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    if (!done_.empty() || is_interrupted_.exchange(false) || left.count() <= 0)
      return std::exchange(done_, {});
    const auto pause = std::min<milliseconds>(left, std::chrono::hours{1});
    expect_ok(curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(pause.count()), nullptr));
  }
}

void FetchPool::Parts::cancel_all() {
  const PipeSilence silence;
  while (!under_way_.empty()) {
    void* const handle = under_way_.begin()->first;
    curl_multi_remove_handle(multi_.get(), handle);
    end(handle, std::nullopt);
  }
  while (!waiting_.empty()) {
    const std::unique_ptr<Transfer> transfer = std::move(waiting_.front());
    waiting_.pop_front();
    done_.push_back({transfer->ticket(), transfer->finish(std::nullopt)});
  }
}

FetchPool::FetchPool(FetchPoolSettings settings) : parts_(std::make_unique<Parts>(std::move(settings))) {}

FetchPool::~FetchPool() = default;

void FetchPool::add(FetchOrder order) {
  parts_->add(std::move(order));
}

std::vector<FetchPool::Done> FetchPool::wait(milliseconds longest) {
  return parts_->wait(longest);
}

void FetchPool::cancel_all() {
  parts_->cancel_all();
}

void FetchPool::interrupt() {
  parts_->interrupt();
}

std::size_t FetchPool::running() const {
  return parts_->running();
}

}  // namespace reelprint::crawler
