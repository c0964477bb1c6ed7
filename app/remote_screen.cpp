#include "app/remote_screen.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>

#include "api/models.h"
#include "api/remote_screening_json.h"
#include "app/screening_table.h"
#include "core/error.h"
#include "core/files.h"
#include "pipeline/ordered_work.h"
#include "pipeline/screening.h"

namespace reelprint::app {
namespace {

/// What the service said, or why it was not asked to the end.
struct Answer {
  std::optional<api::RemoteScreening> screening;
  ErrorCode code = ErrorCode::io;
  std::string message;
};

std::string name_of(const std::string& file) {
  return printable(std::filesystem::path(file).filename().string());
}

class RemoteScreener {
 public:
  RemoteScreener(Context& context, const std::vector<std::string>& files,
                 const pipeline::RemoteSettings& settings)
      : context_(context),
        files_(pipeline::expand_folders(files)),
        settings_(settings),
        table_(screening_heading()) {}

  ExitCode run(std::size_t jobs) {
    std::size_t told = 0;
    pipeline::work_in_order<Answer>(
        files_.size(), jobs, [&](std::size_t i) { return ask(files_[i]); },
        [&](std::size_t i, Answer answer) {
          if (!answer.screening && answer.code == ErrorCode::cancelled) return;
          ++told;
          const double of = static_cast<double>(files_.size());
          context_.console.report("screen", static_cast<double>(told), of, name_of(files_[i]));
          tell(files_[i], answer);
        },
        context_.stop);
    if (!context_.json) {
      for (const std::string& line : lay_out(table_, context_.console.has_colour()))
        context_.console.print(line);
    }
    if (context_.stop.stop_requested()) {
      context_.console.complain("stopped after " + std::to_string(told) + " of " +
                                std::to_string(files_.size()) + " files");
      return ExitCode::failed;
    }
    return exit_code_of(failed_, files_.size());
  }

 private:
  Answer ask(const std::string& file) const {
    Answer answer;
    try {
      answer.screening = api::remote_screening_of(
          file, pipeline::screen_remotely(file, name_of(file), settings_, context_.stop));
    } catch (const Error& error) {  // one upload's trouble is that upload's result
      answer.code = error.code();
      answer.message = error.what();
    }
    return answer;
  }

  void tell(const std::string& file, const Answer& answer) {
    const bool is_done = answer.screening && answer.screening->error_code.empty();
    if (context_.json) {
      context_.console.print(answer.screening ? answer.screening->json
                                              : api::failed_query_json(file, answer.code, answer.message));
    } else if (is_done) {
      add_screening(table_, answer.screening->screening, answer.screening->works);
    } else {
      add_unscreened(table_, file);
    }
    if (is_done) return;
    ++failed_;
    context_.console.complain(
        printable(answer.screening ? "screen '" + file + "': " + answer.screening->error : answer.message));
  }

  Context& context_;
  std::vector<std::string> files_;
  const pipeline::RemoteSettings& settings_;
  Table table_;
  std::size_t failed_ = 0;
};

/// The key alone on its line.
std::string key_in(const std::string& file) {
  constexpr std::size_t kMostBytes = 4096;
  const auto bytes = read_file(file, kMostBytes);
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  constexpr const char* kBlanks = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlanks);
  const std::string key =
      begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
  if (key.empty() || key.find_first_of(kBlanks) != std::string::npos)
    throw Error(ErrorCode::invalid_input, "read the key file '" + file + "': there is not one key in it");
  return key;
}

}  // namespace

void add_remote_options(CLI::App& command, RemoteOptions& options) {
  constexpr const char* kGroup = "At a service";
  CLI::Option* server =
      command.add_option("--server", options.server, "Have the files screened by this reelprint service")
          ->type_name("URL")
          ->group(kGroup);
  CLI::Option* key = command.add_option("--key-file", options.key_file, "File with an API key of it")
                         ->type_name("FILE")
                         ->needs(server)
                         ->group(kGroup);
  server->needs(key);
  const auto add = [&](const char* name, std::string& value, const char* what) {
    command.add_option(name, value, what)->needs(server)->group(kGroup);
  };
  add("--account", options.account, "Account of the uploader, which licences go by");
  add("--channel", options.channel, "Channel the uploads are shown in");
  add("--url", options.url, "Where the upload is shown or will be");
  add("--territory", options.territory, "Where it is shown: DE");
  add("--title", options.title, "Title of the upload");
  for (const char* name : {"--flag-score", "--review-score"}) server->excludes(command.get_option(name));
}

pipeline::RemoteSettings settings_of(const RemoteOptions& options, const std::string& effort, bool no_audio) {
  pipeline::RemoteSettings settings;
  settings.server = options.server;
  while (settings.server.ends_with('/')) settings.server.pop_back();
  if (!settings.server.starts_with("https://") && !settings.server.starts_with("http://")) {
    throw Error(ErrorCode::invalid_input,
                "screen at '" + options.server + "': it must begin with https:// or http://");
  }
  settings.key = key_in(options.key_file);
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) settings.parameters.emplace_back(name, value);
  };
  add("account", options.account);
  add("channel", options.channel);
  add("url", options.url);
  add("territory", options.territory);
  add("title", options.title);
  add("effort", effort);
  if (no_audio) add("audio", "false");
  settings.has_ended = api::has_screening_ended;
  settings.problem_text = api::problem_text;
  return settings;
}

ExitCode screen_at_server(Context& context, const std::vector<std::string>& files,
                          const pipeline::RemoteSettings& settings, std::size_t jobs) {
  return RemoteScreener(context, files, settings).run(jobs);
}

}  // namespace reelprint::app
