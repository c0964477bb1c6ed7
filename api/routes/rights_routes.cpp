#include "api/routes/rights_routes.h"

#include <boost/json.hpp>
#include <limits>
#include <string>
#include <utility>

#include "api/answers.h"
#include "api/fields.h"
#include "api/json_text.h"
#include "api/rights_models.h"
#include "api/routes/rights_access.h"
#include "store/events.h"
#include "store/rights.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;
using store::Rights;

constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();

Rights rights_of(const Context& context) {
  return Rights(context.store.database());
}

HolderId holder_parameter(const Context& context) {
  return HolderId{integer_parameter(context.request, "holder", 1, kMostId).value_or(0)};
}

store::RightsQuery rights_query(const Context& context) {
  return {context.principal.tenant, holder_parameter(context)};
}

// What differs between the four kinds of things on record.
struct LicenceRoutes {
  using Item = Licence;
  static constexpr std::string_view kName = "licence";
  static constexpr std::string_view kPath = "/v1/licences";
  static constexpr std::string_view kOperation = "Licence";
  static constexpr std::string_view kOperations = "Licences";
  static constexpr std::string_view kRemoved = "revoke";
  static constexpr auto to_json = licence_json;
  static std::vector<std::string> parameters() {
    return {"limit", "cursor", "holder", "series", "account", "territory", "active_at"};
  }
  static std::optional<Licence> find(Rights rights, std::int64_t id) { return rights.licence(LicenceId{id}); }
  static std::vector<Licence> list(const Context& context, const Page& page) {
    store::LicenceQuery query;
    query.tenant = context.principal.tenant;
    query.holder = holder_parameter(context);
    query.series = SeriesId{integer_parameter(context.request, "series", 1, kMostId).value_or(0)};
    query.account = context.request.query_value("account").value_or("");
    query.territory = context.request.query_value("territory").value_or("");
    query.active_at = time_parameter(context.request, "active_at");
    return rights_of(context).licences(query, LicenceId{page.after}, page.limit + 1);
  }
  /// It stays, for the decisions that rest on it.
  static void remove(const Context& context, const Licence& licence) {
    if (licence.revoked_at) throw conflict("the licence has been revoked already", "already-revoked");
    Licence revoked = licence;
    revoked.revoked_at = context.now;
    (void)rights_of(context).update(revoked);
  }
};

struct PolicyRoutes {
  using Item = Policy;
  static constexpr std::string_view kName = "policy";
  static constexpr std::string_view kPath = "/v1/policies";
  static constexpr std::string_view kOperation = "Policy";
  static constexpr std::string_view kOperations = "Policies";
  static constexpr std::string_view kRemoved = "delete";
  static constexpr auto to_json = policy_json;
  static std::vector<std::string> parameters() { return {"limit", "cursor", "holder"}; }
  static std::optional<Policy> find(Rights rights, std::int64_t id) { return rights.policy(PolicyId{id}); }
  static std::vector<Policy> list(const Context& context, const Page& page) {
    return rights_of(context).policies(rights_query(context), PolicyId{page.after}, page.limit + 1);
  }
  static void remove(const Context& context, const Policy& policy) {
    (void)rights_of(context).remove(policy.id);
  }
};

struct AllowEntryRoutes {
  using Item = AllowEntry;
  static constexpr std::string_view kName = "allow_entry";
  static constexpr std::string_view kPath = "/v1/allow-entries";
  static constexpr std::string_view kOperation = "AllowEntry";
  static constexpr std::string_view kOperations = "AllowEntries";
  static constexpr std::string_view kRemoved = "delete";
  static constexpr auto to_json = allow_entry_json;
  static std::vector<std::string> parameters() { return {"limit", "cursor", "holder"}; }
  static std::optional<AllowEntry> find(Rights rights, std::int64_t id) {
    return rights.allow_entry(AllowEntryId{id});
  }
  static std::vector<AllowEntry> list(const Context& context, const Page& page) {
    return rights_of(context).allow_entries(rights_query(context), AllowEntryId{page.after}, page.limit + 1);
  }
  static void remove(const Context& context, const AllowEntry& entry) {
    (void)rights_of(context).remove(entry.id);
  }
};

struct OwnershipRoutes {
  using Item = Ownership;
  static constexpr std::string_view kName = "ownership";
  static constexpr std::string_view kPath = "/v1/ownerships";
  static constexpr std::string_view kOperation = "Ownership";
  static constexpr std::string_view kOperations = "Ownerships";
  static constexpr std::string_view kRemoved = "delete";
  static constexpr auto to_json = ownership_json;
  static std::vector<std::string> parameters() { return {"limit", "cursor", "holder"}; }
  static std::optional<Ownership> find(Rights rights, std::int64_t id) {
    return rights.ownership(OwnershipId{id});
  }
  static std::vector<Ownership> list(const Context& context, const Page& page) {
    return rights_of(context).ownerships(rights_query(context), OwnershipId{page.after}, page.limit + 1);
  }
  static void remove(const Context& context, const Ownership& ownership) {
    (void)rights_of(context).remove(ownership.id);
  }
};

/// What a path names, and whose it is.
template <class Kind>
struct Found {
  typename Kind::Item item;
  TenantId owner;
};

template <class Kind>
Found<Kind> item_in(const Context& context) {
  const std::int64_t id = id_in(context, Kind::kName);
  auto item = Kind::find(rights_of(context), id);
  const auto owner = item ? owner_of(context, item->holder) : std::nullopt;
  if (!owner) throw not_found(Kind::kName, std::to_string(id));
  return {std::move(*item), *owner};
}

/// What changed goes into the audit log and to whoever wants to know.
template <class Kind>
void note(const Context& context, std::string_view change, const typename Kind::Item& item, TenantId owner) {
  const std::string name(Kind::kName);
  context.audit(name + "." + std::string(change), name + " " + std::to_string(item.id.value), owner,
                to_text(Kind::to_json(item)));
  const json::object data{{"change", change}, {name, Kind::to_json(item)}};
  store::Events(context.store.database()).emit({{}, owner, name + ".changed", to_text(data), context.now});
}

template <class Kind>
http::Response shown(const typename Kind::Item& item) {
  http::Response response = json_answer(Kind::to_json(item));
  tag(response, item.version);
  return response;
}

/// Nobody's only of an allow entry, and only by those who are bound to no tenant.
template <class Kind>
TenantId read_holder(const Context& context, Fields& fields, typename Kind::Item& item) {
  const bool may_be_everybodys = std::is_same_v<Kind, AllowEntryRoutes>;
  item.holder = HolderId{fields.integer("holder", 1, kMostId).value_or(0)};
  if (item.holder == HolderId{} && !may_be_everybodys) fields.refuse("holder", "is required");
  if (item.holder == HolderId{} && context.principal.role != Role::admin)
    fields.refuse("holder", "is required: only an admin lets somebody show the works of all holders");
  const auto owner = owner_of(context, item.holder);
  if (!owner) fields.refuse("holder", "there is no such holder");
  return owner.value_or(TenantId{});
}

template <class Kind>
Outcome create(Context& context) {
  Fields fields = Fields::of_body(context.request);
  typename Kind::Item item;
  const TenantId owner = read_holder<Kind>(context, fields, item);
  read(fields, item);
  check(context, fields, item);
  fields.finish();
  item.id = rights_of(context).add(item);
  note<Kind>(context, "create", item, owner);
  http::Response response =
      created(Kind::to_json(item), std::string(Kind::kPath) + "/" + std::to_string(item.id.value));
  tag(response, item.version);
  return response;
}

template <class Kind>
Outcome list(Context& context) {
  const Page page = page_of(context.request);
  return page_answer(page, Kind::list(context, page), Kind::to_json,
                     [](const typename Kind::Item& item) { return item.id.value; });
}

template <class Kind>
Outcome show(Context& context) {
  return shown<Kind>(item_in<Kind>(context).item);
}

template <class Kind>
Outcome change(Context& context) {
  auto [item, owner] = item_in<Kind>(context);
  expect_version(context.request, item.version);
  Fields fields = Fields::of_body(context.request);
  read(fields, item);
  check(context, fields, item);
  fields.finish();
  if (!rights_of(context).update(item)) throw conflict("it has been changed meanwhile");
  ++item.version;
  note<Kind>(context, "change", item, owner);
  return shown<Kind>(item);
}

template <class Kind>
Outcome remove(Context& context) {
  const auto [item, owner] = item_in<Kind>(context);
  expect_version(context.request, item.version);
  Kind::remove(context, item);
  note<Kind>(context, Kind::kRemoved, Kind::find(rights_of(context), item.id.value).value_or(item), owner);
  return no_content();
}

template <class Kind>
void add_routes(Router& router) {
  using http::Method;
  const std::string path(Kind::kPath);
  const std::string one = path + "/{" + std::string(Kind::kName) + "}";
  const std::string name(Kind::kOperation);
  router.add({.method = Method::get,
              .pattern = path,
              .operation = "list" + std::string(Kind::kOperations),
              .roles = rights_readers(),
              .handler = list<Kind>,
              .open_sink = {},
              .parameters = Kind::parameters()});
  router.add({Method::post, path, "create" + name, rights_writers(), create<Kind>, {}});
  router.add({Method::get, one, "get" + name, rights_readers(), show<Kind>, {}});
  router.add({Method::patch, one, "change" + name, rights_writers(), change<Kind>, {}});
  router.add({Method::del, one, std::string(Kind::kRemoved) + name, rights_writers(), remove<Kind>, {}});
}

}  // namespace

void add_rights_routes(Router& router, const Backend& /*backend*/) {
  add_routes<LicenceRoutes>(router);
  add_routes<PolicyRoutes>(router);
  add_routes<AllowEntryRoutes>(router);
  add_routes<OwnershipRoutes>(router);
  add_dry_run_routes(router);
}

}  // namespace reelprint::api
