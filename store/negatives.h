// The negative bank in the database.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "store/sqlite.h"
#include "store/store.h"

namespace reelprint::store {

/// The negative bank's part of Store, with its contract; the database's schema must be up to date.
class Negatives {
 public:
  explicit Negatives(Database& database) : database_(database) {}

  AddedNegative add(const Negative& negative, std::span<const std::byte> fingerprint);
  std::size_t remove(std::span<const NegativeId> negatives);

  [[nodiscard]] std::vector<Negative> list();
  [[nodiscard]] std::vector<NegativeId> fingerprinted(AlgorithmId algorithm);
  [[nodiscard]] std::optional<std::vector<std::byte>> fingerprint(NegativeId id);

 private:
  Database& database_;
};

}  // namespace reelprint::store
