#include "api/crawl_json.h"

#include <boost/json/array.hpp>

#include "api/webhook_json.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

json::array array_of(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

json::value digest_or_null(const Sha256& digest) {
  if (digest == Sha256{}) return nullptr;
  return json::value(to_hex(digest));
}

template <class Number>
json::value id_or_null(Number id) {
  if (id.value == 0) return nullptr;
  return id.value;
}

template <class Value>
json::value value_or_null(const std::optional<Value>& value) {
  if (!value) return nullptr;
  return *value;
}

/// "03:30".
json::value time_of_day(const std::optional<std::chrono::minutes>& at) {
  if (!at) return nullptr;
  const auto two = [](std::int64_t number) {
    return std::string(number < 10 ? "0" : "") + std::to_string(number);
  };
  return json::value(two(at->count() / 60) + ":" + two(at->count() % 60));
}

json::object scope_json(const CrawlScope& scope) {
  return {{"hosts", array_of(scope.hosts)},
          {"path_prefixes", array_of(scope.path_prefixes)},
          {"excluded_prefixes", array_of(scope.excluded_prefixes)},
          {"most_depth", scope.most_depth}};
}

json::object budget_json(const CrawlBudget& budget) {
  return {{"pages", budget.pages},
          {"bytes", budget.bytes},
          {"time_s", budget.time.count()},
          {"host_pages", budget.host_pages},
          {"host_bytes", budget.host_bytes}};
}

json::object metadata_json(const VideoMetadata& metadata) {
  json::value duration;
  if (metadata.duration) duration = std::chrono::duration<double>(*metadata.duration).count();
  return {{"title", metadata.title},
          {"description", metadata.description},
          {"uploader", metadata.uploader},
          {"uploader_url", metadata.uploader_url},
          {"series", metadata.series},
          {"episode", value_or_null(metadata.episode)},
          {"duration_s", std::move(duration)},
          {"published_at", metadata.published_at ? time_or_null(*metadata.published_at) : nullptr},
          {"views", value_or_null(metadata.views)},
          {"likes", value_or_null(metadata.likes)},
          {"thumbnail_url", metadata.thumbnail_url},
          {"language", metadata.language}};
}

json::object figures_json(const store::CrawlRound& figures) {
  return {{"requests", figures.requests},
          {"pages", figures.pages},
          {"bytes", figures.bytes},
          {"bytes_offered", figures.bytes_offered},
          {"videos_found", figures.videos_found},
          {"videos_screened", figures.videos_screened},
          {"videos_fetched_whole", figures.videos_fetched_whole},
          {"matched", figures.matched},
          {"refused", figures.refused},
          {"failed", figures.failed},
          {"media_s", figures.media_s},
          {"cpu_s", figures.cpu_s},
          {"video_bytes", figures.video_bytes},
          {"video_s", figures.video_s}};
}

json::object report_row(const store::CrawlReportRow& row) {
  json::object shown = figures_json(row.figures);
  shown["hosts"] = row.hosts;
  const auto decisions = static_cast<double>(row.figures.videos_screened);
  const auto each = [&](double sum) {
    return decisions > 0 ? json::value(sum / decisions) : json::value(nullptr);
  };
  shown["per_decision"] = json::object{{"bytes", each(static_cast<double>(row.figures.bytes))},
                                       {"media_s", each(row.figures.media_s)},
                                       {"cpu_s", each(row.figures.cpu_s)},
                                       {"video_bytes", each(static_cast<double>(row.figures.video_bytes))},
                                       {"video_s", each(row.figures.video_s)}};
  return shown;
}

}  // namespace

json::object to_json(const CrawlSource& source) {
  const bool is_over = source.next_round_at == kNoMoreRounds;
  return {{"id", source.id.value},
          {"tenant", source.tenant.value},
          {"name", source.name},
          {"kind", to_string(source.kind)},
          {"start_urls", array_of(source.start_urls)},
          {"scope", scope_json(source.scope)},
          {"budget", budget_json(source.budget)},
          {"every_min", source.every.count()},
          {"at", time_of_day(source.at)},
          {"priority", source.priority},
          {"depth", to_string(source.depth)},
          {"obeys_nofollow", source.obeys_nofollow},
          {"obeys_noindex", source.obeys_noindex},
          {"uses_extractor", source.uses_extractor},
          {"territory", source.territory},
          {"state", to_string(source.state)},
          {"next_round_at", is_over ? nullptr : time_or_null(source.next_round_at)},
          {"version", source.version},
          {"created_at", to_rfc3339(source.created_at)}};
}

json::object to_json(const store::CrawlRound& round) {
  json::object shown{{"source", round.source.value},
                     {"number", round.number},
                     {"began_at", to_rfc3339(round.began_at)},
                     {"ended_at", time_or_null(round.ended_at)},
                     {"stopped_by", round.stopped_by}};
  for (const auto& figure : figures_json(round)) shown[figure.key()] = figure.value();
  return shown;
}

json::object to_json(const store::CrawlRequest& request) {
  return {{"id", request.id},
          {"source", id_or_null(request.source)},
          {"url", request.url},
          {"purpose", to_string(request.purpose)},
          {"refused", request.refused},
          {"status", request.status == 0 ? json::value(nullptr) : json::value(request.status)},
          {"address", request.address},
          {"bytes", request.bytes},
          {"took_ms", request.took.count()},
          {"error_code", request.error_code},
          {"content_sha256", digest_or_null(request.content)},
          {"at", to_rfc3339(request.at)}};
}

json::object to_json(const Sighting& sighting) {
  return {{"id", sighting.id.value},
          {"tenant", sighting.tenant.value},
          {"source", id_or_null(sighting.source)},
          {"location", sighting.location},
          {"page_url", sighting.page_url},
          {"bytes", sighting.bytes},
          {"media_sha256", digest_or_null(sighting.media)},
          {"metadata", metadata_json(sighting.metadata)},
          {"hint", sighting.hint},
          {"address", sighting.address},
          {"fetched_bytes", sighting.fetched_bytes},
          {"took_s", to_seconds(sighting.took)},
          {"screening", id_or_null(sighting.request)},
          {"case", id_or_null(sighting.in_case)},
          {"is_up", sighting.is_up},
          {"seen_at", time_or_null(sighting.seen_at)},
          {"checked_at", time_or_null(sighting.checked_at)}};
}

json::object to_json(const store::SightingCheck& check) {
  return {{"at", to_rfc3339(check.at)},
          {"is_up", check.is_up},
          {"page_status", check.page_status == 0 ? json::value(nullptr) : json::value(check.page_status)},
          {"media_status", check.media_status == 0 ? json::value(nullptr) : json::value(check.media_status)},
          {"why", check.why}};
}

json::object to_json(const store::Capture& capture) {
  return {{"id", capture.id.value},
          {"sha256", to_hex(capture.digest)},
          {"bytes", capture.bytes},
          {"has_screenshot", !capture.screenshot.empty()},
          {"screenshot_missing_why", capture.screenshot_missing_why},
          {"at", to_rfc3339(capture.at)}};
}

json::object to_json(const store::CrawlReport& report) {
  json::array sources;
  for (const store::CrawlReportRow& row : report.sources) {
    json::object shown = report_row(row);
    shown["source"] = row.source.value;
    sources.push_back(std::move(shown));
  }
  return {{"whole", report_row(report.whole)}, {"sources", std::move(sources)}};
}

}  // namespace reelprint::api
