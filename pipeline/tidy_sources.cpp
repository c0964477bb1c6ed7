#include "pipeline/tidy_sources.h"

#include <system_error>

#include "pipeline/stray_files.h"
#include "store/references.h"
#include "store/uploads.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kBatch = 1000;

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
  return removed + remove_strays(data / "spool", [&](const std::filesystem::path& file) {
           return references.is_spooled(file.string());
         });
}

}  // namespace reelprint::pipeline
