// Notices as JSON.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>

#include "core/notice_record.h"

namespace reelprint::api {

/// As it stands in a list: without its fields.
[[nodiscard]] boost::json::object notice_json(const NoticeRecord& record);
/// With its fields, what is wrong with them, and what is to be confirmed.
[[nodiscard]] boost::json::object notice_detail_json(const NoticeRecord& record,
                                                     const std::filesystem::path& templates);

}  // namespace reelprint::api
