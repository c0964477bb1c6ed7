#include "crawler/extractor.h"

#include <optional>
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
  if (!settings.fetch.user_agent.empty())
    list.insert(list.end(), {"--user-agent", settings.fetch.user_agent});
  list.insert(list.end(), {"--proxy", "http://127.0.0.1:" + std::to_string(kDoorPort)});
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
    case ChildOutcome::End::no_door: return "the extractor cannot be kept from the network here";
    case ChildOutcome::End::not_started: return "the extractor could not be started";
  }
  return "the extractor failed";
}

}  // namespace

Extraction extract(const std::string& page_url, const std::filesystem::path& folder,
                   const ExtractorSettings& settings, const std::stop_token& stop) {
  if (settings.program.empty()) return {.problem = "no extractor is configured"};
  std::optional<GuardedProxy> proxy;
  GuardedProxySettings walls{.fetch = settings.fetch, .refusal = settings.refusal};
  const ChildOutcome outcome =
      run_program({.program = settings.program,
                   .arguments = arguments(page_url, settings),
                   .folder = folder,
                   .readable = settings.readable,
                   .door = [&](Descriptor listener) { proxy.emplace(std::move(listener), std::move(walls)); },
                   .time_limit = settings.time_limit,
                   .most_output_bytes = settings.most_output_bytes,
                   .most_memory_bytes = settings.most_memory_bytes},
                  stop);
  std::vector<ProxiedRequest> requests;
  if (proxy) requests = proxy->end();
  Extraction extraction;
  extraction.problem = problem_of(outcome);
  if (extraction.problem.empty()) extraction = read_extraction(outcome.output);
  extraction.requests = std::move(requests);
  return extraction;
}

}  // namespace reelprint::crawler
