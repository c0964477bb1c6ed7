// Licences, policies, allow lists and ownership in the database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/rights_record.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Narrows a listing; zero and nothing do not narrow. An account is found whatever the case of its ASCII
/// letters.
struct LicenceQuery {
  TenantId tenant = {};  ///< whose holder
  HolderId holder = {};
  SeriesId series = {};        ///< licences that cover it, or one of its episodes
  std::string account = {};    ///< licences that name it
  std::string territory = {};  ///< licences that cover it
  std::optional<WallTime> active_at = {};
};

/// Of policies, allow entries and ownerships; as above.
struct RightsQuery {
  TenantId tenant = {};
  HolderId holder = {};
};

/// The part of Store for what holders have on record, with its contract. Listings are by id, at most `limit`
/// after `after`. Lists within a licence come back sorted, each value once. A change is made only to the
/// version named in it, else false; it raises the version. The holder of what is there never changes.
class Rights {
 public:
  explicit Rights(Database& database) : database_(database) {}

  LicenceId add(const Licence& licence);
  /// A licence is never removed: revoke it.
  bool update(const Licence& licence);
  [[nodiscard]] std::optional<Licence> licence(LicenceId id);
  [[nodiscard]] std::vector<Licence> licences(const LicenceQuery& query, LicenceId after, std::size_t limit);

  PolicyId add(const Policy& policy);
  bool update(const Policy& policy);
  bool remove(PolicyId id);
  [[nodiscard]] std::optional<Policy> policy(PolicyId id);
  [[nodiscard]] std::vector<Policy> policies(const RightsQuery& query, PolicyId after, std::size_t limit);

  AllowEntryId add(const AllowEntry& entry);
  bool update(const AllowEntry& entry);
  bool remove(AllowEntryId id);
  [[nodiscard]] std::optional<AllowEntry> allow_entry(AllowEntryId id);
  /// With a tenant or holder: not those for the works of all holders.
  [[nodiscard]] std::vector<AllowEntry> allow_entries(const RightsQuery& query, AllowEntryId after,
                                                      std::size_t limit);

  OwnershipId add(const Ownership& ownership);
  bool update(const Ownership& ownership);
  bool remove(OwnershipId id);
  [[nodiscard]] std::optional<Ownership> ownership(OwnershipId id);
  [[nodiscard]] std::vector<Ownership> ownerships(const RightsQuery& query, OwnershipId after,
                                                  std::size_t limit);

  /// All that a ruling on works of these holders goes by, in one state of the database.
  [[nodiscard]] RightsRecord record_of(std::span<const HolderId> holders);

 private:
  Database& database_;
};

}  // namespace reelprint::store
