#include "pipeline/live_catalog.h"

#include <chrono>
#include <utility>

#include "core/error.h"
#include "store/catalog_changes.h"

namespace reelprint::pipeline {
namespace {

constexpr auto kPeriod = std::chrono::milliseconds(300);  ///< between two looks at the store

}  // namespace

Protected CatalogSnapshot::view() const {
  return {content->frames, content->features, content->sounds, *background, *details,
          *names,          negatives.get()};
}

LiveCatalog::LiveCatalog(std::filesystem::path folder)
    : workspace_(std::move(folder)), details_(workspace_.folder()) {
  open();
  follower_ = std::jthread([this](const std::stop_token& stop) { follow(stop); });
}

LiveCatalog::~LiveCatalog() = default;

/// The number of the last change is read first: what comes while the rest is read is read once more.
void LiveCatalog::open() {
  store::CatalogFollower changes(workspace_.store().database());
  seen_data_ = changes.data_version();
  seen_change_ = changes.latest();
  workspace_.open_index();
  auto first = std::make_shared<CatalogSnapshot>();
  first->content = workspace_.update_index();
  first->background = std::make_shared<const index::CatalogBackground>(workspace_.background());
  first->negatives = std::make_shared<const index::FrameIndex>(workspace_.open_negatives());
  first->names = std::make_shared<const StoredWorkNames>(workspace_.store());
  first->details = &details_;
  first->change = seen_change_;
  sampled_ = first->content;
  publish(std::move(first));
}

std::shared_ptr<const CatalogSnapshot> LiveCatalog::snapshot() const {
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

std::string LiveCatalog::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

void LiveCatalog::publish(std::shared_ptr<const CatalogSnapshot> next) {
  const std::lock_guard lock(mutex_);
  snapshot_ = std::move(next);
}

void LiveCatalog::note(std::string problem) {
  const std::lock_guard lock(mutex_);
  problem_ = std::move(problem);
}

std::shared_ptr<const CatalogSnapshot> LiveCatalog::refresh() {
  const std::lock_guard lock(work_);
  take_changes(false);
  return snapshot();
}

/// Needs work_.
void LiveCatalog::take_changes(bool wants_all) {
  store::Store& store = workspace_.store();
  store::CatalogFollower follower(store.database());
  const std::int64_t data = follower.data_version();
  if (data == seen_data_ && !wants_all) return;
  const auto changes = follower.since(seen_change_);
  const bool is_any = !changes || changes->negatives || !changes->references.empty();
  if (is_any || wants_all) {
    const std::int64_t latest = changes ? changes->latest : follower.latest();
    auto next = std::make_shared<CatalogSnapshot>(*snapshot());
    next->content = workspace_.update_index();
    if (!changes || changes->negatives)
      next->negatives = std::make_shared<const index::FrameIndex>(workspace_.open_negatives());
    auto names = changes ? *next->names : StoredWorkNames(store);
    if (changes) names.refresh(store, changes->references);
    next->names = std::make_shared<const StoredWorkNames>(std::move(names));
    next->change = latest;
    publish(std::move(next));
    seen_change_ = latest;
  }
  seen_data_ = data;
}

/// Whoever saves takes in what other processes saved, which may be behind the store: so it is compared again.
void LiveCatalog::save_and_sample() {
  const bool was_saved = workspace_.is_index_saved();
  if (!was_saved) (void)workspace_.save_index();
  std::shared_ptr<const index::IndexContent> content;
  {
    const std::lock_guard lock(work_);
    if (!was_saved) take_changes(true);
    content = snapshot()->content;
  }
  if (content == sampled_) return;
  auto background = std::make_shared<const index::CatalogBackground>(workspace_.background_of(*content));
  const std::lock_guard lock(work_);
  auto next = std::make_shared<CatalogSnapshot>(*snapshot());
  next->background = std::move(background);
  publish(std::move(next));
  sampled_ = std::move(content);
}

void LiveCatalog::follow_once() {
  try {
    (void)refresh();
    save_and_sample();
    note("");
  } catch (const Error& error) {  // the next try may succeed: until then what is known is searched
    note(error.what());
  }
}

void LiveCatalog::follow(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    follow_once();
    std::unique_lock lock(sleep_);
    wake_.wait_for(lock, stop, kPeriod, [] { return false; });
  }
}

}  // namespace reelprint::pipeline
