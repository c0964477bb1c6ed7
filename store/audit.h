// The audit log: what was changed or exported, by whom, in an order that nobody can alter unseen.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// One entry. Its digest is the SHA-256 of what it says and of the digest of the entry before it, so that no
/// entry can be changed, left out or put in between without changing all that follow (docs/formats.md lists
/// the bytes).
struct AuditEntry {
  AuditId id;  ///< consecutive from 1; ignored when it is appended
  WallTime at;
  std::string actor;       ///< Principal::name
  TenantId tenant;         ///< whom it concerns; zero: nobody in particular
  std::string action;      ///< "licence.create"
  std::string object;      ///< "licence 5"; "" when there is none
  std::string request_id;  ///< of the HTTP request; "" when there was none
  std::string detail;      ///< a JSON object: what was changed, to what
  std::string salt;        ///< 32 hexadecimal digits; "" in entries of the older form; ignored likewise
  Sha256 previous;         ///< digest of the entry before; ignored when it is appended
  Sha256 digest;           ///< ignored when it is appended
};

/// What an entry says, as its digest has it: who knows the digest of an entry and of the one before can check
/// the one by the other without a word of the entry itself. The salt keeps it from being guessed. Zero for an
/// entry of the older form, which has none.
[[nodiscard]] Sha256 content_digest_of(const AuditEntry& entry);

struct AuditFilter {
  TenantId tenant;     ///< zero: all
  std::string actor;   ///< "" does not narrow, nor below
  std::string action;  ///< with a prefix: "licence." finds them all
  std::string object;
};

/// The audit log's part of Store, with its contract. There is no call that changes or removes an entry.
class Audit {
 public:
  explicit Audit(Database& database) : database_(database) {}

  AuditId append(const AuditEntry& entry);
  /// At most `limit` entries before `before` (zero: the newest), the newest first.
  [[nodiscard]] std::vector<AuditEntry> list(const AuditFilter& filter, AuditId before, std::size_t limit);
  /// At most `limit` entries after `after`, the oldest first.
  [[nodiscard]] std::vector<AuditEntry> after(AuditId after, std::size_t limit);
  /// Of the newest entry; zero: there is none.
  [[nodiscard]] AuditId newest();
  /// Reads all; the first entry that does not fit the one before it or its own digest.
  [[nodiscard]] std::optional<AuditId> first_broken();

 private:
  Database& database_;
};

}  // namespace reelprint::store
