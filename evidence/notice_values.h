// What the fields of templates stand for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/notice.h"

namespace reelprint::evidence {

/// The fields of a notice or of one entry, by name.
using NoticeFields = std::map<std::string, std::string, std::less<>>;

struct NoticeValues {
  NoticeFields fields{};
  std::map<std::string, std::vector<NoticeFields>, std::less<>> lists{};
};

/// Every field of every kind, though empty; the lists' entries likewise. Single lines are made one line.
[[nodiscard]] NoticeValues values_of(const Notice& notice);

[[nodiscard]] bool is_notice_field(std::string_view name);
[[nodiscard]] bool is_notice_list(std::string_view name);
/// Whether the entries of `list` have a field of that name.
[[nodiscard]] bool is_entry_field(std::string_view list, std::string_view name);

}  // namespace reelprint::evidence
