#include "store/folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "core/error.h"

namespace reelprint::store {
namespace {

[[noreturn]] void fail(const std::filesystem::path& folder, const std::string& why) {
  throw Error(ErrorCode::io, "make the folder '" + folder.string() + "': " + why);
}

/// Syncs the names in `folder` to the disk.
void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail(folder, std::generic_category().message(errno));
  const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (failed != 0 && failed != EINVAL) fail(folder, std::generic_category().message(failed));
}

}  // namespace

void make_folder(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_directory(folder, error)) return;
  const fs::path parent = fs::absolute(folder, error).lexically_normal().parent_path();
  if (error) fail(folder, error.message());
  if (parent != folder) make_folder(parent);
  fs::create_directory(folder, error);
  if (error) fail(folder, error.message());
  sync_folder(parent);
}

void expect_writable(const std::filesystem::path& folder) {
  if (::access(folder.c_str(), W_OK | X_OK) == 0) return;
  throw Error(ErrorCode::io,
              "write to the folder '" + folder.string() + "': " + std::generic_category().message(errno));
}

}  // namespace reelprint::store
