// What a handler works with: the request, who asks, and a transaction.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "api/http/message.h"
#include "core/clock.h"
#include "core/principal.h"
#include "store/store.h"

namespace reelprint::api {

/// A GET sees one state of the store. Any other method is one write transaction, committed when the handler
/// returns a status below 400, undone otherwise: what it changes, its audit entry, its events, its jobs and
/// the answer kept for its Idempotency-Key happen together or not at all. A handler never does long work: it
/// enqueues a job.
struct Context {
  const http::Request& request;
  const Principal& principal;
  store::Store& store;
  WallTime now;

  /// Appends to the audit log in the name of the principal.
  void audit(std::string action, std::string object, TenantId tenant, std::string detail_json = "{}") const;
};

/// An answer that is not there yet: `poll` is asked again, each time in a read transaction of its own, until
/// it has one or the time is over; then `late` is answered.
struct Wait {
  std::chrono::milliseconds time;
  std::function<std::optional<http::Response>(Context&)> poll;
  http::Response late;
};

using Outcome = std::variant<http::Response, Wait>;
using Handler = std::function<Outcome(Context&)>;
/// Decides by the headers whether the body is welcome and where it goes; may throw Problem before it is read.
/// Called in a read transaction.
using OpenSink = std::function<std::shared_ptr<http::BodySink>(Context&)>;

}  // namespace reelprint::api
