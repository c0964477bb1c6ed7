// What a folder of bundles says of itself: which bundles are whole, and of what they were made.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/file_lock.h"
#include "core/ids.h"

namespace reelprint::pipeline {

struct BulkRecord {
  CaseId in_case{};
  std::string file{};  ///< name in the folder
  std::uint64_t bytes = 0;
  std::string sha256{};          ///< in hex
  std::int64_t last_change = 0;  ///< of the case's history, when the bundle was begun
  std::string settings{};        ///< what else a bundle follows from, in one line

  friend bool operator==(const BulkRecord&, const BulkRecord&) = default;
};

/// `journal.tsv` of the folder: a line for each bundle that was finished, with tabs between case, last
/// change, bytes, SHA-256 in hex, file and settings; of one case and file the last line counts. A line is
/// written behind its bundle, and what it says is checked against the file: a torn line or a torn bundle
/// costs one bundle. Held by one process at a time. Not thread-safe.
class BulkJournal {
 public:
  /// Throws Error: busy when another process writes to this folder, io, too_large (over 64 MiB).
  explicit BulkJournal(const std::filesystem::path& folder);

  [[nodiscard]] std::optional<BulkRecord> find(CaseId in_case, std::string_view file) const;
  /// Throws Error{io}.
  void add(const BulkRecord& record);

 private:
  std::filesystem::path path_;
  FileLock lock_;
  std::map<std::pair<std::int64_t, std::string>, BulkRecord> records_;
  std::ofstream out_;
};

}  // namespace reelprint::pipeline
