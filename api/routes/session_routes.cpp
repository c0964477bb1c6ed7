// Logging in and out, and who one is.
#include "access/tokens.h"
#include "api/access_json.h"
#include "api/answers.h"
#include "api/authentication.h"
#include "api/fields.h"
#include "api/routes/access_routes.h"
#include "api/routes/password_fields.h"

namespace reelprint::api {
namespace {

http::Problem wrong_login() {
  http::Problem problem(401, "unauthorized", "Unauthorized", "The address or the password is wrong.");
  problem.headers.add("WWW-Authenticate", "Bearer");
  return problem;
}

Outcome create_session(Context& context, Logins& logins) {
  Fields fields = Fields::of_body(context.request);
  LoginRequest wanted;
  wanted.email = fields.text("email", {.required = true});
  wanted.password = fields.text("password", {.required = true, .most_bytes = 512});
  fields.finish();
  wanted.remote = context.request.remote;
  wanted.request_id = context.request.id;
  const auto outcome = logins.log_in(context.store, wanted, context.now);
  if (const auto* refusal = std::get_if<LoginRefusal>(&outcome))
    throw refusal->why == LoginRefusal::Why::wrong ? wrong_login() : later(*refusal);
  const auto& in = std::get<LoggedIn>(outcome);
  http::Response response =
      created(session_object(in.session, in.user, access::csrf_token_of(in.token)), "/v1/sessions/current");
  const auto length = std::chrono::duration_cast<std::chrono::seconds>(in.session.ends_at - context.now);
  set_session_cookie(response, context.request, in.token, length.count());
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/// The token of the session that the request came by.
std::string_view own_token(const Context& context) {
  const auto token = session_token_of(context.request);
  if (context.principal.user == UserId{} || !token) throw not_found("session", "current");
  return *token;
}

Outcome get_session(Context& context) {
  const std::string_view token = own_token(context);
  const auto session = store::Sessions(context.store.database()).find(access::digest_of_secret(token));
  const auto user = store::Users(context.store.database()).find(context.principal.user);
  if (!session || !user) throw not_found("session", "current");
  http::Response response = json_answer(session_object(*session, *user, access::csrf_token_of(token)));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Outcome end_session(Context& context) {
  const std::string_view token = own_token(context);
  store::Sessions(context.store.database()).end(access::digest_of_secret(token), context.now);
  context.audit("session.end", "user " + std::to_string(context.principal.user.value),
                context.principal.tenant);
  http::Response response = no_content();
  set_session_cookie(response, context.request, "", 0);
  return response;
}

Outcome get_me(Context& context) {
  return json_answer(principal_object(context.principal));
}

}  // namespace

void add_session_routes(Router& router, const std::shared_ptr<Logins>& logins) {
  using http::Method;
  const std::vector<Role> all{Role::admin, Role::holder, Role::platform, Role::legal, Role::auditor};
  Route create{Method::post, "/v1/sessions", "createSession", {}, [logins](Context& context) {
                 return create_session(context, *logins);
               }};
  create.takes_idempotency_key = false;
  create.has_own_transactions = true;
  create.most_body_bytes = 8192;
  router.add(std::move(create));
  router.add({Method::get, "/v1/sessions/current", "getSession", all, get_session});
  router.add({Method::del, "/v1/sessions/current", "endSession", all, end_session});
  router.add({Method::get, "/v1/me", "getMe", all, get_me});
}

}  // namespace reelprint::api
