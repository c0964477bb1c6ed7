#include "api/route_call.h"

#include <algorithm>
#include <utility>

#include "access/tokens.h"
#include "api/body_sinks.h"
#include "api/form_sink.h"
#include "api/http/problem.h"
#include "store/idempotency.h"
#include "store/sqlite.h"

namespace reelprint::api {
namespace {

using store::Transaction;

constexpr unsigned kFirstRefusal = 400;
constexpr unsigned kFirstFailure = 500;

bool reads_only(http::Method method) {
  return method == http::Method::get || method == http::Method::head;
}

Transaction::Kind kind_for(const http::Request& request) {
  return reads_only(request.method) ? Transaction::Kind::read : Transaction::Kind::write;
}

/// What is answered unless something is waited for.
const http::Response& response_of(const Outcome& outcome) {
  if (const auto* wait = std::get_if<Wait>(&outcome)) return wait->late;
  return std::get<http::Response>(outcome);
}

/// The Idempotency-Key, a structured string or the bare text.
std::optional<std::string> key_of(const Route& route, const http::Request& request) {
  constexpr std::size_t kMostBytes = 255;
  const auto field = request.headers.find("Idempotency-Key");
  if (!field || !route.takes_idempotency_key || request.method != http::Method::post) return std::nullopt;
  std::string_view key = *field;
  if (key.size() >= 2 && key.front() == '"' && key.back() == '"') key = key.substr(1, key.size() - 2);
  const bool is_visible = std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7F; });
  if (key.empty() || key.size() > kMostBytes || !is_visible) {
    throw http::Problem(400, "invalid-idempotency-key", "The Idempotency-Key is not valid",
                        "it must be 1 to 255 visible characters of ASCII",
                        {{"Idempotency-Key", "must be 1 to 255 visible characters of ASCII"}});
  }
  return std::string(key);
}

/// Of the header fields that describe a body which went to a sink. A form's boundary is left out: a client
/// makes a new one when it sends the same form again.
std::string_view described(const http::Request& request, std::string_view name) {
  const std::string_view value = request.headers.find(name).value_or("");
  return name == "Content-Type" ? value.substr(0, std::min(value.find(';'), value.size())) : value;
}

/// Tells `add` what a sink has in memory; what went to the disk is told by its headers.
template <class Add>
void add_body(const http::Request& request, const Add& add) {
  for (const char* name : {"Content-Length", "Content-Digest", "Repr-Digest", "Digest", "Content-Type",
                           "Upload-Length", "Upload-Metadata", "Upload-Defer-Length"}) {
    add(described(request, name));
  }
  if (const auto* text = dynamic_cast<const TextSink*>(request.sink.get())) add(text->text());
  if (const auto* form = dynamic_cast<const FormSink*>(request.sink.get())) {
    for (const auto& [name, value] : form->fields()) {
      add(name);
      add(value);
    }
  }
}

/// Each part with its length before it, so that no two requests run together into the same bytes.
Sha256 digest_of(const Route& route, const http::Request& request) {
  std::string text;
  const auto add = [&](std::string_view part) {
    text += std::to_string(part.size()) + ":";
    text += part;
  };
  add(http::to_string(request.method));
  add(request.path);
  for (const auto& [name, value] : request.query) {
    add(name);
    add(value);
  }
  if (route.open_sink) {
    add_body(request, add);
  } else {
    add(request.body);
  }
  return access::digest_of_secret(text);
}

http::Response replayed(store::KeptAnswer kept, const Sha256& digest) {
  if (kept.digest != digest) {
    throw http::Problem(422, "idempotency-key-reused", "The Idempotency-Key belongs to another request",
                        "this key came with another request before; take a new one",
                        {{"Idempotency-Key", "was used for another request"}});
  }
  http::Response response;
  response.status = kept.status;
  response.content_type = std::move(kept.content_type);
  response.body = std::move(kept.body);
  for (auto& [name, value] : kept.headers) response.headers.add(std::move(name), std::move(value));
  response.headers.set("Idempotency-Replayed", "true");
  return response;
}

bool is_known_to_client(const http::Request& request, const http::Response& response) {
  const auto etag = response.headers.find("ETag");
  const auto known = request.headers.find("If-None-Match");
  if (!etag || !known || response.status != 200 || !reads_only(request.method)) return false;
  return *known == "*" || known->find(*etag) != std::string_view::npos;
}

}  // namespace

std::string name_for_keeping(const Principal& principal) {
  if (principal.key != ApiKeyId{}) return "key " + std::to_string(principal.key.value);
  if (principal.user != UserId{}) return "user " + std::to_string(principal.user.value);
  return principal.name;
}

RouteCall::RouteCall(Parts parts, Principal principal, http::Headers told)
    : parts_(parts), principal_(std::move(principal)), told_(std::move(told)) {}

void RouteCall::open(const http::Request& request) {
  most_body_bytes = reads_only(request.method) ? 0 : parts_.route.most_body_bytes;
  if (!parts_.route.open_sink) return;
  const auto store = parts_.stores.lease();
  Context context{request, principal_, *store, parts_.clock.now()};
  std::optional<Transaction> look;
  if (!parts_.route.has_own_transactions) look.emplace(store->database(), Transaction::Kind::read);
  sink = parts_.route.open_sink(context);
}

http::Answer RouteCall::respond(http::Request& request) {
  const auto store = parts_.stores.lease();
  Context context{request, principal_, *store, parts_.clock.now()};
  Outcome outcome = run(context);
  if (auto* wait = std::get_if<Wait>(&outcome)) {
    wait_ = std::move(*wait);
    return http::Pending{std::chrono::steady_clock::now() + wait_->time};
  }
  return finished(std::get<http::Response>(std::move(outcome)), request);
}

std::optional<http::Response> RouteCall::poll(http::Request& request, bool is_late) {
  if (!wait_) return std::nullopt;
  const auto store = parts_.stores.lease();
  Context context{request, principal_, *store, parts_.clock.now()};
  const Transaction look(store->database(), Transaction::Kind::read);
  if (auto response = wait_->poll(context)) return finished(std::move(*response), request);
  if (is_late) return finished(wait_->late, request);
  return std::nullopt;
}

Outcome RouteCall::run(Context& context) const {
  if (parts_.route.has_own_transactions) return parts_.route.handler(context);
  if (const auto key = key_of(parts_.route, context.request)) return run_once(context, *key);
  const Transaction::Kind kind = kind_for(context.request);
  Transaction transaction(context.store.database(), kind);
  Outcome outcome = parts_.route.handler(context);
  if (kind == Transaction::Kind::write && response_of(outcome).status < kFirstRefusal) transaction.commit();
  return outcome;
}

/// Effect and kept answer are one transaction; of two requests at once the second waits for it and is given
/// the first one's answer.
Outcome RouteCall::run_once(Context& context, const std::string& key) const {
  const Sha256 digest = digest_of(parts_.route, context.request);
  const std::string name = name_for_keeping(principal_);
  Transaction transaction(context.store.database(), Transaction::Kind::write);
  store::Idempotency answers(context.store.database());
  if (auto kept = answers.find(name, key, context.now - parts_.idempotency_time))
    return replayed(std::move(*kept), digest);
  Outcome outcome = attempt(context);
  const http::Response& response = response_of(outcome);
  if (response.status < kFirstFailure && !response.file && !response.events) {
    answers.keep(name, key,
                 {digest, response.status, response.content_type, response.headers.all(), response.body},
                 context.now);
    transaction.commit();
  }
  return outcome;
}

/// A refusal undoes what the handler did and is an answer like any other here: it is kept too.
Outcome RouteCall::attempt(Context& context) const {
  Transaction part(context.store.database(), Transaction::Kind::write);
  try {
    Outcome outcome = parts_.route.handler(context);
    if (response_of(outcome).status < kFirstRefusal) part.commit();
    return outcome;
  } catch (const http::Problem& problem) {
    if (problem.status >= kFirstFailure) throw;
    return http::to_response(problem, context.request.id);
  }
}

http::Response RouteCall::finished(http::Response response, const http::Request& request) const {
  if (is_known_to_client(request, response)) {
    response.status = 304;
    response.body.clear();
    response.file.reset();
  }
  for (const auto& [name, value] : told_.all()) response.headers.set(name, value);
  return response;
}

}  // namespace reelprint::api
