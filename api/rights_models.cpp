#include "api/rights_models.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/territory.h"
#include "rights/web_address.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();
constexpr int kMostPriority = 1'000'000;
constexpr std::size_t kMostTerritories = 300;
constexpr std::size_t kMostRules = 100;
constexpr double kMostSeconds = 1e6;

template <class Id>
json::array ids_json(const std::vector<Id>& ids) {
  json::array list;
  for (const Id id : ids) list.push_back(id.value);
  return list;
}

json::array texts_json(const std::vector<std::string>& texts) {
  json::array list;
  for (const std::string& text : texts) list.push_back(json::value(text));
  return list;
}

json::value time_json(const std::optional<WallTime>& time) {
  return time ? json::value(to_rfc3339(*time)) : json::value(nullptr);
}

template <class Id>
json::value id_json(Id id) {
  return id == Id{} ? json::value(nullptr) : json::value(id.value);
}

json::object rule_json(const PolicyRule& rule) {
  return {{"action", to_string(rule.action)},
          {"least_matched_s", to_seconds(rule.least_matched)},
          {"least_share_of_upload", rule.least_share_of_upload},
          {"least_share_of_reference", rule.least_share_of_reference},
          {"least_score", rule.least_score},
          {"modality", to_string(rule.modality)}};
}

/// Sorted, each once.
template <class Value>
std::vector<Value> as_set(std::vector<Value> values) {
  std::ranges::sort(values);
  const auto rest = std::ranges::unique(values);
  values.erase(rest.begin(), rest.end());
  return values;
}

template <class Id>
void read_ids(Fields& fields, std::string_view name, std::vector<Id>& ids) {
  if (!fields.has(name)) return;
  ids.clear();
  for (const std::int64_t id : fields.integers(name, 1, kMostId)) ids.push_back(Id{id});
  ids = as_set(std::move(ids));
}

void read_names(Fields& fields, std::string_view name, std::vector<std::string>& names) {
  if (!fields.has(name)) return;
  names = as_set(fields.texts(name));
  if (!names.empty() && names.front().empty()) fields.refuse(name, "must not have an empty name");
}

void read_territories(Fields& fields, std::vector<std::string>& territories) {
  if (!fields.has("territories")) return;
  territories = as_set(fields.texts("territories", {.required = false, .most_bytes = 2}, kMostTerritories));
  for (const std::string& territory : territories)
    if (!is_territory(territory))
      fields.refuse("territories", "'" + territory + "' is no code of ISO 3166-1 alpha-2");
}

void read_term(Fields& fields, Term& term) {
  if (fields.has("from")) term.from = fields.time("from");
  if (fields.has("until")) term.until = fields.time("until");
  if (term.from && term.until && *term.until <= *term.from) fields.refuse("until", "must be after 'from'");
}

void read_grantee(Fields& fields, Grantee& grantee) {
  read_ids(fields, "platforms", grantee.platforms);
  read_names(fields, "accounts", grantee.accounts);
  read_names(fields, "channels", grantee.channels);
  read_names(fields, "url_patterns", grantee.url_patterns);
  for (const std::string& pattern : grantee.url_patterns)
    if (!rights::parse_url_pattern(pattern))
      fields.refuse("url_patterns", "'" + pattern + "' is no URL pattern");
}

PolicyRule read_rule(Fields& fields) {
  PolicyRule rule;
  const auto action = action_of(fields.text("action", {.required = true}));
  if (!action || *action == Action::none) {
    fields.refuse("action", "must be one of track, monetize, review, block");
  } else {
    rule.action = *action;
  }
  rule.least_matched = duration_of(fields.number("least_matched_s", 0, kMostSeconds).value_or(0));
  rule.least_share_of_upload = fields.number("least_share_of_upload", 0, 1).value_or(0);
  rule.least_share_of_reference = fields.number("least_share_of_reference", 0, 1).value_or(0);
  rule.least_score = fields.number("least_score", 0, 1).value_or(0);
  const auto modality = modality_of(fields.optional_text("modality").value_or("any"));
  if (!modality) fields.refuse("modality", "must be one of any, picture, picture_and_sound");
  rule.modality = modality.value_or(Modality::any);
  return rule;
}

}  // namespace

json::object licence_json(const Licence& licence) {
  const Grantee& grantee = licence.grantee;
  return {{"id", licence.id.value},
          {"holder", licence.holder.value},
          {"name", licence.name},
          {"grantee", json::object{{"platforms", ids_json(grantee.platforms)},
                                   {"accounts", texts_json(grantee.accounts)},
                                   {"channels", texts_json(grantee.channels)},
                                   {"url_patterns", texts_json(grantee.url_patterns)}}},
          {"works", json::object{{"series", ids_json(licence.works.series)},
                                 {"episodes", ids_json(licence.works.episodes)}}},
          {"territories", texts_json(licence.territories)},
          {"from", time_json(licence.term.from)},
          {"until", time_json(licence.term.until)},
          {"revoked_at", time_json(licence.revoked_at)},
          {"version", licence.version}};
}

json::object policy_json(const Policy& policy) {
  json::array rules;
  for (const PolicyRule& rule : policy.rules) rules.push_back(rule_json(rule));
  return {{"id", policy.id.value},       {"holder", policy.holder.value},
          {"name", policy.name},         {"territories", texts_json(policy.territories)},
          {"priority", policy.priority}, {"enabled", policy.enabled},
          {"rules", std::move(rules)},   {"version", policy.version}};
}

json::object allow_entry_json(const AllowEntry& entry) {
  return {{"id", entry.id.value},          {"holder", id_json(entry.holder)},
          {"kind", to_string(entry.kind)}, {"platform", id_json(entry.platform)},
          {"value", entry.value},          {"reason", entry.reason},
          {"version", entry.version}};
}

json::object ownership_json(const Ownership& ownership) {
  return {{"id", ownership.id.value},
          {"holder", ownership.holder.value},
          {"series", id_json(ownership.series)},
          {"territories", texts_json(ownership.territories)},
          {"from", time_json(ownership.term.from)},
          {"until", time_json(ownership.term.until)},
          {"version", ownership.version}};
}

json::object step_json(const RuleStep& step) {
  return {{"kind", to_string(step.kind)},
          {"id", step.id == 0 ? json::value(nullptr) : json::value(step.id)},
          {"applies", step.applies},
          {"text", step.text}};
}

json::object ruling_json(const HolderRuling& ruling) {
  json::array matches;
  for (const std::size_t position : ruling.matches) matches.push_back(position);
  json::array steps;
  for (const RuleStep& step : ruling.steps) steps.push_back(step_json(step));
  return {{"holder", ruling.holder.value},
          {"decision", to_string(ruling.decision)},
          {"action", to_string(ruling.action)},
          {"matched_s", to_seconds(ruling.matched)},
          {"share_of_upload", ruling.share_of_upload},
          {"share_of_reference", ruling.share_of_reference},
          {"score", ruling.score},
          {"matches", std::move(matches)},
          {"steps", std::move(steps)}};
}

void read(Fields& fields, Licence& licence) {
  if (fields.has("name") || licence.name.empty()) licence.name = fields.text("name", {.required = true});
  if (auto grantee = fields.object("grantee")) read_grantee(*grantee, licence.grantee);
  if (licence.grantee == Grantee{})
    fields.refuse("grantee", "must name a platform, an account, a channel or a URL pattern");
  if (auto works = fields.object("works")) {
    read_ids(*works, "series", licence.works.series);
    read_ids(*works, "episodes", licence.works.episodes);
  }
  read_territories(fields, licence.territories);
  read_term(fields, licence.term);
}

void read(Fields& fields, Policy& policy) {
  if (fields.has("name") || policy.name.empty()) policy.name = fields.text("name", {.required = true});
  read_territories(fields, policy.territories);
  policy.priority =
      static_cast<int>(fields.integer("priority", -kMostPriority, kMostPriority).value_or(policy.priority));
  policy.enabled = fields.flag("enabled").value_or(policy.enabled);
  if (fields.has("rules")) {
    policy.rules.clear();
    for (Fields& rule : fields.objects("rules", kMostRules)) policy.rules.push_back(read_rule(rule));
  }
  if (policy.rules.empty()) fields.refuse("rules", "must have at least one rule");
}

void read(Fields& fields, AllowEntry& entry) {
  if (fields.has("kind") || entry.value.empty()) {
    const auto kind = allow_kind_of(fields.text("kind", {.required = true}));
    if (!kind) fields.refuse("kind", "must be one of account, channel, url_pattern");
    entry.kind = kind.value_or(entry.kind);
  }
  if (fields.has("platform")) entry.platform = TenantId{fields.integer("platform", 1, kMostId).value_or(0)};
  if (fields.has("value") || entry.value.empty()) entry.value = fields.text("value", {.required = true});
  if (entry.kind == AllowKind::url_pattern && !rights::parse_url_pattern(entry.value))
    fields.refuse("value", "is no URL pattern");
  if (fields.has("reason")) entry.reason = fields.text("reason");
}

void read(Fields& fields, Ownership& ownership) {
  if (fields.has("series")) ownership.series = SeriesId{fields.integer("series", 1, kMostId).value_or(0)};
  read_territories(fields, ownership.territories);
  read_term(fields, ownership.term);
}

}  // namespace reelprint::api
