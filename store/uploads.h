// Files that clients send piece by piece, until a job takes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "store/sqlite.h"

namespace reelprint::store {

enum class UploadState : std::uint8_t {
  receiving,  ///< more is to come
  complete,
  claimed,  ///< a job works with it: it neither expires nor can its owner remove it
};

[[nodiscard]] std::string_view to_string(UploadState state);

struct Upload {
  UploadId id;  ///< ignored when it is added
  TenantId tenant;
  std::uint64_t length_bytes = 0;  ///< of the whole file, above 0
  std::string metadata;            ///< as the client wrote it
  std::string name;                ///< of the file, as the client says; "" when it does not
  WallTime created_at;
  WallTime expires_at;
  UploadState state = UploadState::receiving;  ///< ignored when it is added
};

/// Where the bytes of an upload are: DATA/uploads/ID.part. Its size is what has come.
[[nodiscard]] std::filesystem::path file_of(const std::filesystem::path& data_folder, UploadId id);

/// The uploads' part of Store, with its contract. It knows rows, not files.
class Uploads {
 public:
  explicit Uploads(Database& database) : database_(database) {}

  UploadId add(const Upload& upload);
  [[nodiscard]] std::optional<Upload> find(UploadId id);
  /// From receiving; false when it is not.
  bool complete(UploadId id);
  /// From complete to claimed; false when it is not complete, or somebody has claimed it.
  bool claim(UploadId id);
  /// From claimed back to complete.
  bool release(UploadId id);
  bool remove(UploadId id);
  /// The lengths of all uploads of a tenant, whatever has come of them.
  [[nodiscard]] std::uint64_t promised_bytes(TenantId tenant);
  /// At most `limit` that nobody has claimed and whose time is over.
  [[nodiscard]] std::vector<UploadId> expired(WallTime now, std::size_t limit);
  /// At most `limit` that were claimed for a screening whose media are forgotten, or for a reference that is
  /// pending no more.
  [[nodiscard]] std::vector<UploadId> unneeded(std::size_t limit);

 private:
  bool move(UploadId id, UploadState from, UploadState to);

  Database& database_;
};

}  // namespace reelprint::store
