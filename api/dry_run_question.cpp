#include "api/dry_run_question.h"

#include <algorithm>
#include <limits>
#include <string>

#include "api/rights_models.h"
#include "store/rights.h"

namespace reelprint::api {
namespace {

constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMostScreenings = 100'000;
constexpr std::size_t kMostChanges = 100;

using MayChange = std::function<bool(HolderId)>;

std::optional<Licence> stored(store::Rights rights, LicenceId id) {
  return rights.licence(id);
}
std::optional<Policy> stored(store::Rights rights, PolicyId id) {
  return rights.policy(id);
}
std::optional<AllowEntry> stored(store::Rights rights, AllowEntryId id) {
  return rights.allow_entry(id);
}

class Reader {
 public:
  Reader(store::Store& store, const MayChange& may_change, DryRunRequest& request)
      : rights_(store.database()), may_change_(may_change), request_(request) {}

  template <class Value>
  void put(Fields& changes, std::string_view name, std::vector<Value>& values) {
    for (Fields& fields : changes.objects(name, kMostChanges)) {
      Value value;
      if (const auto id = fields.integer("id", 1, kMostId)) {
        value.id.value = *id;
        const auto known = stored(rights_, value.id);
        if (!known || !may_change_(known->holder)) {
          fields.refuse("id", "there is none of this id");
          continue;
        }
        value = *known;
      } else {
        value.holder = HolderId{fields.integer("holder", 1, kMostId).value_or(0)};
        if (!may_change_(value.holder)) fields.refuse("holder", "there is no such holder");
      }
      read(fields, value);
      concerns(value.holder);
      values.push_back(std::move(value));
    }
  }

  template <class ValueId>
  void remove(Fields& removed, std::string_view name, std::vector<ValueId>& ids) {
    for (const std::int64_t id : removed.integers(name, 1, kMostId, kMostChanges)) {
      const auto known = stored(rights_, ValueId{id});
      if (!known || !may_change_(known->holder)) {
        removed.refuse(name, "there is none of the id " + std::to_string(id));
        continue;
      }
      concerns(known->holder);
      ids.push_back(ValueId{id});
    }
  }

 private:
  void concerns(HolderId holder) {
    if (std::ranges::find(request_.holders, holder) == request_.holders.end())
      request_.holders.push_back(holder);
  }

  store::Rights rights_;
  const MayChange& may_change_;
  DryRunRequest& request_;
};

}  // namespace

DryRunRequest read_dry_run(Fields& fields, store::Store& store, const MayChange& may_change) {
  DryRunRequest request;
  Reader reader(store, may_change, request);
  if (auto changes = fields.object("changes")) {
    pipeline::RightsChange& change = request.change;
    reader.put(*changes, "licences", change.put.licences);
    reader.put(*changes, "policies", change.put.policies);
    reader.put(*changes, "allow_entries", change.put.allow_entries);
    if (auto removed = changes->object("remove")) {
      reader.remove(*removed, "licences", change.without_licences);
      reader.remove(*removed, "policies", change.without_policies);
      reader.remove(*removed, "allow_entries", change.without_allow_entries);
    }
  }
  if (request.holders.empty()) fields.refuse("changes", "must change something");
  request.from = fields.time("from");
  request.until = fields.time("until");
  request.most_screenings =
      static_cast<std::size_t>(fields.integer("most_screenings", 1, kMostScreenings).value_or(1000));
  return request;
}

}  // namespace reelprint::api
