// What the tenants ask of the database.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertTenant{
    "add a tenant", "INSERT INTO tenants (name, kind, created_at_us) VALUES (?1, ?2, ?3)"};
inline constexpr StatementText kUpdateTenant{
    "change a tenant", "UPDATE tenants SET name = ?3, version = version + 1 WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kReadTenant{
    "read a tenant", "SELECT id, name, kind, created_at_us, version FROM tenants WHERE id = ?1"};
inline constexpr StatementText kFindTenant{
    "find a tenant", "SELECT id, name, kind, created_at_us, version FROM tenants WHERE name = ?1"};
inline constexpr StatementText kListTenants{
    "list the tenants",
    "SELECT id, name, kind, created_at_us, version FROM tenants WHERE id > ?1 ORDER BY id LIMIT ?2"};

}  // namespace reelprint::store::statements
