#include "pipeline/upload_events.h"

#include <string>
#include <vector>

#include "core/json_object.h"
#include "store/decisions.h"
#include "store/events.h"

namespace reelprint::pipeline {
namespace {

void emit(store::Store& store, TenantId tenant, std::string_view type, const JsonObject& data, WallTime now) {
  store::Event event;
  event.tenant = tenant;
  event.type = type;
  event.data = data.str();
  event.at = now;
  store::Events(store.database()).emit(event);
}

JsonObject& put_text(JsonObject& object, std::string_view name, const std::string& value) {
  return value.empty() ? object.null(name) : object.text(name, value);
}

/// Which upload it is, as its platform named it.
JsonObject upload_of(const ScreeningRequest& request) {
  JsonObject object;
  object.number("screening", request.id.value).text("name", request.name);
  const UploadContext& context = request.context;
  put_text(object, "account", context.account);
  put_text(object, "channel", context.channel);
  put_text(object, "url", context.url);
  put_text(object, "territory", context.territory);
  put_text(object, "title", context.title);
  if (context.published_at)
    object.text("published_at", to_rfc3339(*context.published_at));
  else
    object.null("published_at");
  return object;
}

std::string ids_json(const std::vector<ReferenceId>& references) {
  std::string json;
  for (const ReferenceId id : references) json += (json.empty() ? "" : ",") + std::to_string(id.value);
  return "[" + json + "]";
}

JsonObject decision_of_upload(const ScreeningRequest& request, const UploadDecision& decision) {
  JsonObject object = upload_of(request);
  const HolderRuling& ruling = decision.ruling;
  object.number("decision_id", decision.id.value)
      .number("holder", ruling.holder.value)
      .text("decision", to_string(ruling.decision))
      .text("action", to_string(ruling.action))
      .real("matched_s", to_seconds(ruling.matched))
      .real("share_of_upload", ruling.share_of_upload)
      .real("share_of_reference", ruling.share_of_reference)
      .real("score", ruling.score)
      .raw("references", ids_json(decision.references))
      .flag("retroactive", decision.is_retroactive);
  return object;
}

/// One of platform and holder may be the other, or nobody in particular: nobody is told twice.
void emit_to_both(store::Store& store, const ScreeningRequest& request, const UploadDecision& decision,
                  std::string_view type, const JsonObject& data, WallTime now) {
  const TenantId holder = store::Decisions(store.database()).tenant_of(decision.ruling.holder);
  emit(store, request.context.platform, type, data, now);
  if (holder != request.context.platform) emit(store, holder, type, data, now);
}

}  // namespace

void tell_of_result(store::Store& store, const ScreeningRequest& request, bool is_retroactive, WallTime now) {
  JsonObject data = upload_of(request);
  data.text("state", to_string(request.state))
      .text("decision", to_string(request.decision))
      .text("action", to_string(request.action))
      .flag("retroactive", is_retroactive);
  emit(store, request.context.platform, "screening.completed", data, now);
}

void tell_of_failure(store::Store& store, const ScreeningRequest& request, WallTime now) {
  JsonObject data = upload_of(request);
  data.text("state", to_string(request.state))
      .raw("error", JsonObject().text("code", request.error_code).text("message", request.error).str());
  emit(store, request.context.platform, "screening.failed", data, now);
}

void tell_of_match(store::Store& store, const ScreeningRequest& request, const UploadDecision& decision,
                   WallTime now) {
  const TenantId holder = store::Decisions(store.database()).tenant_of(decision.ruling.holder);
  emit(store, holder, "match.found", decision_of_upload(request, decision), now);
}

void tell_of_release(store::Store& store, const ScreeningRequest& request, const UploadDecision& decision,
                     WallTime now) {
  JsonObject data = decision_of_upload(request, decision);
  data.text("reason", decision.released_why).text("released_at", to_rfc3339(now));
  emit_to_both(store, request, decision, "decision.released", data, now);
}

void tell_of_change(store::Store& store, const ScreeningRequest& request, const UploadDecision& decision,
                    WallTime now) {
  emit_to_both(store, request, decision, "decision.changed", decision_of_upload(request, decision), now);
}

void tell_of_quarantine(store::Store& store, const ReferenceEntry& entry, std::string_view why,
                        WallTime now) {
  JsonObject data;
  data.number("reference", entry.reference.id.value)
      .number("holder", entry.holder.id.value)
      .text("series", entry.series.name)
      .text("reason", why);
  const TenantId holder = store::Decisions(store.database()).tenant_of(entry.holder.id);
  emit(store, holder, "reference.quarantined", data, now);
}

}  // namespace reelprint::pipeline
