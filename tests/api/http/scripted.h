// An application whose answers are written in the test.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "api/http/application.h"
#include "api/http/server.h"

namespace reelprint::api::http {

/// What Application::done was told, kept.
struct Told {
  std::string path;
  unsigned status = 0;
  std::size_t received_bytes = 0;
  std::string failure;
};

class Scripted final : public Application {
 public:
  /// Unless set, bodies are taken up to a mebibyte in memory.
  std::function<void(Request&, Call&)> on_begin = [](Request&, Call&) {};
  std::function<Answer(Request&)> on_respond = [](Request& request) { return Answer(echo(request)); };
  std::function<std::optional<Response>(Request&, bool)> on_poll = [](Request&, bool) {
    return std::optional<Response>(Response{});
  };

  /// "GET /path body"
  static Response echo(const Request& request) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::string(to_string(request.method)) + " " + request.path;
    if (!request.body.empty()) response.body += " " + request.body;
    return response;
  }

  std::unique_ptr<Call> begin(Request& request) override {
    ++begun;
    auto call = std::make_unique<ScriptedCall>(*this);
    call->most_body_bytes = std::size_t{1} << 20;
    on_begin(request, *call);
    return call;
  }
  void done(const Done& done) noexcept override {
    const std::lock_guard lock(mutex_);
    told_.push_back({done.request.path, done.status, done.received_bytes, std::string(done.failure)});
  }
  std::vector<Told> told() const {
    const std::lock_guard lock(mutex_);
    return told_;
  }

  std::atomic<int> begun{0};

 private:
  class ScriptedCall final : public Call {
   public:
    explicit ScriptedCall(Scripted& script) : script_(script) {}
    Answer respond(Request& request) override { return script_.on_respond(request); }
    std::optional<Response> poll(Request& request, bool is_late) override {
      return script_.on_poll(request, is_late);
    }

   private:
    Scripted& script_;
  };

  mutable std::mutex mutex_;  ///< guards told_
  std::vector<Told> told_;
};

}  // namespace reelprint::api::http
