#include "pipeline/video_visit.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/cpu_time.h"
#include "core/error.h"
#include "crawler/media_hints.h"
#include "crawler/normal_url.h"
#include "fingerprint/sha256.h"
#include "pipeline/crawl_record.h"
#include "pipeline/thumbnail_hint.h"
#include "pipeline/video_fetch.h"
#include "store/crawl_sources.h"

namespace reelprint::pipeline {
namespace {

/// log10 of the false alarms from which a match is shown to a person (index/score.h).
constexpr double kLikeAMatch = -3;

/// Whether it is worth all of its bytes: something matched, it was looked at as deep as a lead makes it, or
/// would have matched if what moves did not refute it. The pictures around a sample's gaps often do.
bool is_suspicious(const Screened& screened) {
  return !screened.screening.matches.empty() || screened.screening.effort == Effort::deep ||
         screened.refuted <= kLikeAMatch;
}

class VideoVisit {
 public:
  VideoVisit(CrawlDesk& desk, CrawlUrl url, CrawlSource source)
      : desk_(desk),
        url_(std::move(url)),
        source_(std::move(source)),
        hints_(crawler::media_hints_of(url_.hints)),
        began_at_(desk.now()),
        exchanges_(desk.store, desk.kept, url_.id, VisitExchanges::Keeps::at_once, began_at_) {}

  Task<Visited> make() {
    if (exchanges_.has_own()) co_await check_exchanges();
    if (desk_.settings.uses_hints) co_await take_hints();
    co_await fetch_sample();
    if (visited_.is_page || fetched_.state != FetchState::had) co_return give_up();
    co_await look();
    if (!screened_ && !fetched_.is_whole) co_await fetch_rest();  // nothing to be seen in a sample of it
    if (screened_ && !fetched_.is_whole && is_suspicious(*screened_)) co_await fetch_rest();
    if (!screened_) co_return give_up();
    record();
    co_return visited_;
  }

 private:
  /// Of a visit that was killed: a power cut may have taken contents whose rows were written.
  Task<void> check_exchanges() {
    bool is_intact = false;
    auto work = desk_.loop.work([&](const std::stop_token& stop) { is_intact = exchanges_.is_intact(stop); });
    co_await work;
    if (!is_intact) exchanges_.forget();
  }

  /// What its page says, and, where that is not enough, its thumbnail.
  Task<void> take_hints() {
    hint_ = desk_.hints.of_words(hints_.video);
    if (hint_.wants_whole || wants_whole()) co_return;
    const VideoHint seen = co_await thumbnail_hint(desk_, url_, hints_.video.thumbnail_url);
    if (seen.words.empty()) co_return;
    hint_.words += (hint_.words.empty() ? "" : "; ") + seen.words;
    hint_.wants_whole = true;
  }

  [[nodiscard]] bool wants_whole() const {
    return desk_.settings.fetches_whole || source_.depth == FetchDepth::whole || hint_.wants_whole;
  }

  /// The ways to it, one after the other, until one leads somewhere.
  Task<void> fetch_sample() {
    std::vector<crawler::MediaWay> ways{{url_.url, url_.kind}};
    ways.insert(ways.end(), hints_.also.begin(), hints_.also.end());
    for (const crawler::MediaWay& way : ways) {
      if (way.kind == CrawlUrlKind::player) {
        add_player(way);
        continue;
      }
      location_ = way.url;
      co_await fetch_way(way);
      if (fetched_.state == FetchState::had || visited_.is_page) co_return;
    }
  }

  Task<void> fetch_way(crawler::MediaWay way) {
    const VideoAsk ask{source_.id, url_.id, way, hints_.video.duration};
    fetch_ = way.kind == CrawlUrlKind::playlist ? playlist_fetch(desk_, exchanges_, ask)
                                                : file_fetch(desk_, exchanges_, ask);
    fetched_ = co_await fetch_->sample();
    if (fetched_.state == FetchState::is_page && way.kind == CrawlUrlKind::media) {
      fetch_ = playlist_fetch(desk_, exchanges_, ask);  // many a playlist has a name that says nothing
      if (fetched_.words == "it is hls" || fetched_.words == "it is dash")
        fetched_ = co_await fetch_->sample();
      else
        visited_.is_page = way.url == url_.url && fetched_.words == "it is html";
    }
    if (wants_whole() && fetched_.state == FetchState::had) fetched_ = co_await fetch_->whole();
  }

  void add_player(const crawler::MediaWay& way) {
    CrawlUrl player = url_;
    player.id = {};
    player.parent = url_.id;
    player.url = way.url;
    player.host = crawler::host_key(way.url);
    player.kind = CrawlUrlKind::player;
    player.purpose = CrawlPurpose::discover;
    player.state = CrawlUrlState::waiting;
    player.due_at = desk_.now();
    crawler::MediaHints hints = hints_;
    hints.also.clear();
    player.hints = to_json(hints);
    store::Frontier frontier(desk_.store.database());
    frontier.add({&player, 1}, desk_.now());
    bequeath(desk_, exchanges_, url_, {&player, 1});
  }

  /// Decodes and searches what has been fetched, unless the very file is known to match.
  Task<void> look() {
    screened_.reset();
    const std::filesystem::path file = fetched_.file;
    const bool is_whole = fetched_.is_whole;
    Sha256 digest;
    if (is_whole) {
      auto work = desk_.loop.work(
          [&](const std::stop_token& stop) { digest = fingerprint::sha256_of_file(file, stop); });
      co_await work;
      screened_ = known_match(desk_.store, source_.tenant, digest);
      if (screened_) co_return;
    }
    std::string why;
    auto work = desk_.loop.work([&](const std::stop_token& stop) {
      try {
        screened_ = screen_file(file, desk_.tools.settings, desk_.tools, stop);
      } catch (const Error& error) {
        if (error.code() == ErrorCode::cancelled && stop.stop_requested()) throw;
        why = error.what();
      }
    });
    co_await work;
    if (!screened_)
      fetched_.words = why;
    else
      cpu_s_ += cost_of(screened_->screening);
  }

  static double cost_of(const Screening& screening) {
    return screening.cost.decode_s + screening.cost.fingerprint_s + screening.cost.search_s;
  }

  /// What was seen in the sample stands where the whole is not to be had.
  Task<void> fetch_rest() {
    std::optional<Screened> of_sample = std::exchange(screened_, std::nullopt);
    const VideoFetched sample = fetched_;
    fetched_ = co_await fetch_->whole();
    if (fetched_.state == FetchState::had) co_await look();
    if (screened_ || !of_sample) co_return;
    const std::string why = fetched_.words;
    fetched_ = sample;
    fetched_.words += "; the whole was not to be had: " + why;
    screened_ = std::move(of_sample);
  }

  Visited give_up() {
    if (visited_.is_page) return visited_;
    CrawlAnswer answer;
    answer.url = url_.url;
    answer.exchange.status = fetched_.status;
    answer.try_at = fetched_.try_at;
    const bool was_fetched = fetched_.state == FetchState::had;
    const bool is_final = was_fetched || fetched_.state == FetchState::is_locked ||
                          fetched_.state == FetchState::is_page || fetched_.state == FetchState::gone;
    if (fetched_.state == FetchState::refused) answer.refused = fetched_.words;
    // What failed behind a good answer broke off, or changed on its way.
    if (fetched_.state == FetchState::failed) answer.exchange.error_code = "connect";
    visited_.visit = visit_of_failure(url_, answer, desk_.now());
    if (fetched_.state == FetchState::changed) {
      exchanges_.forget();
      visited_.visit = visit_of_failure(url_, fetched_.words, desk_.now());
    }
    visited_.visit.note = fetched_.words;
    if (is_final) {
      visited_.visit.state = CrawlUrlState::gone;
      visited_.visit.due_at = std::nullopt;
    }
    if (visited_.visit.state != CrawlUrlState::waiting)
      desk_.figures.change([](CrawlNumbers& numbers) { ++numbers.videos_unread; });
    return visited_;
  }

  void record() {
    VideoFinding finding;
    finding.url = url_;
    finding.source = source_;
    finding.hints = hints_;
    finding.location = location_;
    finding.address = fetched_.address;
    finding.file = fetched_.file;
    finding.is_whole = fetched_.is_whole;
    finding.words = fetched_.words;
    finding.hint = hint_.words;
    finding.bytes_offered = fetched_.bytes_offered;
    finding.pieces = fetched_.pieces;
    finding.bytes = exchanges_.wire_bytes();
    finding.took = desk_.now() - began_at_;
    finding.cpu_s = cpu_s_;
    finding.screened = std::move(screened_);
    record_video(desk_, finding);
    visited_.visit.state = CrawlUrlState::settled;
    visited_.visit.status = fetched_.status;
    visited_.visit.note = fetched_.words;
  }

  CrawlDesk& desk_;
  CrawlUrl url_;
  CrawlSource source_;
  crawler::MediaHints hints_;
  VideoHint hint_;
  WallTime began_at_;
  Visited visited_;
  VisitExchanges exchanges_;
  std::unique_ptr<VideoFetch> fetch_;
  VideoFetched fetched_;
  std::string location_;  ///< the way that was taken
  double cpu_s_ = 0;
  std::optional<Screened> screened_;
};

}  // namespace

Task<Visited> visit_video(CrawlDesk& desk, CrawlUrl url, CrawlSource source) {
  VideoVisit visit(desk, std::move(url), std::move(source));
  co_return co_await visit.make();
}

Task<void> visit_file(CrawlDesk& desk, std::filesystem::path path, CrawlSource source) {
  VideoFinding finding;
  finding.source = std::move(source);
  finding.location = path.string();
  finding.hints.video.title = path.stem().string();
  finding.file = path;
  finding.is_whole = true;
  std::error_code error;
  finding.bytes_offered = std::filesystem::file_size(path, error);
  const WallTime began_at = desk.now();
  auto work = desk.loop.work([&](const std::stop_token& stop) {
    try {
      finding.screened = screen_file(path, desk.tools.settings, desk.tools, stop);
    } catch (const Error& failure) {
      if (failure.code() == ErrorCode::cancelled && stop.stop_requested()) throw;
    }
  });
  co_await work;
  if (!finding.screened) {
    desk.figures.change([](CrawlNumbers& numbers) { ++numbers.videos_unread; });
    co_return;
  }
  finding.took = desk.now() - began_at;
  record_video(desk, finding);
}

}  // namespace reelprint::pipeline
