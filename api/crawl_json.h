// The crawl as JSON: sources, rounds, requests, sightings, report.
#pragma once

#include <boost/json/object.hpp>

#include "core/crawl_source.h"
#include "core/sighting.h"
#include "store/crawl_report.h"
#include "store/crawl_sources.h"
#include "store/frontier.h"
#include "store/sightings.h"

namespace reelprint::api {

[[nodiscard]] boost::json::object to_json(const CrawlSource& source);
[[nodiscard]] boost::json::object to_json(const store::CrawlRound& round);
[[nodiscard]] boost::json::object to_json(const store::CrawlRequest& request);
[[nodiscard]] boost::json::object to_json(const Sighting& sighting);
[[nodiscard]] boost::json::object to_json(const store::SightingCheck& check);
[[nodiscard]] boost::json::object to_json(const store::Capture& capture);
/// With what a decision has cost on average; null where there was none.
[[nodiscard]] boost::json::object to_json(const store::CrawlReport& report);

}  // namespace reelprint::api
