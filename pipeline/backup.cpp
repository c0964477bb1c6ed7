#include "pipeline/backup.h"

#include <array>
#include <functional>
#include <string>
#include <system_error>

#include "core/error.h"
#include "store/backup.h"
#include "store/folder.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace reelprint::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDatabase = "reelprint.sqlite";
constexpr std::array kMedia{"uploads", "spool"};  ///< folders of files that jobs still need
constexpr const char* kIndex = "index";

/// Translates what the file system throws.
void do_files(const std::string& purpose, const std::function<void()>& act) {
  try {
    act();
  } catch (const fs::filesystem_error& error) {
    throw Error(ErrorCode::io, purpose + ": " + error.code().message());
  }
}

/// Copies files that `to` does not have yet, or not whole; one that goes away meanwhile is needed no more.
void copy_files(const fs::path& from, const fs::path& to) {
  if (!fs::exists(from)) return;
  fs::create_directories(to);
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const fs::path target = to / fs::relative(entry.path(), from);
    std::error_code gone;
    if (entry.is_directory(gone)) {
      fs::create_directories(target);
    } else if (entry.is_regular_file(gone)) {
      const auto size = entry.file_size(gone);
      if (gone || (fs::exists(target) && fs::file_size(target) == size)) continue;
      fs::copy_file(entry.path(), target, fs::copy_options::overwrite_existing, gone);
      if (gone && gone != std::errc::no_such_file_or_directory)
        throw fs::filesystem_error("copy", entry.path(), target, gone);
    }
  }
}

void copy_media(const fs::path& from, const fs::path& to) {
  for (const char* folder : kMedia) copy_files(from / folder, to / folder);
}

std::size_t count_files(const fs::path& folder) {
  if (!fs::exists(folder)) return 0;
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) files += entry.is_regular_file() ? 1 : 0;
  return files;
}

BackupReport report_of(const fs::path& folder) {
  BackupReport report{fs::file_size(folder / kDatabase), 0};
  for (const char* media : kMedia) report.uploads += count_files(folder / media);
  return report;
}

/// Removes a folder that was not finished.
class Unfinished {
 public:
  explicit Unfinished(fs::path folder) : folder_(std::move(folder)) { remove(); }
  ~Unfinished() { remove(); }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  [[nodiscard]] const fs::path& path() const { return folder_; }

 private:
  void remove() const {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  fs::path folder_;
};

void expect_sound(const fs::path& folder) {
  const store::Store copy(folder, false);
  const auto faults = copy.check();
  if (!faults.empty())
    throw Error(ErrorCode::corrupt,
                "restore '" + folder.string() + "': its database is damaged: " + faults.front());
}

void remove_old(const fs::path& data) {
  for (const char* name : {"reelprint.sqlite-wal", "reelprint.sqlite-shm", kDatabase})
    fs::remove(data / name);
  fs::remove_all(data / kIndex);
  for (const char* name : kMedia) fs::remove_all(data / name);
}

}  // namespace

BackupReport back_up(const fs::path& data, const fs::path& backup) {
  const std::string purpose = "back up to '" + backup.string() + "'";
  store::Store source(data, false);
  BackupReport report;
  do_files(purpose, [&] {
    if (fs::exists(fs::symlink_status(backup)))
      throw Error(ErrorCode::invalid_input, purpose + ": it is there already");
    const Unfinished work(backup.string() + ".unfinished");
    store::make_folder(work.path());
    // Twice: what the database's copy still needs may be used up, or new, by the time it has been made.
    copy_media(data, work.path());
    store::back_up(source.database(), work.path() / kDatabase);
    copy_media(data, work.path());
    report = report_of(work.path());
    fs::rename(work.path(), backup);
  });
  return report;
}

BackupReport restore(const fs::path& backup, const fs::path& data, bool overwrites) {
  const std::string purpose = "restore '" + backup.string() + "'";
  BackupReport report;
  do_files(purpose, [&] {
    if (!fs::is_regular_file(backup / kDatabase))
      throw Error(ErrorCode::not_found, purpose + ": there is no backup");
    if (fs::exists(data / kDatabase) && !overwrites)
      throw Error(ErrorCode::invalid_input, purpose + ": '" + data.string() + "' has a database already");
    store::make_folder(data);
    const Unfinished work(data / "restoring");
    store::make_folder(work.path());
    fs::copy_file(backup / kDatabase, work.path() / kDatabase);
    copy_media(backup, work.path());
    expect_sound(work.path());
    report = report_of(work.path());
    remove_old(data);
    for (const char* media : kMedia)
      if (fs::exists(work.path() / media)) fs::rename(work.path() / media, data / media);
    fs::rename(work.path() / kDatabase, data / kDatabase);
  });
  return report;
}

}  // namespace reelprint::pipeline
