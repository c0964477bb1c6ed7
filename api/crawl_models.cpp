#include "api/crawl_models.h"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>
#include <charconv>

#include "api/crawl_fields.h"
#include "api/crawl_json.h"
#include "api/crawl_status.h"
#include "api/json_text.h"
#include "core/error.h"
#include "store/audit.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

enum class Kind { text, number, truth, list };

struct Field {
  std::string_view name;
  Kind kind;
};

constexpr std::array<Field, 20> kFields{{
    {"name", Kind::text},
    {"kind", Kind::text},
    {"start_urls", Kind::list},
    {"scope.hosts", Kind::list},
    {"scope.path_prefixes", Kind::list},
    {"scope.excluded_prefixes", Kind::list},
    {"scope.most_depth", Kind::number},
    {"budget.pages", Kind::number},
    {"budget.bytes", Kind::number},
    {"budget.time_s", Kind::number},
    {"budget.host_pages", Kind::number},
    {"budget.host_bytes", Kind::number},
    {"every_min", Kind::number},
    {"at", Kind::text},
    {"priority", Kind::number},
    {"depth", Kind::text},
    {"obeys_nofollow", Kind::truth},
    {"obeys_noindex", Kind::truth},
    {"uses_extractor", Kind::truth},
    {"territory", Kind::text},
}};

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorCode::invalid_input, "read a source of the crawl: " + why);
}

json::value value_of(const Field& field, const std::vector<std::string>& texts) {
  if (field.kind == Kind::list) {
    json::array list;
    for (const std::string& text : texts) list.emplace_back(text);
    return list;
  }
  if (texts.size() != 1) refuse(std::string(field.name) + " takes one value");
  const std::string& text = texts[0];
  if (field.kind == Kind::text) return json::value(text);
  if (field.kind == Kind::truth) {
    if (text != "true" && text != "false") refuse(std::string(field.name) + " must be true or false");
    return text == "true";
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size())
    refuse(std::string(field.name) + " must be a whole number");
  return number;
}

json::value parsed(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error) refuse("it is no JSON: " + error.message());
  return value;
}

json::object object_in(const std::string& text) {
  json::value value = parsed(text);
  if (!value.is_object()) refuse("it is no JSON object");
  return std::move(value.as_object());
}

void note(store::Store& store, const char* action, const CrawlSource& source, const Author& author) {
  store::AuditEntry entry;
  entry.at = author.now;
  entry.actor = author.name;
  entry.tenant = source.tenant;
  entry.action = std::string("crawl_source.") + action;
  entry.object = "crawl_source " + std::to_string(source.id.value);
  entry.request_id = author.request_id;
  entry.detail = to_text(to_json(source));
  store::Audit(store.database()).append(entry);
}

}  // namespace

std::string source_json(const SourceValues& values) {
  json::object object;
  for (const auto& [name, texts] : values) {
    const auto* field = std::ranges::find(kFields, name, &Field::name);
    if (field == kFields.end()) refuse("there is no field '" + name + "'");
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) {
      object[name] = value_of(*field, texts);
      continue;
    }
    json::value& inner = object[name.substr(0, dot)];
    if (!inner.is_object()) inner = json::object{};
    inner.as_object()[name.substr(dot + 1)] = value_of(*field, texts);
  }
  return to_text(object);
}

std::vector<std::string> source_objects(std::string_view document) {
  json::value value = parsed(document);
  if (const json::object* whole = value.if_object(); whole != nullptr && whole->contains("sources")) {
    json::value sources = whole->at("sources");
    value = std::move(sources);
  }
  if (!value.is_array()) refuse("it must be a JSON array of sources, or an object with \"sources\"");
  std::vector<std::string> objects;
  for (const json::value& one : value.as_array()) {
    if (!one.is_object()) refuse("every source must be a JSON object");
    objects.push_back(to_text(one.as_object()));
  }
  return objects;
}

std::string name_in(const std::string& object) {
  const json::object whole = object_in(object);
  const json::value* name = whole.if_contains("name");
  return name != nullptr && name->is_string() ? std::string(name->as_string()) : "";
}

CrawlSource changed_source(CrawlSource source, const std::string& object,
                           const pipeline::CrawlSourceRules& rules) {
  try {
    Fields fields = Fields::of(object_in(object));
    read_source(fields, source, rules);
    fields.finish();
  } catch (const http::Problem& problem) {
    std::string why;
    for (const http::FieldError& error : problem.fields)
      why += (why.empty() ? "" : "; ") + error.where.substr(std::min<std::size_t>(1, error.where.size())) +
             " " + error.reason;
    refuse(why.empty() ? problem.title : why);
  }
  return source;
}

CrawlSource add_crawl_source(store::Store& store, CrawlSource source, const Author& author) {
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  store::CrawlSources sources(store.database());
  if (sources.find(source.tenant, source.name))
    throw Error(ErrorCode::invalid_input,
                "add the source '" + source.name + "': there is one of that name already");
  source.created_at = source.next_round_at = author.now;
  source.id = sources.add(source);
  note(store, "create", source, author);
  change.commit();
  return source;
}

CrawlSource update_crawl_source(store::Store& store, CrawlSource source, const char* action,
                                const Author& author) {
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  if (!store::CrawlSources(store.database()).update(source))
    throw Error(ErrorCode::busy, "change the source '" + source.name + "': it was changed meanwhile");
  ++source.version;
  note(store, action, source, author);
  change.commit();
  return source;
}

void remove_crawl_source(store::Store& store, const CrawlSource& source, const Author& author) {
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  store::CrawlSources(store.database()).remove(source.id);
  note(store, "delete", source, author);
  change.commit();
}

std::string crawl_source_json(const CrawlSource& source) {
  return to_text(to_json(source));
}

std::string crawl_request_json(const store::CrawlRequest& request) {
  return to_text(to_json(request));
}

std::string sighting_json(const Sighting& sighting) {
  return to_text(to_json(sighting));
}

std::string crawl_report_json(const store::CrawlReport& report) {
  return to_text(to_json(report));
}

std::string crawl_status_json(store::Store& store, const CrawlSource& source, WallTime now) {
  return to_text(crawl_status(store.database(), source, now));
}

std::string crawl_waits_for(store::Store& store, const CrawlSource& source, WallTime now) {
  return std::string(crawl_status(store.database(), source, now).at("waits_for").as_string());
}

}  // namespace reelprint::api
