#include "store/events.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{1'000'000s};
constexpr TenantId kOurs{1};

class EventsTest : public testing::Test {
 protected:
  EventsTest() { bring_up_to_date(database_, migrations()); }

  EndpointId add(std::vector<std::string> types = {}, TenantId tenant = kOurs) {
    return events_.add_endpoint({.tenant = tenant,
                                 .url = "https://example.org/hook",
                                 .types = std::move(types),
                                 .secret = "whsec_a",
                                 .created_at = kNow});
  }
  EventId emit(std::string type = "screening.completed", TenantId tenant = kOurs, WallTime at = kNow) {
    return events_.emit({.tenant = tenant, .type = std::move(type), .data = R"({"a":1})", .at = at});
  }
  std::vector<Delivery> all(EndpointId endpoint) { return events_.deliveries(endpoint, {}, {}, 100); }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
  Events events_{database_};
};

TEST_F(EventsTest, TellsEveryEnabledEndpointOfTheTenantThatWantsTheType) {
  const EndpointId wants_all = add();
  const EndpointId wants_it = add({"decision.released", "screening.completed"});
  const EndpointId wants_another = add({"screening"});
  const EndpointId of_another = add({}, TenantId{2});
  Endpoint disabled = *events_.endpoint(add());
  disabled.enabled = false;
  ASSERT_TRUE(events_.update_endpoint(disabled));
  emit();
  EXPECT_EQ(all(wants_all).size(), 1U);
  EXPECT_EQ(all(wants_it).size(), 1U);
  EXPECT_TRUE(all(wants_another).empty());
  EXPECT_TRUE(all(of_another).empty());
  EXPECT_TRUE(all(disabled.id).empty());
  EXPECT_EQ(events_.waiting(), 2U);
}

TEST_F(EventsTest, IsNotToldWhenItsTransactionIsUndone) {
  const EndpointId endpoint = add();
  {
    const Transaction undone(database_, Transaction::Kind::write);
    emit();
  }
  EXPECT_TRUE(all(endpoint).empty());
  EXPECT_TRUE(events_.events_after({}, {}, 10).empty());
}

TEST_F(EventsTest, KeepsEveryFieldOfAnEndpoint) {
  const Endpoint endpoint{.tenant = kOurs,
                          .url = "https://example.org/",
                          .types = {"a.b", "c.d"},
                          .secret = "whsec_new",
                          .old_secret = "whsec_old",
                          .enabled = false,
                          .description = "two words",
                          .created_at = kNow,
                          .old_secret_until = kNow + 24h};
  const auto stored = events_.endpoint(events_.add_endpoint(endpoint));
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->tenant, kOurs);
  EXPECT_EQ(stored->url, endpoint.url);
  EXPECT_EQ(stored->types, endpoint.types);
  EXPECT_EQ(stored->secret, endpoint.secret);
  EXPECT_EQ(stored->old_secret, endpoint.old_secret);
  EXPECT_FALSE(stored->enabled);
  EXPECT_EQ(stored->description, endpoint.description);
  EXPECT_EQ(stored->version, 1);
  EXPECT_EQ(stored->created_at, kNow);
  EXPECT_EQ(stored->old_secret_until, kNow + 24h);
}

TEST_F(EventsTest, ChangesAnEndpointOnlyFromTheVersionThatWasSeen) {
  Endpoint endpoint = *events_.endpoint(add());
  endpoint.description = "first";
  EXPECT_TRUE(events_.update_endpoint(endpoint));
  endpoint.description = "second";
  EXPECT_FALSE(events_.update_endpoint(endpoint));
  EXPECT_EQ(events_.endpoint(endpoint.id)->description, "first");
  EXPECT_EQ(events_.endpoint(endpoint.id)->version, 2);
}

TEST_F(EventsTest, RefusesTypesThatWouldRunTogether) {
  EXPECT_EQ(error_of([&] { add({"a b"}); }), ErrorCode::invalid_input);
  EXPECT_EQ(error_of([&] { add({""}); }), ErrorCode::invalid_input);
}

TEST_F(EventsTest, TakesOneForEachEndpointTheOldestFirst) {
  const EndpointId slow = add();
  const EventId first = emit("a.b", kOurs, kNow - 2s);
  const EndpointId other = add();
  emit("a.b", kOurs, kNow - 1s);
  const auto due = events_.take_due(10, kNow, kNow + 1min);
  ASSERT_EQ(due.size(), 2U);
  EXPECT_EQ(due[0].endpoint.id, slow);
  EXPECT_EQ(due[0].event.id, first);
  EXPECT_EQ(due[0].delivery.attempts, 1);
  EXPECT_EQ(due[1].endpoint.id, other);
}

TEST_F(EventsTest, TakesNoSecondForAnEndpointUntilTheFirstIsSettledOrItsTimeIsOver) {
  const EndpointId endpoint = add();
  emit();
  emit();
  const auto first = events_.take_due(10, kNow, kNow + 1min);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_TRUE(events_.take_due(10, kNow + 59s, kNow + 2min).empty());
  events_.settle(first[0].delivery.id, true, 204, "", {}, kNow + 1s);
  EXPECT_EQ(events_.take_due(10, kNow + 2s, kNow + 1min).size(), 1U);
  EXPECT_EQ(events_.take_due(10, kNow + 1min, kNow + 2min).size(), 1U);
  EXPECT_EQ(events_.deliveries(endpoint, DeliveryState::delivered, {}, 10).size(), 1U);
}

TEST_F(EventsTest, TriesAgainAtTheGivenTimeAndGivesUpWhenThereIsNone) {
  add();
  emit();
  const DeliveryId id = events_.take_due(1, kNow, kNow + 1min).at(0).delivery.id;
  events_.settle(id, false, 500, "oops", kNow + 5s, kNow);
  EXPECT_TRUE(events_.take_due(1, kNow + 4s, kNow + 1min).empty());
  EXPECT_EQ(events_.take_due(1, kNow + 5s, kNow + 1min).at(0).delivery.attempts, 2);
  events_.settle(id, false, 500, "oops", {}, kNow + 6s);
  const auto delivery = events_.delivery(id);
  EXPECT_EQ(delivery->state, DeliveryState::dead);
  EXPECT_EQ(delivery->status, 500);
  EXPECT_EQ(delivery->answer, "oops");
  EXPECT_EQ(delivery->ended_at, kNow + 6s);
  EXPECT_EQ(events_.waiting(), 0U);
}

TEST_F(EventsTest, ReplaysWhateverBecameOfADelivery) {
  add();
  emit();
  const DeliveryId id = events_.take_due(1, kNow, kNow + 1min).at(0).delivery.id;
  events_.settle(id, true, 200, "", {}, kNow);
  EXPECT_TRUE(events_.replay(id, kNow + 1h));
  EXPECT_EQ(events_.take_due(1, kNow + 1h, kNow + 2h).at(0).delivery.id, id);
  EXPECT_FALSE(events_.replay(DeliveryId{99}, kNow));
}

TEST_F(EventsTest, LeavesDeliveriesOfADisabledEndpointWaiting) {
  Endpoint endpoint = *events_.endpoint(add());
  emit();
  endpoint.enabled = false;
  ASSERT_TRUE(events_.update_endpoint(endpoint));
  EXPECT_TRUE(events_.take_due(1, kNow, kNow + 1min).empty());
  EXPECT_EQ(events_.waiting(), 1U);
}

TEST_F(EventsTest, SendsATestToOneEndpointAlone) {
  const EndpointId one = add({"decision.released"});
  const EndpointId other = add();
  events_.emit_to(one, {.tenant = kOurs, .type = "webhook.test", .data = "{}", .at = kNow});
  EXPECT_EQ(all(one).size(), 1U);
  EXPECT_TRUE(all(other).empty());
}

TEST_F(EventsTest, RemovesAnEndpointWithItsDeliveries) {
  const EndpointId endpoint = add();
  emit();
  EXPECT_TRUE(events_.remove_endpoint(endpoint));
  EXPECT_FALSE(events_.remove_endpoint(endpoint));
  EXPECT_EQ(events_.waiting(), 0U);
  EXPECT_EQ(events_.events_after(kOurs, {}, 10).size(), 1U);
}

TEST_F(EventsTest, ListsATenantsEventsInTheirOrder) {
  const EventId first = emit();
  emit("a.b", TenantId{2});
  const EventId third = emit();
  const auto ours = events_.events_after(kOurs, {}, 10);
  ASSERT_EQ(ours.size(), 2U);
  EXPECT_EQ(ours[0].id, first);
  EXPECT_EQ(ours[0].data, R"({"a":1})");
  EXPECT_EQ(events_.events_after(kOurs, first, 10).at(0).id, third);
  EXPECT_EQ(events_.events_after({}, {}, 2).size(), 2U);
}

TEST_F(EventsTest, ForgetsOldEventsThatNobodyWaitsFor) {
  const EventId told_to_nobody = emit();
  const EndpointId endpoint = add();
  const EventId waited_for = emit();
  EXPECT_EQ(events_.forget(kNow + 1s), 1U);
  EXPECT_FALSE(events_.event(told_to_nobody));
  EXPECT_TRUE(events_.event(waited_for));
  EXPECT_EQ(all(endpoint).size(), 1U);
}

TEST_F(EventsTest, ListsDeliveriesTheNewestFirstPageByPage) {
  const EndpointId endpoint = add();
  emit();
  emit();
  const auto newest = events_.deliveries(endpoint, {}, {}, 1);
  ASSERT_EQ(newest.size(), 1U);
  const auto older = events_.deliveries(endpoint, DeliveryState::waiting, newest[0].id, 10);
  ASSERT_EQ(older.size(), 1U);
  EXPECT_LT(older[0].id, newest[0].id);
}

}  // namespace
}  // namespace reelprint::store
