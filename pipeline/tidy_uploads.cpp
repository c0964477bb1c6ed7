// Removes what uploads leave when its time is over.
#include <chrono>
#include <system_error>

#include "pipeline/screen_job.h"
#include "store/screening_requests.h"

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

std::filesystem::path screening_media_folder(const std::filesystem::path& data) {
  return data / "uploads" / "screenings";
}

/// The file goes first: what is killed between the two finds no file the next time, and goes on.
std::size_t tidy_uploads(store::Store& store, const std::filesystem::path& uploads, WallTime now) {
  store::ScreeningRequests requests(store.database());
  std::size_t removed = 0;
  std::error_code error;
  for (const auto& due : requests.media_due(now, kBatch)) {
    removed += std::filesystem::remove(uploads / due.file, error) ? 1 : 0;
    if (!error) requests.forget_media(due.request);
  }
  requests.forget_fingerprints(now);
  for (const auto& entry : std::filesystem::directory_iterator(uploads, error)) {
    if (!is_left(entry) || requests.has_media(entry.path().filename().string())) continue;
    removed += std::filesystem::remove(entry.path(), error) ? 1 : 0;
  }
  return removed;
}

}  // namespace reelprint::pipeline
