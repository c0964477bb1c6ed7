#include "store/catalog_changes.h"

#include <algorithm>
#include <string>

#include "store/catalog_changes_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

struct Change {
  std::int64_t id = 0;
  std::string kind;
  std::int64_t item = 0;
};

std::vector<Change> changes_after(Database& database, std::int64_t after) {
  Statement row = database.statement(kListCatalogChanges, after);
  std::vector<Change> changes;
  while (row.step()) changes.push_back({row.integer(0), row.text(1), row.integer(2)});
  return changes;
}

void add_all(Database& database, const StatementText& text, std::int64_t item,
             std::vector<ReferenceId>& references) {
  Statement row = database.statement(text, item);
  while (row.step()) references.push_back(ReferenceId{row.integer(0)});
}

void take(Database& database, const Change& change, CatalogChanges& changes) {
  if (change.kind == "negative") {
    changes.negatives = true;
  } else if (change.kind == "reference") {
    changes.references.push_back(ReferenceId{change.item});
  } else if (change.kind == "episode") {
    add_all(database, kListReferencesOfEpisode, change.item, changes.references);
  } else if (change.kind == "series") {
    add_all(database, kListReferencesOfSeries, change.item, changes.references);
  } else {
    add_all(database, kListReferencesOfHolder, change.item, changes.references);
  }
}

}  // namespace

std::int64_t CatalogFollower::data_version() {
  Statement row = database_.statement(kReadDataVersion);
  return row.step() ? row.integer(0) : 0;
}

std::int64_t CatalogFollower::latest() {
  Statement row = database_.statement(kReadLatestCatalogChange);
  return row.step() ? row.integer(0) : 0;
}

std::optional<CatalogChanges> CatalogFollower::since(std::int64_t after) {
  const Transaction look(database_, Transaction::Kind::read);
  CatalogChanges changes;
  changes.latest = latest();
  const auto listed = changes_after(database_, after);
  const bool is_another_database = changes.latest < after;  // a backup was restored
  const bool is_forgotten = changes.latest > after && (listed.empty() || listed.front().id != after + 1);
  if (is_another_database || is_forgotten) return std::nullopt;
  for (const Change& change : listed) take(database_, change, changes);
  std::ranges::sort(changes.references);
  const auto rest = std::ranges::unique(changes.references);
  changes.references.erase(rest.begin(), rest.end());
  return changes;
}

}  // namespace reelprint::store
