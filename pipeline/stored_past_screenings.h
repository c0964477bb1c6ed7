// Past screenings from the store, for dry runs.
#pragma once

#include <deque>
#include <optional>

#include "core/screening_request.h"
#include "pipeline/dry_run.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// When they were asked for: half-open, nothing does not narrow.
struct PastRange {
  std::optional<WallTime> from;
  std::optional<WallTime> until;
};

/// The newest result of each request that is done, by falling number of the request. Must not outlive the
/// store; what is asked for while it is read is left out.
class StoredPastScreenings final : public PastScreenings {
 public:
  StoredPastScreenings(store::Store& store, const PastRange& range) : store_(store), range_(range) {}
  [[nodiscard]] std::optional<PastScreening> next() override;

 private:
  void read_batch();

  store::Store& store_;
  PastRange range_;
  std::deque<ScreeningRequest> batch_;
  RequestId before_;
  bool is_over_ = false;
};

}  // namespace reelprint::pipeline
