// Answers kept so that a request sent twice has its effect once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/sha256.h"
#include "store/sqlite.h"

namespace reelprint::store {

struct KeptAnswer {
  Sha256 digest;  ///< of the request
  unsigned status = 0;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;  ///< without line breaks
  std::string body;
};

/// The kept answers' part of Store, with its contract. A key belongs to a principal: "key 12", "user 3".
class Idempotency {
 public:
  explicit Idempotency(Database& database) : database_(database) {}

  /// Nothing when it was kept before `since`.
  [[nodiscard]] std::optional<KeptAnswer> find(std::string_view principal, std::string_view key,
                                               WallTime since);
  /// In the place of an older one for the same key.
  void keep(std::string_view principal, std::string_view key, const KeptAnswer& answer, WallTime now);
  /// Returns how many there were.
  std::size_t forget(WallTime before);

 private:
  Database& database_;
};

}  // namespace reelprint::store
