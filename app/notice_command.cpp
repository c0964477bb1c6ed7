// reelprint notice: notices are drafted, checked and signed here; a person sends them.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "api/case_lines.h"
#include "app/command.h"
#include "app/legal_options.h"
#include "core/error.h"
#include "core/files.h"
#include "core/json_object.h"
#include "pipeline/notice_desk.h"
#include "pipeline/notice_handling.h"
#include "store/cases.h"
#include "store/notices.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
Nothing is ever sent by reelprint: send the text or the .eml file yourself, then say so with `sent`.
docs/notices.md lists the fields of FILE (JSON) and the statements.

Examples:
  reelprint notice draft --kind dmca --case 17 --fields lotus.json --by kim
  reelprint notice check 4
  reelprint notice approve 4 --sign "Kim Lee" --confirm good_faith --confirm accurate --confirm authorised --by kim
  reelprint notice eml 4 -o notice.eml
  reelprint notice sent 4 --way "mail to copyright@videos.example" --by kim
  reelprint notice mark 4 removed --by kim)";

struct NoticeOptions {
  std::int64_t id = 0;
  std::string kind, language, fields, by, sign, way, at, number, remark, state, output;
  std::vector<std::int64_t> cases;
  std::vector<std::string> confirmed;
};

std::filesystem::path templates_of(const Context& context) {
  return pipeline::notice_template_folder(context.data);
}

NoticeRecord notice_numbered(store::Store& store, std::int64_t id) {
  auto found = store::Notices(store.database()).find(NoticeId{id});
  if (!found) throw Error(ErrorCode::not_found, "look up notice " + std::to_string(id) + ": there is none");
  return *std::move(found);
}

std::string text_of_file(const std::string& file) {
  if (file.empty()) return "";
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(ErrorCode::io, "read the fields of a notice: '" + file + "' cannot be opened");
  return {std::istreambuf_iterator<char>(stream), {}};
}

void print(Context& context, const NoticeRecord& notice) {
  if (context.json) return context.console.print(api::notice_line(notice));
  std::string line = "notice " + std::to_string(notice.id.value) + " (" + notice.kind + ", " +
                     notice.language + "): " + std::string(to_string(notice.state));
  if (notice.due_at != WallTime{}) line += ", due " + to_rfc3339(notice.due_at);
  context.console.print(line);
}

/// What is missing, a line each; how many.
std::size_t tell_faults(Context& context, const NoticeRecord& notice) {
  const auto faults = pipeline::faults_of(notice.fields);
  for (const auto& fault : faults)
    context.console.print(fault.where + ": " + fault.what +
                          (fault.clause.empty() ? "" : " (" + fault.clause + ")"));
  return faults.size();
}

ExitCode finish(Context& context, LegalChange& change, std::string_view what, NoticeId id) {
  const NoticeRecord notice = notice_numbered(change.store(), id.value);
  change.audit("notice." + std::string(what), "notice " + std::to_string(id.value), notice.tenant,
               JsonObject().text("kind", notice.kind).text("state", to_string(notice.state)).str());
  change.commit();
  print(context, notice);
  return ExitCode::ok;
}

ExitCode list(Context& context, const NoticeOptions&) {
  store::Store store(context.data, false);
  for (const NoticeRecord& notice : store::Notices(store.database()).list({}, {}, 1000))
    print(context, notice);
  return ExitCode::ok;
}

ExitCode show(Context& context, const NoticeOptions& options) {
  store::Store store(context.data, false);
  context.console.print(api::notice_detail_line(notice_numbered(store, options.id), templates_of(context)));
  return ExitCode::ok;
}

ExitCode draft(Context& context, const NoticeOptions& options) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  NoticeRecord notice;
  notice.kind = options.kind;
  notice.language = !options.language.empty()                       ? options.language
                    : options.kind.find("cn_") != std::string::npos ? "zh"
                                                                    : "en";
  for (const std::int64_t id : options.cases) {
    const LegalCase one = case_numbered(store, id);
    if (notice.holder != HolderId{} && notice.holder != one.holder)
      throw Error(ErrorCode::invalid_input, "draft a notice: the cases are of several holders");
    notice.holder = one.holder;
    notice.tenant = one.tenant;
    notice.cases.push_back(one.id);
    notice.decisions.insert(notice.decisions.end(), one.decisions.begin(), one.decisions.end());
  }
  (void)pipeline::statements_of(notice, templates_of(context));  // throws where there is no template
  notice.fields = pipeline::drafted_fields(store, notice, text_of_file(options.fields));
  notice.drafted_by = change.actor().name;
  notice.drafted_at = change.now();
  const NoticeId id = store::Notices(store.database()).add(notice);
  if (!context.json) (void)tell_faults(context, notice);
  return finish(context, change, "draft", id);
}

ExitCode check(Context& context, const NoticeOptions& options) {
  store::Store store(context.data, false);
  const NoticeRecord notice = notice_numbered(store, options.id);
  const std::size_t faults = tell_faults(context, notice);
  for (const auto& one : pipeline::statements_of(notice, templates_of(context)))
    context.console.print("to confirm: " + one.id + ": " + one.words + " (" + one.clause + ")");
  return faults == 0 ? ExitCode::ok : ExitCode::failed;
}

void put(LegalChange& change, const NoticeRecord& notice, NoticeState before) {
  if (!pipeline::put_notice(change.store(), notice, before, change.actor()))
    throw Error(ErrorCode::busy,
                "change notice " + std::to_string(notice.id.value) + ": it has changed meanwhile");
}

ExitCode edit(Context& context, const NoticeOptions& options) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  NoticeRecord notice = notice_numbered(store, options.id);
  if (notice.state != NoticeState::drafted)
    throw Error(ErrorCode::invalid_input, "edit notice " + std::to_string(options.id) + ": it is no draft");
  notice.fields = pipeline::drafted_fields(store, notice, text_of_file(options.fields));
  notice.drafted_by = change.actor().name;
  put(change, notice, NoticeState::drafted);
  return finish(context, change, "change", notice.id);
}

ExitCode approve(Context& context, const NoticeOptions& options) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  NoticeRecord notice = notice_numbered(store, options.id);
  const std::string what = "approve notice " + std::to_string(options.id) + ": ";
  if (notice.state != NoticeState::drafted) throw Error(ErrorCode::invalid_input, what + "it is no draft");
  const std::string why = pipeline::why_not_approved(store, notice, change.actor());
  if (!why.empty()) throw Error(ErrorCode::invalid_input, what + why);
  notice.fields = pipeline::signed_fields(notice.fields, options.sign, options.confirmed, change.now());
  if (tell_faults(context, notice) > 0) throw Error(ErrorCode::invalid_input, what + "something is missing");
  notice.state = NoticeState::approved;
  notice.approved_by = change.actor().name;
  notice.approved_at = change.now();
  notice.signatory = options.sign;
  for (const auto& one : pipeline::statements_of(notice, templates_of(context)))
    notice.confirmation += (notice.confirmation.empty() ? "" : "\n") + one.words;
  put(change, notice, NoticeState::drafted);
  return finish(context, change, "approve", notice.id);
}

ExitCode mark(Context& context, const NoticeOptions& options, NoticeState to) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  NoticeRecord notice = notice_numbered(store, options.id);
  const NoticeState before = notice.state;
  if (to == NoticeState::approved || !may_become(before, to))
    throw Error(ErrorCode::invalid_input, "change notice " + std::to_string(options.id) +
                                              ": it does not go from " + std::string(to_string(before)) +
                                              " to " + std::string(to_string(to)));
  const WallTime at = time_given(options.at).value_or(change.now());
  if (at > change.now())
    throw Error(ErrorCode::invalid_input, "change a notice: '" + options.at + "' is in the future");
  if (was_sent(to) && to != NoticeState::sent && at < notice.sent_at)
    throw Error(ErrorCode::invalid_input, "change a notice: '" + options.at + "' is before it was sent");
  notice.state = to;
  notice.remark = options.remark;
  if (!options.number.empty()) notice.recipient_number = options.number;
  if (to == NoticeState::sent) {
    notice.sent_at = at;
    notice.sent_way = options.way;
  } else if (was_sent(to)) {
    notice.answered_at = at;
  } else if (to == NoticeState::drafted) {
    notice.fields = pipeline::unsigned_fields(notice.fields);
    notice.approved_by = notice.signatory = notice.confirmation = "";
    notice.approved_at = {};
  }
  put(change, notice, before);
  return finish(context, change, to_string(to), notice.id);
}

ExitCode sent(Context& context, const NoticeOptions& options) {
  return mark(context, options, NoticeState::sent);
}

ExitCode mark_any(Context& context, const NoticeOptions& options) {
  const auto to = notice_state_of(options.state);
  if (!to || *to == NoticeState::sent)
    throw Error(ErrorCode::invalid_input,
                "change a notice: '" + options.state + "' is no state to mark it with");
  return mark(context, options, *to);
}

ExitCode retract(Context& context, const NoticeOptions& options) {
  store::Store store(context.data, false);
  LegalChange change(store, options.by);
  const NoticeRecord notice = notice_numbered(store, options.id);
  if (!was_sent(notice.state))
    throw Error(ErrorCode::invalid_input,
                "retract notice " + std::to_string(options.id) + ": it was never sent");
  NoticeRecord retraction = pipeline::retraction_of(notice);
  retraction.drafted_by = change.actor().name;
  retraction.drafted_at = change.now();
  return finish(context, change, "draft", store::Notices(store.database()).add(retraction));
}

ExitCode write(Context& context, const NoticeOptions& options, pipeline::NoticeForm form) {
  store::Store store(context.data, false);
  LegalChange change(store, "export");
  const NoticeRecord notice = notice_numbered(store, options.id);
  const bool is_for_others = form == pipeline::NoticeForm::eml || form == pipeline::NoticeForm::lumen;
  if (is_for_others && notice.approved_at == WallTime{})
    throw Error(ErrorCode::invalid_input,
                "write notice " + std::to_string(options.id) + ": nobody has approved it");
  const auto written = pipeline::write_notice(notice, form, change.now(), templates_of(context));
  change.audit("notice.export", "notice " + std::to_string(options.id), notice.tenant,
               JsonObject().text("file", written.file_name).str());
  change.commit();
  if (options.output.empty()) {
    context.console.print(written.body);
  } else {
    replace_file(options.output, std::as_bytes(std::span(written.body)));
  }
  return ExitCode::ok;
}

}  // namespace

void add_notice_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* notices = cli.add_subcommand("notice", "Draft, check and sign notices to platforms");
  notices->require_subcommand(1);
  notices->fallthrough();
  notices->footer(kFooter);
  auto options = std::make_shared<NoticeOptions>();
  const auto add = [&](const char* name, const char* description, auto run) {
    CLI::App* command = notices->add_subcommand(name, description);
    add_json_flag(*command, context);
    command->callback([&context, &action, options, run] {
      action = [&context, options, run] { return run(context, *options); };
    });
    return command;
  };
  const auto one = [&](CLI::App* command) {
    command->add_option("notice", options->id, "Its number")->required()->type_name("NOTICE");
    return command;
  };
  const auto by = [&](CLI::App* command) {
    command->add_option("--by", options->by, "Who you are")->required()->type_name("NAME");
    return command;
  };
  const auto fields = [&](CLI::App* command) {
    command->add_option("--fields", options->fields, "What it says, as JSON: docs/notices.md")
        ->type_name("FILE");
    return command;
  };
  const auto when = [&](CLI::App* command) {
    command->add_option("--at", options->at, "When it happened; now unless given")->type_name("TIME");
    command->add_option("--number", options->number, "The recipient's own number for it")->type_name("TEXT");
    command->add_option("--remark", options->remark, "For the record")->type_name("TEXT");
    return command;
  };
  add("list", "The newest first", list);
  one(add("show", "One notice, as JSON", show));
  CLI::App* drafted = by(fields(add("draft", "About one case or several", draft)));
  drafted->add_option("--kind", options->kind, "dmca, dsa, cn_art14 …")->required()->type_name("KIND");
  drafted->add_option("--case", options->cases, "What it is about")->required()->type_name("CASE...");
  drafted->add_option("--language", options->language, "Of the template")->type_name("en|zh");
  one(add("check", "What is missing, and the clause that asks for it", check));
  by(fields(one(add("edit", "Give a draft other fields", edit))));
  CLI::App* approved = by(one(add("approve", "Sign by name, confirming each statement", approve)));
  approved->add_option("--sign", options->sign, "Your name")->required()->type_name("NAME");
  approved->add_option("--confirm", options->confirmed, "Id of a statement, each")->type_name("ID...");
  when(by(one(add("sent", "You have sent it", sent))))
      ->add_option("--way", options->way, "How: \"mail to …\"")
      ->required()
      ->type_name("TEXT");
  when(by(one(add("mark", "What came of it", mark_any))))
      ->add_option("state", options->state, "acknowledged, removed, refused, countered, withdrawn, drafted")
      ->required();
  by(one(add("retract", "Draft the retraction of one that was sent", retract)));
  for (const auto& [name, form] :
       {std::pair{"text", pipeline::NoticeForm::text}, std::pair{"json", pipeline::NoticeForm::json},
        std::pair{"eml", pipeline::NoticeForm::eml}, std::pair{"lumen", pipeline::NoticeForm::lumen}})
    one(add(name, "Write it in this form",
            [form = form](Context& given, const NoticeOptions& chosen) {
              return write(given, chosen, form);
            }))
        ->add_option("-o,--output", options->output, "Where to; stdout unless given")
        ->type_name("FILE");
}

}  // namespace reelprint::app
