#include "store/imports.h"

#include "store/columns.h"
#include "store/references_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

Import import_in(const Statement& row) {
  return {ImportId{row.integer(0)},
          TenantId{row.integer(1)},
          row.text(2),
          row.integer<std::size_t>(3),
          row.text(4),
          wall_time_in(row, 5)};
}

}  // namespace

ImportId Imports::add(const Import& import) {
  database_.run(kInsertImport, import.tenant.value, import.name, import.rows, import.by,
                microseconds_of(import.at));
  return ImportId{database_.last_key()};
}

std::optional<Import> Imports::find(ImportId id) {
  Statement row = database_.statement(kReadImport, id.value);
  if (!row.step()) return std::nullopt;
  return import_in(row);
}

std::vector<Import> Imports::list(TenantId tenant, ImportId after, std::size_t limit) {
  Statement row =
      database_.statement(tenant == TenantId{} ? kListImports : kListImportsOfTenant, after.value, limit);
  if (tenant != TenantId{}) row.bind(3, tenant.value);
  std::vector<Import> imports;
  while (row.step()) imports.push_back(import_in(row));
  return imports;
}

std::map<ReferenceState, std::size_t> Imports::progress(ImportId id) {
  Statement row = database_.statement(kCountImported, id.value);
  std::map<ReferenceState, std::size_t> counts;
  while (row.step()) counts[reference_state_in(row, 0)] = row.integer<std::size_t>(1);
  return counts;
}

}  // namespace reelprint::store
