// What happened that somebody outside wants to know, and to whom it has still to be told: the webhooks'
// outbox.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "store/sqlite.h"

namespace reelprint::store {

struct Event {
  EventId id{};  ///< ignored when it is emitted
  TenantId tenant{};
  std::string type{};  ///< "screening.completed"
  std::string data{};  ///< a JSON object, as it will be sent
  WallTime at{};
};

struct Endpoint {
  EndpointId id{};  ///< ignored when it is added
  TenantId tenant{};
  std::string url{};
  std::vector<std::string> types{};  ///< empty: all
  std::string secret{};              ///< "whsec_" and base64, as Standard Webhooks has it
  std::string old_secret{};          ///< signs too, for a while; "" when there is none
  bool enabled = true;
  std::string description{};
  std::int64_t version = 1;  ///< grows with every change
  WallTime created_at{};
  WallTime old_secret_until{};  ///< the old secret signs before this time
};

enum class DeliveryState : std::uint8_t { waiting, delivered, dead };

[[nodiscard]] std::string_view to_string(DeliveryState state);
[[nodiscard]] std::optional<DeliveryState> delivery_state_of(std::string_view name);

/// Whether it is of small letters, digits, "." and "_", as the types of all events are.
[[nodiscard]] bool is_event_type(std::string_view text);

/// One event on its way to one endpoint.
struct Delivery {
  DeliveryId id;
  EventId event;
  EndpointId endpoint;
  DeliveryState state = DeliveryState::waiting;
  int attempts = 0;    ///< begun so far
  WallTime next_at;    ///< of a waiting one
  int status = 0;      ///< of the last answer; 0: there was none
  std::string answer;  ///< the beginning of it, or why there was none
  WallTime ended_at;   ///< zero: not yet
};

/// A delivery that is due, with all it takes.
struct DueDelivery {
  Delivery delivery;
  Event event;
  Endpoint endpoint;
};

/// The outbox's part of Store, with its contract.
class Events {
 public:
  explicit Events(Database& database) : database_(database) {}

  /// Stores it with a delivery for every enabled endpoint of its tenant that wants its type. Inside the
  /// transaction that makes it true, it is told if and only if that happened. Throws Error{invalid_input} for
  /// a type that is none.
  EventId emit(const Event& event);

  /// Stores it with one delivery, to this endpoint alone, whatever types it wants: a test.
  EventId emit_to(EndpointId endpoint, const Event& event);

  /// Throws Error{invalid_input} for a type that is none.
  EndpointId add_endpoint(const Endpoint& endpoint);
  /// False when there is none of that id and version.
  bool update_endpoint(const Endpoint& endpoint);
  /// With its deliveries.
  bool remove_endpoint(EndpointId id);
  [[nodiscard]] std::optional<Endpoint> endpoint(EndpointId id);
  /// By id, of `tenant` (zero: all).
  [[nodiscard]] std::vector<Endpoint> endpoints(TenantId tenant);

  /// Takes what is due, the oldest first, at most one for each enabled endpoint, so that a slow one holds up
  /// nobody else, and none for an endpoint of which one is still taken; each is due again at `again_at`
  /// unless settled before. Takes no lock when nothing is due.
  [[nodiscard]] std::vector<DueDelivery> take_due(std::size_t most, WallTime now, WallTime again_at);
  /// What became of an attempt: `retry_at` nothing with `delivered` false means that it is dead.
  void settle(DeliveryId id, bool delivered, int status, std::string_view answer,
              std::optional<WallTime> retry_at, WallTime now);
  /// Sends it once more, whatever became of it.
  bool replay(DeliveryId id, WallTime now);
  [[nodiscard]] std::optional<Event> event(EventId id);
  [[nodiscard]] std::optional<Delivery> delivery(DeliveryId id);
  /// At most `limit` with a smaller id than `before` (zero: the newest), the newest first.
  [[nodiscard]] std::vector<Delivery> deliveries(EndpointId endpoint, std::optional<DeliveryState> state,
                                                 DeliveryId before, std::size_t limit);
  /// Events of a tenant (zero: all) with a larger id than `after`, the oldest first.
  [[nodiscard]] std::vector<Event> events_after(TenantId tenant, EventId after, std::size_t limit);
  /// Forgets events older than `before` with no waiting delivery; returns how many.
  std::size_t forget(WallTime before);
  [[nodiscard]] std::size_t waiting();

 private:
  Database& database_;
};

}  // namespace reelprint::store
