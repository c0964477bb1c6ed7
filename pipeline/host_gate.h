// One at a time per host: whoever comes waits for those before.
#pragma once

#include <coroutine>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include "pipeline/crawl_loop.h"

namespace reelprint::pipeline {

/// Used by the loop's thread alone.
class HostGate {
 public:
  explicit HostGate(CrawlLoop& loop) : loop_(loop) {}
  HostGate(const HostGate&) = delete;
  HostGate& operator=(const HostGate&) = delete;

  /// Lets the next one in when it goes.
  class Pass {
   public:
    Pass(HostGate& gate, std::string host) : gate_(&gate), host_(std::move(host)) {}
    Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)), host_(std::move(other.host_)) {}
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ != nullptr) gate_->leave(host_);
    }

   private:
    HostGate* gate_;
    std::string host_;
  };

  class Entry {
   public:
    Entry(HostGate& gate, std::string host) : gate_(gate), host_(std::move(host)) {}
    [[nodiscard]] bool await_ready() const { return gate_.waiting_.try_emplace(host_).second; }
    void await_suspend(std::coroutine_handle<> waiting) { gate_.waiting_[host_].push_back(waiting); }
    [[nodiscard]] Pass await_resume() {
      Pass pass(gate_, host_);
      gate_.loop_.throw_if_stopping();
      return pass;
    }

   private:
    HostGate& gate_;
    std::string host_;
  };
  [[nodiscard]] Entry enter(std::string host) { return {*this, std::move(host)}; }
  /// Hosts where somebody is.
  [[nodiscard]] std::size_t busy() const { return waiting_.size(); }

 private:
  void leave(const std::string& host) {
    const auto queue = waiting_.find(host);
    if (queue == waiting_.end()) return;
    if (queue->second.empty()) {
      waiting_.erase(queue);
      return;
    }
    loop_.make_ready(queue->second.front());
    queue->second.pop_front();
  }

  CrawlLoop& loop_;
  std::map<std::string, std::deque<std::coroutine_handle<>>> waiting_;  ///< behind each that is in
};

}  // namespace reelprint::pipeline
