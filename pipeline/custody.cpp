#include "pipeline/custody.h"

#include <algorithm>
#include <map>
#include <utility>

#include "evidence/custody_check.h"
#include "store/audit.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kPage = 500;

evidence::CustodyEntry entry_of(const store::AuditEntry& entry) {
  return {entry.id.value, entry.at,     entry.actor, entry.action,   entry.object, entry.request_id,
          entry.detail,   entry.tenant, entry.salt,  entry.previous, entry.digest};
}

void add_about(std::map<std::int64_t, evidence::CustodyEntry>& entries, store::Audit& audit,
               const std::string& object, AuditId last) {
  store::AuditFilter filter;
  filter.object = object;
  for (AuditId before{last.value + 1};;) {
    const auto page = audit.list(filter, before, kPage);
    for (const store::AuditEntry& entry : page) entries.emplace(entry.id.value, entry_of(entry));
    if (page.size() < kPage) return;
    before = page.back().id;
  }
}

/// What the crawler noted of a copy is part of the case, whoever had it look there: the case is of the
/// holder's tenant, and a sighting of the platform's.
bool may_show(const evidence::CustodyEntry& entry, TenantId tenant) {
  return tenant == TenantId{} || entry.tenant == TenantId{} || entry.tenant == tenant ||
         entry.action.starts_with("sighting.");
}

}  // namespace

Custody custody_of(store::Store& store, const std::vector<std::string>& objects, TenantId tenant,
                   AuditId last) {
  store::Audit audit(store.database());
  std::map<std::int64_t, evidence::CustodyEntry> about;
  for (const std::string& object : objects) add_about(about, audit, object, last);
  std::erase_if(about, [&](const auto& one) { return !may_show(one.second, tenant); });
  Custody custody;
  for (auto& [id, entry] : about) custody.entries.push_back(std::move(entry));
  if (custody.entries.empty()) return custody;
  const std::int64_t first = custody.entries.front().id;
  const std::int64_t end = custody.entries.back().id;
  if (end - first > evidence::kMostCustodyLinks) return custody;
  for (AuditId after{first}; after.value < end;) {
    const auto page = audit.after(after, kPage);
    if (page.empty()) break;
    for (const store::AuditEntry& entry : page) {
      if (entry.id.value < end && !about.contains(entry.id.value))
        custody.links.push_back({entry.id.value, entry.at, store::content_digest_of(entry), entry.digest});
    }
    after = page.back().id;
  }
  return custody;
}

}  // namespace reelprint::pipeline
