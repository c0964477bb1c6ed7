#include "api/claimed_upload.h"

namespace reelprint::api {

std::optional<store::Upload> claimed_upload(const Context& context, UploadId id) {
  store::Uploads uploads(context.store.database());
  auto upload = uploads.find(id);
  const bool may_take =
      upload && context.principal.may_see(upload->tenant) && upload->expires_at > context.now;
  if (!may_take || !uploads.claim(id)) return std::nullopt;
  upload->state = store::UploadState::claimed;
  return upload;
}

}  // namespace reelprint::api
