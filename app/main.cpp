// The reelprint program: reads the command line, runs one command, turns what happened into an exit code.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>
#include <thread>

#include "app/command.h"
#include "app/spare_threads.h"
#include "core/error.h"

namespace reelprint::app {
namespace {

constexpr const char* kExamples = R"(
Examples:
  reelprint --data archive register catalog.csv       protect what the catalog lists
  reelprint --data archive screen upload.mp4          look for copies in an upload
  reelprint --data archive screen --json *.mp4        the same for programs, one JSON object a line
  reelprint --data archive explain upload.mp4 --against "The Lantern Oath/3"
                                                      why it matched, or why not
  reelprint --data archive coverage upload.mp4 --series "The Lantern Oath"
                                                      which seconds of which episodes are in it
  reelprint fingerprint upload.mp4 -o upload.rpf      a fingerprint, so that the media need not travel
  reelprint --data archive screen upload.rpf          screen the fingerprint alone
  reelprint --data archive bench cost --price-per-vcpu-hour 0.04 uploads/
                                                      what a million uploads cost on this machine
  reelprint --data archive serve                      the HTTP API, jobs and webhooks
  reelprint --data archive backup archive.backup      a copy of all that is stored, while it is used
  reelprint doctor                                    what this machine has and what is wrong

Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 some inputs failed.)";

/// Where the signal handler writes; libraries start threads before main, so blocking the signals there is too
/// late.
int signal_pipe = -1;

void on_signal(int) {
  const char byte = 0;
  (void)!write(signal_pipe, &byte, 1);
}

/// Ctrl-C and SIGTERM ask for a clean stop; a second one ends at once.
class SignalWatch {
 public:
  SignalWatch() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0)
      throw Error(ErrorCode::io, "watch for signals: no pipe is to be had");
    signal_pipe = ends_[1];
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    thread_ = std::jthread([this](std::stop_token ending) { watch(ending); });
  }
  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  void watch(std::stop_token ending) {
    constexpr int kPatience_ms = 1000;
    const std::stop_callback wake(ending, [] { on_signal(0); });  // or the end of main waits for the poll
    while (!ending.stop_requested()) {
      pollfd signalled{ends_[0], POLLIN, 0};
      char byte = 0;
      if (poll(&signalled, 1, kPatience_ms) <= 0 || read(ends_[0], &byte, 1) != 1) continue;
      if (ending.stop_requested()) return;
      if (source_.stop_requested()) _exit(130);
      source_.request_stop();
    }
  }

  std::array<int, 2> ends_{};
  std::stop_source source_;
  std::jthread thread_;
};

int run(int argc, char** argv) {
  const SignalWatch signals;
  Context context;
  context.stop = signals.token();
  if (const char* data = std::getenv("REELPRINT_DATA")) context.data = data;

  CLI::App cli("reelprint finds copies of registered video episodes, whatever was done to them.",
               "reelprint");
  Action action;
  cli.add_option("--data", context.data,
                 "Data folder: catalog, fingerprints, screenings, index [$REELPRINT_DATA]")
      ->capture_default_str()
      ->type_name("DIR");
  cli.require_subcommand(1);
  cli.fallthrough();
  cli.footer(kExamples);
  for (const auto add :
       {add_register_command, add_screen_command,  add_explain_command,   add_coverage_command,
        add_catalog_command,  add_crawl_command,   add_negatives_command, add_fingerprint_command,
        add_index_command,    add_serve_command,   add_openapi_command,   add_tenant_command,
        add_user_command,     add_key_command,     add_audit_command,     add_case_command,
        add_dispute_command,  add_notice_command,  add_report_command,    add_evidence_command,
        add_backup_command,   add_restore_command, add_bench_command,     add_doctor_command,
        add_version_command}) {
    add(cli, context, action);
  }
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::usage);
  }
  try {
    return static_cast<int>(action());
  } catch (const Error& error) {
    context.console.complain(error.what());
  } catch (const std::bad_alloc&) {
    context.console.complain("out of memory");
  } catch (const std::exception& error) {
    context.console.complain(std::string("internal error: ") + error.what());
  }
  return static_cast<int>(ExitCode::failed);
}

}  // namespace

void add_json_flag(CLI::App& command, Context& context) {
  command.add_flag("--json", context.json, "Print JSON lines on stdout, and nothing else there");
}

void add_jobs_option(CLI::App& command, std::size_t& jobs) {
  jobs = std::max(1U, std::thread::hardware_concurrency());
  command.add_option("--jobs,-j", jobs, "Files worked on at once, one thread each")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str()
      ->type_name("N");
}

ExitCode exit_code_of(std::size_t failed, std::size_t inputs) {
  if (failed == 0) return ExitCode::ok;
  return failed < inputs ? ExitCode::some_inputs_failed : ExitCode::failed;
}

}  // namespace reelprint::app

int main(int argc, char** argv) {
  reelprint::app::end_spare_threads();
  return reelprint::app::run(argc, argv);
}
