#include "store/audit.h"

#include <openssl/evp.h>

#include <limits>
#include <span>

#include "core/bytes.h"
#include "store/audit_statements.h"
#include "store/columns.h"

namespace reelprint::store {
namespace {

using namespace statements;

constexpr std::size_t kMostTextBytes = std::size_t{1} << 20;

void put_text(ByteWriter& writer, std::string_view text) {
  if (text.size() > kMostTextBytes)
    throw Error(ErrorCode::too_large, "append to the audit log: a text is longer than 1 MiB");
  writer.put(static_cast<std::uint32_t>(text.size()));
  writer.put_bytes(std::as_bytes(std::span(text)));
}

void put_text_of(ByteWriter& writer, const AuditEntry& entry) {
  for (const std::string* text :
       {&entry.actor, &entry.action, &entry.object, &entry.request_id, &entry.detail}) {
    put_text(writer, *text);
  }
}

void put_magic(ByteWriter& writer, std::string_view magic) {
  writer.put_bytes(std::as_bytes(std::span(magic)));
}

Sha256 sha256_of(const ByteWriter& writer) {
  const auto bytes = writer.bytes();
  Sha256 digest;
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.bytes.data(), &size, EVP_sha256(), nullptr) != 1 ||
      size != digest.bytes.size()) {
    throw Error(ErrorCode::io, "compute SHA-256: libcrypto refused");
  }
  return digest;
}

/// Of everything but the digest itself; docs/formats.md lists the bytes.
Sha256 digest_of(const AuditEntry& entry) {
  const bool is_older = entry.salt.empty();
  ByteWriter writer;
  put_magic(writer, is_older ? "RPAUDIT1" : "RPAUDIT2");
  writer.put(entry.id.value);
  writer.put(microseconds_of(entry.at));
  if (is_older) {
    writer.put(entry.tenant.value);
    put_text_of(writer, entry);
  } else {
    writer.put_bytes(bytes_of(content_digest_of(entry)));
  }
  writer.put_bytes(bytes_of(entry.previous));
  return sha256_of(writer);
}

AuditEntry entry_in(const Statement& row) {
  AuditEntry entry;
  entry.id = AuditId{row.integer(0)};
  entry.at = wall_time_in(row, 1);
  entry.actor = row.text(2);
  entry.tenant = TenantId{row.integer(3)};
  entry.action = row.text(4);
  entry.object = row.text(5);
  entry.request_id = row.text(6);
  entry.detail = row.text(7);
  entry.previous = sha256_in(row, 8);
  entry.digest = sha256_in(row, 9);
  entry.salt = row.text(10);
  return entry;
}

std::string listing_of(const AuditFilter& filter) {
  std::string sql(kAuditEntries);
  if (filter.tenant != TenantId{}) sql += kAuditOfTenant;
  if (!filter.actor.empty()) sql += kAuditOfActor;
  if (!filter.action.empty()) sql += filter.action.ends_with('.') ? kAuditOfTopic : kAuditOfAction;
  if (!filter.object.empty()) sql += kAuditOfObject;
  sql += kAuditOrder;
  return sql;
}

/// The parameters that the conditions of listing_of name.
void bind_filter(Statement& row, const AuditFilter& filter) {
  if (filter.tenant != TenantId{}) row.bind(3, filter.tenant.value);
  if (!filter.actor.empty()) row.bind(4, std::string_view(filter.actor));
  if (!filter.action.empty()) row.bind(5, std::string_view(filter.action));
  if (!filter.object.empty()) row.bind(6, std::string_view(filter.object));
}

}  // namespace

Sha256 content_digest_of(const AuditEntry& entry) {
  if (entry.salt.empty()) return {};
  ByteWriter writer;
  put_magic(writer, "RPAUDITC");
  put_text(writer, entry.salt);
  writer.put(entry.tenant.value);
  put_text_of(writer, entry);
  return sha256_of(writer);
}

AuditId Audit::append(const AuditEntry& entry) {
  Transaction change(database_, Transaction::Kind::write);
  AuditEntry next = entry;
  next.id = AuditId{1};
  next.previous = {};
  {
    Statement last = database_.statement(kLastAuditEntry);
    if (last.step()) {
      next.id = AuditId{last.integer(0) + 1};
      next.previous = sha256_in(last, 1);
    }
  }
  {
    Statement drawn = database_.statement(kDrawSalt);
    if (!drawn.step()) drawn.refuse(ErrorCode::io, "there is no answer");
    next.salt = drawn.text(0);
  }
  next.digest = digest_of(next);
  database_.run(kInsertAuditEntry, next.id.value, microseconds_of(next.at), next.actor, next.tenant.value,
                next.action, next.object, next.request_id, next.detail, bytes_of(next.previous),
                bytes_of(next.digest), next.salt);
  change.commit();
  return next.id;
}

std::vector<AuditEntry> Audit::list(const AuditFilter& filter, AuditId before, std::size_t limit) {
  const std::int64_t end = before == AuditId{} ? std::numeric_limits<std::int64_t>::max() : before.value;
  const std::string sql = listing_of(filter);
  Statement row = database_.statement({"list the audit log", sql}, end, limit);
  bind_filter(row, filter);
  std::vector<AuditEntry> entries;
  while (row.step()) entries.push_back(entry_in(row));
  return entries;
}

std::vector<AuditEntry> Audit::after(AuditId after, std::size_t limit) {
  std::vector<AuditEntry> entries;
  Statement row = database_.statement(kAuditAfter, after.value, limit);
  while (row.step()) entries.push_back(entry_in(row));
  return entries;
}

AuditId Audit::newest() {
  Statement last = database_.statement(kLastAuditEntry);
  return last.step() ? AuditId{last.integer(0)} : AuditId{};
}

std::optional<AuditId> Audit::first_broken() {
  const Transaction look(database_, Transaction::Kind::read);
  AuditId last;
  Sha256 previous;
  Statement row = database_.statement(kReadAuditLog);
  while (row.step()) {
    const AuditId due{last.value + 1};
    if (row.integer(0) != due.value || row.blob(8).size() != previous.bytes.size() ||
        row.blob(9).size() != previous.bytes.size()) {
      return due;
    }
    const AuditEntry entry = entry_in(row);
    if (entry.previous != previous || entry.digest != digest_of(entry)) return due;
    last = due;
    previous = entry.digest;
  }
  Statement appended = database_.statement(kCountAppended);
  if (appended.step() && appended.integer(0) != last.value) return AuditId{last.value + 1};
  return std::nullopt;
}

}  // namespace reelprint::store
