// A notice on its way out: as JSON, as a mail for the user to send, as Lumen's form.
#pragma once

#include <string>
#include <string_view>

#include "core/clock.h"
#include "evidence/notice.h"
#include "evidence/notice_template.h"

namespace reelprint::evidence {

/// All fields, also the empty ones, by the names of Notice; docs/notices.md.
[[nodiscard]] std::string to_json(const Notice& notice);

/// Reads what to_json writes; what is left out is empty. Throws Error{invalid_input} for what is no JSON
/// object, for members that there are not, members of another type, and more than 4 MiB.
[[nodiscard]] Notice notice_of_json(std::string_view json);

/// A message that the user's own mail program opens as a draft (X-Unsent) and sends: RFC 5322, headers by RFC
/// 2047, the text as UTF-8 in quoted-printable. From the sender, to the recipient's e-mail address. Throws
/// Error{invalid_input} where either is no mail address. Pure.
[[nodiscard]] std::string mail_of(const Notice& notice, const NoticeText& text, WallTime date);

/// The body for POST /notices of the Lumen database, without the authentication token, which whoever sends it
/// adds. Telephone numbers, addresses and e-mail addresses of people stay out of it.
[[nodiscard]] std::string lumen_json(const Notice& notice, const NoticeText& text);

}  // namespace reelprint::evidence
