#include "store/sessions.h"

#include "store/access_statements.h"
#include "store/columns.h"

namespace reelprint::store {
namespace {

using namespace statements;

constexpr std::chrono::minutes kCoarseness{1};

}  // namespace

void Sessions::add(const Sha256& token, const Session& session) {
  database_.run(kInsertSession, bytes_of(token), session.user.value, microseconds_of(session.created_at),
                microseconds_of(session.last_seen_at), session.idle.count(), microseconds_of(session.ends_at),
                session.remote);
}

std::optional<Session> Sessions::find(const Sha256& token) {
  Statement row = database_.statement(kFindSession, bytes_of(token));
  if (!row.step()) return std::nullopt;
  Session session;
  session.user = UserId{row.integer(1)};
  session.created_at = wall_time_in(row, 2);
  session.last_seen_at = wall_time_in(row, 3);
  session.idle = std::chrono::microseconds{row.integer(4)};
  session.ends_at = wall_time_in(row, 5);
  session.remote = row.text(6);
  return session;
}

void Sessions::touch(const Sha256& token, const Session& session, WallTime now) {
  if (now - session.last_seen_at < kCoarseness) return;
  static_cast<void>(database_.try_run(kTouchSession, bytes_of(token), microseconds_of(now)));
}

bool Sessions::end(const Sha256& token, WallTime now) {
  return database_.run(kEndSession, bytes_of(token), microseconds_of(now)) == 1;
}

std::size_t Sessions::end_all(UserId user, WallTime now) {
  return database_.run(kEndSessionsOfUser, user.value, microseconds_of(now));
}

bool Sessions::knows(UserId user, std::string_view remote) {
  return database_.statement(kKnowsAddress, user.value, remote).step();
}

std::size_t Sessions::forget(WallTime before) {
  return database_.run(kForgetSessions, microseconds_of(before));
}

LoginAttempts LoginLog::find(const Sha256& subject) {
  Statement row = database_.statement(kFindAttempts, bytes_of(subject));
  if (!row.step()) return {};
  return {row.integer<int>(0), wall_time_in(row, 1), wall_time_in(row, 2)};
}

void LoginLog::put(const Sha256& subject, const LoginAttempts& attempts) {
  database_.run(kPutAttempts, bytes_of(subject), attempts.failures, microseconds_of(attempts.failed_at),
                microseconds_of(attempts.blocked_until));
}

void LoginLog::forget(const Sha256& subject) {
  database_.run(kForgetAttemptsOf, bytes_of(subject));
}

std::size_t LoginLog::forget_before(WallTime before) {
  return database_.run(kForgetAttempts, microseconds_of(before));
}

}  // namespace reelprint::store
