#include "app/crawl_run_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "app/version.h"
#include "core/error.h"
#include "core/json_object.h"
#include "pipeline/crawl.h"
#include "pipeline/jailed_media_reader.h"
#include "pipeline/live_catalog.h"
#include "pipeline/screen_job.h"

namespace reelprint::app {
namespace {

constexpr const char* kFooter = R"(
Crawls what the sources of the data folder name (reelprint crawl add), until Ctrl-C. Who runs a service with
crawl.enabled needs no such command. Every request is written down (reelprint crawl requests).

Examples:
  reelprint --data archive crawl run --contact https://example.org/crawler
  reelprint --data archive crawl run --contact mailto:legal@example.org --until-idle
  reelprint --data archive crawl run --contact mailto:legal@example.org --for 10m)";

struct CrawlRunOptions {
  std::string contact;
  std::string proxy;
  std::string worker;
  bool until_idle = false;
  bool allow_loopback = false;
  bool whole = false;
  bool screenshots = false;
  bool no_hints = false;
  std::string extractor;
  std::string how_long;
  std::size_t hosts = 32;
  std::size_t screenings = 1;
  double least_delay_s = 1;
  double lease_s = 20;
  int audit_days = 90;
  double sample_window_s = to_seconds(pipeline::SampleSettings{}.window);
  std::uint64_t most_media_mib = 4096;
  double sample_every_s = to_seconds(pipeline::SampleSettings{}.every);
};

/// "90s", "10m", "2h", "1d"; nothing for what is none of these.
std::optional<std::chrono::seconds> seconds_of(const std::string& text) {
  std::size_t end = 0;
  long long number = 0;
  try {
    number = std::stoll(text, &end);
  } catch (const std::exception&) {
    end = 0;
  }
  const std::string unit = text.substr(end);
  const long long scale = unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : unit == "d" ? 86'400 : 0;
  if (end == 0 || number <= 0 || number > 1'000'000 || scale == 0) return std::nullopt;
  return std::chrono::seconds{number * scale};
}

std::uint64_t videos_of(const pipeline::CrawlNumbers& numbers, Decision decision) {
  return numbers.videos.at(static_cast<std::size_t>(decision));
}

std::string json_of(const pipeline::CrawlNumbers& numbers) {
  JsonObject requests;
  for (const auto& [outcome, count] : numbers.requests) requests.number(outcome, count);
  JsonObject videos;
  for (const Decision decision :
       {Decision::clear, Decision::needs_review, Decision::licensed, Decision::infringing})
    videos.number(to_string(decision), videos_of(numbers, decision));
  return JsonObject()
      .text("event", "summary")
      .raw("requests", requests.str())
      .number("pages", numbers.pages)
      .number("bytes", numbers.bytes)
      .number("bytes_offered", numbers.bytes_offered)
      .raw("videos", videos.str())
      .number("videos_unread", numbers.videos_unread)
      .number("videos_whole", numbers.whole)
      .str();
}

std::string megabytes(std::uint64_t bytes) {
  return std::to_string(bytes / 1'000'000) + "." + std::to_string(bytes / 100'000 % 10) + " MB";
}

constexpr std::chrono::minutes kSayEvery{1};  ///< where no terminal shows a progress line

/// What a person watches: how much, how fast, and what is waited for.
class ProgressLine {
 public:
  explicit ProgressLine(Console& console) : console_(console) {}

  void show(const pipeline::CrawlNumbers& numbers) {
    const auto now = std::chrono::steady_clock::now();
    const double elapsed_s = std::chrono::duration<double>(now - before_at_).count();
    const double rate = static_cast<double>(numbers.pages - before_pages_) / std::max(elapsed_s, 1e-3);
    before_at_ = now;
    before_pages_ = numbers.pages;
    const std::uint64_t suspicious =
        videos_of(numbers, Decision::infringing) + videos_of(numbers, Decision::needs_review);
    std::uint64_t videos = 0;
    for (const std::uint64_t count : numbers.videos) videos += count;
    std::string line = std::to_string(numbers.pages) + " pages (" + std::to_string(static_cast<int>(rate)) +
                       "/s), " + std::to_string(videos) + " videos, " + std::to_string(suspicious) +
                       " suspicious, " + megabytes(numbers.bytes) + ", " + std::to_string(numbers.visits) +
                       " hosts";
    if (!numbers.waits_for.empty()) line += "; waits: " + numbers.waits_for;
    console_.report("crawl", static_cast<double>(numbers.pages), 0, line);
    if (console_.is_terminal() || now - said_at_ < kSayEvery) return;
    said_at_ = now;
    console_.complain("crawl: " + line);
  }

 private:
  Console& console_;
  std::chrono::steady_clock::time_point before_at_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point said_at_ = before_at_;
  std::uint64_t before_pages_ = 0;
};

pipeline::CrawlSettings crawl_settings(const CrawlRunOptions& options, const Context& context) {
  pipeline::CrawlSettings settings;
  settings.data = context.data;
  settings.fetch.user_agent = pipeline::crawl_user_agent(kVersion, options.contact);
  settings.fetch.allow_loopback = options.allow_loopback;
  settings.fetch.proxy = options.proxy;
  settings.hosts_at_once = options.hosts;
  settings.screenings_at_once = options.screenings;
  settings.fetches_whole = options.whole;
  settings.uses_hints = !options.no_hints;
  settings.takes_screenshots = options.screenshots;
  if (!options.extractor.empty()) settings.extractor.program = std::filesystem::absolute(options.extractor);
  settings.least_delay = std::chrono::milliseconds{static_cast<std::int64_t>(options.least_delay_s * 1000)};
  settings.lease = std::chrono::seconds{static_cast<std::int64_t>(options.lease_s)};
  settings.keeps_requests = std::chrono::days{options.audit_days};
  settings.most_media_bytes = options.most_media_mib << 20U;
  settings.most_capture_bytes = std::min(settings.most_capture_bytes, settings.most_media_bytes);
  settings.sample.window = duration_of(options.sample_window_s);
  settings.sample.every = duration_of(options.sample_every_s);
  return settings;
}

ExitCode run(Context& context, const CrawlRunOptions& options) {
  const SystemClock clock;
  const pipeline::CrawlSettings settings = crawl_settings(options, context);
  pipeline::CrawlRun how;
  how.ends_when_idle = options.until_idle;
  if (!options.how_long.empty()) how.until = clock.now() + *seconds_of(options.how_long);
  pipeline::JailedReaderSettings jail;
  jail.worker = options.worker;
  jail.most_at_once = options.screenings;
  const pipeline::JailedMediaReader reader(jail);
  pipeline::LiveCatalog catalog(context.data);
  pipeline::ScreenTools tools{.uploads = pipeline::screening_media_folder(context.data),
                              .reader = reader,
                              .clock = clock,
                              .snapshot = [&catalog] { return catalog.refresh(); },
                              .fetch = {},
                              .data = context.data};
  pipeline::Crawl crawl(settings, tools);
  ProgressLine line(context.console);
  how.report = [&](const pipeline::CrawlNumbers& numbers) { line.show(numbers); };
  crawl.run(how, context.stop);
  const pipeline::CrawlNumbers numbers = crawl.numbers();
  if (context.json) {
    context.console.print(json_of(numbers));
  } else {
    context.console.print(std::to_string(numbers.pages) + " pages, " + megabytes(numbers.bytes) +
                          "; videos: " + std::to_string(videos_of(numbers, Decision::infringing)) +
                          " infringing, " + std::to_string(videos_of(numbers, Decision::needs_review)) +
                          " to review, " + std::to_string(videos_of(numbers, Decision::licensed)) +
                          " licensed, " + std::to_string(videos_of(numbers, Decision::clear)) + " clear, " +
                          std::to_string(numbers.videos_unread) + " not to be had");
  }
  if (!numbers.last_trouble.empty()) context.console.complain("last trouble: " + numbers.last_trouble);
  return ExitCode::ok;
}

}  // namespace

void add_crawl_run_command(CLI::App& crawl, Context& context, Action& action) {
  CLI::App* command = crawl.add_subcommand("run", "Crawl what the sources name, until Ctrl-C");
  const auto options = std::make_shared<CrawlRunOptions>();
  command->footer(kFooter);
  command
      ->add_option("--contact", options->contact,
                   "Where whoever is crawled finds us: an https or mailto URL, sent with every request")
      ->required();
  command->add_flag("--until-idle", options->until_idle, "End when nothing more is due");
  command->add_option("--for", options->how_long, "End after this time: 90s, 10m, 2h, 1d")
      ->check([](const std::string& text) {
        return seconds_of(text) ? std::string() : "'" + text + "' is no time like 90s, 10m, 2h or 1d";
      });
  command->add_option("--hosts", options->hosts, "Hosts asked at once, each one request at a time")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--screenings", options->screenings, "Videos screened at once")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->add_flag("--whole", options->whole, "Fetch every video whole, not a sample first");
  command
      ->add_option("--sample-window-s", options->sample_window_s,
                   "Seconds of a long video that are looked at in one place")
      ->check(CLI::Range(1.0, 3600.0))
      ->capture_default_str();
  command
      ->add_option("--sample-every-s", options->sample_every_s,
                   "Seconds at most from the beginning of one place to that of the next")
      ->check(CLI::Range(1.0, 3600.0))
      ->capture_default_str();
  command
      ->add_option("--most-media-mib", options->most_media_mib,
                   "MiB of a video at most; a larger file is judged by its sample alone")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  command->add_flag("--no-hints", options->no_hints,
                    "Look at no titles and thumbnails before a video is fetched");
  command->add_flag("--screenshots", options->screenshots, "Take screenshots of pages that show copies");
  command
      ->add_option("--extractor", options->extractor,
                   "Program that is asked about pages of sources that allow it: /usr/bin/yt-dlp")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command->add_option("--least-delay-s", options->least_delay_s, "Seconds between two requests at a host")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
  command
      ->add_option("--lease-s", options->lease_s, "Seconds after which a killed crawl's addresses are free")
      ->check(CLI::Range(1.0, 3600.0))
      ->capture_default_str();
  command
      ->add_option(
          "--audit-days", options->audit_days,
          "Days that each request is kept on record, those of videos in cases always; 0: all, for ever")
      ->check(CLI::Range(0, 36'500))
      ->capture_default_str();
  command->add_flag("--allow-loopback", options->allow_loopback, "Crawl this very machine too: for tests");
  command->add_option("--proxy", options->proxy, "Proxy for every request");
  command->add_option("--worker", options->worker, "The program that decodes in a jail")->group("");
  add_json_flag(*command, context);
  command->callback(
      [options, &context, &action] { action = [options, &context] { return run(context, *options); }; });
}

}  // namespace reelprint::app
