#include "pipeline/tidy_sources.h"

#include <chrono>
#include <system_error>

#include "store/references.h"
#include "store/uploads.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kBatch = 1000;
constexpr auto kLongestUpload = std::chrono::hours(24);

bool is_left(const std::filesystem::directory_entry& entry) {
  std::error_code error;
  const auto written = entry.last_write_time(error);
  const auto age = std::filesystem::file_time_type::clock::now() - written;
  return !error && entry.is_regular_file(error) && age > kLongestUpload;
}

}  // namespace

/// The file goes first: what is killed between the two finds no file the next time, and goes on.
std::size_t tidy_sources(store::Store& store, const std::filesystem::path& data) {
  store::Uploads uploads(store.database());
  std::size_t removed = 0;
  std::error_code error;
  for (const UploadId id : uploads.unneeded(kBatch)) {
    removed += std::filesystem::remove(store::file_of(data, id), error) ? 1 : 0;
    if (!error) uploads.remove(id);
  }
  store::References references(store.database());
  for (const auto& entry : std::filesystem::directory_iterator(data / "spool", error)) {
    if (!is_left(entry) || references.is_spooled(entry.path().string())) continue;
    removed += std::filesystem::remove(entry.path(), error) ? 1 : 0;
  }
  return removed;
}

}  // namespace reelprint::pipeline
