#include "api/authentication.h"

#include "access/api_key.h"
#include "access/tokens.h"
#include "api/login.h"
#include "store/api_keys.h"
#include "store/sessions.h"
#include "store/users.h"

namespace reelprint::api {
namespace {

constexpr std::string_view kSecureCookie = "__Host-reelprint";
constexpr std::string_view kPlainCookie = "reelprint";
constexpr std::size_t kMostTokenBytes = 64;

std::string_view cookie_name(const http::Request& request) {
  return request.secure ? kSecureCookie : kPlainCookie;
}

[[noreturn]] void refuse() {
  http::Problem problem(401, "unauthorized", "Unauthorized",
                        "The request needs an API key that is good (Authorization: Bearer rp_…), or a "
                        "session's cookie with its X-CSRF-Token.");
  problem.headers.add("WWW-Authenticate", "Bearer");
  throw problem;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// What stands behind "Bearer", in any case.
std::optional<std::string_view> bearer_token_of(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size()) return std::nullopt;
  for (std::size_t i = 0; i < kScheme.size(); ++i) {
    const char c = authorization[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != kScheme[i]) return std::nullopt;
  }
  return trimmed(authorization.substr(kScheme.size()));
}

Principal by_key(std::string_view authorization, store::Store& store, WallTime now) {
  const auto token = bearer_token_of(authorization);
  const auto print = token ? access::parse_api_key(*token) : std::nullopt;
  if (!print) refuse();
  store::ApiKeys keys(store.database());
  const auto found = keys.find_login(print->prefix);
  // Compared with something in any case, so that a prefix that exists takes no longer than one that does not.
  const bool is_right = access::is_same_secret(found ? found->digest : Sha256{}, print->digest);
  if (!found || !is_right || !found->key.is_good(now)) refuse();
  keys.touch(found->key, now);
  const store::ApiKey& key = found->key;
  return {key.role, key.tenant, key.id, {}, "key " + std::to_string(key.id.value) + " (" + key.name + ")"};
}

/// A browser sends the cookie along with whatever any page asks of us; the token only our own page knows.
void expect_own_page(const http::Request& request, std::string_view token) {
  if (request.method == http::Method::get || request.method == http::Method::head) return;
  const auto said = request.headers.find("X-CSRF-Token");
  if (!said || !access::is_same_secret(*said, access::csrf_token_of(token))) refuse();
}

Principal by_session(std::string_view token, const http::Request& request, store::Store& store,
                     WallTime now) {
  const Sha256 digest = access::digest_of_secret(token);
  store::Sessions sessions(store.database());
  const auto session = sessions.find(digest);
  const auto user = store::Users(store.database()).find(session ? session->user : UserId{});
  if (!session || !session->is_good(now) || !user || user->is_disabled) refuse();
  expect_own_page(request, token);
  sessions.touch(digest, *session, now);
  return {user->role, user->tenant, {}, user->id, user_name(*user)};
}

}  // namespace

Principal authenticate(const http::Request& request, store::Store& store, WallTime now) {
  if (const auto authorization = request.headers.find("Authorization"))
    return by_key(*authorization, store, now);
  const auto token = session_token_of(request);
  if (!token || token->size() > kMostTokenBytes) refuse();
  return by_session(*token, request, store, now);
}

std::optional<std::string_view> session_token_of(const http::Request& request) {
  const std::string_view name = cookie_name(request);
  std::string_view rest = request.headers.find("Cookie").value_or("");
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    const std::string_view pair = trimmed(rest.substr(0, end));
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return std::nullopt;
}

void set_session_cookie(http::Response& response, const http::Request& request, std::string_view token,
                        std::int64_t seconds) {
  std::string cookie(cookie_name(request));
  cookie += "=";
  cookie += token;
  cookie += "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
  if (request.secure) cookie += "; Secure";
  response.headers.add("Set-Cookie", cookie);
}

}  // namespace reelprint::api
