// Every route of the service against every role: who may, who may not, and what another tenant gets to see. A
// new route is tested by being there; one with a new {name} in its pattern needs a line in OwnedThings.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>

#include "api/metrics.h"
#include "api/routes/all_routes.h"
#include "api/routes/system_routes.h"
#include "api_harness.h"
#include "owned_things.h"
#include "pipeline/live_catalog.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

constexpr Role kRoles[] = {Role::admin, Role::holder, Role::platform, Role::legal, Role::auditor};

/// All routes; what hashes passwords does it cheaply.
void add_routes(Router& router, const Backend& backend, Metrics& metrics) {
  Backend cheap = backend;
  cheap.login.cost = {.passes = 1, .memory_bytes = 8192};
  add_all_routes(router, cheap);
  add_system_routes(router, {metrics, {}, {}});
}

/// Operations that are refused with 403 to an API key, whatever its role: there is no password to change.
const std::set<std::string> kForPeopleOnly{"setOwnPassword"};

/// The example of the operation's body in its OpenAPI description; "" when it has none.
std::map<std::string, std::string> example_bodies() {
  std::map<std::string, std::string> bodies;
  const auto folder = std::filesystem::path(REELPRINT_SOURCE_ROOT) / "api" / "openapi";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream stream(file.path());
    const json::value document = json::parse(std::string{std::istreambuf_iterator<char>(stream), {}});
    if (!document.as_object().contains("paths")) continue;
    for (const auto& path : document.at("paths").as_object()) {
      for (const auto& method : path.value().as_object()) {
        const json::object* operation = method.value().if_object();
        if (operation == nullptr || !operation->contains("requestBody")) continue;
        boost::system::error_code none;
        const json::value* example =
            method.value().find_pointer("/requestBody/content/application~1json/example", none);
        if (example != nullptr)
          bodies[std::string(operation->at("operationId").as_string())] = json::serialize(*example);
      }
    }
  }
  return bodies;
}

std::vector<std::string> names_in(const std::string& pattern) {
  std::vector<std::string> names;
  for (std::size_t begin = pattern.find('{'); begin != std::string::npos;
       begin = pattern.find('{', begin + 1)) {
    names.push_back(pattern.substr(begin + 1, pattern.find('}', begin) - begin - 1));
  }
  return names;
}

/// What uploads need to be asked for at all.
ApiClient::Fields fields_for(const Route& route) {
  if (!route.pattern.starts_with("/v1/uploads")) return {};
  return {{"Tus-Resumable", "1.0.0"},
          {"Upload-Offset", "0"},
          {"Content-Type", "application/offset+octet-stream"}};
}

class RoleMatrix : public testing::Test {
 protected:
  /// The path of the route with things that are there, or that are not.
  std::string path_of(const Route& route, bool is_there) {
    std::string path = route.pattern;
    for (const std::string& name : names_in(route.pattern)) {
      const std::string id = is_there && OwnedThings::knows(name) ? things_.id_of(name) : "999999";
      path.replace(path.find("{" + name + "}"), name.size() + 2, id);
    }
    return path;
  }
  http::Response ask(const ApiClient& client, const Route& route, const std::string& path) {
    const bool has_body = route.method != http::Method::get && route.method != http::Method::head;
    return client.send(route.method, path, has_body ? bodies_[route.operation] : "", fields_for(route));
  }
  pipeline::LiveCatalog& catalog() {
    if (!catalog_) catalog_ = std::make_unique<pipeline::LiveCatalog>(harness_.folder());
    return *catalog_;
  }

  Metrics metrics_;
  std::unique_ptr<pipeline::LiveCatalog> catalog_;
  std::vector<Route> routes_;
  ApiHarness harness_{[this](Router& router, const Backend& backend) {
    Backend whole = backend;
    whole.catalog_snapshot = [this] { return catalog().refresh(); };
    add_routes(router, whole, metrics_);
    routes_.assign(router.routes().begin(), router.routes().end());
  }};
  OwnedThings things_{harness_};
  std::map<std::string, std::string> bodies_ = example_bodies();
};

TEST_F(RoleMatrix, OnlyTheRolesOfARouteMayUseIt) {
  ASSERT_GT(routes_.size(), 100U);
  for (const Route& route : routes_) {
    for (const Role role : kRoles) {
      const auto response =
          ask(harness_.as(role, things_.tenant_of(role, false)), route, path_of(route, false));
      const bool may = route.roles.empty() || std::ranges::find(route.roles, role) != route.roles.end();
      const std::string what = route.operation + " by " + std::string(to_string(role)) + ": " + response.body;
      const bool is_refused = !may || kForPeopleOnly.contains(route.operation);
      if (route.roles.empty()) continue;
      EXPECT_EQ(response.status == 403, is_refused) << what;
      EXPECT_TRUE(response.status != 401 && response.status < 500) << what;
    }
  }
}

TEST_F(RoleMatrix, NobodyWithoutAKeyMayUseWhatIsNotPublic) {
  const std::set<std::string> kPublic{"createSession", "getHealth",      "getReadiness",
                                      "getMetrics",    "getDescription", "describeUploads"};
  for (const Route& route : routes_) {
    if (route.roles.empty()) {
      EXPECT_TRUE(kPublic.contains(route.operation)) << route.operation << " needs no key: is that meant?";
      continue;
    }
    const auto response = ask(harness_.anonymous(), route, path_of(route, false));
    EXPECT_EQ(response.status, 401U) << route.operation << ": " << response.body;
    EXPECT_EQ(field_of(response, "WWW-Authenticate"), "Bearer") << route.operation;
  }
}

TEST_F(RoleMatrix, EveryNameInAPatternIsKnownHere) {
  for (const Route& route : routes_) {
    for (const std::string& name : names_in(route.pattern))
      EXPECT_TRUE(OwnedThings::knows(name))
          << route.operation << ": say in OwnedThings how a {" << name << "} is made";
  }
}

TEST_F(RoleMatrix, WhatBelongsToAnotherTenantIsNotThere) {
  for (const Route& route : routes_) {
    if (names_in(route.pattern).empty()) continue;
    const std::string path = path_of(route, true);
    for (const Role role : route.roles) {
      if (role == Role::admin) continue;  // bound to no tenant
      const auto response = ask(harness_.as(role, things_.tenant_of(role, true)), route, path);
      EXPECT_EQ(response.status, 404U)
          << route.operation << " of another tenant by " << to_string(role) << ": " << response.body;
      const auto missing =
          ask(harness_.as(role, things_.tenant_of(role, true)), route, path_of(route, false));
      EXPECT_EQ(problem_of(response), problem_of(missing)) << route.operation;
    }
  }
}

TEST_F(RoleMatrix, WhatIsThereIsReadByAnAdminAndByItsTenant) {
  for (const Route& route : routes_) {
    if (route.method != http::Method::get || names_in(route.pattern).empty()) continue;
    const std::string path = path_of(route, true);
    const auto response = ask(harness_.as(Role::admin), route, path);
    EXPECT_LT(response.status, 400U) << route.operation << " by an admin: " << response.body;
    const auto is_read_by = [&](Role role) {
      return role != Role::admin &&
             ask(harness_.as(role, things_.tenant_of(role, false)), route, path).status < 400;
    };
    EXPECT_TRUE(std::ranges::any_of(route.roles, is_read_by)) << route.operation << " by its tenant";
  }
}

TEST_F(RoleMatrix, AnAuditorChangesNothing) {
  const std::set<std::string> kOfOneself{"createSession", "endSession", "setOwnPassword"};
  for (const Route& route : routes_) {
    if (route.method == http::Method::get || route.method == http::Method::head) continue;
    const bool may = std::ranges::find(route.roles, Role::auditor) != route.roles.end();
    EXPECT_TRUE(!may || kOfOneself.contains(route.operation)) << route.operation;
  }
}

}  // namespace
}  // namespace reelprint::api
