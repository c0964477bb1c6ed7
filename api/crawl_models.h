// Sources of the crawl as text: what the command line and files give, and what is shown of the crawl as JSON.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/accounts.h"
#include "core/crawl_source.h"
#include "core/sighting.h"
#include "pipeline/crawl_source_rules.h"
#include "store/crawl_report.h"
#include "store/frontier.h"
#include "store/sightings.h"

namespace reelprint::api {

/// Fields of a source by name, "budget.pages" for one of an inner object.
using SourceValues = std::map<std::string, std::vector<std::string>>;

/// The JSON object that the values stand for, as the API takes it. Throws Error{invalid_input} for a name
/// that is none and for a value of the wrong kind.
[[nodiscard]] std::string source_json(const SourceValues& values);
/// The objects of a JSON array, or of the "sources" of an object. Throws Error{invalid_input}.
[[nodiscard]] std::vector<std::string> source_objects(std::string_view document);
/// "" when it has none.
[[nodiscard]] std::string name_in(const std::string& object);
/// `source` with what the JSON object says. Throws Error{invalid_input} that tells everything that is wrong.
[[nodiscard]] CrawlSource changed_source(CrawlSource source, const std::string& object,
                                         const pipeline::CrawlSourceRules& rules);

// Each is one transaction, with its entry in the audit log.
CrawlSource add_crawl_source(store::Store& store, CrawlSource source, const Author& author);
/// `action`: "update", "pause", "resume", "round". Throws Error{busy} when somebody else changed it
/// meanwhile.
CrawlSource update_crawl_source(store::Store& store, CrawlSource source, const char* action,
                                const Author& author);
void remove_crawl_source(store::Store& store, const CrawlSource& source, const Author& author);

[[nodiscard]] std::string crawl_source_json(const CrawlSource& source);
[[nodiscard]] std::string crawl_request_json(const store::CrawlRequest& request);
[[nodiscard]] std::string sighting_json(const Sighting& sighting);
[[nodiscard]] std::string crawl_report_json(const store::CrawlReport& report);
[[nodiscard]] std::string crawl_status_json(store::Store& store, const CrawlSource& source, WallTime now);
/// For a table: "answers", "hosts", "round", "resume", "nothing".
[[nodiscard]] std::string crawl_waits_for(store::Store& store, const CrawlSource& source, WallTime now);

}  // namespace reelprint::api
