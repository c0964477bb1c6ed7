#include "api/routes/catalog_rows.h"

#include <limits>

#include "api/answers.h"
#include "api/fields.h"

namespace reelprint::api {
namespace {

http::Problem no_such(const Context& context, std::string_view name) {
  return not_found(name, context.request.params.at(std::string(name)));
}

}  // namespace

std::vector<Role> catalog_readers() {
  return {Role::admin, Role::holder, Role::legal, Role::auditor};
}

std::vector<Role> catalog_writers() {
  return {Role::admin, Role::holder};
}

Holder holder_in(const Context& context) {
  const auto found = store::Works(context.store.database()).holder(HolderId{id_in(context, "holder")});
  if (!found || !context.principal.may_see(found->tenant)) throw no_such(context, "holder");
  return *found;
}

store::Work series_in(const Context& context) {
  auto found = store::Works(context.store.database()).work(SeriesId{id_in(context, "series")});
  if (!found || !context.principal.may_see(found->holder.tenant)) throw no_such(context, "series");
  return std::move(*found);
}

store::WorkEpisode episode_in(const Context& context) {
  auto found = store::Works(context.store.database()).episode(EpisodeId{id_in(context, "episode")});
  if (!found || !context.principal.may_see(found->work.holder.tenant)) throw no_such(context, "episode");
  return std::move(*found);
}

ReferenceEntry reference_in(const Context& context) {
  auto found = context.store.reference(ReferenceId{id_in(context, "reference")});
  if (!found || !context.principal.may_see(found->holder.tenant)) throw no_such(context, "reference");
  return std::move(*found);
}

store::Import import_in(const Context& context) {
  auto found = store::Imports(context.store.database()).find(ImportId{id_in(context, "import")});
  if (!found || !context.principal.may_see(found->tenant)) throw no_such(context, "import");
  return std::move(*found);
}

std::string reason_in_body(const Context& context) {
  Fields fields = Fields::of_body(context.request);
  std::string reason = fields.text("reason", {.required = true});
  fields.finish();
  return reason;
}

std::int64_t id_parameter(const Context& context, std::string_view name) {
  return integer_parameter(context.request, name, 1, std::numeric_limits<std::int64_t>::max()).value_or(0);
}

}  // namespace reelprint::api
