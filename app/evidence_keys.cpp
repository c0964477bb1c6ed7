#include "app/evidence_keys.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/account_options.h"
#include "core/error.h"
#include "core/json_object.h"
#include "core/utf8.h"

namespace reelprint::app {
namespace {

struct EvidenceKeyOptions {
  std::string name;
  std::string from;
  std::string reason;
  std::string format = "json";
};

std::string json_of(const store::SigningKeyRecord& key) {
  const auto put_time = [](JsonObject& object, const char* name, WallTime time) {
    if (time == WallTime{})
      object.null(name);
    else
      object.text(name, to_rfc3339(time));
  };
  JsonObject object;
  object.text("key", key.name).text("public_key", evidence::to_hex(evidence::PublicKey{key.public_key}));
  put_time(object, "created_at", key.created_at);
  put_time(object, "retired_at", key.retired_at);
  put_time(object, "revoked_at", key.revoked_at);
  put_time(object, "revoked_noted_at", key.revoked_noted_at);
  if (key.revoked_why.empty())
    object.null("revoked_why");
  else
    object.text("revoked_why", to_valid_utf8(key.revoked_why));
  return object.str();
}

ExitCode create(Context& context, bool is_rotation) {
  store::Store store(context.data);
  const bool is_there = store::SigningKeys(store.database()).in_use().has_value();
  if (is_there && !is_rotation)
    throw Error(ErrorCode::invalid_input,
                "make a key for evidence: there is one; 'evidence key rotate' replaces it");
  if (!is_there && is_rotation)
    throw Error(ErrorCode::not_found,
                "replace the key for evidence: there is none; 'evidence key create' makes one");
  const auto key = pipeline::create_evidence_key(store, context.data, evidence_actor_now());
  context.console.remark(
      "its secret is in the folder evidence-keys of the data folder, and in no backup: keep a copy");
  context.console.print(context.json ? json_of(key) : key.name);
  return ExitCode::ok;
}

std::string state_of(const store::SigningKeyRecord& key) {
  if (key.revoked_noted_at != WallTime{}) return "revoked";
  return key.retired_at != WallTime{} ? "retired" : "signs";
}

ExitCode list(Context& context) {
  store::Store store(context.data, false);
  std::vector<std::vector<Cell>> table = {
      {{"KEY"}, {"STATE"}, {"SINCE"}, {"UNTIL"}, {"REVOKED FROM"}, {"WHY"}}};
  for (const store::SigningKeyRecord& key : store::SigningKeys(store.database()).list()) {
    if (context.json) context.console.print(json_of(key));
    table.push_back({{key.name},
                     {state_of(key)},
                     {time_or_blank(key.created_at), Colour::dim},
                     {time_or_blank(key.retired_at), Colour::dim},
                     {time_or_blank(key.revoked_at)},
                     {printable(key.revoked_why)}});
  }
  if (context.json) return ExitCode::ok;
  for (const std::string& line : lay_out(table, context.console.has_colour())) context.console.print(line);
  return ExitCode::ok;
}

ExitCode revoke(Context& context, const EvidenceKeyOptions& options) {
  store::Store store(context.data, false);
  const auto actor = evidence_actor_now();
  const auto from = options.from.empty() ? std::optional(actor.now) : wall_time_of(options.from);
  if (!from) throw Error(ErrorCode::invalid_input, "read --from: it is no time of RFC 3339");
  pipeline::revoke_evidence_key(store, context.data, options.name, *from, options.reason, actor);
  context.console.print(context.json ? json_of(*store::SigningKeys(store.database()).find(options.name))
                                     : options.name + " is revoked; publish the keys again");
  return ExitCode::ok;
}

ExitCode publish(Context& context, const EvidenceKeyOptions& options) {
  store::Store store(context.data, false);
  const auto keys = pipeline::published_evidence_keys(store);
  std::string text = options.format == "pem" ? evidence::to_pem(keys) : evidence::to_text(keys);
  while (text.ends_with('\n')) text.pop_back();
  context.console.print(text);
  return ExitCode::ok;
}

}  // namespace

void add_evidence_key_commands(CLI::App& evidence, Context& context, Action& action) {
  CLI::App* key = evidence.add_subcommand("key", "Keep the keys that sign evidence");
  key->require_subcommand(1);
  key->fallthrough();
  auto options = std::make_shared<EvidenceKeyOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = key->add_subcommand(name, description);
    command->callback([&action, run] { action = run; });
    return command;
  };
  CLI::App* made = add("create", "Make the first key, or one after a revocation",
                       [&context] { return create(context, false); });
  CLI::App* rotated = add("rotate", "Make a key that signs from now on; the old one is retired",
                          [&context] { return create(context, true); });
  CLI::App* listed = add("list", "List the keys", [&context] { return list(context); });
  CLI::App* revoked = add("revoke", "Say that a key is not to be trusted from a time on",
                          [&context, options] { return revoke(context, *options); });
  revoked->add_option("key", options->name, "Its id")->required()->type_name("KEY");
  revoked->add_option("--reason", options->reason, "Why")->required()->type_name("TEXT");
  revoked->add_option("--from", options->from, "Since when it may have been another's [now]")
      ->type_name("TIME");
  CLI::App* published = add("publish", "Print all public keys, for whoever checks bundles",
                            [&context, options] { return publish(context, *options); });
  published->add_option("--format", options->format, "json for the verifier, pem for OpenSSL")
      ->check(CLI::IsMember({"json", "pem"}))
      ->capture_default_str();
  for (CLI::App* command : {made, rotated, listed, revoked}) add_json_flag(*command, context);
}

}  // namespace reelprint::app
