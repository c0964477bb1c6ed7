#include "api/routes/screening_progress.h"

#include <string>
#include <utility>

#include "core/json_object.h"
#include "store/jobs.h"
#include "store/screening_requests.h"

namespace reelprint::api {
namespace {

class ScreeningProgress final : public http::EventStream {
 public:
  ScreeningProgress(pipeline::StorePool& stores, RequestId id) : stores_(stores), id_(id) {}

  std::optional<std::vector<http::ServerSentEvent>> next() override {
    if (is_over_) return std::nullopt;
    const auto store = stores_.lease();
    const auto request = store::ScreeningRequests(store->database()).find(id_);
    if (!request) return std::nullopt;
    const auto job = store::Jobs(store->database()).find(request->job);
    std::vector<http::ServerSentEvent> events;
    const std::string state(to_string(request->state));
    is_over_ = request->state != RequestState::queued && request->state != RequestState::running;
    add(events, "state", JsonObject().text("state", state).str(), state_);
    const double progress = is_over_ ? 1 : job ? job->progress : 0;
    add(events, "progress", JsonObject().real("progress", progress, 2).str(), progress_);
    if (is_over_) events.push_back({"", "done", JsonObject().text("state", state).str()});
    return events;
  }

 private:
  /// Nothing is said twice.
  static void add(std::vector<http::ServerSentEvent>& events, const char* type, std::string data,
                  std::string& said) {
    if (data == said) return;
    said = data;
    events.push_back({"", type, std::move(data)});
  }

  pipeline::StorePool& stores_;
  RequestId id_;
  bool is_over_ = false;
  std::string state_;
  std::string progress_;
};

}  // namespace

std::shared_ptr<http::EventStream> follow_screening(pipeline::StorePool& stores, RequestId id) {
  return std::make_shared<ScreeningProgress>(stores, id);
}

}  // namespace reelprint::api
