// People: added and changed by an admin; each changes the own password.
#include <array>

#include "api/access_json.h"
#include "api/answers.h"
#include "api/author.h"
#include "api/fields.h"
#include "api/routes/access_routes.h"
#include "api/routes/password_fields.h"
#include "api/routes/scope_fields.h"
#include "store/sqlite.h"

namespace reelprint::api {
namespace {

constexpr TextRule kName{.required = true, .most_bytes = 200};

store::User user_in(Context& context) {
  const UserId id{id_in(context, "user")};
  auto user = store::Users(context.store.database()).find(id);
  if (!user || !context.principal.may_see(user->tenant))
    throw not_found("user", context.request.params.at("user"));
  return *std::move(user);
}

http::Response answer_of(const store::User& user) {
  http::Response response = json_answer(user_object(user));
  tag(response, user.version);
  return response;
}

void refuse_taken(Fields& fields, store::Store& store, const std::string& email) {
  if (store::Users(store.database()).find_login(email)) fields.refuse("email", "is taken by another user");
}

/// Looks twice whether the address is free: while the password was hashed somebody else may have taken it.
Outcome create_user(Context& context, Logins& logins) {
  Fields fields = Fields::of_body(context.request);
  store::User user;
  user.email = fields.text("email", {.required = true});
  if (!user.email.empty() && !is_email(user.email)) fields.refuse("email", "is no e-mail address");
  refuse_taken(fields, context.store, user.email);
  user.name = fields.text("name", kName);
  const Scope scope = scope_in(fields, context.store);
  user.role = scope.role;
  user.tenant = scope.tenant;
  const std::string password = new_password_in(fields, "password", std::array{user.name, user.email});
  fields.finish();
  const std::string hash = hash_or_503(logins, password);
  store::Transaction change(context.store.database(), store::Transaction::Kind::write);
  refuse_taken(fields, context.store, user.email);
  fields.finish();
  const store::User added = add_user(context.store, user, hash, author_of(context));
  change.commit();
  http::Response response = created(user_object(added), "/v1/users/" + std::to_string(added.id.value));
  tag(response, added.version);
  return response;
}

Outcome list_users(Context& context) {
  const Page page = page_of(context.request);
  const auto users = store::Users(context.store.database())
                         .list(context.principal.tenant, UserId{page.after}, page.limit + 1);
  return page_answer(page, users, user_object, [](const store::User& user) { return user.id.value; });
}

Outcome get_user(Context& context) {
  return answer_of(user_in(context));
}

Outcome update_user_now(Context& context) {
  store::User user = user_in(context);
  expect_version(context.request, user.version);
  Fields fields = Fields::of_body(context.request);
  if (const auto name = fields.optional_text("name", {.most_bytes = kName.most_bytes})) {
    user.name = *name;
    if (name->empty()) fields.refuse("name", "must not be empty");
  }
  const Scope scope = changed_scope_in(fields, context.store, {user.role, user.tenant});
  user.role = scope.role;
  user.tenant = scope.tenant;
  user.is_disabled = fields.flag("disabled").value_or(user.is_disabled);
  fields.finish();
  update_user(context.store, user, author_of(context));
  ++user.version;
  return answer_of(user);
}

Outcome set_users_password(Context& context, Logins& logins) {
  const store::User user = user_in(context);
  Fields fields = Fields::of_body(context.request);
  const std::string password = new_password_in(fields, "password", std::array{user.name, user.email});
  fields.finish();
  set_password(context.store, user.id, hash_or_503(logins, password), author_of(context));
  return no_content();
}

/// With the old one, so that whoever finds an open browser cannot take the account over.
Outcome set_own_password(Context& context, Logins& logins) {
  const auto user = store::Users(context.store.database()).find(context.principal.user);
  if (!user) throw forbidden("An API key has no password.");
  Fields fields = Fields::of_body(context.request);
  const std::string current = fields.text("current_password", {.required = true, .most_bytes = 512});
  const std::string password = new_password_in(fields, "new_password", std::array{user->name, user->email});
  fields.finish();
  const auto checked = logins.check(
      context.store, {user->email, current, context.request.remote, context.request.id}, context.now);
  if (const auto* refusal = std::get_if<LoginRefusal>(&checked)) {
    if (refusal->why != LoginRefusal::Why::wrong) throw later(*refusal);
    throw http::Problem(422, "invalid-fields", "Invalid fields", "",
                        {{"/current_password", "is not the current password"}});
  }
  set_password(context.store, user->id, hash_or_503(logins, password), author_of(context));
  return no_content();
}

}  // namespace

void add_user_routes(Router& router, const std::shared_ptr<Logins>& logins) {
  using http::Method;
  const std::vector<Role> admins{Role::admin};
  const std::vector<Role> readers{Role::admin, Role::auditor};
  const std::vector<Role> all{Role::admin, Role::holder, Role::platform, Role::legal, Role::auditor};
  const auto slow = [&](Method method, const char* pattern, const char* operation,
                        const std::vector<Role>& roles, auto handler) {
    Route route{method, pattern, operation, roles,
                [logins, handler](Context& context) { return handler(context, *logins); }};
    route.takes_idempotency_key = false;
    route.has_own_transactions = true;
    router.add(std::move(route));
  };
  slow(Method::post, "/v1/users", "createUser", admins, create_user);
  Route list{Method::get, "/v1/users", "listUsers", readers, list_users};
  list.parameters = {"limit", "cursor"};
  router.add(std::move(list));
  router.add({Method::get, "/v1/users/{user}", "getUser", readers, get_user});
  router.add({Method::patch, "/v1/users/{user}", "updateUser", admins, update_user_now});
  slow(Method::put, "/v1/users/{user}/password", "setUserPassword", admins, set_users_password);
  slow(Method::put, "/v1/me/password", "setOwnPassword", all, set_own_password);
}

}  // namespace reelprint::api
