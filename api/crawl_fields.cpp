#include "api/crawl_fields.h"

#include <charconv>
#include <limits>

namespace reelprint::api {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMostMinutes = std::int64_t{366} * 24 * 60;
constexpr std::size_t kMostUrlBytes = 16'000;
constexpr std::size_t kMostStartUrls = 1'000;
constexpr std::size_t kMostScopeEntries = 200;

template <class Value>
void read_named(Fields& fields, std::string_view name, Value& value,
                std::optional<Value> (*read)(std::string_view), const char* names) {
  const auto text = fields.optional_text(name, {.most_bytes = 40});
  if (!text) return;
  if (const auto known = read(*text))
    value = *known;
  else
    fields.refuse(name, std::string("must be one of ") + names);
}

template <class Number>
void read_number(Fields& fields, std::string_view name, Number& value, std::int64_t least,
                 std::int64_t most) {
  if (const auto given = fields.integer(name, least, most)) value = static_cast<Number>(*given);
}

void read_flag(Fields& fields, std::string_view name, bool& value) {
  if (const auto given = fields.flag(name)) value = *given;
}

void read_texts(Fields& fields, std::string_view name, std::vector<std::string>& value, std::size_t most) {
  if (fields.has(name)) value = fields.texts(name, {.most_bytes = kMostUrlBytes}, most);
}

void read_scope(Fields& fields, CrawlScope& scope) {
  auto given = fields.object("scope");
  if (!given) return;
  read_texts(*given, "hosts", scope.hosts, kMostScopeEntries);
  read_texts(*given, "path_prefixes", scope.path_prefixes, kMostScopeEntries);
  read_texts(*given, "excluded_prefixes", scope.excluded_prefixes, kMostScopeEntries);
  read_number(*given, "most_depth", scope.most_depth, 0, 100);
}

void read_budget(Fields& fields, CrawlBudget& budget) {
  auto given = fields.object("budget");
  if (!given) return;
  read_number(*given, "pages", budget.pages, 0, kMost);
  read_number(*given, "bytes", budget.bytes, 0, kMost);
  if (const auto time = given->integer("time_s", 0, kMostMinutes * 60))
    budget.time = std::chrono::seconds{*time};
  read_number(*given, "host_pages", budget.host_pages, 0, kMost);
  read_number(*given, "host_bytes", budget.host_bytes, 0, kMost);
}

/// "03:30"; null: at no time of the day.
void read_at(Fields& fields, CrawlSource& source) {
  if (fields.is_null("at")) source.at.reset();
  const auto text = fields.optional_text("at", {.most_bytes = 5});
  if (!text) return;
  int hours = 24;
  int minutes = 60;
  if (text->size() == 5 && (*text)[2] == ':') {
    const char* begin = text->data();
    const bool is_read = std::from_chars(begin, begin + 2, hours).ptr == begin + 2 &&
                         std::from_chars(begin + 3, begin + 5, minutes).ptr == begin + 5;
    if (is_read && hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60) {
      source.at = std::chrono::hours{hours} + std::chrono::minutes{minutes};
      return;
    }
  }
  fields.refuse("at", "must be a time of the day in UTC: \"03:30\"");
}

}  // namespace

void read_source(Fields& fields, CrawlSource& source, const pipeline::CrawlSourceRules& rules) {
  if (auto name = fields.optional_text("name")) source.name = *std::move(name);
  read_named(fields, "kind", source.kind, crawl_source_kind_of,
             "site, sitemap, feed, channel, list, videos, folder");
  read_texts(fields, "start_urls", source.start_urls, kMostStartUrls);
  read_scope(fields, source.scope);
  read_budget(fields, source.budget);
  if (const auto every = fields.integer("every_min", 0, kMostMinutes))
    source.every = std::chrono::minutes{*every};
  read_at(fields, source);
  read_number(fields, "priority", source.priority, -100, 100);
  read_named(fields, "depth", source.depth, fetch_depth_of, "sample, whole");
  read_flag(fields, "obeys_nofollow", source.obeys_nofollow);
  read_flag(fields, "obeys_noindex", source.obeys_noindex);
  read_flag(fields, "uses_extractor", source.uses_extractor);
  if (auto territory = fields.optional_text("territory", {.most_bytes = 2}))
    source.territory = *std::move(territory);
  for (const pipeline::CrawlSourceFault& fault : pipeline::normalise(source, rules))
    fields.refuse_at(fault.where, fault.reason);
}

}  // namespace reelprint::api
