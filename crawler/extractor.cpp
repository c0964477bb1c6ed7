#include "crawler/extractor.h"

#include <utility>

#include "crawler/child_program.h"

namespace reelprint::crawler {
namespace {

std::vector<std::string> arguments(const std::string& page_url, const ExtractorSettings& settings) {
  std::vector<std::string> list{"--dump-single-json",  "--ignore-config",
                                "--no-cache-dir",      "--no-warnings",
                                "--no-progress",       "--no-check-formats",
                                "--playlist-end",      "50",
                                "--socket-timeout",    "20",
                                "--retries",           "1",
                                "--extractor-retries", "1",
                                "--sleep-requests",    "1"};
  if (!settings.user_agent.empty()) list.insert(list.end(), {"--user-agent", settings.user_agent});
  // "" would be: whatever the environment says, and there is none
  if (!settings.proxy.empty()) list.insert(list.end(), {"--proxy", settings.proxy});
  list.insert(list.end(), {"--", page_url});
  return list;
}

std::string problem_of(const ChildOutcome& outcome) {
  switch (outcome.end) {
    case ChildOutcome::End::exited:
      return outcome.exit_code == 0
                 ? std::string()
                 : "the extractor failed with exit code " + std::to_string(outcome.exit_code);
    case ChildOutcome::End::crashed: return "the extractor crashed, or went beyond a limit";
    case ChildOutcome::End::timed_out: return "the extractor took too long";
    case ChildOutcome::End::too_much_output: return "the extractor said too much";
    case ChildOutcome::End::stopped: return "stopped on request";
    case ChildOutcome::End::not_started: return "the extractor could not be started";
  }
  return "the extractor failed";
}

}  // namespace

Extraction extract(const std::string& page_url, const std::filesystem::path& folder,
                   const ExtractorSettings& settings, const std::stop_token& stop) {
  if (settings.program.empty()) return {.problem = "no extractor is configured"};
  const ChildOutcome outcome = run_program({.program = settings.program,
                                            .arguments = arguments(page_url, settings),
                                            .folder = folder,
                                            .readable = settings.readable,
                                            .has_network = true,
                                            .time_limit = settings.time_limit,
                                            .most_output_bytes = settings.most_output_bytes,
                                            .most_memory_bytes = settings.most_memory_bytes},
                                           stop);
  if (std::string problem = problem_of(outcome); !problem.empty()) return {.problem = std::move(problem)};
  return read_extraction(outcome.output);
}

}  // namespace reelprint::crawler
