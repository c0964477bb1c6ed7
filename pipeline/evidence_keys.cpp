#include "pipeline/evidence_keys.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "core/error.h"
#include "core/files.h"
#include "core/json_object.h"
#include "store/audit.h"

namespace reelprint::pipeline {
namespace {

constexpr std::uintmax_t kMostSecretBytes = 1024;

std::filesystem::path secret_file(const std::filesystem::path& data, const std::string& name) {
  return data / "evidence-keys" / (name + ".key");
}

/// Nobody but the owner may ever open it.
void write_secret(const std::filesystem::path& file, const std::string& secret) {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (!error) std::filesystem::permissions(file.parent_path(), std::filesystem::perms::owner_all, error);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const std::string line = secret + "\n";
  const bool is_written = fd >= 0 &&
                          ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                          ::fsync(fd) == 0;
  const int reason = errno;
  if (fd >= 0) ::close(fd);
  if (!is_written)
    throw Error(ErrorCode::io, "write the signing key '" + file.string() + "': " + std::strerror(reason));
}

void note(store::Store& store, const EvidenceActor& actor, const char* action, const std::string& key,
          const std::string& detail) {
  store::AuditEntry entry;
  entry.at = actor.now;
  entry.actor = actor.name;
  entry.action = action;
  entry.object = "evidence_key " + key;
  entry.request_id = actor.request_id;
  entry.detail = detail;
  store::Audit(store.database()).append(entry);
}

}  // namespace

store::SigningKeyRecord create_evidence_key(store::Store& store, const std::filesystem::path& data,
                                            const EvidenceActor& actor) {
  const auto key = evidence::SigningKey::make();
  const std::string name = evidence::key_id_of(key.public_key());
  // The secret first: a key that the store knows can sign.
  write_secret(secret_file(data, name), key.secret());
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  store::SigningKeys keys(store.database());
  const auto before = keys.in_use();
  keys.add(name, key.public_key().bytes, actor.now);
  JsonObject detail;
  detail.text("public_key", evidence::to_hex(key.public_key()));
  if (before) detail.text("retires", before->name);
  note(store, actor, before ? "evidence_key.rotate" : "evidence_key.create", name, detail.str());
  const auto made = keys.find(name);
  change.commit();
  return *made;
}

evidence::SigningKey evidence_key_in_use(store::Store& store, const std::filesystem::path& data) {
  const auto record = store::SigningKeys(store.database()).in_use();
  if (!record) {
    throw Error(ErrorCode::not_found,
                "sign evidence: there is no key; 'reelprint evidence key create' makes one");
  }
  const auto file = secret_file(data, record->name);
  const auto bytes = read_file(file, kMostSecretBytes);
  std::string secret(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  while (secret.ends_with('\n')) secret.pop_back();
  auto key = evidence::SigningKey::of_secret(secret);
  std::ranges::fill(secret, '\0');
  if (!key || key->public_key().bytes != record->public_key)
    throw Error(ErrorCode::corrupt, "read the signing key '" + file.string() + "': it is another one");
  return std::move(*key);
}

void revoke_evidence_key(store::Store& store, const std::filesystem::path& data, const std::string& name,
                         WallTime from, const std::string& why, const EvidenceActor& actor) {
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  store::SigningKeys keys(store.database());
  if (!keys.find(name))
    throw Error(ErrorCode::not_found, "revoke the evidence key '" + name + "': there is none");
  if (!keys.revoke(name, from, why, actor.now))
    throw Error(ErrorCode::invalid_input, "revoke the evidence key '" + name + "': it was revoked before");
  note(store, actor, "evidence_key.revoke", name,
       JsonObject().text("from", to_rfc3339(from)).text("why", why).str());
  change.commit();
  std::error_code ignored;
  std::filesystem::remove(secret_file(data, name), ignored);
}

std::vector<evidence::PublishedKey> published_evidence_keys(store::Store& store) {
  std::vector<evidence::PublishedKey> published;
  for (const store::SigningKeyRecord& record : store::SigningKeys(store.database()).list()) {
    published.push_back({{record.public_key},
                         record.created_at,
                         record.retired_at,
                         record.revoked_at,
                         record.revoked_noted_at,
                         record.revoked_why});
  }
  return published;
}

}  // namespace reelprint::pipeline
