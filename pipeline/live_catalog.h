// The protected side of a running service: kept up to date while any number of threads search it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "index/catalog_background.h"
#include "index/frame_index.h"
#include "index/live_index.h"
#include "pipeline/screening.h"
#include "pipeline/stored_details.h"
#include "pipeline/workspace.h"

namespace reelprint::pipeline {

/// One state of the catalog, as one screening sees it from beginning to end.
struct CatalogSnapshot {
  std::shared_ptr<const index::IndexContent> content;
  std::shared_ptr<const index::CatalogBackground> background;
  std::shared_ptr<const index::FrameIndex> negatives;
  std::shared_ptr<const StoredWorkNames> names;
  const index::DetailSource* details = nullptr;  ///< the live catalog's own
  std::int64_t change = 0;  ///< number of the last change of the catalog (store/catalog_changes.h) it has

  /// Valid as long as this snapshot.
  [[nodiscard]] Protected view() const;
};

/// Follows the store: what this or another process registers or retracts is in the snapshot within a second;
/// saves and merges the index in the background, and samples its background again. Thread-safe.
class LiveCatalog {
 public:
  /// Opens the index, which may take a while; throws what Workspace throws.
  explicit LiveCatalog(std::filesystem::path folder);
  ~LiveCatalog();
  LiveCatalog(const LiveCatalog&) = delete;
  LiveCatalog& operator=(const LiveCatalog&) = delete;

  /// Waits for nobody.
  [[nodiscard]] std::shared_ptr<const CatalogSnapshot> snapshot() const;
  /// Brings the snapshot up to date now, whatever the background thread does; returns it. What the background
  /// thread saves is not waited for.
  std::shared_ptr<const CatalogSnapshot> refresh();
  /// Why the store could not be followed, or the index not be saved, the last time it was tried; "" when all
  /// is well.
  [[nodiscard]] std::string problem() const;

 private:
  void follow(const std::stop_token& stop);
  void follow_once();
  void open();
  void take_changes(bool wants_all);
  void save_and_sample();
  void publish(std::shared_ptr<const CatalogSnapshot> next);
  void note(std::string problem);

  std::mutex work_;  // guards workspace_'s store, seen_data_, seen_change_
  Workspace workspace_;
  std::int64_t seen_data_ = 0;    ///< as SQLite counts what other connections write
  std::int64_t seen_change_ = 0;  ///< of the catalog
  StoredDetails details_;
  mutable std::mutex mutex_;  // guards snapshot_, problem_; held for a copy
  std::shared_ptr<const CatalogSnapshot> snapshot_;
  std::string problem_;
  std::shared_ptr<const index::IndexContent> sampled_;  ///< what the background was made of: the follower's
  std::condition_variable_any wake_;
  std::mutex sleep_;
  std::jthread follower_;  // last: ends first
};

}  // namespace reelprint::pipeline
