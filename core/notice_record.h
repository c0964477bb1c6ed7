// A notice on its way: who drafted, approved and sent it, and what came of it. Its text is made from its
// fields.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"

namespace reelprint {

enum class NoticeState : std::uint8_t {
  drafted,
  approved,      ///< a person has confirmed its statements by name
  sent,          ///< by the user's own mail or portal: recorded, never done by itself
  acknowledged,  ///< by the recipient
  removed,       ///< what it names was taken down
  refused,
  countered,  ///< a counter-notice came
  withdrawn,  ///< taken back: a retraction was sent if it had been sent
};

[[nodiscard]] std::string_view to_string(NoticeState state);
[[nodiscard]] std::optional<NoticeState> notice_state_of(std::string_view name);

/// Where a notice may go from there, in the order of NoticeState.
[[nodiscard]] std::span<const NoticeState> next_states(NoticeState from);
[[nodiscard]] bool may_become(NoticeState from, NoticeState to);
/// Whether it has left the house.
[[nodiscard]] bool was_sent(NoticeState state);

/// Whether a notice of this kind claims an infringement: retractions, counter-notices and certifications do
/// not, and take no case along.
[[nodiscard]] bool is_claim(std::string_view kind);

struct NoticeRecord {
  NoticeId id{};
  TenantId tenant{};
  HolderId holder{};
  std::string kind{};      ///< which law or form: "dmca"
  std::string language{};  ///< "en", "zh"
  std::string fields{};    ///< a JSON object: what its form asks for
  std::vector<CaseId> cases{};
  std::vector<DecisionId> decisions{};  ///< whose uploads it names
  NoticeState state = NoticeState::drafted;
  std::string drafted_by{};
  std::string approved_by{};       ///< Principal::name
  std::string signatory{};         ///< the person's name, as it stands under the notice
  std::string confirmation{};      ///< the statements that this person confirmed, word for word
  std::string sent_way{};          ///< "mail to abuse@videos.example"
  std::string remark{};            ///< of the last change
  std::string recipient_number{};  ///< the recipient's own number for it
  WallTime drafted_at{};
  WallTime approved_at{};  ///< zero: not yet, as below
  WallTime sent_at{};
  WallTime answered_at{};     ///< acknowledged, removed, refused or countered
  WallTime due_at{};          ///< of what is awaited now; zero: nothing is
  WallTime put_back_from{};   ///< countered: the recipient may put it back from here …
  WallTime put_back_until{};  ///< … and must by then, unless told of a lawsuit
  std::int64_t version = 1;

  friend bool operator==(const NoticeRecord&, const NoticeRecord&) = default;
};

}  // namespace reelprint
