#include "pipeline/crawl_loop.h"

#include <algorithm>

#include "core/error.h"

namespace reelprint::pipeline {
namespace {

/// Others write too: nobody is kept from it for longer.
constexpr std::chrono::milliseconds kLongestTransaction{20};

}  // namespace

CrawlLoop::CrawlLoop(CrawlLoopSettings settings, store::Database& database, const Clock& clock)
    : settings_(std::move(settings)), database_(database), clock_(clock), pool_(settings_.fetch) {
  for (std::size_t i = 0; i < std::max<std::size_t>(1, settings_.work_threads); ++i)
    threads_.emplace_back([this](const std::stop_token& ending) { work_on(ending); });
}

void CrawlLoop::abandon() {
  stop_.request_stop();
  threads_.clear();
  tasks_.clear();
}

void CrawlLoop::spawn(Task<void> task) {
  tasks_.push_back(std::move(task));
  make_ready(tasks_.back().handle());
}

void CrawlLoop::stop() {
  stop_.request_stop();
  pool_.cancel_all();
}

void CrawlLoop::throw_if_stopping() const {
  if (is_stopping()) throw Error(ErrorCode::cancelled, "crawl: stopped on request");
}

std::chrono::milliseconds CrawlLoop::patience(std::chrono::milliseconds longest) {
  using std::chrono::milliseconds;
  if (!ready_.empty()) return milliseconds{0};
  if (timers_.empty()) return longest;
  const WallTime next = timers_.begin()->first;
  if (settings_.pass_time && pool_.running() == 0 && working_ == 0) {
    settings_.pass_time(next);
    return milliseconds{0};
  }
  const auto left = std::chrono::ceil<milliseconds>(next - clock_.now());
  return std::clamp(left, milliseconds{0}, longest);
}

void CrawlLoop::turn(std::chrono::milliseconds longest) {
  for (crawler::FetchPool::Done& done : pool_.wait(patience(longest))) {
    const auto fetch = fetches_.extract(done.ticket);
    if (fetch.empty()) continue;
    fetch.mapped()->exchange_ = std::move(done.exchange);
    make_ready(fetch.mapped()->waiting_);
  }
  collect();
  run_ready();
  reap();
}

void CrawlLoop::collect() {
  const WallTime now = clock_.now();
  while (!timers_.empty() && (is_stopping() || timers_.begin()->first <= now)) {
    make_ready(timers_.begin()->second);
    timers_.erase(timers_.begin());
  }
  const std::lock_guard lock(mutex_);
  for (const Work* work : done_work_) make_ready(work->waiting_);
  working_ -= done_work_.size();
  done_work_.clear();
}

void CrawlLoop::run_ready() {
  while (!ready_.empty()) {
    const auto end = std::chrono::steady_clock::now() + kLongestTransaction;
    store::Transaction change(database_, store::Transaction::Kind::write);
    while (!ready_.empty() && std::chrono::steady_clock::now() < end) {
      const std::coroutine_handle<> next = ready_.front();
      ready_.pop_front();
      next.resume();
    }
    change.commit();
  }
}

void CrawlLoop::reap() {
  for (auto task = tasks_.begin(); task != tasks_.end();) {
    if (!task->is_done()) {
      ++task;
      continue;
    }
    Task<void> ended = std::move(*task);
    task = tasks_.erase(task);
    ended.take();
  }
}

void CrawlLoop::Fetch::await_suspend(std::coroutine_handle<> waiting) {
  waiting_ = waiting;
  order_.ticket = ++loop_.last_ticket_;
  loop_.fetches_.emplace(order_.ticket, this);
  loop_.pool_.add(std::move(order_));
}

Exchange CrawlLoop::Fetch::await_resume() {
  if (!waiting_) loop_.throw_if_stopping();
  return std::move(exchange_);
}

void CrawlLoop::Work::await_suspend(std::coroutine_handle<> waiting) {
  waiting_ = waiting;
  ++loop_.working_;
  {
    const std::lock_guard lock(loop_.mutex_);
    loop_.waiting_work_.push_back(this);
  }
  loop_.work_waits_.notify_one();
}

void CrawlLoop::Work::await_resume() const {
  if (thrown_) std::rethrow_exception(thrown_);
  if (!waiting_) loop_.throw_if_stopping();
}

void CrawlLoop::work_on(const std::stop_token& ending) {
  while (true) {
    Work* work = nullptr;
    {
      std::unique_lock lock(mutex_);
      if (!work_waits_.wait(lock, ending, [this] { return !waiting_work_.empty(); })) return;
      work = waiting_work_.front();
      waiting_work_.pop_front();
    }
    try {
      throw_if_stopping();
      work->work_(stop_.get_token());
    } catch (...) {
      work->thrown_ = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      done_work_.push_back(work);
    }
    pool_.interrupt();
  }
}

}  // namespace reelprint::pipeline
