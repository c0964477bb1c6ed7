#include "api/openapi.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "api/routes/all_routes.h"
#include "api/routes/system_routes.h"
#include "api_harness.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

const std::set<std::string> kMethods = {"get", "put", "post", "delete", "options", "head", "patch"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

/// Every route as "get /v1/series/{series}".
std::map<std::string, const Route*> routes_of(const Router& router) {
  std::map<std::string, const Route*> routes;
  for (const Route& route : router.routes())
    routes.emplace(lower(to_string(route.method)) + " " + route.pattern, &route);
  return routes;
}

std::map<std::string, json::object> operations_of(const json::object& document) {
  std::map<std::string, json::object> operations;
  for (const auto& [path, item] : document.at("paths").as_object()) {
    for (const auto& [method, operation] : item.as_object()) {
      if (!kMethods.contains(std::string(method))) continue;
      json::object whole = operation.as_object();
      if (const auto* shared = item.as_object().if_contains("parameters")) {
        auto& all = whole["parameters"];
        if (!all.is_array()) all = json::array{};
        for (const auto& one : shared->as_array()) all.as_array().push_back(one);
      }
      operations.emplace(std::string(method) + " " + std::string(path), std::move(whole));
    }
  }
  return operations;
}

const json::value* resolved(const json::object& document, std::string_view reference) {
  if (!reference.starts_with("#/")) return nullptr;
  const json::value* at = nullptr;
  std::istringstream parts{std::string(reference.substr(2))};
  for (std::string part; std::getline(parts, part, '/');) {
    part = std::regex_replace(std::regex_replace(part, std::regex("~1"), "/"), std::regex("~0"), "~");
    const json::object* object = at == nullptr ? &document : at->if_object();
    at = object == nullptr ? nullptr : object->if_contains(part);
    if (at == nullptr) return nullptr;
  }
  return at;
}

/// Names of the parameters that stand `in` "path", "query" or "header".
std::set<std::string> parameters_of(const json::object& document, const json::object& operation,
                                    std::string_view in) {
  std::set<std::string> names;
  const auto* parameters = operation.if_contains("parameters");
  if (parameters == nullptr) return names;
  for (const json::value& given : parameters->as_array()) {
    const auto* reference = given.as_object().if_contains("$ref");
    const json::value* parameter = reference ? resolved(document, reference->as_string()) : &given;
    if (parameter != nullptr && parameter->at("in").as_string() == in)
      names.emplace(parameter->at("name").as_string());
  }
  return names;
}

std::set<std::string> names_in(const std::string& pattern) {
  std::set<std::string> names;
  const std::regex name("\\{([^}]*)\\}");
  for (std::sregex_iterator at(pattern.begin(), pattern.end(), name), end; at != end; ++at)
    names.insert((*at)[1]);
  return names;
}

std::set<std::string> roles_in(const json::object& operation) {
  std::set<std::string> roles;
  if (const auto* listed = operation.if_contains("x-roles"))
    for (const json::value& role : listed->as_array()) roles.emplace(role.as_string());
  return roles;
}

void expect_references_resolve(const json::object& document, const json::value& value) {
  if (const auto* array = value.if_array()) {
    for (const json::value& item : *array) expect_references_resolve(document, item);
  } else if (const auto* object = value.if_object()) {
    for (const auto& [name, member] : *object) {
      if (name == "$ref" && member.is_string()) {
        EXPECT_NE(resolved(document, member.as_string()), nullptr) << member;
      } else {
        expect_references_resolve(document, member);
      }
    }
  }
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// All that the sources name beside a status, or as the kind of a conflict.
std::set<std::string> problem_types() {
  const std::regex with_status("[({][0-9]{3},\\s*\"([a-z-]+)\"");
  const std::regex of_conflict("conflict\\([^;]*,\\s*\"([a-z-]+)\"\\)");
  std::set<std::string> types;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(REELPRINT_SOURCE_ROOT) / "api")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = text_of(entry.path());
    for (const std::regex& pattern : {with_status, of_conflict}) {
      for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
        types.insert((*at)[1]);
    }
  }
  return types;
}

class OpenApi : public testing::Test {
 protected:
  static void add_everything(Router& router, const Backend& backend, Metrics& metrics) {
    add_all_routes(router, backend);
    add_system_routes(router, {metrics, {}, {}});
  }
  Metrics metrics;
  Router router;
  ApiHarness harness{[this](Router&, const Backend& backend) { add_everything(router, backend, metrics); }};
  json::object document = openapi_document();
};

TEST_F(OpenApi, DescribesExactlyTheRoutesThatThereAre) {
  const auto routes = routes_of(router);
  const auto operations = operations_of(document);
  for (const auto& [name, route] : routes)
    EXPECT_TRUE(operations.contains(name)) << "not described: " << name;
  for (const auto& [name, operation] : operations) EXPECT_TRUE(routes.contains(name)) << "no route: " << name;
}

TEST_F(OpenApi, SaysOfEachRouteWhatTheCodeSays) {
  const auto operations = operations_of(document);
  for (const auto& [name, route] : routes_of(router)) {
    SCOPED_TRACE(name);
    const auto found = operations.find(name);
    if (found == operations.end()) continue;
    const json::object& operation = found->second;
    EXPECT_EQ(operation.at("operationId").as_string(), route->operation);
    std::set<std::string> roles;
    for (const Role role : route->roles) roles.emplace(to_string(role));
    EXPECT_EQ(roles_in(operation), roles);
    EXPECT_EQ(parameters_of(document, operation, "path"), names_in(route->pattern));
    EXPECT_EQ(parameters_of(document, operation, "query"),
              std::set<std::string>(route->parameters.begin(), route->parameters.end()));
    const bool takes_key =
        route->method == http::Method::post && route->takes_idempotency_key && !route->has_own_transactions;
    EXPECT_EQ(parameters_of(document, operation, "header").contains("Idempotency-Key"), takes_key);
    EXPECT_TRUE(operation.contains("summary") && operation.contains("tags") &&
                operation.contains("responses"));
    const auto* security = operation.if_contains("security");
    EXPECT_EQ(route->roles.empty(), security != nullptr && security->as_array().empty());
  }
}

TEST_F(OpenApi, SaysWhatEachTagIsFor) {
  std::set<std::string> tags;
  for (const json::value& tag : document.at("tags").as_array()) tags.emplace(tag.at("name").as_string());
  for (const auto& [name, operation] : operations_of(document)) {
    for (const json::value& tag : operation.at("tags").as_array())
      EXPECT_TRUE(tags.contains(std::string(tag.as_string()))) << name << " has the unknown tag " << tag;
  }
}

TEST_F(OpenApi, ListsTheTypesOfAllProblems) {
  const std::string listed(document.at("components")
                               .at("schemas")
                               .at("Problem")
                               .at("properties")
                               .at("type")
                               .at("description")
                               .as_string());
  const std::string table = text_of(REELPRINT_SOURCE_ROOT "/docs/api.md");
  for (const std::string& type : problem_types()) {
    EXPECT_NE((" " + listed).find(" " + type), std::string::npos) << type << " is not in common.json";
    EXPECT_NE(table.find("`" + type + "`"), std::string::npos) << type << " is not in docs/api.md";
  }
}

TEST_F(OpenApi, NamesNothingThatIsNotThere) {
  expect_references_resolve(document, document);
}

TEST_F(OpenApi, IsTheFileInTheRepository) {
  EXPECT_TRUE(text_of(REELPRINT_SOURCE_ROOT "/openapi.yaml") == to_yaml(document))
      << "make it again: reelprint openapi > openapi.yaml";
}

TEST(OpenApiMerging, PutsFragmentsIntoEachOther) {
  const Fragment fragments[] = {{"a", R"({"paths": {"/a": 1}, "tags": [1]})"},
                                {"b", R"({"paths": {"/b": 2}, "tags": [2]})"}};
  EXPECT_EQ(json::value(merged(fragments)), json::parse(R"({"paths": {"/a": 1, "/b": 2}, "tags": [1, 2]})"));
}

TEST(OpenApiMerging, RefusesWhatContradictsItself) {
  const Fragment twice[] = {{"a", R"({"paths": {"/a": 1}})"}, {"b", R"({"paths": {"/a": 2}})"}};
  EXPECT_THROW((void)merged(twice), std::logic_error);
  const Fragment broken[] = {{"a", "{"}};
  EXPECT_THROW((void)merged(broken), std::logic_error);
}

TEST(Yaml, IsWhatTheJsonSays) {
  const auto value = json::parse(
      R"({"a": 1, "on": true, "x y": null, "list": ["t", {"b": {"c": 2.5}, "d": []}, [1, [2]], {}],
          "200": "line\nnext \"q\""})");
  EXPECT_EQ(to_yaml(value),
            "a: 1\n"
            "\"on\": true\n"
            "\"x y\": null\n"
            "list:\n"
            "  - \"t\"\n"
            "  - b:\n"
            "      c: 2.5\n"
            "    d: []\n"
            "  -\n"
            "    - 1\n"
            "    -\n"
            "      - 2\n"
            "  - {}\n"
            "\"200\": \"line\\nnext \\\"q\\\"\"\n");
  EXPECT_EQ(to_yaml(json::parse("{}")), "{}\n");
}

}  // namespace
}  // namespace reelprint::api
