// Notices and their states, in the database.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/notice_record.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Narrows a listing; empty fields do not narrow.
struct NoticeFilter {
  TenantId tenant{};
  CaseId in_case{};
  std::optional<NoticeState> state{};
};

/// The notices' part of Store, with its contract. Which state may follow which is in core/notice_record.h.
class Notices {
 public:
  explicit Notices(Database& database) : database_(database) {}

  /// `id` and `version` are ignored.
  NoticeId add(const NoticeRecord& notice);
  /// All of it; false when there is none of that id and version. What was told of its deadline is forgotten
  /// when that changes.
  bool update(const NoticeRecord& notice);
  [[nodiscard]] std::optional<NoticeRecord> find(NoticeId id);
  /// At most `limit` with a smaller id than `before` (zero: the newest), the newest first.
  [[nodiscard]] std::vector<NoticeRecord> list(const NoticeFilter& filter, NoticeId before,
                                               std::size_t limit);
  /// Whether a notice that names the upload of this filed decision was sent and not withdrawn.
  [[nodiscard]] bool names(DecisionId decision);
  [[nodiscard]] bool has_overdue(WallTime now);
  /// Those whose deadline has passed and that nobody was told of; each is told once.
  [[nodiscard]] std::vector<NoticeRecord> newly_overdue(WallTime now, std::size_t limit);

 private:
  [[nodiscard]] NoticeRecord notice_in(const Statement& row);
  void put_parts(NoticeId id, const NoticeRecord& notice);

  Database& database_;
};

}  // namespace reelprint::store
