#include "pipeline/stored_past_screenings.h"

#include <limits>
#include <utility>

#include "store/decisions.h"
#include "store/screening_requests.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kBatch = 256;
constexpr std::size_t kMostHolders = std::numeric_limits<std::int32_t>::max();

std::vector<HolderRuling> decided(store::Store& store, RequestId request) {
  store::DecisionFilter filter;
  filter.request = request;
  filter.state = DecisionState::active;
  std::vector<HolderRuling> rulings;
  for (UploadDecision& decision : store::Decisions(store.database()).list(filter, {}, kMostHolders))
    rulings.push_back(std::move(decision.ruling));
  return rulings;
}

}  // namespace

void StoredPastScreenings::read_batch() {
  store::RequestFilter filter;
  filter.state = RequestState::done;
  filter.from = range_.from;
  filter.until = range_.until;
  for (ScreeningRequest& request : store::ScreeningRequests(store_.database()).list(filter, before_, kBatch))
    batch_.push_back(std::move(request));
  is_over_ = batch_.size() < kBatch;
  if (!batch_.empty()) before_ = batch_.back().id;
}

std::optional<PastScreening> StoredPastScreenings::next() {
  for (;;) {
    if (batch_.empty()) {
      if (is_over_) return std::nullopt;
      read_batch();
      continue;
    }
    ScreeningRequest request = std::move(batch_.front());
    batch_.pop_front();
    auto screening = store_.screening(request.screening);
    if (!screening) continue;
    return PastScreening{request.id,
                         screening->id,
                         std::move(screening->matches),
                         screening->duration,
                         std::move(request.context),
                         screening->screened_at,
                         decided(store_, request.id)};
  }
}

}  // namespace reelprint::pipeline
