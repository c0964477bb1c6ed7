// What the routes of the service are made with.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "api/catalog_settings.h"
#include "api/login.h"
#include "api/router.h"
#include "api/screening_rules.h"
#include "api/upload_settings.h"
#include "core/clock.h"
#include "pipeline/crawl_source_rules.h"
#include "pipeline/store_pool.h"
#include "pipeline/webhook_sender.h"
#include "store/jobs.h"

namespace reelprint::pipeline {
struct CatalogSnapshot;
}

namespace reelprint::api {

struct Backend {
  std::filesystem::path data;  ///< the data folder
  const Clock& clock;
  pipeline::StorePool& stores;           ///< for what outlives its request: event streams
  pipeline::WebhookSettings webhooks{};  ///< to which URLs one may be made
  /// A job was cancelled, or queued again, by hand: what hangs on it follows, in the same transaction.
  using FollowJob = std::function<void(store::Store& store, const store::Job& job, WallTime now)>;
  FollowJob follow_job{};
  LoginSettings login{};
  ScreeningRules screening{};
  UploadSettings uploads{};
  /// The protected side as it is now; none: what needs it is answered 503.
  std::function<std::shared_ptr<const pipeline::CatalogSnapshot>()> catalog_snapshot = {};
  CatalogSettings catalog = {};
  pipeline::CrawlSourceRules crawl = {};  ///< what a source of the crawl may be
};

}  // namespace reelprint::api
