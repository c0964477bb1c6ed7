#include "pipeline/sighting_work.h"

#include <utility>

#include "core/error.h"
#include "pipeline/sighting_capture.h"
#include "pipeline/sighting_watch.h"
#include "store/sightings.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostAtOnce = 16;

}  // namespace

bool SightingWork::take(SightingId id) {
  return busy_.size() < kMostAtOnce && busy_.insert(id).second;
}

void SightingWork::begin(WallTime now) {
  if (busy_.size() >= kMostAtOnce) return;
  store::CrawlExchanges exchanges(desk_.store.database());
  for (const store::CaptureDue& due : exchanges.captures_due({}, kMostAtOnce))
    if (take(due.sighting)) desk_.loop.spawn(capture(due));
  for (const Sighting& sighting : store::Sightings(desk_.store.database()).due_for_check(now, kMostAtOnce))
    if (!exchanges.is_capture_due(sighting.id) && take(sighting.id)) desk_.loop.spawn(look(sighting));
}

bool SightingWork::is_due(WallTime now) {
  return !store::CrawlExchanges(desk_.store.database()).captures_due({}, 1).empty() ||
         !store::Sightings(desk_.store.database()).due_for_check(now, 1).empty();
}

Task<void> SightingWork::capture(store::CaptureDue due) {
  const SightingId id = due.sighting;
  try {
    co_await write_capture(desk_, std::move(due));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::cancelled) trouble_(error);
  } catch (const std::exception& error) {
    trouble_(error);
  }
  busy_.erase(id);
}

Task<void> SightingWork::look(Sighting sighting) {
  const SightingId id = sighting.id;
  try {
    co_await look_at_sighting(desk_, std::move(sighting));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::cancelled) trouble_(error);
  } catch (const std::exception& error) {
    trouble_(error);
  }
  busy_.erase(id);
}

}  // namespace reelprint::pipeline
