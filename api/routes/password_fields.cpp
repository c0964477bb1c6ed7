#include "api/routes/password_fields.h"

#include "access/password.h"

namespace reelprint::api {

std::string new_password_in(Fields& fields, std::string_view name, std::span<const std::string> personal) {
  std::string password = fields.text(name, {.required = true, .most_bytes = 512});
  if (password.empty()) return password;
  if (const auto fault = access::fault_of(password, personal))
    fields.refuse(name, std::string(access::to_string(*fault)));
  return password;
}

std::string hash_or_503(Logins& logins, std::string_view password) {
  auto hash = logins.hash(password);
  if (!hash) throw later({LoginRefusal::Why::busy, std::chrono::seconds(1)});
  return *std::move(hash);
}

http::Problem later(const LoginRefusal& refusal) {
  const bool is_throttled = refusal.why == LoginRefusal::Why::throttled;
  http::Problem problem =
      is_throttled ? http::Problem(429, "too-many-logins", "Too many logins", "Too many logins have failed.")
                   : http::Problem(503, "overloaded", "Overloaded", "Too many others are logging in.");
  problem.headers.add("Retry-After", std::to_string(refusal.retry_after.count()));
  return problem;
}

}  // namespace reelprint::api
