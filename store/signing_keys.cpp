#include "store/signing_keys.h"

#include <algorithm>
#include <span>

#include "store/columns.h"
#include "store/evidence_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

SigningKeyRecord record_in(const Statement& row) {
  SigningKeyRecord record;
  record.name = row.text(0);
  const auto key = row.blob(1);
  if (key.size() != record.public_key.size())
    row.refuse(ErrorCode::corrupt, "a public key is not 32 bytes long");
  std::ranges::copy(key, std::as_writable_bytes(std::span(record.public_key)).begin());
  record.created_at = wall_time_in(row, 2);
  record.retired_at = wall_time_in(row, 3);
  record.revoked_at = wall_time_in(row, 4);
  record.revoked_noted_at = wall_time_in(row, 5);
  record.revoked_why = row.text(6);
  return record;
}

std::optional<SigningKeyRecord> one_of(Statement row) {
  return row.step() ? std::optional(record_in(row)) : std::nullopt;
}

}  // namespace

void SigningKeys::add(std::string_view name, const std::array<std::uint8_t, 32>& public_key, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kRetireSigningKeys, microseconds_of(now));
  database_.run(kInsertSigningKey, name, std::as_bytes(std::span(public_key)), microseconds_of(now));
  change.commit();
}

std::optional<SigningKeyRecord> SigningKeys::in_use() {
  return one_of(database_.statement(kSigningKeyInUse));
}

std::optional<SigningKeyRecord> SigningKeys::find(std::string_view name) {
  return one_of(database_.statement(kFindSigningKey, name));
}

std::vector<SigningKeyRecord> SigningKeys::list() {
  std::vector<SigningKeyRecord> records;
  Statement row = database_.statement(kListSigningKeys);
  while (row.step()) records.push_back(record_in(row));
  return records;
}

bool SigningKeys::revoke(std::string_view name, WallTime from, std::string_view why, WallTime now) {
  return database_.run(kRevokeSigningKey, name, microseconds_of(from), microseconds_of(now), why) > 0;
}

}  // namespace reelprint::store
