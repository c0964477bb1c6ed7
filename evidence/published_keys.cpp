#include "evidence/published_keys.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "evidence/canonical_json.h"
#include "evidence/json_members.h"
#include "evidence/manifest.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "reelprint-keys-1";

json::value time_or_null(WallTime time) {
  return time == WallTime{} ? json::value() : json::value(to_exact_time(time));
}

PublishedKey key_in(const JsonMembers& members) {
  PublishedKey published;
  const auto key = public_key_in_hex(members.text("public_key"));
  if (!key || members.text("key") != key_id_of(*key)) members.refuse("a public key does not fit its id");
  published.key = *key;
  published.created_at = members.time("created_at");
  published.retired_at = members.time_or_none("retired_at");
  published.revoked_at = members.time_or_none("revoked_at");
  published.revoked_noted_at = members.time_or_none("revoked_noted_at");
  published.revoked_why = members.text_or_none("revoked_why");
  return published;
}

KeyJudgement judge_revoked(const PublishedKey& key, const SigningTime& signed_at) {
  const std::string revoked = "the key is revoked from " + to_exact_time(key.revoked_at) + " on (" +
                              key.revoked_why + ", said " + to_exact_time(key.revoked_noted_at) + ")";
  if (signed_at.at >= key.revoked_at) return {KeyStanding::bad, revoked + "; it signed this later"};
  if (signed_at.is_proven)
    return {KeyStanding::good, revoked + "; what is signed was there before, as the time stamp proves"};
  return {KeyStanding::unclear,
          revoked + "; the bundle says that it was signed before, and no time stamp proves it"};
}

}  // namespace

std::string to_text(const std::vector<PublishedKey>& keys) {
  json::array list;
  for (const PublishedKey& one : keys) {
    list.push_back(json::object{
        {"key", key_id_of(one.key)},
        {"algorithm", "Ed25519"},
        {"public_key", to_hex(one.key)},
        {"pem", to_pem(one.key)},
        {"created_at", to_exact_time(one.created_at)},
        {"retired_at", time_or_null(one.retired_at)},
        {"revoked_at", one.is_revoked() ? json::value(to_exact_time(one.revoked_at)) : json::value()},
        {"revoked_noted_at", time_or_null(one.revoked_noted_at)},
        {"revoked_why", one.is_revoked() ? json::value(one.revoked_why) : json::value()}});
  }
  return canonical_json(json::object{{"format", kFormat}, {"keys", std::move(list)}}) + "\n";
}

std::vector<PublishedKey> published_keys_in(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse(text, error);
  if (error) throw Error(ErrorCode::corrupt, "read published keys: it is no JSON");
  const JsonMembers members(value, "it", "published keys");
  if (members.text("format") != kFormat) members.refuse("its format is not " + std::string(kFormat));
  std::vector<PublishedKey> keys;
  for (const json::value& element : members.list("keys"))
    keys.push_back(key_in(JsonMembers(element, "a key", "published keys")));
  return keys;
}

std::string to_pem(const std::vector<PublishedKey>& keys) {
  std::string text;
  for (const PublishedKey& one : keys) {
    text += key_id_of(one.key) + ", since " + to_exact_time(one.created_at);
    if (one.retired_at != WallTime{}) text += ", until " + to_exact_time(one.retired_at);
    if (one.is_revoked()) text += ", REVOKED from " + to_exact_time(one.revoked_at) + " on";
    text += "\n" + to_pem(one.key);
  }
  return text;
}

KeyJudgement judge_key(const PublicKey& key, const SigningTime& signed_at,
                       const std::vector<PublishedKey>& keys) {
  const auto found = std::ranges::find(keys, key, &PublishedKey::key);
  if (found == keys.end()) return {KeyStanding::bad, "the key is not among the published ones"};
  if (signed_at.at < found->created_at)
    return {KeyStanding::bad, "the key was made later, " + to_exact_time(found->created_at)};
  if (found->is_revoked()) return judge_revoked(*found, signed_at);
  if (found->retired_at != WallTime{} && signed_at.at > found->retired_at)
    return {KeyStanding::bad, "the key was retired before, " + to_exact_time(found->retired_at)};
  return {KeyStanding::good, "the key is published and was in use"};
}

}  // namespace reelprint::evidence
