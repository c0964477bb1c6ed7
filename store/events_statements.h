// What the outbox asks of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertEvent{
    "store an event", "INSERT INTO events (tenant, type, data, at_us) VALUES (?1, ?2, ?3, ?4)"};
inline constexpr StatementText kReadEvent{"read an event",
                                          "SELECT id, tenant, type, data, at_us FROM events WHERE id = ?1"};
inline constexpr StatementText kEventsAfter{
    "list events", "SELECT id, tenant, type, data, at_us FROM events WHERE id > ?1 ORDER BY id LIMIT ?2"};
inline constexpr StatementText kEventsOfTenantAfter{
    "list a tenant's events",
    "SELECT id, tenant, type, data, at_us FROM events WHERE tenant = ?3 AND id > ?1 ORDER BY id LIMIT ?2"};
inline constexpr StatementText kForgetEvents{
    "forget events",
    "DELETE FROM events WHERE at_us < ?1 AND NOT EXISTS "
    "(SELECT 1 FROM webhook_deliveries WHERE event = events.id AND state = 'waiting')"};

inline constexpr StatementText kInsertEndpoint{
    "add an endpoint",
    "INSERT INTO webhook_endpoints (tenant, url, types, secret, old_secret, old_secret_until_us, enabled, "
    "description, created_at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"};
inline constexpr StatementText kUpdateEndpoint{
    "change an endpoint",
    "UPDATE webhook_endpoints SET url = ?3, types = ?4, secret = ?5, old_secret = ?6, "
    "old_secret_until_us = ?7, enabled = ?8, description = ?9, version = version + 1 "
    "WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kRemoveEndpoint{"remove an endpoint",
                                               "DELETE FROM webhook_endpoints WHERE id = ?1"};
/// Followed by one of the conditions below.
inline constexpr std::string_view kSelectEndpoints =
    "SELECT id, tenant, url, types, secret, old_secret, old_secret_until_us, enabled, description, version, "
    "created_at_us FROM webhook_endpoints ";
inline constexpr std::string_view kEndpointOfId = "WHERE id = ?1";
inline constexpr std::string_view kAllEndpoints = "ORDER BY id";
inline constexpr std::string_view kEndpointsOfTenant = "WHERE tenant = ?1 ORDER BY id";

inline constexpr StatementText kInsertDelivery{
    "queue a delivery",
    "INSERT INTO webhook_deliveries (event, endpoint, state, next_at_us) VALUES (?1, ?2, 'waiting', ?3)"};
/// Of each endpoint the delivery that is due first: few endpoints, however many deliveries.
inline constexpr StatementText kDueDeliveries{
    "find the deliveries that are due",
    "SELECT next.id FROM webhook_endpoints AS endpoint "
    "CROSS JOIN webhook_deliveries AS next ON next.id = "
    "(SELECT id FROM webhook_deliveries WHERE endpoint = endpoint.id AND state = 'waiting' "
    "AND next_at_us <= ?1 ORDER BY next_at_us, id LIMIT 1) "
    "WHERE endpoint.enabled AND endpoint.busy_until_us <= ?1 ORDER BY next.next_at_us, next.id LIMIT ?2"};
inline constexpr StatementText kTakeDelivery{
    "take a delivery",
    "UPDATE webhook_deliveries SET attempts = attempts + 1, next_at_us = ?2 WHERE id = ?1"};
inline constexpr StatementText kOccupyEndpoint{
    "note until when an endpoint is busy", "UPDATE webhook_endpoints SET busy_until_us = ?2 WHERE id = ?1"};
inline constexpr StatementText kSettleDelivery{
    "settle a delivery",
    "UPDATE webhook_deliveries SET state = ?2, status = ?3, answer = ?4, next_at_us = ?5, ended_at_us = ?6 "
    "WHERE id = ?1 RETURNING endpoint"};
inline constexpr StatementText kReplayDelivery{
    "send a delivery once more",
    "UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, next_at_us = ?2, ended_at_us = 0 "
    "WHERE id = ?1"};
inline constexpr StatementText kCountWaitingDeliveries{
    "count waiting deliveries", "SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting'"};

/// Followed by one of the conditions below.
inline constexpr std::string_view kSelectDeliveries =
    "SELECT id, event, endpoint, state, attempts, next_at_us, status, answer, ended_at_us "
    "FROM webhook_deliveries ";
inline constexpr std::string_view kDeliveryOfId = "WHERE id = ?1";
inline constexpr std::string_view kDeliveriesOfEndpoint =
    "WHERE endpoint = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
inline constexpr std::string_view kDeliveriesOfEndpointAndState =
    "WHERE endpoint = ?1 AND id < ?2 AND state = ?4 ORDER BY id DESC LIMIT ?3";

}  // namespace reelprint::store::statements
