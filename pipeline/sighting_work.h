// What a crawl has to do about copies that were found: captures to be written, looks that are due.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <set>

#include "core/sighting.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/task.h"
#include "store/crawl_exchanges.h"

namespace reelprint::pipeline {

/// Of one crawl, by its thread.
class SightingWork {
 public:
  /// `trouble` is told of what went wrong with one of them; the others go on.
  SightingWork(CrawlDesk& desk, std::function<void(const std::exception&)> trouble)
      : desk_(desk), trouble_(std::move(trouble)) {}
  SightingWork(const SightingWork&) = delete;
  SightingWork& operator=(const SightingWork&) = delete;

  /// Begins what is due, a few at a time, each sighting once; captures first.
  void begin(WallTime now);
  [[nodiscard]] bool is_due(WallTime now);  ///< whether anything is

 private:
  [[nodiscard]] bool take(SightingId id);
  Task<void> capture(store::CaptureDue due);
  Task<void> look(Sighting sighting);

  CrawlDesk& desk_;
  std::function<void(const std::exception&)> trouble_;
  std::set<SightingId> busy_;
};

}  // namespace reelprint::pipeline
