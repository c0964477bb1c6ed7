#include "pipeline/crawl.h"

#include <algorithm>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/file_lock.h"
#include "crawler/folder_source.h"
#include "pipeline/crawl_budget.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/page_visit.h"
#include "pipeline/polite_requests.h"
#include "pipeline/sighting_work.h"
#include "pipeline/video_visit.h"
#include "store/crawl_audit.h"
#include "store/crawl_exchanges.h"
#include "store/crawl_sources.h"
#include "store/frontier.h"
#include "store/sightings.h"

namespace reelprint::pipeline {
namespace {

constexpr std::string_view kCrawler = "crawler";
constexpr std::chrono::milliseconds kPatience{250};  ///< for something to happen
constexpr std::chrono::seconds kReportEvery{1};
constexpr std::chrono::seconds kSourcesEvery{2};
constexpr std::size_t kPrunedAtOnce = 2'000;     ///< requests; every kSourcesEvery
constexpr std::chrono::days kForbiddenAgain{7};  ///< what robots.txt forbids
constexpr std::chrono::seconds kSoon{5};  ///< what is due so soon is waited for by a run that ends when idle

CrawlLoopSettings loop_settings(const CrawlSettings& settings, const Clock& clock) {
  CrawlLoopSettings made;
  made.fetch.fetch = settings.fetch;
  made.fetch.most_at_once = std::max<std::size_t>(1, settings.hosts_at_once);
  made.fetch.clock = &clock;
  made.work_threads = settings.screenings_at_once;
  made.pass_time = settings.pass_time;
  return made;
}

PoliteSettings polite_settings(const CrawlSettings& settings, const std::filesystem::path& scratch) {
  PoliteSettings made;
  made.politeness.least_delay = settings.least_delay;
  made.crawler = kCrawler;
  made.product = settings.product;
  made.fetch = settings.fetch;
  made.scratch = scratch;
  made.lease = settings.lease;
  return made;
}

/// Emptied: what a killed crawl left there is of no use (what it fetched is with the kept files).
std::filesystem::path made_scratch(const std::filesystem::path& data) {
  const auto folder = data / "crawl";
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  std::filesystem::create_directories(folder, error);
  if (error) throw Error(ErrorCode::io, "make the folder '" + folder.string() + "': " + error.message());
  return folder;
}

bool is_video(CrawlUrlKind kind) {
  return kind == CrawlUrlKind::media || kind == CrawlUrlKind::playlist;
}

}  // namespace

/// One run. Everything in it is of one thread.
class Crawl::Parts {
 public:
  Parts(const CrawlSettings& settings, const ScreenTools& tools, CrawlFigures& figures)
      : settings_(settings),
        tools_(tools),
        figures_(figures),
        store_(settings.data),
        scratch_(made_scratch(settings.data)),
        loop_(loop_settings(settings, tools.clock), store_.database(), tools.clock),
        requests_(loop_, store_, figures, polite_settings(settings, scratch_)),
        kept_(store_, settings.data / "kept", tools.clock.now()),
        desk_{loop_, store_, requests_, settings_, tools_, figures_, kept_, scratch_} {}
  ~Parts() { loop_.abandon(); }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void run(const CrawlRun& how, const std::stop_token& stop) {
    const std::stop_callback wake(stop, [this] { loop_.wake(); });
    while (!stop.stop_requested() && !is_over(how)) {
      begin_work();
      loop_.turn(kPatience);
      keep_leases();
      report(how);
    }
    loop_.stop();
    while (loop_.tasks() > 0) loop_.turn(kPatience);
    report_now(how);
  }

 private:
  [[nodiscard]] bool is_over(const CrawlRun& how) {
    const WallTime now = loop_.now();
    if (how.until && now >= *how.until) return true;
    if (!how.ends_when_idle || loop_.tasks() > 0 || is_first_) return false;
    if (sightings_.is_due(now)) {
      sources_at_ = now;
      return false;
    }
    const auto next = next_due();
    return !next || *next > now + kSoon;
  }

  /// Of anything at all that is waited for.
  [[nodiscard]] std::optional<WallTime> next_due() {
    auto next = store::Frontier(store_.database()).next_due(loop_.now());
    for (const CrawlSource& source : store::CrawlSources(store_.database()).list({}, {}, 10'000)) {
      if (source.state != CrawlSourceState::active || source.next_round_at == kNoMoreRounds) continue;
      next = next ? std::min(*next, source.next_round_at) : source.next_round_at;
    }
    return next;
  }

  void begin_work() {
    const WallTime now = loop_.now();
    if (is_first_ || now >= sources_at_ || now < sources_at_ - kSourcesEvery) {
      is_first_ = false;
      sources_at_ = now + kSourcesEvery;
      begin_rounds(now);
      sightings_.begin(now);
      if (settings_.keeps_requests > std::chrono::days{0})
        store::CrawlAudit(store_.database()).prune(now - settings_.keeps_requests, kPrunedAtOnce);
    }
    if (visits_.size() >= settings_.hosts_at_once) return;
    store::Frontier frontier(store_.database());
    const auto taken =
        frontier.take(kCrawler, settings_.hosts_at_once - visits_.size(), now, now + settings_.lease);
    for (const CrawlUrl& url : taken) {
      visits_.insert(url.id);
      requests_.lend(url.host);
      loop_.spawn(visit(url));
    }
  }

  void begin_rounds(WallTime now) {
    store::CrawlSources sources(store_.database());
    for (const CrawlSource& source : sources.due(now)) {
      sources.begin_round(source, now);
      if (source.kind == CrawlSourceKind::folder) loop_.spawn(visit_folder(source));
    }
    for (const CrawlSource& source : sources.list({}, {}, 10'000)) end_round_if_done(sources, source, now);
  }

  void end_round_if_done(store::CrawlSources& sources, const CrawlSource& source, WallTime now) {
    if (source.kind == CrawlSourceKind::folder) return;
    const auto round = sources.current_round(source.id);
    if (round && round->began_at < now && !store::Frontier(store_.database()).has_work(source.id, now))
      sources.end_round(source.id, "", now);
  }

  /// From an address that was taken to what became of it.
  Task<void> visit(CrawlUrl url) {
    std::optional<store::CrawlVisit> became;
    const auto source = store::CrawlSources(store_.database()).find(url.source);
    try {
      if (source) became = refusal_by_budget(store_, url, *source, loop_.now());
      if (source && !became) became = co_await ask(url, *source);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::cancelled || !loop_.is_stopping()) {
        trouble(error);
        became = visit_of_failure(url, error.what(), loop_.now());
      }
    } catch (const std::exception& error) {
      trouble(error);
      became = visit_of_failure(url, error.what(), loop_.now());
    }
    if (source && became) look_again_if_forbidden(*became, *source);
    settle(url, became);  // in the transaction in which its last request was written down
    visits_.erase(url.id);
  }

  /// What robots.txt forbids it may allow one day; a source of one round does not wait for it.
  void look_again_if_forbidden(store::CrawlVisit& became, const CrawlSource& source) const {
    const bool is_forbidden = became.state == CrawlUrlState::refused && became.note.starts_with("robots: ");
    if (is_forbidden && source.every > std::chrono::minutes{0}) became.due_at = loop_.now() + kForbiddenAgain;
  }

  void settle(const CrawlUrl& url, const std::optional<store::CrawlVisit>& became) {
    store::Frontier frontier(store_.database());
    const WallTime now = loop_.now();
    requests_.take_back(url.host);
    const bool is_put_off = !became || became->state == CrawlUrlState::waiting;
    const bool has_room = kept_.bytes() < settings_.most_kept_bytes;
    if (!is_put_off || !has_room) kept_.remove(store::CrawlExchanges(store_.database()).drop(url.id));
    if (became)
      frontier.settle(url.id, kCrawler, *became, requests_.next_at(url.host), now);
    else
      frontier.hand_back(url.id, kCrawler, now);
  }

  /// What looked like a page may be a video, and the other way round.
  Task<store::CrawlVisit> ask(CrawlUrl url, CrawlSource source) {
    Visited visited;
    if (is_video(url.kind)) {
      visited = co_await visit_video(desk_, url, source);
      if (!visited.is_page) co_return visited.visit;
      url.kind = CrawlUrlKind::player;
      visited = co_await visit_page(desk_, url, source);
    } else {
      visited = co_await visit_page(desk_, url, source);
      if (!visited.is_video) co_return visited.visit;
      url.kind = CrawlUrlKind::media;
      url.purpose = CrawlPurpose::sample;
      visited = co_await visit_video(desk_, url, source);
    }
    co_return visited.visit;
  }

  Task<void> visit_folder(CrawlSource source) {
    store::CrawlSources sources(store_.database());
    std::string stopped_by;
    try {
      for (const std::string& folder : source.start_urls) {
        for (const Sighting& found : crawler::media_in_folder(folder)) {
          if (store::Sightings(store_.database()).find(source.tenant, found.location, "")) continue;
          co_await visit_file(desk_, found.location, source);
        }
      }
    } catch (const Error& error) {
      stopped_by = error.what();
    }
    if (!loop_.is_stopping()) sources.end_round(source.id, stopped_by, loop_.now());
  }

  void keep_leases() {
    const WallTime now = loop_.now();
    if (now < leases_at_ && now >= leases_at_ - settings_.lease) return;
    leases_at_ = now + settings_.lease / 3;
    store::Transaction change(store_.database(), store::Transaction::Kind::write);
    for (const CrawlUrlId id : visits_)
      (void)store::Frontier(store_.database()).hold(id, kCrawler, now + settings_.lease);
    change.commit();
  }

  void report(const CrawlRun& how) {
    const WallTime now = loop_.now();
    if (now < report_at_ && now >= report_at_ - kReportEvery) return;
    report_at_ = now + kReportEvery;
    report_now(how);
  }

  void report_now(const CrawlRun& how) {
    std::string waits_for;
    if (loop_.tasks() == 0) {
      const auto next = next_due();
      waits_for = next ? "the next address is due at " + to_rfc3339(*next) : "nothing is to be asked";
    } else if (loop_.fetching() == 0) {
      waits_for = loop_.working() > 0 ? "samples are being screened" : "the hosts' pauses";
    }
    figures_.change([&](CrawlNumbers& numbers) {
      numbers.visits = visits_.size();
      numbers.fetching = loop_.fetching();
      numbers.screening = loop_.working();
      numbers.waits_for = waits_for;
    });
    if (how.report) how.report(figures_.read());
  }

  void trouble(const std::exception& error) {
    figures_.change([&](CrawlNumbers& numbers) { numbers.last_trouble = error.what(); });
  }

  const CrawlSettings& settings_;
  const ScreenTools& tools_;
  CrawlFigures& figures_;
  store::Store store_;
  std::filesystem::path scratch_;
  CrawlLoop loop_;
  PoliteRequests requests_;
  KeptFiles kept_;
  CrawlDesk desk_;
  std::set<CrawlUrlId> visits_;  ///< under way
  SightingWork sightings_{desk_, [this](const std::exception& error) { trouble(error); }};
  bool is_first_ = true;
  WallTime sources_at_{};
  WallTime leases_at_{};
  WallTime report_at_{};
};

Crawl::Crawl(CrawlSettings settings, const ScreenTools& tools)
    : settings_(std::move(settings)), tools_(tools) {
  if (settings_.data.empty()) throw Error(ErrorCode::invalid_input, "crawl: no data folder");
}

Crawl::~Crawl() = default;

void Crawl::run(const CrawlRun& how, const std::stop_token& stop) {
  std::optional<FileLock> lock;
  while (!(lock = FileLock::try_lock(settings_.data / "crawl.lock"))) {
    if (how.ends_when_idle)
      throw Error(ErrorCode::busy, "crawl: another process crawls for '" + settings_.data.string() + "'");
    if (stop.stop_requested()) return;
    std::this_thread::sleep_for(kPatience);
  }
  Parts(settings_, tools_, figures_).run(how, stop);
}

}  // namespace reelprint::pipeline
