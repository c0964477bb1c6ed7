#include "pipeline/stray_files.h"

#include <chrono>
#include <system_error>

namespace reelprint::pipeline {
namespace {

constexpr auto kLongestUpload = std::chrono::hours(24);

bool is_left(const std::filesystem::directory_entry& entry) {
  std::error_code error;
  const auto written = entry.last_write_time(error);
  const auto age = std::filesystem::file_time_type::clock::now() - written;
  return !error && entry.is_regular_file(error) && age > kLongestUpload;
}

}  // namespace

std::size_t remove_strays(const std::filesystem::path& folder,
                          const std::function<bool(const std::filesystem::path&)>& is_wanted) {
  std::size_t removed = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (!is_left(entry) || is_wanted(entry.path())) continue;
    removed += std::filesystem::remove(entry.path(), error) ? 1 : 0;
  }
  return removed;
}

}  // namespace reelprint::pipeline
