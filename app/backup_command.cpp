// reelprint backup, reelprint restore: a copy of the data folder, and the data folder from it.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/command.h"
#include "pipeline/backup.h"

namespace reelprint::app {
namespace {

constexpr const char* kBackupFooter = R"(
Consistent while a service runs. The index is left out: it is made again from the database.

Examples:
  reelprint --data archive backup /backups/2026-11-21)";

constexpr const char* kRestoreFooter = R"(
The backup is checked before anything is replaced. No service may run on the data folder meanwhile.

Examples:
  reelprint --data archive restore /backups/2026-11-21
  reelprint --data archive restore --force /backups/2026-11-21     in the place of what is there)";

std::string summary(const pipeline::BackupReport& report) {
  return "database of " + std::to_string(report.database_bytes) + " bytes, " +
         std::to_string(report.uploads) + " uploads";
}

}  // namespace

void add_backup_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("backup", "Copy the data folder's database and uploads");
  const auto folder = std::make_shared<std::string>();
  command->footer(kBackupFooter);
  command->add_option("folder", *folder, "Folder to make")->required()->type_name("DIR");
  command->callback([folder, &context, &action] {
    action = [folder, &context] {
      context.console.print(summary(pipeline::back_up(context.data, *folder)));
      return ExitCode::ok;
    };
  });
}

void add_restore_command(CLI::App& cli, Context& context, Action& action) {
  CLI::App* command = cli.add_subcommand("restore", "Make the data folder what it was when it was backed up");
  const auto folder = std::make_shared<std::string>();
  const auto overwrites = std::make_shared<bool>(false);
  command->footer(kRestoreFooter);
  command->add_option("folder", *folder, "Folder that backup made")->required()->type_name("DIR");
  command->add_flag("--force", *overwrites, "Replace what the data folder has");
  command->callback([folder, overwrites, &context, &action] {
    action = [folder, overwrites, &context] {
      context.console.print(summary(pipeline::restore(*folder, context.data, *overwrites)));
      return ExitCode::ok;
    };
  });
}

}  // namespace reelprint::app
