#include "api/claimed_upload.h"

#include <filesystem>

namespace reelprint::api {
namespace {

/// A service that was killed after it had written the last byte did not note that the upload is complete, and
/// its client has nothing left to send.
void note_if_whole(const Context& context, store::Uploads& uploads, const store::Upload& upload) {
  const auto data = std::filesystem::path(context.store.database().file()).parent_path();
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(store::file_of(data, upload.id), error);
  if (!error && size == upload.length_bytes) uploads.complete(upload.id);
}

}  // namespace

std::optional<store::Upload> claimed_upload(const Context& context, UploadId id) {
  store::Uploads uploads(context.store.database());
  auto upload = uploads.find(id);
  const bool may_take =
      upload && context.principal.may_see(upload->tenant) && upload->expires_at > context.now;
  if (!may_take) return std::nullopt;
  if (upload->state == store::UploadState::receiving) note_if_whole(context, uploads, *upload);
  if (!uploads.claim(id)) return std::nullopt;
  upload->state = store::UploadState::claimed;
  return upload;
}

}  // namespace reelprint::api
