// Notices as JSON: their fields, and Lumen's form.
#include <boost/json.hpp>
#include <cstdint>
#include <limits>

#include "core/error.h"
#include "evidence/notice_forms.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostBytes = 4U << 20;

[[noreturn]] void fail(const std::string& member, const std::string& why) {
  throw Error(ErrorCode::invalid_input, "read a notice's fields: '" + member + "' " + why);
}

/// Visits every member of a notice in one place, for writing and for reading.
template <class Visitor>
void visit(NoticeParty& party, Visitor&& member) {
  member("name", party.name);
  member("organisation", party.organisation);
  member("title", party.title);
  member("address", party.address);
  member("country", party.country);
  member("phone", party.phone);
  member("email", party.email);
  member("identity", party.identity);
}

template <class Visitor>
void visit(NoticeWork& work, Visitor&& member) {
  member("name", work.name);
  member("description", work.description);
  member("registration", work.registration);
  member("first_publication", work.first_publication);
  member("urls", work.urls);
}

template <class Visitor>
void visit(NoticeTarget& target, Visitor&& member) {
  member("url", target.url);
  member("work", target.work);
  member("title", target.title);
  member("account", target.account);
  member("where", target.where);
  member("seen_at", target.seen_at);
}

template <class Visitor>
void visit(NoticeFile& file, Visitor&& member) {
  member("name", file.name);
  member("sha256", file.sha256);
  member("bytes", file.bytes);
}

template <class Visitor>
void visit(CertifiedFacts& facts, Visitor&& member) {
  member("qualification", facts.qualification);
  member("system", facts.system);
  member("process", facts.process);
  member("storage", facts.storage);
  member("signature_key", facts.signature_key);
  member("time_stamp", facts.time_stamp);
  member("files", facts.files);
}

template <class Visitor>
void visit(Notice& notice, Visitor&& member) {
  member("kind", notice.kind);
  member("language", notice.language);
  member("reference", notice.reference);
  member("their_reference", notice.their_reference);
  member("sender", notice.sender);
  member("holder", notice.holder);
  member("mandate", notice.mandate);
  member("recipient", notice.recipient);
  member("works", notice.works);
  member("targets", notice.targets);
  member("explanation", notice.explanation);
  member("evidence", notice.evidence);
  member("certified", notice.certified);
  member("confirmed", notice.confirmed);
  member("signature", notice.signature);
  member("signed_on", notice.signed_on);
}

json::value written(const std::string& text) {
  return json::string(text);
}
json::value written(std::uint64_t number) {
  return number;
}
json::value written(NoticeKind kind) {
  return json::string(to_string(kind));
}
template <class Item>
json::value written(const std::vector<Item>& items);
template <class Object>
requires std::is_aggregate_v<Object> json::value written(const Object& object) {
  json::object members;
  visit(const_cast<Object&>(object),
        [&](const char* name, const auto& value) { members[name] = written(value); });
  return members;
}
template <class Item>
json::value written(const std::vector<Item>& items) {
  json::array array;
  for (const Item& item : items) array.push_back(written(item));
  return array;
}

void read(const json::value& value, const std::string& name, std::string& text) {
  if (!value.is_string()) fail(name, "is no text");
  text = std::string(value.as_string());
}
void read(const json::value& value, const std::string& name, std::uint64_t& number) {
  if (value.is_int64() && value.as_int64() >= 0)
    number = static_cast<std::uint64_t>(value.as_int64());
  else
    fail(name, "is no whole number from 0 on");
}
void read(const json::value& value, const std::string& name, NoticeKind& kind) {
  const auto known = value.is_string() ? notice_kind_of(std::string_view(value.as_string())) : std::nullopt;
  if (!known) fail(name, "is no kind of notice");
  kind = *known;
}
template <class Item>
void read(const json::value& value, const std::string& name, std::vector<Item>& items);
template <class Object>
requires std::is_aggregate_v<Object>
void read(const json::value& value, const std::string& name, Object& object) {
  if (!value.is_object()) fail(name, "is no object");
  std::size_t known = 0;
  visit(object, [&](const char* member, auto& target) {
    if (const json::value* given = value.as_object().if_contains(member)) {
      ++known;
      read(*given, name.empty() ? member : name + "." + member, target);
    }
  });
  if (known == value.as_object().size()) return;
  Object names;
  for (const json::key_value_pair& given : value.as_object()) {
    const std::string member(given.key());
    bool is_known = false;
    visit(names, [&](const char* candidate, auto&) { is_known = is_known || member == candidate; });
    if (!is_known) fail(name.empty() ? member : name + "." + member, "is no field of a notice");
  }
}
template <class Item>
void read(const json::value& value, const std::string& name, std::vector<Item>& items) {
  if (!value.is_array()) fail(name, "is no list");
  items.clear();
  for (const json::value& item : value.as_array()) {
    Item& target = items.emplace_back();
    read(item, name + "[" + std::to_string(items.size()) + "]", target);
  }
}

json::object entity(const char* role, const NoticeParty& party) {
  const std::string& name = party.organisation.empty() ? party.name : party.organisation;
  json::object attributes{{"name", name.empty() ? "not named" : name}};
  if (!party.country.empty()) attributes["country_code"] = party.country;
  return {{"name", role}, {"entity_attributes", std::move(attributes)}};
}

json::array urls_of(const std::vector<std::string>& urls) {
  json::array array;
  for (const std::string& url : urls) array.push_back(json::object{{"url", url}});
  return array;
}

json::array lumen_works(const Notice& notice) {
  json::array works;
  for (std::size_t i = 0; i < notice.works.size(); ++i) {
    std::vector<std::string> infringing;
    for (const NoticeTarget& target : notice.targets) {
      if (target.work == i + 1) infringing.push_back(target.url);
    }
    works.push_back({{"kind", "movie"},
                     {"description", notice.works[i].name},
                     {"infringing_urls_attributes", urls_of(infringing)},
                     {"copyrighted_urls_attributes", urls_of(notice.works[i].urls)}});
  }
  return works;
}

}  // namespace

std::string to_json(const Notice& notice) {
  return json::serialize(written(notice));
}

Notice notice_of_json(std::string_view text) {
  if (text.size() > kMostBytes) throw Error(ErrorCode::invalid_input, "read a notice's fields: over 4 MiB");
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  if (error) throw Error(ErrorCode::invalid_input, "read a notice's fields: no JSON: " + error.message());
  Notice notice;
  read(value, "", notice);
  return notice;
}

std::string lumen_json(const Notice& notice, const NoticeText& text) {
  const bool is_dmca = notice.kind == NoticeKind::dmca;
  json::array roles{entity("sender", notice.sender), entity("recipient", notice.recipient)};
  if (!notice.holder.name.empty()) roles.push_back(entity("principal", notice.holder));
  json::object body{{"title", text.subject},
                    {"type", is_dmca ? "DMCA" : "Other"},
                    {"subject", text.subject},
                    {"body", notice.explanation},
                    {"language", notice.language},
                    {"date_sent", notice.signed_on},
                    {"works_attributes", lumen_works(notice)},
                    {"entity_notice_roles_attributes", std::move(roles)}};
  return json::serialize(json::object{{"notice", std::move(body)}});
}

}  // namespace reelprint::evidence
