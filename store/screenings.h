// Screenings and their matches in the database.
#pragma once

#include <optional>

#include "core/screening.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// The screening half of Store, with its contract; the database's schema must be up to date.
class Screenings {
 public:
  explicit Screenings(Database& database) : database_(database) {}

  ScreeningId add(const Screening& screening);
  [[nodiscard]] std::optional<Screening> find(ScreeningId id);

 private:
  Database& database_;
};

}  // namespace reelprint::store
