// What the entries of a case's history say, from the JSON that was kept of each.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <optional>

#include "evidence/record_names.h"
#include "evidence/report_builder.h"
#include "evidence/report_names.h"
#include "evidence/visible_text.h"

namespace reelprint::evidence {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestWords = 600;

std::optional<std::string> text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::string number_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? std::to_string(value->get_int64()) : "";
}

bool flag_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

bool has_text(const json::object& object, std::string_view name) {
  return !text_in(object, name).value_or("").empty();
}

/// Says one entry; nothing where it is not what it should be.
class HistoryTeller {
 public:
  HistoryTeller(const json::object& detail, const Wording& wording) : detail_(detail), wording_(wording) {}

  [[nodiscard]] std::optional<std::string> tell(std::string_view what) const {
    if (what == "state") return step(Phrase::history_state);
    if (what == "proposal") return has_text(detail_, "to") ? step(Phrase::history_proposal) : dropped();
    if (what == "assignee")
      return has_text(detail_, "to") ? say(Phrase::history_assigned, {quoted("to")})
                                     : say(Phrase::history_unassigned, {});
    if (what == "comment") return say(Phrase::history_as_written, {quoted("text")});
    if (what == "decision") return decision();
    if (what == "sighting") return sighting();
    if (what == "retraction")
      return say(flag_in(detail_, "due") ? Phrase::history_retraction_due : Phrase::history_no_retraction,
                 {});
    if (what == "merge") return merge();
    if (what == "notice") return say(Phrase::history_notice, {number_in(detail_, "notice"), state()});
    if (what == "dispute")
      return say(Phrase::history_dispute,
                 {number_in(detail_, "dispute"), number_in(detail_, "decision"), state()});
    if (what == "export")
      return say(flag_in(detail_, "with_media") ? Phrase::history_export_media : Phrase::history_export,
                 {text_in(detail_, "made_at").value_or("")});
    if (what == "access") return wording_.say(recognised(quoted("what"), {SentenceCode::export_fetched}));
    if (what == "check")
      return say(flag_in(detail_, "is_up") ? Phrase::history_back : Phrase::history_down,
                 {number_in(detail_, "sighting")});
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::string say(Phrase phrase, std::initializer_list<std::string_view> values) const {
    return wording_.say(phrase, values);
  }
  [[nodiscard]] std::string quoted(std::string_view name) const {
    return visible_line(text_in(detail_, name).value_or(""), kLongestWords);
  }
  [[nodiscard]] std::string state() const {
    return name_of_state(text_in(detail_, "state").value_or(""), wording_.language());
  }
  [[nodiscard]] std::string dropped() const { return say(Phrase::history_dropped, {}); }

  /// What the service gave as a reason in its own words, or a person in theirs.
  [[nodiscard]] std::string reason_in_words(std::string_view name) const {
    const std::string words = quoted(name);
    Sentence said = recognised(words, {SentenceCode::case_came_out, SentenceCode::case_merged,
                                       SentenceCode::case_dismissed, SentenceCode::dispute_upheld});
    if (said.is_verbatim()) return say(Phrase::history_as_written, {words});
    Sentence& code = said.values.back();
    if (said.code == SentenceCode::case_came_out)
      code = sentence_code_of("decision." + code.text).value_or(SentenceCode::decision_clear);
    if (said.code == SentenceCode::case_dismissed)
      code = sentence_code_of("reason." + code.text).value_or(SentenceCode::reason_other);
    return wording_.say(said);
  }

  [[nodiscard]] std::optional<std::string> step(Phrase phrase) const {
    const auto to = case_state_of(text_in(detail_, "to").value_or(""));
    if (!to) return std::nullopt;
    const auto from = case_state_of(text_in(detail_, "from").value_or(""));
    if (!from) return say(Phrase::history_opened, {});
    std::string text = say(phrase, {wording_.say(phrase_of(*from)), wording_.say(phrase_of(*to))});
    const auto reason = case_reason_of(text_in(detail_, "reason").value_or(""));
    if (reason && *reason != CaseReason::none)
      text += say(Phrase::history_reason, {wording_.say(phrase_of(*reason))});
    if (has_text(detail_, "remark")) text += say(Phrase::history_and, {reason_in_words("remark")});
    return text;
  }

  [[nodiscard]] std::optional<std::string> decision() const {
    if (const std::string released = number_in(detail_, "released"); !released.empty())
      return say(Phrase::history_released, {released, reason_in_words("why")});
    return say(Phrase::history_decision, {number_in(detail_, "decision"), number_in(detail_, "screening")});
  }

  [[nodiscard]] std::string sighting() const {
    const std::string number = number_in(detail_, "sighting");
    const json::value* others = detail_.if_contains("reupload_of");
    if (others == nullptr || !others->is_array()) return say(Phrase::history_sighting, {number});
    std::string text;
    for (const json::value& other : others->get_array()) {
      if (!other.is_object() || text.size() > kLongestWords) continue;
      const bool is_file = text_in(other.get_object(), "same") == "file";
      text += text.empty() ? "" : "\n";
      text += say(is_file ? Phrase::history_same_file : Phrase::history_same_account,
                  {number, number_in(other.get_object(), "sighting")});
    }
    return text;
  }

  [[nodiscard]] std::string merge() const {
    const std::string into = number_in(detail_, "into");
    return into.empty() ? say(Phrase::history_merged_from, {number_in(detail_, "from")})
                        : say(Phrase::history_merged_into, {into});
  }

  const json::object& detail_;
  const Wording& wording_;
};

}  // namespace

std::string told_of(const CaseEvent& event, const Wording& wording) {
  json::error_code error;
  const json::value value = json::parse(event.detail, error);
  if (!error && value.is_object()) {
    if (auto text = HistoryTeller(value.get_object(), wording).tell(event.what)) return *std::move(text);
    if (value.get_object().empty()) return "";
  }
  return visible_text(event.detail, kLongestWords);
}

}  // namespace reelprint::evidence
