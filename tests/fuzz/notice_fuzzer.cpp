// Fields of notices as clients send them, and templates as people edit them.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/error.h"
#include "evidence/notice_forms.h"

namespace {

using namespace reelprint;
using namespace reelprint::evidence;

/// Whatever was read: checked, filled in and sent out in every form, it must not break out of its mail.
void use(const Notice& notice, const NoticeTemplate& notice_template) {
  (void)validate(notice);
  const NoticeText text = render(notice, notice_template);
  (void)lumen_json(notice, text);
  if (notice_of_json(to_json(notice)) != notice) __builtin_trap();
  const std::string mail = mail_of(notice, text, {});
  const std::string head = mail.substr(0, mail.find("\r\n\r\n"));
  if (head.find("\nBcc:") != std::string::npos) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  try {
    if (data[0] % 2 == 0) {
      static const NoticeTemplate dmca = load_notice_template(NoticeKind::dmca, "en");
      use(notice_of_json(text), dmca);
    } else {
      Notice notice;
      notice.sender.email = notice.recipient.email = "a@b.example";
      notice.works.resize(2);
      notice.targets.resize(2);
      use(notice, parse_notice_template(text, "fuzzed", NoticeKind::retraction));
    }
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
