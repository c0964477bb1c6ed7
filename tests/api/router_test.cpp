#include "api/router.h"

#include <gtest/gtest.h>

namespace reelprint::api {
namespace {

using http::Method;

Route route(Method method, const std::string& pattern, const std::string& operation) {
  Route made;
  made.method = method;
  made.pattern = pattern;
  made.operation = operation;
  return made;
}

std::string operation_of(const Router& router, Method method, std::string_view path) {
  const auto found = router.find(method, path);
  return found ? found->route->operation : "";
}

TEST(Router, FindsTheRouteAndWhatItsNamesStandFor) {
  Router router;
  router.add(route(Method::get, "/v1/series/{series}/episodes/{episode}", "getEpisode"));
  const auto found = router.find(Method::get, "/v1/series/5/episodes/a b");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->route->operation, "getEpisode");
  EXPECT_EQ(found->params, (std::map<std::string, std::string>{{"series", "5"}, {"episode", "a b"}}));
}

TEST(Router, FitsWholePathsOnly) {
  Router router;
  router.add(route(Method::get, "/v1/series/{series}", "getSeries"));
  for (const char* path : {"", "/", "/v1/series", "/v1/series/", "/v1/series/5/", "/v1/series/5/6",
                           "v1/series/5", "//v1/series/5", "/V1/series/5"}) {
    EXPECT_EQ(operation_of(router, Method::get, path), "") << path;
  }
}

TEST(Router, PrefersAWordToAName) {
  Router router;
  router.add(route(Method::get, "/v1/{thing}/all", "b"));
  router.add(route(Method::get, "/v1/series/{id}", "a"));
  EXPECT_EQ(operation_of(router, Method::get, "/v1/series/all"), "a");
  EXPECT_EQ(operation_of(router, Method::get, "/v1/others/all"), "b");
}

TEST(Router, TellsTheMethodsOfAPath) {
  Router router;
  router.add(route(Method::get, "/v1/series/{series}", "getSeries"));
  router.add(route(Method::patch, "/v1/series/{id}", "changeSeries"));
  EXPECT_EQ(router.methods_of("/v1/series/5"), (std::vector{Method::get, Method::patch}));
  EXPECT_TRUE(router.methods_of("/v1/nothing").empty());
}

TEST(Router, RefusesASecondRouteForTheSameRequests) {
  Router router;
  router.add(route(Method::get, "/v1/series/{series}", "getSeries"));
  EXPECT_THROW(router.add(route(Method::get, "/v1/series/{id}", "other")), std::logic_error);
  EXPECT_THROW(router.add(route(Method::get, "/v1/other", "getSeries")), std::logic_error);
}

}  // namespace
}  // namespace reelprint::api
