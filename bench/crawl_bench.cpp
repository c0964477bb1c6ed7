// How fast a crawl is, and how much of videos it fetches:
//   crawl_bench pages HOSTS PAGES            documents a second, each host with so many
//   crawl_bench videos DATA FOLDER           of each video of the folder, served by ranges: what a sample
//   says,
//                                            what the whole says, and the bytes that it took
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>

#include "core/error.h"
#include "pipeline/crawl.h"
#include "pipeline/live_catalog.h"
#include "store/crawl_sources.h"
#include "store/frontier.h"
#include "store/screening_requests.h"
#include "store/sightings.h"
#include "store/store.h"
#include "tests/support/loopback_web.h"
#include "tests/support/temporary_folder.h"

namespace reelprint {
namespace {

using test::LoopbackWeb;

pipeline::CrawlSettings settings_for(const std::filesystem::path& data) {
  pipeline::CrawlSettings settings;
  settings.data = data;
  settings.fetch.allow_loopback = true;
  settings.fetch.user_agent = "reelprint/bench (+https://example.org/crawler)";
  settings.least_delay = std::chrono::milliseconds{0};
  settings.hosts_at_once = 64;
  settings.screenings_at_once = 1;
  return settings;
}

void add_source(const std::filesystem::path& data, const std::string& url, CrawlSourceKind kind) {
  store::Store store(data);
  CrawlSource source;
  source.name = url;
  source.kind = kind;
  source.start_urls = {url};
  source.every = std::chrono::minutes{0};
  source.budget.pages = 0;
  source.created_at = SystemClock().now();
  source.next_round_at = source.created_at;
  store::CrawlSources(store.database()).add(source);
}

pipeline::CrawlNumbers crawl(const pipeline::CrawlSettings& settings) {
  const SystemClock clock;
  const pipeline::DirectMediaReader reader;
  pipeline::LiveCatalog catalog(settings.data);
  const pipeline::ScreenTools tools{.uploads = pipeline::screening_media_folder(settings.data),
                                    .reader = reader,
                                    .clock = clock,
                                    .snapshot = [&catalog] { return catalog.refresh(); },
                                    .fetch = {}};
  pipeline::Crawl crawl(settings, tools);
  pipeline::CrawlRun how;
  how.ends_when_idle = true;
  crawl.run(how, {});
  return crawl.numbers();
}

void measure_pages(std::size_t hosts, int pages) {
  const test::TemporaryFolder folder;
  const auto data = folder.path() / "data";
  std::string links;
  for (int i = 1; i <= pages; ++i)
    links += "<p><a href='/p/" + std::to_string(i) + "'>page</a> and words</p>";
  LoopbackWeb web(hosts);
  web.put_rest([page = test::html(links)](const test::SeenRequest& request) {
    return request.target == "/robots.txt" ? test::WebAnswer{.status = 404} : page;
  });
  for (std::size_t host = 1; host <= hosts; ++host) add_source(data, web.url(host), CrawlSourceKind::site);
  const auto begin = std::chrono::steady_clock::now();
  const auto numbers = crawl(settings_for(data));
  const double elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::size_t most = 0;
  for (std::size_t host = 1; host <= hosts; ++host) most = std::max(most, web.most_at_once(host));
  std::cout << hosts << " hosts, " << numbers.pages << " pages in " << elapsed_s
            << " s: " << static_cast<double>(numbers.pages) / elapsed_s << " pages/s; at most " << most
            << " requests at once at a host\n";
}

struct Looked {
  Decision decision = Decision::clear;
  std::uint64_t bytes = 0;
};

std::map<std::string, Looked> look(const std::filesystem::path& data, const std::filesystem::path& folder,
                                   bool whole) {
  const test::TemporaryFolder copy;
  std::filesystem::copy(data, copy.path() / "data", std::filesystem::copy_options::recursive);
  LoopbackWeb web(1);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string path = "/" + entry.path().filename().string();
    web.put(1, path, test::media(entry.path()));
    add_source(copy.path() / "data", web.url(1, path), CrawlSourceKind::videos);
  }
  pipeline::CrawlSettings settings = settings_for(copy.path() / "data");
  settings.fetches_whole = whole;
  if (const char* every = std::getenv("EVERY_S"))
    settings.sample.every = std::chrono::seconds{std::atoi(every)};
  if (const char* window = std::getenv("WINDOW_S"))
    settings.sample.window = std::chrono::seconds{std::atoi(window)};
  if (const char* small = std::getenv("WHOLE_UP_TO_MIB"))
    settings.sample.whole_up_to_bytes = static_cast<std::uint64_t>(std::atoi(small)) << 20U;
  settings.most_capture_bytes = 1;
  crawl(settings);
  std::map<std::string, Looked> looked;
  store::Store store(copy.path() / "data");
  store::ScreeningRequests requests(store.database());
  for (const Sighting& sighting : store::Sightings(store.database()).list(TenantId{}, {}, 10'000)) {
    const std::string name = sighting.location.substr(sighting.location.rfind('/') + 1);
    looked[name].decision = requests.find(sighting.request)->decision;
  }
  for (const auto& request : store::Frontier(store.database()).requests(CrawlSourceId{}, 0, 1'000'000)) {
    if (request.purpose == CrawlPurpose::sample || request.purpose == CrawlPurpose::whole)
      looked[request.url.substr(request.url.rfind('/') + 1)].bytes += request.bytes;
  }
  return looked;
}

void measure_videos(const std::filesystem::path& data, const std::filesystem::path& folder) {
  auto of_whole = look(data, folder, true);
  auto of_sample = look(data, folder, false);
  std::size_t copies = 0;
  std::size_t missed = 0;
  std::uint64_t fetched = 0;
  std::uint64_t offered = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const Decision whole = of_whole[name].decision;
    const Decision sample = of_sample[name].decision;
    copies += whole != Decision::clear ? 1 : 0;
    missed += whole != Decision::clear && sample == Decision::clear ? 1 : 0;
    fetched += of_sample[name].bytes;
    offered += entry.file_size();
    std::cout << name << "\t" << to_string(whole) << "\t" << to_string(sample) << "\t" << entry.file_size()
              << "\t" << of_sample[name].bytes << "\n";
  }
  std::cout << copies << " copies, " << missed << " missed by their samples; fetched " << fetched << " of "
            << offered << " bytes\n";
}

}  // namespace
}  // namespace reelprint

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  try {
    if (what == "pages" && argc == 4)
      reelprint::measure_pages(std::stoul(argv[2]), std::stoi(argv[3]));
    else if (what == "videos" && argc == 4)
      reelprint::measure_videos(argv[2], argv[3]);
    else
      return 2;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
