#include "store/rights_columns.h"

#include <algorithm>

#include "store/rights_statements.h"

namespace reelprint::store {

std::string joined(const std::vector<std::string>& territories) {
  std::string text;
  for (const std::string& territory : territories) text += (text.empty() ? "" : " ") + territory;
  return text;
}

std::vector<std::string> split(std::string_view territories) {
  std::vector<std::string> list;
  while (!territories.empty()) {
    const std::size_t end = std::min(territories.find(' '), territories.size());
    list.emplace_back(territories.substr(0, end));
    territories.remove_prefix(std::min(end + 1, territories.size()));
  }
  return list;
}

Statement listing(Database& database, const StatementText& select, const Narrowing& narrowing,
                  std::string_view more) {
  const bool by_tenant = narrowing.tenant != TenantId{};
  const bool by_holder = narrowing.holder != HolderId{};
  const bool by_id = narrowing.id != 0;
  std::string sql(select.sql);
  if (by_tenant) sql += statements::kOfTenantsHolders;
  if (by_holder) sql += statements::kOfThatHolder;
  if (by_id) sql += statements::kOfThatId;
  sql.append(more).append(statements::kById);
  Statement row = database.statement({select.purpose, sql}, narrowing.after, narrowing.limit);
  if (by_tenant) row.bind(3, narrowing.tenant.value);
  if (by_holder) row.bind(4, narrowing.holder.value);
  if (by_id) row.bind(5, narrowing.id);
  return row;
}

}  // namespace reelprint::store
