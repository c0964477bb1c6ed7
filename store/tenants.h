// Tenants: the companies that share one service and must not see each other's things.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "store/sqlite.h"

namespace reelprint::store {

enum class TenantKind : std::uint8_t {
  holder,    ///< has a catalog
  platform,  ///< has uploads
};

[[nodiscard]] std::string_view to_string(TenantKind kind);
[[nodiscard]] std::optional<TenantKind> tenant_kind_of(std::string_view name);

struct Tenant {
  TenantId id;       ///< ignored when it is added
  std::string name;  ///< unique
  TenantKind kind = TenantKind::holder;
  WallTime created_at;
  std::int64_t version = 1;  ///< grows with every change

  friend bool operator==(const Tenant&, const Tenant&) = default;
};

/// The tenants' part of Store, with its contract.
class Tenants {
 public:
  explicit Tenants(Database& database) : database_(database) {}

  /// Throws Error{invalid_input} when the name is taken: ask find() first, in the same transaction.
  TenantId add(const Tenant& tenant);
  /// Gives it another name; false when there is none of that id and version. Throws as add() does.
  bool rename(TenantId id, std::int64_t version, std::string_view name);
  [[nodiscard]] std::optional<Tenant> find(TenantId id);
  [[nodiscard]] std::optional<Tenant> find(std::string_view name);
  /// At most `limit` with a larger id than `after`, by id.
  [[nodiscard]] std::vector<Tenant> list(TenantId after, std::size_t limit);

 private:
  Database& database_;
};

}  // namespace reelprint::store
