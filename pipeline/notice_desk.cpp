#include "pipeline/notice_desk.h"

#include <charconv>
#include <utility>

#include "core/business_days.h"
#include "core/error.h"
#include "evidence/notice.h"
#include "evidence/notice_forms.h"
#include "evidence/notice_template.h"
#include "evidence/report.h"
#include "pipeline/notice_subjects.h"

namespace reelprint::pipeline {
namespace {

using evidence::Notice;

constexpr const char* kTemplates = "notice_templates";

evidence::NoticeKind kind_of(const NoticeRecord& record) {
  const auto kind = evidence::notice_kind_of(record.kind);
  if (!kind) throw Error(ErrorCode::invalid_input, "draft a notice: there is no kind '" + record.kind + "'");
  return *kind;
}

void take_sign_off_away(Notice& notice) {
  notice.confirmed.clear();
  notice.signature.clear();
  notice.signed_on.clear();
}

/// "targets[2].url" counts from 1, "/targets/1/url" from 0.
std::string pointer_to(const std::string& field) {
  std::string pointer = "/";
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] == '.') {
      pointer += '/';
    } else if (field[i] == '[') {
      std::size_t number = 1;
      const std::size_t end = std::min(field.find(']', i), field.size());
      std::from_chars(field.data() + i + 1, field.data() + end, number);
      pointer += '/' + std::to_string(number == 0 ? 0 : number - 1);
      i = end;
    } else {
      pointer += field[i];
    }
  }
  return pointer;
}

bool claims_a_right(evidence::NoticeKind kind) {
  return kind == evidence::NoticeKind::dmca || kind == evidence::NoticeKind::dsa ||
         kind == evidence::NoticeKind::cn_art14;
}

/// Whose works they are, unless somebody was named; who writes for their own company gives its address.
void name_holder(Notice& notice, const std::string& holder) {
  if (!notice.holder.name.empty() || holder.empty() || holder == notice.sender.name) return;
  if (holder == notice.sender.organisation) {
    notice.holder = notice.sender;
    notice.holder.organisation.clear();
    notice.holder.title.clear();
  }
  notice.holder.name = holder;
}

evidence::NoticeTemplate template_of(const NoticeRecord& record, const std::filesystem::path& templates) {
  return evidence::load_notice_template(kind_of(record), record.language, templates);
}

}  // namespace

std::filesystem::path notice_template_folder(const std::filesystem::path& data) {
  return data / kTemplates;
}

std::string drafted_fields(store::Store& store, const NoticeRecord& record, std::string_view given) {
  Notice notice = given.empty() ? Notice{} : evidence::notice_of_json(given);
  notice.kind = kind_of(record);
  notice.language = record.language;
  take_sign_off_away(notice);
  const auto language = evidence::report_language_of(record.language).value_or(evidence::ReportLanguage::en);
  if (notice.works.empty() && notice.targets.empty()) {
    NoticeSubjects subjects = subjects_of(store, record.decisions, language);
    notice.works = std::move(subjects.works);
    notice.targets = std::move(subjects.targets);
    if (claims_a_right(notice.kind)) name_holder(notice, subjects.holder);
  }
  const std::string begin = language == evidence::ReportLanguage::zh ? "案件 " : "case ";
  if (notice.reference.empty())
    for (const CaseId id : record.cases)
      notice.reference += (notice.reference.empty() ? begin : ", ") + std::to_string(id.value);
  return evidence::to_json(notice);
}

std::vector<NoticeFault> faults_of(std::string_view fields) {
  std::vector<NoticeFault> faults;
  for (const auto& flaw : evidence::validate(evidence::notice_of_json(fields)))
    faults.push_back({pointer_to(flaw.field), flaw.clause, flaw.what, flaw.is_sign_off});
  return faults;
}

std::vector<NoticeStatement> statements_of(const NoticeRecord& record,
                                           const std::filesystem::path& templates) {
  const auto words = template_of(record, templates).statements();
  std::vector<NoticeStatement> statements;
  for (const auto& one : evidence::required_statements(kind_of(record))) {
    const auto said = words.find(std::string(one.id));
    statements.push_back(
        {std::string(one.id), std::string(one.clause), said == words.end() ? "" : said->second});
  }
  return statements;
}

std::string signed_fields(std::string_view fields, const std::string& signature,
                          const std::vector<std::string>& confirmed, WallTime now) {
  Notice notice = evidence::notice_of_json(fields);
  notice.signature = signature;
  notice.confirmed = confirmed;
  notice.signed_on = to_string(day_of(now));
  return evidence::to_json(notice);
}

std::string unsigned_fields(std::string_view fields) {
  Notice notice = evidence::notice_of_json(fields);
  take_sign_off_away(notice);
  return evidence::to_json(notice);
}

std::optional<NoticeForm> notice_form_of(std::string_view name) {
  if (name == "text") return NoticeForm::text;
  if (name == "json") return NoticeForm::json;
  if (name == "lumen") return NoticeForm::lumen;
  if (name == "eml") return NoticeForm::eml;
  return std::nullopt;
}

WrittenNotice write_notice(const NoticeRecord& record, NoticeForm form, WallTime date,
                           const std::filesystem::path& templates) {
  const Notice notice = evidence::notice_of_json(record.fields);
  const std::string name = "notice-" + std::to_string(record.id.value);
  if (form == NoticeForm::json) return {"application/json", name + ".json", evidence::to_json(notice)};
  const auto text = evidence::render(notice, template_of(record, templates));
  switch (form) {
    case NoticeForm::lumen:
      return {"application/json", name + ".lumen.json", evidence::lumen_json(notice, text)};
    case NoticeForm::eml: return {"message/rfc822", name + ".eml", evidence::mail_of(notice, text, date)};
    default: return {"text/plain; charset=utf-8", name + ".txt", text.subject + "\n\n" + text.body};
  }
}

NoticeRecord retraction_of(const NoticeRecord& sent) {
  Notice notice = evidence::notice_of_json(sent.fields);
  notice.kind = evidence::NoticeKind::retraction;
  notice.their_reference = sent.recipient_number;
  notice.reference = "notice " + std::to_string(sent.id.value);
  notice.explanation.clear();
  take_sign_off_away(notice);
  NoticeRecord retraction;
  retraction.tenant = sent.tenant;
  retraction.holder = sent.holder;
  retraction.kind = evidence::to_string(notice.kind);
  retraction.language = sent.language;
  retraction.cases = sent.cases;
  retraction.decisions = sent.decisions;
  retraction.fields = evidence::to_json(notice);
  return retraction;
}

}  // namespace reelprint::pipeline
