#include "pipeline/sighting_custody.h"

#include <string>
#include <utility>

#include "core/json_object.h"
#include "core/utf8.h"
#include "store/audit.h"

namespace reelprint::pipeline {
namespace {

void append(store::Store& store, const Sighting& sighting, WallTime at,
            std::pair<const char*, JsonObject> action_and_detail) {
  store::AuditEntry entry;
  entry.at = at;
  entry.actor = "crawler";
  entry.tenant = sighting.tenant;
  entry.action = action_and_detail.first;
  entry.object = "sighting " + std::to_string(sighting.id.value);
  entry.detail = action_and_detail.second.str();
  store::Audit(store.database()).append(entry);
}

}  // namespace

void note_seen(store::Store& store, const Sighting& sighting, std::string_view words) {
  JsonObject detail;
  detail.number("source", sighting.source.value)
      .number("request", sighting.request.value)
      .text("location", to_valid_utf8(sighting.location))
      .text("page_url", to_valid_utf8(sighting.page_url))
      .text("address", sighting.address);
  if (sighting.media != Sha256{})
    detail.text("media_sha256", to_hex(sighting.media));
  else
    detail.text("sample", to_valid_utf8(words));
  if (!sighting.hint.empty()) detail.text("hint", to_valid_utf8(sighting.hint));
  append(store, sighting, sighting.checked_at, {"sighting.seen", detail});
}

void note_capture(store::Store& store, const Sighting& sighting, const store::Capture& capture) {
  JsonObject detail;
  detail.text("file", capture.file)
      .text("sha256", to_hex(capture.digest))
      .number("bytes", capture.bytes)
      .text("screenshot", capture.screenshot);
  append(store, sighting, capture.at, {"sighting.capture", detail});
}

void note_check(store::Store& store, const Sighting& sighting, const store::SightingCheck& check) {
  JsonObject detail;
  detail.flag("is_up", check.is_up)
      .number("page_status", check.page_status)
      .number("media_status", check.media_status)
      .text("why", to_valid_utf8(check.why));
  append(store, sighting, check.at, {"sighting.check", detail});
}

}  // namespace reelprint::pipeline
