// reelprint serve: the service, until it is told to stop.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <memory>
#include <mutex>
#include <string>

#include "api/log.h"
#include "api/service.h"
#include "app/command.h"
#include "app/config_file.h"
#include "app/serve_options.h"
#include "core/clock.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
Every option may stand in the configuration file too: --http.port 9000 is "port = 9000" below [http]. The
command line goes before the environment, and that before the file. SIGTERM and SIGINT stop the service after
what runs has ended or the grace is over; SIGHUP reads the certificates and the log level again.

Examples:
  reelprint serve --print-config > reelprint.toml
  reelprint --data archive serve --config reelprint.toml
  reelprint --data archive serve --http.port 0       on any free port, named on stdout)";

/// What a signal handler may write to.
std::atomic<bool> reload_wanted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void on_hangup(int) {
  reload_wanted = true;
}

struct Invocation {
  ServeOptions options;
  std::string config;
  bool prints_config = false;
};

void write_line(std::string_view line) {
  while (!line.empty()) {
    const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
    if (written <= 0) return;  // nobody reads it
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// The log level of the file as it is now; the old one when it makes no sense.
void reload_log_level(api::Log& log, const Invocation& invocation) {
  if (invocation.config.empty()) return;
  try {
    CLI::App again;
    ServeOptions options;
    add_serve_options(again, options);
    read_config(again, invocation.config);
    if (const auto level = api::log_level_of(options.log_level)) log.set_level(*level);
  } catch (const Error& error) {
    log.event(api::LogLevel::error, "configuration_kept", {{"why", error.what()}});
  } catch (const CLI::ParseError& error) {
    log.event(api::LogLevel::error, "configuration_kept", {{"why", error.what()}});
  }
}

void wait_for_stop(const std::stop_token& stop, const std::function<void()>& reload) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    wake.wait_for(lock, stop, std::chrono::milliseconds(250), [] { return reload_wanted.load(); });
    if (reload_wanted.exchange(false)) reload();
  }
}

ExitCode serve(Context& context, const Invocation& invocation) {
  const api::ServiceSettings settings = service_settings(invocation.options, context.data);
  const SystemClock clock;
  api::Log log(clock, api::log_level_of(invocation.options.log_level).value_or(api::LogLevel::info),
               write_line);
  std::signal(SIGHUP, on_hangup);
  std::signal(SIGPIPE, SIG_IGN);
  api::Service service(settings, clock, log);
  service.start();
  const bool is_ipv6 = settings.http.address.find(':') != std::string::npos;
  context.console.print(std::string("listening on ") + (settings.http.tls ? "https://" : "http://") +
                        (is_ipv6 ? "[" + settings.http.address + "]" : settings.http.address) + ":" +
                        std::to_string(service.port()));
  wait_for_stop(context.stop, [&] {
    service.reload();
    reload_log_level(log, invocation);
  });
  service.stop();
  return ExitCode::ok;
}

ExitCode run(CLI::App& command, Context& context, const Invocation& invocation) {
  try {
    if (!invocation.config.empty()) read_config(command, invocation.config);
  } catch (const CLI::ParseError& error) {
    context.console.complain(std::string("configuration: ") + error.what());
    return ExitCode::usage;
  }
  if (invocation.prints_config) {
    context.console.print(config_text(command));
    return ExitCode::ok;
  }
  return serve(context, invocation);
}

}  // namespace

void add_serve_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("serve", "Run the service: HTTP API, jobs, webhooks");
  const auto invocation = std::make_shared<Invocation>();
  command->footer(kFooter);
  add_serve_options(*command, invocation->options);
  command->add_option("--config", invocation->config, "TOML file with settings")
      ->type_name("FILE")
      ->configurable(false);
  command
      ->add_flag("--print-config", invocation->prints_config,
                 "Print all settings with their values and what they are for, as TOML")
      ->configurable(false);
  command->callback([command, invocation, &context, &action] {
    action = [command, invocation, &context] { return run(*command, context, *invocation); };
  });
}

}  // namespace reelprint::app
