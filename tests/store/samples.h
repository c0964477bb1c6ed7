// What the store's tests put into a store, and the folder that they put it in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace reelprint::store {

/// A new folder, removed with all that is in it at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Where a Store on this folder keeps its database.
  [[nodiscard]] std::filesystem::path database() const { return path_ / "reelprint.sqlite"; }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] Sha256 media_number(std::uint32_t number);
[[nodiscard]] std::vector<std::byte> bytes_of(std::string_view text);

/// Every field filled; two with different `number` are different episodes of the same series and different
/// media.
[[nodiscard]] NewReference sample_reference(int number = 1);
/// Every field filled, with two matches of `reference`.
[[nodiscard]] Screening sample_screening(ReferenceId reference);

/// Adds sample_reference(number).
ReferenceId add_sample(Store& store, int number = 1);

/// Every field but id filled; two with different `number` are different media.
[[nodiscard]] Negative sample_negative(int number = 1);

/// Runs SQL on the file behind the store's back, check constraints off.
void vandalise(const std::filesystem::path& database, std::string_view sql);
/// The first column of the first row.
[[nodiscard]] std::int64_t number_from(Database& database, std::string_view sql);

/// The code of the Error that `act` throws; nothing when it throws none.
template <class Act>
[[nodiscard]] std::optional<ErrorCode> error_of(Act&& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

}  // namespace reelprint::store
