// Reads WARC files of any maker, one gzip member a record, and checks them; their bytes are hostile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sha256.h"
#include "evidence/warc_record.h"

namespace reelprint::evidence {

/// A record without its block, which may be large: only its beginning and its digests.
struct WarcRecord {
  WarcFields fields{};      ///< in their order, names as written
  std::string begin{};      ///< of the block, up to 64 KiB
  std::uint64_t bytes = 0;  ///< of the block
  Sha256 block{};
  Sha256 payload{};  ///< what the HTTP message of the block carries; of any other block, all of it

  /// Of several the first; "" when there is none. `name` in any case.
  [[nodiscard]] std::string_view field(std::string_view name) const;
};

/// Holds no more than 64 KiB of a block; cost: one read of the file.
class WarcReader {
 public:
  /// Throws Error: not_found, io.
  explicit WarcReader(const std::filesystem::path& file);
  ~WarcReader();
  WarcReader(const WarcReader&) = delete;
  WarcReader& operator=(const WarcReader&) = delete;

  /// Nothing at the end of the file. Throws Error: corrupt for what is no WARC 1.0 or 1.1 record, or not one
  /// in a gzip member of its own; io.
  [[nodiscard]] std::optional<WarcRecord> next();

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

/// What is wrong with a file, a sentence each, at most 100: damage, mandatory fields missing, digests that do
/// not fit, ids twice, records concurrent to none. None: it is as ISO 28500 wants it and as it was written.
/// Throws Error: not_found, io.
[[nodiscard]] std::vector<std::string> warc_problems(const std::filesystem::path& file);

}  // namespace reelprint::evidence
