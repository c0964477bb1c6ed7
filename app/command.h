// What every command is given, and how it ends.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <stop_token>

#include "app/console.h"

namespace CLI {
class App;
}

namespace reelprint::app {

/// The contract of the command line: scripts rely on these numbers.
enum class ExitCode : int { ok = 0, failed = 1, usage = 2, some_inputs_failed = 3 };

struct Context {
  std::filesystem::path data = "reelprint-data";
  bool json = false;
  Console console;
  std::stop_token stop;  ///< requested on Ctrl-C
};

/// Set by the chosen command's callback, run once the line is parsed.
using Action = std::function<ExitCode()>;

// Each adds its command to `cli`; when chosen, the command puts what it is to do into `action`.
void add_register_command(CLI::App& cli, Context& context, Action& action);
void add_screen_command(CLI::App& cli, Context& context, Action& action);
void add_explain_command(CLI::App& cli, Context& context, Action& action);
void add_coverage_command(CLI::App& cli, Context& context, Action& action);
void add_catalog_command(CLI::App& cli, Context& context, Action& action);
void add_negatives_command(CLI::App& cli, Context& context, Action& action);
void add_fingerprint_command(CLI::App& cli, Context& context, Action& action);
void add_index_command(CLI::App& cli, Context& context, Action& action);
void add_bench_command(CLI::App& cli, Context& context, Action& action);
void add_tenant_command(CLI::App& cli, Context& context, Action& action);
void add_user_command(CLI::App& cli, Context& context, Action& action);
void add_key_command(CLI::App& cli, Context& context, Action& action);
void add_audit_command(CLI::App& cli, Context& context, Action& action);
void add_evidence_command(CLI::App& cli, Context& context, Action& action);
void add_crawl_command(CLI::App& cli, Context& context, Action& action);
void add_case_command(CLI::App& cli, Context& context, Action& action);
void add_dispute_command(CLI::App& cli, Context& context, Action& action);
void add_notice_command(CLI::App& cli, Context& context, Action& action);
void add_report_command(CLI::App& cli, Context& context, Action& action);
void add_doctor_command(CLI::App& cli, Context& context, Action& action);
void add_serve_command(CLI::App& cli, Context& context, Action& action);
void add_openapi_command(CLI::App& cli, Context& context, Action& action);
void add_backup_command(CLI::App& cli, Context& context, Action& action);
void add_restore_command(CLI::App& cli, Context& context, Action& action);
void add_version_command(CLI::App& cli, Context& context, Action& action);

/// A `--json` flag on a command.
void add_json_flag(CLI::App& command, Context& context);
/// A `--jobs N` option, default the number of cores.
void add_jobs_option(CLI::App& command, std::size_t& jobs);

/// All failed is `failed`, some is `some_inputs_failed`, none is `ok`.
[[nodiscard]] ExitCode exit_code_of(std::size_t failed, std::size_t inputs);

}  // namespace reelprint::app
