#include "pipeline/page_visit.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/files.h"
#include "crawler/discovery.h"
#include "crawler/extractor.h"
#include "crawler/media_hints.h"
#include "crawler/normal_url.h"
#include "crawler/revisit.h"
#include "pipeline/crawl_links.h"

namespace reelprint::pipeline {
namespace {

bool is_gone(int status) {
  return status == 404 || status == 410;
}

bool is_for_now(int status) {
  return status == 0 || status == 408 || status == 425 || status == 429 || status >= 500;
}

/// Whether an answer that began well ended with the connection: another try may have all of it.
bool is_broken_off(const Exchange& exchange) {
  return exchange.status < 400 && (exchange.error_code == "connect" || exchange.error_code == "timeout" ||
                                   exchange.error_code == "slow");
}

/// By what the server says that it sends.
bool is_video_type(const std::string& head) {
  const std::string type = header_of(head, "Content-Type");
  return type.starts_with("video/");
}

class PageVisit {
 public:
  PageVisit(CrawlDesk& desk, CrawlUrl url, CrawlSource source)
      : desk_(desk),
        url_(std::move(url)),
        source_(std::move(source)),
        exchanges_(desk.store, desk.kept, url_.id, VisitExchanges::Keeps::later, desk.now()) {}

  Task<Visited> make() {
    const CrawlAnswer answer = co_await desk_.requests.follow(new_ask(), [this](const std::string& to) {
      const bool is_ours =
          url_.kind == CrawlUrlKind::player || url_.kind == CrawlUrlKind::oembed || is_in_scope(source_, to);
      return is_ours ? std::string() : "scope: the redirect leads out of it";
    });
    if (answer.refused.empty() && answer.exchange.status == 200 &&
        is_video_type(answer.exchange.response_head)) {
      visited_.is_video = true;
      co_return visited_;
    }
    if (answer.exchange.status == 304 && answer.refused.empty())
      take_unchanged(answer);
    else if (answer.is_ok())
      take(answer);
    else
      take_failure(answer);
    if (wants_extractor_) co_await ask_extractor();
    co_return visited_;
  }

 private:
  [[nodiscard]] CrawlAsk new_ask() {
    CrawlAsk ask;
    ask.source = source_.id;
    ask.url_id = url_.id;
    ask.purpose = url_.purpose;
    ask.order.url = url_.url;
    ask.kept = &exchanges_;
    ask.order.body = exchanges_.new_file();
    ask.order.most_bytes = desk_.settings.most_page_bytes;
    ask.order.wants_body = [](const Exchange& so_far) {
      return so_far.status == 200 && !is_video_type(so_far.response_head);
    };
    if (!url_.etag.empty()) ask.order.headers.emplace_back("If-None-Match", url_.etag);
    if (!url_.last_modified.empty()) ask.order.headers.emplace_back("If-Modified-Since", url_.last_modified);
    return ask;
  }

  /// A site whose links lead nowhere uses its budget up as any other does.
  void take_failure(const CrawlAnswer& answer) {
    if (answer.refused.empty() && answer.exchange.status != 0) count_page(0);
    visited_.visit = visit_of_failure(url_, answer, desk_.now());
  }

  void take_unchanged(const CrawlAnswer& answer) {
    count_page(0);
    visited_.visit.status = answer.exchange.status;
    visited_.visit.etag = url_.etag;
    visited_.visit.last_modified = url_.last_modified;
    plan_next(false);
  }

  void take(const CrawlAnswer& answer) {
    const Exchange& exchange = answer.exchange;
    std::vector<std::byte> bytes;
    if (!exchange.body.empty()) bytes = read_file(exchange.body, desk_.settings.most_page_bytes + 1);
    crawler::Document document;
    document.url = answer.url;
    document.content_type = header_of(exchange.response_head, "Content-Type");
    document.robots_header = header_of(exchange.response_head, "X-Robots-Tag");
    document.link_header = headers_of(exchange.response_head, "Link");
    document.refresh_header = header_of(exchange.response_head, "Refresh");
    document.bytes = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    const crawler::Discovery found = crawler::discover(document);
    if (found.kind == "media" || found.kind == "hls" || found.kind == "dash") {
      visited_.is_video = true;
      exchanges_.bequeath({&url_.id, 1});
      return;
    }
    CrawlUrl from = url_;
    from.url = answer.url;
    add(found, from);
    store::CrawlVisit& visit = visited_.visit;
    visit.status = exchange.status;
    visit.etag = header_of(exchange.response_head, "ETag");
    visit.last_modified = header_of(exchange.response_head, "Last-Modified");
    visit.content = exchange.body_digest;
    if (!found.problems.empty()) visit.note = found.problems.front();
    plan_next(exchange.body_digest != url_.content);
  }

  void add(const crawler::Discovery& found, const CrawlUrl& from) {
    store::CrawlSources sources(desk_.store.database());
    const auto round = sources.current_round(source_.id);
    const double yield = round && round->videos_screened > 0 ? static_cast<double>(round->matched) /
                                                                   static_cast<double>(round->videos_screened)
                                                             : 0;
    CrawlLinks links = links_of(found, from, source_, yield);
    if (desk_.settings.uses_hints) desk_.hints.raise(links.urls);
    store::Frontier frontier(desk_.store.database());
    frontier.add(links.urls, desk_.now());
    if (from.depth == 0 && from.kind == CrawlUrlKind::page)
      frontier.add(sitemaps_of(frontier.host(url_.host).robots, url_, source_), desk_.now());
    bequeath(desk_, exchanges_, url_, links.urls);
    count_page(links.videos);
    wants_extractor_ = links.videos == 0 && found.kind == "html" && from.kind == CrawlUrlKind::page &&
                       source_.uses_extractor && !desk_.settings.extractor.program.empty();
  }

  /// A program that knows the site's own ways. What it names is asked for as anything else is.
  Task<void> ask_extractor() {
    const std::filesystem::path folder = desk_.new_file();
    const crawler::ExtractorSettings settings = extractor_settings();
    crawler::Extraction extraction;
    auto work = desk_.loop.work([&](const std::stop_token& stop) {
      std::filesystem::create_directories(folder);
      extraction = crawler::extract(url_.url, folder, settings, stop);
      std::error_code ignored;
      std::filesystem::remove_all(folder, ignored);
    });
    co_await work;
    CrawlAsk ask;
    ask.source = source_.id;
    ask.url_id = url_.id;
    for (const crawler::ProxiedRequest& request : extraction.requests)
      desk_.requests.note_of_others(ask, request);
    if (!extraction.problem.empty()) visited_.visit.note = extraction.problem;
    if (extraction.videos.empty()) co_return;
    CrawlLinks links = links_of(discovery_of(extraction), url_, source_, 0);
    if (desk_.settings.uses_hints) desk_.hints.raise(links.urls);
    store::Frontier(desk_.store.database()).add(links.urls, desk_.now());
    bequeath(desk_, exchanges_, url_, links.urls);
    store::CrawlRound more;
    more.videos_found = links.videos;
    desk_.count(source_.id, more);
  }

  /// What it may ask; of the page's own host robots.txt is known.
  [[nodiscard]] crawler::ExtractorSettings extractor_settings() const {
    crawler::ExtractorSettings settings = desk_.settings.extractor;
    settings.fetch = desk_.settings.fetch;
    settings.refusal = [rules = desk_.requests.remembered_rules(url_.host),
                        host = url_.host](const std::string& asked) -> std::string {
      const auto url = crawler::normal_url(asked);
      if (!url || !rules || url->starts_with("https:") || crawler::host_key(*url) != host) return {};
      const std::string target = crawler::target_of(*url);
      return rules->is_allowed(target) ? std::string() : "robots: " + rules->deciding_rule(target);
    };
    return settings;
  }

  static crawler::Discovery discovery_of(const crawler::Extraction& extraction) {
    crawler::Discovery found;
    for (const crawler::ExtractedVideo& video : extraction.videos) {
      found.videos.push_back(video.metadata);
      int rank = 0;
      for (const crawler::ExtractedMedia& media : video.media) {
        const auto url = crawler::normal_url(media.url);
        if (!url || !media.has_picture) continue;
        crawler::Finding finding;
        finding.url = *url;
        const bool is_file = media.protocol == "https" || media.protocol == "http";
        finding.kind = is_file ? CrawlUrlKind::media : CrawlUrlKind::playlist;
        finding.rank = rank++;
        finding.video = static_cast<int>(found.videos.size()) - 1;
        found.findings.push_back(std::move(finding));
      }
    }
    return found;
  }

  void count_page(std::size_t videos) {
    store::CrawlRound more;
    more.pages = 1;
    more.videos_found = videos;
    desk_.count(source_.id, more);
    store::CrawlSources(desk_.store.database()).count_host(source_.id, url_.host, {1, 0}, desk_.now());
    desk_.figures.change([](CrawlNumbers& numbers) { ++numbers.pages; });
  }

  /// Again when it has changed as likely as not; a source of one round is looked at once.
  void plan_next(bool is_changed) {
    visited_.visit.state = CrawlUrlState::settled;
    if (source_.every <= std::chrono::minutes{0}) return;
    crawler::PageHistory history;
    history.visits = url_.visits + 1;
    history.changes = url_.changes + (is_changed && url_.visits > 0 ? 1 : 0);
    if (url_.visits > 0)
      history.span =
          std::chrono::duration_cast<std::chrono::seconds>(desk_.now() - url_.visited_at) * url_.visits;
    visited_.visit.due_at = desk_.now() + crawler::revisit_delay(history);
  }

  CrawlDesk& desk_;
  CrawlUrl url_;
  CrawlSource source_;
  VisitExchanges exchanges_;
  Visited visited_;
  bool wants_extractor_ = false;
};

}  // namespace

Task<Visited> visit_page(CrawlDesk& desk, CrawlUrl url, CrawlSource source) {
  PageVisit visit(desk, std::move(url), std::move(source));
  co_return co_await visit.make();
}

void bequeath(CrawlDesk& desk, VisitExchanges& exchanges, const CrawlUrl& from,
              std::span<const CrawlUrl> videos) {
  store::Frontier frontier(desk.store.database());
  std::vector<CrawlUrlId> heirs;
  for (const CrawlUrl& video : videos) {
    if (video.kind != CrawlUrlKind::media && video.kind != CrawlUrlKind::playlist &&
        video.kind != CrawlUrlKind::player)
      continue;
    const auto known = frontier.find(from.source, video.url);
    const bool is_heir = known && known->parent == from.id && known->state == CrawlUrlState::waiting;
    if (is_heir) heirs.push_back(known->id);
  }
  if (desk.kept.bytes() < desk.settings.most_kept_bytes) exchanges.bequeath(heirs);
}

store::CrawlVisit visit_of_failure(const CrawlUrl& url, const CrawlAnswer& answer, WallTime now) {
  store::CrawlVisit visit = visit_of_failure(url, answer.words(), now);
  visit.status = answer.exchange.status;
  const bool is_refused = !answer.refused.empty() || answer.exchange.error_code == "forbidden_address" ||
                          answer.exchange.error_code == "invalid_url";
  if (is_refused && !answer.try_at) {
    visit.state = CrawlUrlState::refused;
    visit.due_at = std::nullopt;
    visit.failed = false;
  } else if (is_refused) {  // not its fault: it counts as no failure
    visit.state = CrawlUrlState::waiting;
    visit.due_at = answer.try_at;
    visit.failed = false;
  } else if (is_gone(visit.status) || (!is_for_now(visit.status) && !is_broken_off(answer.exchange))) {
    visit.state = CrawlUrlState::gone;
    visit.due_at = std::nullopt;
  } else if (visit.due_at && answer.try_at) {
    visit.due_at = std::max(*visit.due_at, *answer.try_at);
  }
  return visit;
}

store::CrawlVisit visit_of_failure(const CrawlUrl& url, std::string why, WallTime now) {
  store::CrawlVisit visit;
  visit.failed = true;
  visit.note = std::move(why);
  visit.etag = url.etag;
  visit.last_modified = url.last_modified;
  const auto delay = crawler::retry_delay(url.failures + 1);
  visit.state = delay ? CrawlUrlState::waiting : CrawlUrlState::gone;
  if (delay) visit.due_at = now + *delay;
  return visit;
}

}  // namespace reelprint::pipeline
