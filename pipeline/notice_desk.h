// Where notices are drafted, checked, signed and written: their fields as the JSON of docs/notices.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/notice_record.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// A lawyer's own templates lie in this folder of the data folder; what is not there is built in.
[[nodiscard]] std::filesystem::path notice_template_folder(const std::filesystem::path& data);

/// The fields of a record of this kind and language, from what somebody gave ("" or a JSON object): no
/// sign-off is taken over. Where no work and no target is given, those of the record's decisions are filled
/// in, and our own number. Throws Error{invalid_input} for what is no notice.
[[nodiscard]] std::string drafted_fields(store::Store& store, const NoticeRecord& record,
                                         std::string_view given);

/// Something that is missing or cannot be right.
struct NoticeFault {
  std::string where{};   ///< a JSON pointer into the fields: "/targets/1/url"
  std::string clause{};  ///< of the law that asks for it; "" where it is only our own check
  std::string what{};
  bool is_sign_off = false;
};
[[nodiscard]] std::vector<NoticeFault> faults_of(std::string_view fields);

/// What a person has to confirm, in the template's words.
struct NoticeStatement {
  std::string id{};
  std::string clause{};
  std::string words{};
};
[[nodiscard]] std::vector<NoticeStatement> statements_of(const NoticeRecord& record,
                                                         const std::filesystem::path& templates);

/// With a person's name and the ids of the statements that this person confirmed.
[[nodiscard]] std::string signed_fields(std::string_view fields, const std::string& signature,
                                        const std::vector<std::string>& confirmed, WallTime now);
[[nodiscard]] std::string unsigned_fields(std::string_view fields);

enum class NoticeForm : std::uint8_t { text, json, lumen, eml };
[[nodiscard]] std::optional<NoticeForm> notice_form_of(std::string_view name);

struct WrittenNotice {
  std::string content_type{};
  std::string file_name{};
  std::string body{};
};
/// Throws what the templates and forms throw.
[[nodiscard]] WrittenNotice write_notice(const NoticeRecord& record, NoticeForm form, WallTime date,
                                         const std::filesystem::path& templates);

/// The draft of a retraction of a notice that was sent: its targets, and what it is about.
[[nodiscard]] NoticeRecord retraction_of(const NoticeRecord& sent);

}  // namespace reelprint::pipeline
