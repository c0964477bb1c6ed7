// Templates of notices: plain files that a lawyer can edit, and their filling in.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "evidence/notice.h"

namespace reelprint::evidence {

/// A file of UTF-8 text. Lines up to one of "---" are its head: "subject: …", and "statement ID: …", which
/// goes on on lines that begin with two blanks. Behind it is the text, with
///   {{field}}                        what the notice has there
///   {{#each list}} … {{/each}}       once for each entry; fields of the entry go before those of the notice
///   {{#if field}} … {{else}} … {{/if}}   whether there is anything, or an entry, or it is true
///   {{statements.ID}}                the words of a statement
/// A mark that opens, turns or ends such a part and is alone on its line takes the line with it. Fields:
/// docs/notices.md.
class NoticeTemplate {
 public:
  struct Parsed;
  explicit NoticeTemplate(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  [[nodiscard]] const Parsed& parsed() const { return *parsed_; }
  /// The statements' words by id.
  [[nodiscard]] const std::map<std::string, std::string>& statements() const;

 private:
  std::shared_ptr<const Parsed> parsed_;
};

/// `name` is for messages. Throws Error{invalid_input} "notice template 'dmca.en.txt', line 12: unknown field
/// 'sendr.name'": for fields, lists and statements that there are not, parts that do not end, a head without
/// subject, a statement of the kind that is missing, more than 256 KiB, or text that is no UTF-8.
[[nodiscard]] NoticeTemplate parse_notice_template(std::string_view text, const std::string& name,
                                                   NoticeKind kind);

/// "dmca.en.txt".
[[nodiscard]] std::string template_file_name(NoticeKind kind, std::string_view language);

/// The file of that name in `folder`; where there is none, or no folder is given, the one that is built in.
/// Throws Error: not_found (no such kind in that language), and as above.
[[nodiscard]] NoticeTemplate load_notice_template(NoticeKind kind, std::string_view language,
                                                  const std::filesystem::path& folder = {});

struct NoticeText {
  std::string subject{};
  std::string body{};  ///< lines end with "\n"
};

/// Also of a notice that lacks something: what is missing is empty. Values cannot break out of their line or
/// bring in marks of their own. Pure.
[[nodiscard]] NoticeText render(const Notice& notice, const NoticeTemplate& notice_template);

}  // namespace reelprint::evidence
