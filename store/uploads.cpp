#include "store/uploads.h"

#include "store/columns.h"
#include "store/uploads_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

UploadState state_in(const Statement& row, int column) {
  const std::string name = row.text(column);
  for (const UploadState state : {UploadState::receiving, UploadState::complete, UploadState::claimed}) {
    if (name == to_string(state)) return state;
  }
  row.refuse(ErrorCode::corrupt, "an upload's state has no meaning");
}

std::vector<UploadId> ids_in(Statement row) {
  std::vector<UploadId> ids;
  while (row.step()) ids.push_back(UploadId{row.integer(0)});
  return ids;
}

}  // namespace

std::string_view to_string(UploadState state) {
  switch (state) {
    case UploadState::receiving: return "receiving";
    case UploadState::complete: return "complete";
    case UploadState::claimed: return "claimed";
  }
  return "receiving";
}

std::filesystem::path file_of(const std::filesystem::path& data_folder, UploadId id) {
  return data_folder / "uploads" / (std::to_string(id.value) + ".part");
}

UploadId Uploads::add(const Upload& upload) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kInsertUpload, upload.tenant.value, upload.length_bytes, upload.metadata, upload.name,
                microseconds_of(upload.created_at), microseconds_of(upload.expires_at));
  const UploadId id{database_.last_key()};
  change.commit();
  return id;
}

std::optional<Upload> Uploads::find(UploadId id) {
  Statement row = database_.statement(kReadUpload, id.value);
  if (!row.step()) return std::nullopt;
  Upload upload;
  upload.id = UploadId{row.integer(0)};
  upload.tenant = TenantId{row.integer(1)};
  upload.length_bytes = row.integer<std::uint64_t>(2);
  upload.metadata = row.text(3);
  upload.name = row.text(4);
  upload.created_at = wall_time_in(row, 5);
  upload.expires_at = wall_time_in(row, 6);
  upload.state = state_in(row, 7);
  return upload;
}

bool Uploads::complete(UploadId id) {
  return move(id, UploadState::receiving, UploadState::complete);
}

bool Uploads::claim(UploadId id) {
  return move(id, UploadState::complete, UploadState::claimed);
}

bool Uploads::release(UploadId id) {
  return move(id, UploadState::claimed, UploadState::complete);
}

bool Uploads::move(UploadId id, UploadState from, UploadState to) {
  Transaction change(database_, Transaction::Kind::write);
  const bool was_moved = database_.run(kMoveUpload, id.value, to_string(from), to_string(to)) > 0;
  change.commit();
  return was_moved;
}

bool Uploads::remove(UploadId id) {
  Transaction change(database_, Transaction::Kind::write);
  const bool was_there = database_.run(kRemoveUpload, id.value) > 0;
  change.commit();
  return was_there;
}

std::uint64_t Uploads::promised_bytes(TenantId tenant) {
  Statement row = database_.statement(kSumUploads, tenant.value);
  if (!row.step()) row.refuse(ErrorCode::corrupt, "there is no sum");
  return row.integer<std::uint64_t>(0);
}

std::vector<UploadId> Uploads::expired(WallTime now, std::size_t limit) {
  return ids_in(database_.statement(kListExpiredUploads, microseconds_of(now), limit));
}

std::vector<UploadId> Uploads::unneeded(std::size_t limit) {
  return ids_in(database_.statement(kListUnneededUploads, limit));
}

}  // namespace reelprint::store
