// Removes what uploads leave when its time is over.
#include <system_error>

#include "pipeline/screen_job.h"
#include "pipeline/stray_files.h"
#include "store/screening_requests.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kBatch = 1000;

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
  return removed + remove_strays(uploads, [&](const std::filesystem::path& file) {
           return requests.has_media(file.filename().string());
         });
}

}  // namespace reelprint::pipeline
