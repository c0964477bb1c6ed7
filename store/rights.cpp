#include "store/rights.h"

#include <limits>
#include <string_view>
#include <utility>

#include "store/rights_columns.h"
#include "store/rights_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

constexpr std::size_t kAll = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());

template <class Item>
std::optional<Item> only(std::vector<Item> items) {
  if (items.empty()) return std::nullopt;
  return std::move(items.front());
}

template <class Value>
Value named(const Statement& row, std::optional<Value> value) {
  if (!value) row.refuse(ErrorCode::corrupt, "a stored name has no meaning");
  return *value;
}

PolicyRule rule_in(const Statement& row) {
  return {
      named(row, action_of(row.text(0))),  Duration{row.integer(1)}, row.real(2), row.real(3), row.real(4),
      named(row, modality_of(row.text(5)))};
}

std::vector<Policy> list_policies(Database& database, const Narrowing& narrowing) {
  const Transaction look(database, Transaction::Kind::read);
  std::vector<Policy> policies;
  {
    Statement row = listing(database, {"list the policies", kPolicies}, narrowing);
    while (row.step()) {
      policies.push_back({PolicyId{row.integer(0)},
                          HolderId{row.integer(1)},
                          split(row.text(2)),
                          row.text(3),
                          row.integer<int>(4),
                          {},
                          row.flag(5),
                          row.integer(6)});
    }
  }
  for (Policy& policy : policies) {
    Statement row = database.statement(kPolicyRules, policy.id.value);
    while (row.step()) policy.rules.push_back(rule_in(row));
  }
  return policies;
}

void write_rules(Database& database, PolicyId id, const Policy& policy) {
  std::size_t position = 0;
  for (const PolicyRule& rule : policy.rules) {
    database.run(kInsertPolicyRule, id.value, position++, to_string(rule.action), rule.least_matched.count(),
                 rule.least_share_of_upload, rule.least_share_of_reference, rule.least_score,
                 to_string(rule.modality));
  }
}

std::vector<AllowEntry> list_allow_entries(Database& database, const Narrowing& narrowing,
                                           std::string_view more = {}) {
  std::vector<AllowEntry> entries;
  Statement row = listing(database, {"list the allow entries", kAllowEntries}, narrowing, more);
  while (row.step()) {
    entries.push_back({AllowEntryId{row.integer(0)}, HolderId{row.integer(1)},
                       named(row, allow_kind_of(row.text(2))), TenantId{row.integer(3)}, row.text(4),
                       row.text(5), row.integer(6)});
  }
  return entries;
}

std::vector<Ownership> list_ownerships(Database& database, const Narrowing& narrowing) {
  std::vector<Ownership> ownerships;
  Statement row = listing(database, {"list the ownerships", kOwnerships}, narrowing);
  while (row.step()) {
    ownerships.push_back({OwnershipId{row.integer(0)}, HolderId{row.integer(1)}, SeriesId{row.integer(2)},
                          split(row.text(3)), term_in(row, 4), row.integer(6)});
  }
  return ownerships;
}

template <class Value>
void append(std::vector<Value>& all, std::vector<Value> more) {
  all.insert(all.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
}

}  // namespace

PolicyId Rights::add(const Policy& policy) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kInsertPolicy, policy.holder.value, joined(policy.territories), policy.name, policy.priority,
                policy.enabled);
  const PolicyId id{database_.last_key()};
  write_rules(database_, id, policy);
  change.commit();
  return id;
}

bool Rights::update(const Policy& policy) {
  Transaction change(database_, Transaction::Kind::write);
  const bool is_there =
      database_.run(kUpdatePolicy, policy.id.value, policy.version, joined(policy.territories), policy.name,
                    policy.priority, policy.enabled) > 0;
  if (!is_there) return false;
  database_.run(kClearPolicyRules, policy.id.value);
  write_rules(database_, policy.id, policy);
  change.commit();
  return true;
}

bool Rights::remove(PolicyId id) {
  return database_.run(kRemovePolicy, id.value) > 0;
}

std::optional<Policy> Rights::policy(PolicyId id) {
  return only(list_policies(database_, {.id = id.value}));
}

std::vector<Policy> Rights::policies(const RightsQuery& query, PolicyId after, std::size_t limit) {
  return list_policies(database_, {query.tenant, query.holder, 0, after.value, limit});
}

AllowEntryId Rights::add(const AllowEntry& entry) {
  database_.run(kInsertAllowEntry, entry.holder.value, to_string(entry.kind), entry.platform.value,
                entry.value, entry.reason);
  return AllowEntryId{database_.last_key()};
}

bool Rights::update(const AllowEntry& entry) {
  return database_.run(kUpdateAllowEntry, entry.id.value, entry.version, to_string(entry.kind),
                       entry.platform.value, entry.value, entry.reason) > 0;
}

bool Rights::remove(AllowEntryId id) {
  return database_.run(kRemoveAllowEntry, id.value) > 0;
}

std::optional<AllowEntry> Rights::allow_entry(AllowEntryId id) {
  return only(list_allow_entries(database_, {.id = id.value}));
}

std::vector<AllowEntry> Rights::allow_entries(const RightsQuery& query, AllowEntryId after,
                                              std::size_t limit) {
  return list_allow_entries(database_, {query.tenant, query.holder, 0, after.value, limit});
}

OwnershipId Rights::add(const Ownership& ownership) {
  database_.run(kInsertOwnership, ownership.holder.value, ownership.series.value,
                joined(ownership.territories), microseconds_of(ownership.term.from),
                microseconds_of(ownership.term.until), kNoTime);
  return OwnershipId{database_.last_key()};
}

bool Rights::update(const Ownership& ownership) {
  return database_.run(kUpdateOwnership, ownership.id.value, ownership.version, ownership.series.value,
                       joined(ownership.territories), microseconds_of(ownership.term.from),
                       microseconds_of(ownership.term.until), kNoTime) > 0;
}

bool Rights::remove(OwnershipId id) {
  return database_.run(kRemoveOwnership, id.value) > 0;
}

std::optional<Ownership> Rights::ownership(OwnershipId id) {
  return only(list_ownerships(database_, {.id = id.value}));
}

std::vector<Ownership> Rights::ownerships(const RightsQuery& query, OwnershipId after, std::size_t limit) {
  return list_ownerships(database_, {query.tenant, query.holder, 0, after.value, limit});
}

RightsRecord Rights::record_of(std::span<const HolderId> holders) {
  const Transaction look(database_, Transaction::Kind::read);
  RightsRecord record;
  record.allow_entries = list_allow_entries(database_, {.limit = kAll}, kAllowEntriesForAll);
  for (const HolderId holder : holders) {
    append(record.licences, licences({.holder = holder}, {}, kAll));
    const Narrowing of_holder{.holder = holder, .limit = kAll};
    append(record.policies, list_policies(database_, of_holder));
    append(record.allow_entries, list_allow_entries(database_, of_holder));
    append(record.ownerships, list_ownerships(database_, of_holder));
  }
  return record;
}

}  // namespace reelprint::store
