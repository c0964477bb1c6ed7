#include "api/routes/rights_access.h"

#include <string>

#include "store/tenants.h"
#include "store/works.h"

namespace reelprint::api {
namespace {

bool is_platform(const Context& context, TenantId id) {
  const auto tenant = store::Tenants(context.store.database()).find(id);
  return tenant && tenant->kind == store::TenantKind::platform;
}

bool has_series(const Context& context, HolderId holder, SeriesId id) {
  const auto work = store::Works(context.store.database()).work(id);
  return work && work->holder.id == holder;
}

bool has_episode(const Context& context, HolderId holder, EpisodeId id) {
  const auto episode = store::Works(context.store.database()).episode(id);
  return episode && episode->work.holder.id == holder;
}

}  // namespace

std::vector<Role> rights_readers() {
  return {Role::admin, Role::holder, Role::legal, Role::auditor};
}

std::vector<Role> rights_writers() {
  return {Role::admin, Role::holder};
}

std::optional<TenantId> owner_of(const Context& context, HolderId holder) {
  TenantId owner;
  if (holder != HolderId{}) {
    const auto found = store::Works(context.store.database()).holder(holder);
    if (!found) return std::nullopt;
    owner = found->tenant;
  }
  if (!context.principal.may_see(owner)) return std::nullopt;
  return owner;
}

void check(const Context& context, Fields& fields, const Licence& licence) {
  for (const TenantId platform : licence.grantee.platforms)
    if (!is_platform(context, platform))
      fields.refuse("grantee", "there is no platform " + std::to_string(platform.value));
  for (const SeriesId series : licence.works.series)
    if (!has_series(context, licence.holder, series))
      fields.refuse("works", "the holder has no series " + std::to_string(series.value));
  for (const EpisodeId episode : licence.works.episodes)
    if (!has_episode(context, licence.holder, episode))
      fields.refuse("works", "the holder has no episode " + std::to_string(episode.value));
}

void check(const Context& /*context*/, Fields& /*fields*/, const Policy& /*policy*/) {}

void check(const Context& context, Fields& fields, const AllowEntry& entry) {
  if (entry.platform != TenantId{} && !is_platform(context, entry.platform))
    fields.refuse("platform", "there is no platform " + std::to_string(entry.platform.value));
}

void check(const Context& context, Fields& fields, const Ownership& ownership) {
  if (ownership.series != SeriesId{} && !has_series(context, ownership.holder, ownership.series))
    fields.refuse("series", "the holder has no series " + std::to_string(ownership.series.value));
}

}  // namespace reelprint::api
