#include "api/application.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/json.hpp>
#include <thread>

#include "api/answers.h"
#include "api/body_sinks.h"
#include "api/form_sink.h"
#include "api/http/multipart.h"
#include "api_harness.h"
#include "store/sqlite.h"

namespace reelprint::api {
namespace {

using namespace std::chrono_literals;
using http::Method;

constexpr store::StatementText kMakeNotes{"make notes", "CREATE TABLE notes (text TEXT NOT NULL) STRICT"};
constexpr store::StatementText kAddNote{"add a note", "INSERT INTO notes VALUES (?1)"};
constexpr store::StatementText kCountNotes{"count the notes", "SELECT count(*) FROM notes"};

std::int64_t count_notes(store::Database& database) {
  auto row = database.statement(kCountNotes);
  return row.step() ? row.integer(0) : -1;
}

Route route(Method method, std::string pattern, std::vector<Role> roles, Handler handler) {
  Route made;
  made.method = method;
  made.operation = std::string(to_string(method)) + pattern;
  made.pattern = std::move(pattern);
  made.roles = std::move(roles);
  made.handler = std::move(handler);
  return made;
}

/// Writes a note and answers as its query says.
Outcome note(Context& context) {
  context.store.database().run(kAddNote, context.request.body);
  if (context.request.query_value("then") == "problem") throw conflict("as asked");
  if (context.request.query_value("then") == "failure") throw std::runtime_error("as asked");
  if (context.request.query_value("then") == "unavailable") throw http::Problem(503, "x", "as asked");
  http::Response response = json_answer(count_notes(context.store.database()), 201);
  response.headers.add("Location", "/notes/1");
  return response;
}

Outcome wait_for_two(Context& context) {
  context.store.database().run(kAddNote, "one");
  return Wait{1s,
              [](Context& later) -> std::optional<http::Response> {
                const auto notes = count_notes(later.store.database());
                if (notes < 2) return std::nullopt;
                return json_answer(notes);
              },
              json_answer("late", 202)};
}

void add_routes(Router& router, const Backend& backend) {
  store::Store(backend.data).database().run(kMakeNotes);
  router.add(route(Method::get, "/notes", {Role::admin, Role::auditor}, [](Context& context) {
    http::Response response = json_answer(count_notes(context.store.database()));
    tag(response, 1);
    return response;
  }));
  Route add = route(Method::post, "/notes", {Role::admin}, note);
  add.parameters = {"then"};
  router.add(add);
  Route texts = route(Method::post, "/texts", {Role::admin}, note);
  texts.open_sink = [](Context&) { return std::make_shared<TextSink>(100); };
  router.add(texts);
  Route forms = route(Method::post, "/forms", {Role::admin}, note);
  forms.open_sink = [folder = backend.data](Context& context) {
    const auto type = context.request.headers.find("Content-Type").value_or("");
    return std::make_shared<FormSink>(http::boundary_of(type).value(), folder, 100);
  };
  router.add(forms);
  router.add(route(Method::post, "/waits", {Role::admin}, wait_for_two));
  router.add(route(Method::get, "/writes", {Role::admin}, note));
  router.add(route(Method::get, "/public", {}, [](Context&) { return no_content(); }));
  Route heavy = route(Method::post, "/heavy", {Role::admin}, [](Context&) { return no_content(); });
  heavy.is_heavy = true;
  router.add(heavy);
}

class ApplicationTest : public testing::Test {
 protected:
  ApiHarness harness{add_routes};
  ApiClient admin = harness.as(Role::admin);
};

TEST_F(ApplicationTest, TellsUnknownPathsFromUnknownMethods) {
  EXPECT_EQ(admin.get("/nothing").status, 404U);
  const auto response = admin.del("/notes");
  EXPECT_EQ(response.status, 405U);
  EXPECT_EQ(field_of(response, "Allow"), "GET, HEAD, POST");
}

TEST_F(ApplicationTest, AnswersHeadAsGet) {
  EXPECT_EQ(admin.send(Method::head, "/notes").status, 200U);
}

TEST_F(ApplicationTest, AsksForAKeyAndForARole) {
  EXPECT_EQ(harness.anonymous().get("/notes").status, 401U);
  EXPECT_EQ(harness.anonymous().get("/public").status, 204U);
  EXPECT_EQ(problem_of(harness.as(Role::auditor).post("/notes", "\"x\"")), "forbidden");
  EXPECT_EQ(harness.as(Role::auditor).get("/notes").body, "0");
}

TEST_F(ApplicationTest, RefusesUnknownQueryParameters) {
  EXPECT_EQ(problem_of(admin.get("/notes?limits=5")), "invalid-parameter");
}

TEST_F(ApplicationTest, UndoesWhatARefusedOrFailedRequestDid) {
  EXPECT_EQ(admin.post("/notes?then=problem", "\"x\"").status, 409U);
  EXPECT_THROW((void)admin.post("/notes?then=failure", "\"x\""), std::runtime_error);
  EXPECT_EQ(admin.get("/notes").body, "0");
  EXPECT_EQ(admin.post("/notes", "\"x\"").body, "1");
  EXPECT_EQ(admin.get("/notes").body, "1");
}

TEST_F(ApplicationTest, UndoesWhateverAGetWrote) {
  (void)admin.get("/writes");
  EXPECT_EQ(admin.get("/notes").body, "0");
}

TEST_F(ApplicationTest, SaysNotModifiedToWhoKnows) {
  const auto known = admin.get("/notes", {{"If-None-Match", "\"v1\""}});
  EXPECT_EQ(known.status, 304U);
  EXPECT_EQ(known.body, "");
  EXPECT_EQ(admin.get("/notes", {{"If-None-Match", "\"v2\""}}).status, 200U);
}

TEST_F(ApplicationTest, WaitsForWhatIsNotThereYet) {
  EXPECT_EQ(admin.post("/waits").status, 202U);
  EXPECT_EQ(admin.post("/waits").body, "2");
}

TEST_F(ApplicationTest, ShedsHeavyRequestsOnly) {
  harness.backpressure = [] { return Refusal{"the queue is full", 7s}; };
  const auto response = admin.post("/heavy");
  EXPECT_EQ(response.status, 503U);
  EXPECT_EQ(field_of(response, "Retry-After"), "7");
  EXPECT_EQ(admin.get("/notes").status, 200U);
}

class Idempotency : public ApplicationTest {
 protected:
  const ApiClient::Fields key = {{"Idempotency-Key", "\"a-1\""}};
};

TEST_F(Idempotency, GivesTheSameAnswerAgainWithoutTheEffect) {
  const auto first = admin.post("/notes", "\"x\"", key);
  const auto second = admin.post("/notes", "\"x\"", key);
  EXPECT_EQ(first.status, 201U);
  EXPECT_EQ(second.status, 201U);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(field_of(second, "Location"), "/notes/1");
  EXPECT_EQ(field_of(first, "Idempotency-Replayed"), "");
  EXPECT_EQ(field_of(second, "Idempotency-Replayed"), "true");
  EXPECT_EQ(admin.get("/notes").body, "1");
}

TEST_F(Idempotency, TakesTheKeyWithAndWithoutQuotes) {
  (void)admin.post("/notes", "\"x\"", key);
  EXPECT_EQ(field_of(admin.post("/notes", "\"x\"", {{"Idempotency-Key", "a-1"}}), "Idempotency-Replayed"),
            "true");
}

TEST_F(Idempotency, RefusesTheKeyForAnotherRequest) {
  (void)admin.post("/notes", "\"x\"", key);
  const auto other = admin.post("/notes", "\"y\"", key);
  EXPECT_EQ(other.status, 422U);
  EXPECT_EQ(problem_of(other), "idempotency-key-reused");
  EXPECT_EQ(admin.get("/notes").body, "1");
}

TEST_F(Idempotency, RefusesTheKeyForAnotherBodyThatASinkHasInMemory) {
  (void)admin.post("/texts", "\"x\"", key);
  EXPECT_EQ(field_of(admin.post("/texts", "\"x\"", key), "Idempotency-Replayed"), "true");
  const auto other = admin.post("/texts", "\"y\"", key);
  EXPECT_EQ(other.status, 422U);
  EXPECT_EQ(problem_of(other), "idempotency-key-reused");
  EXPECT_EQ(admin.get("/notes").body, "1");
}

TEST_F(Idempotency, KnowsAFormByItsFieldsAndNotByItsBoundary) {
  const auto send = [&](const std::string& boundary, const std::string& value) {
    ApiClient::Fields fields = key;
    fields.emplace_back("Content-Type", "multipart/form-data; boundary=" + boundary);
    return admin.post("/forms",
                      "--" + boundary + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + value +
                          "\r\n--" + boundary + "--\r\n",
                      fields);
  };
  (void)send("one", "x");
  EXPECT_EQ(field_of(send("two", "x"), "Idempotency-Replayed"), "true");
  EXPECT_EQ(problem_of(send("one", "y")), "idempotency-key-reused");
}

TEST_F(Idempotency, BelongsToWhoAsks) {
  (void)admin.post("/notes", "\"x\"", key);
  EXPECT_EQ(harness.as(Role::admin).post("/notes", "\"x\"", key).body, "2");
}

TEST_F(Idempotency, KeepsRefusalsAndUndoesTheirEffect) {
  const auto first = admin.post("/notes?then=problem", "\"x\"", key);
  const auto second = admin.post("/notes?then=problem", "\"x\"", key);
  EXPECT_EQ(first.status, 409U);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.content_type, "application/problem+json");
  EXPECT_EQ(field_of(second, "Idempotency-Replayed"), "true");
  EXPECT_EQ(admin.get("/notes").body, "0");
}

TEST_F(Idempotency, KeepsNoFailures) {
  EXPECT_EQ(admin.post("/notes?then=unavailable", "\"x\"", key).status, 503U);
  const auto again = admin.post("/notes?then=unavailable", "\"x\"", key);
  EXPECT_EQ(again.status, 503U);
  EXPECT_EQ(field_of(again, "Idempotency-Replayed"), "");
}

TEST_F(Idempotency, KeepsWhatAWaitWouldHaveBeenIfLate) {
  (void)admin.post("/waits", {}, key);
  const auto second = admin.post("/waits", {}, key);
  EXPECT_EQ(second.status, 202U);
  EXPECT_EQ(field_of(second, "Idempotency-Replayed"), "true");
  EXPECT_EQ(admin.get("/notes").body, "1");
}

TEST_F(Idempotency, IsForgottenAfterADay) {
  (void)admin.post("/notes", "\"x\"", key);
  harness.clock.advance(24h + 1us);
  EXPECT_EQ(admin.post("/notes", "\"y\"", key).body, "2");
}

TEST_F(Idempotency, RefusesKeysThatMakeNoSense) {
  for (const std::string& bad :
       {std::string{}, std::string("\"\""), std::string("a b"), std::string("\x80"), std::string(256, 'x')}) {
    EXPECT_EQ(problem_of(admin.post("/notes", "\"x\"", {{"Idempotency-Key", bad}})),
              "invalid-idempotency-key")
        << bad;
  }
}

TEST_F(Idempotency, LetsOneOfManyAtOnceHaveTheEffect) {
  constexpr int kThreads = 8;
  std::atomic<int> replayed = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        const auto response = admin.post("/notes", "\"x\"", key);
        EXPECT_EQ(response.status, 201U);
        EXPECT_EQ(response.body, "1");
        if (field_of(response, "Idempotency-Replayed") == "true") ++replayed;
      });
    }
  }
  EXPECT_EQ(replayed, kThreads - 1);
  EXPECT_EQ(admin.get("/notes").body, "1");
}

ApplicationSettings tight() {
  return {.per_principal = {1, 2}, .per_address = {1, 1}, .failures_per_address = {0.1, 2}};
}

TEST(RateLimits, HoldForEachKeyAndTellIt) {
  ApiHarness harness(add_routes, tight());
  const ApiClient admin = harness.as(Role::admin);
  EXPECT_EQ(field_of(admin.get("/notes"), "RateLimit"), "\"requests\";r=1;t=1");
  EXPECT_EQ(admin.get("/notes").status, 200U);
  const auto refused = admin.get("/notes");
  EXPECT_EQ(refused.status, 429U);
  EXPECT_EQ(problem_of(refused), "rate-limited");
  EXPECT_EQ(field_of(refused, "Retry-After"), "1");
  EXPECT_EQ(field_of(refused, "RateLimit-Policy"), "\"requests\";q=2");
  EXPECT_EQ(harness.as(Role::admin).get("/notes").status, 200U);
  harness.clock.advance(1s);
  EXPECT_EQ(admin.get("/notes").status, 200U);
}

TEST(RateLimits, HoldForAddressesThatGuessKeys) {
  ApiHarness harness(add_routes, tight());
  EXPECT_EQ(harness.anonymous().get("/notes").status, 401U);
  EXPECT_EQ(harness.anonymous().get("/notes").status, 401U);
  EXPECT_EQ(harness.anonymous().get("/notes").status, 429U);
  harness.clock.advance(10s);
  EXPECT_EQ(harness.as(Role::admin).get("/notes").status, 200U);
}

TEST(RateLimits, HoldForPublicRoutesByAddress) {
  ApiHarness harness(add_routes, tight());
  EXPECT_EQ(harness.anonymous().get("/public").status, 204U);
  EXPECT_EQ(harness.anonymous().get("/public").status, 429U);
}

}  // namespace
}  // namespace reelprint::api
