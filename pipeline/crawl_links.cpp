#include "pipeline/crawl_links.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "crawler/media_hints.h"
#include "crawler/normal_url.h"

namespace reelprint::pipeline {
namespace {

using crawler::Finding;
using crawler::MediaHints;

constexpr double kMediaYield = 0.5;  ///< what we are here for comes before pages
constexpr int kMostPlayersDeep = 3;  ///< players within players

/// "videos.example" of "https://videos.example:8443".
std::string_view name_of(std::string_view host_key) {
  host_key.remove_prefix(std::min(host_key.size(), host_key.find("://") + 3));
  if (host_key.starts_with('[')) return host_key.substr(0, host_key.find(']') + 1);
  return host_key.substr(0, host_key.find(':'));
}

/// `pattern`: a name, a name with a port, or "*." and a name.
bool is_host(std::string_view host_key, std::string_view pattern) {
  const std::string_view name = name_of(host_key);
  if (pattern.starts_with("*.")) return name.ends_with(pattern.substr(1)) || name == pattern.substr(2);
  if (name == pattern) return true;
  return host_key.substr(std::min(host_key.size(), host_key.find("://") + 3)) == pattern;
}

bool is_of_start_hosts(const CrawlSource& source, std::string_view host_key) {
  return std::ranges::any_of(source.start_urls, [&](const std::string& start) {
    const auto url = crawler::normal_url(start);
    return url && crawler::host_key(*url) == host_key;
  });
}

bool is_host_in_scope(const CrawlSource& source, std::string_view host_key) {
  const auto& hosts = source.scope.hosts;
  if (hosts.empty()) return is_of_start_hosts(source, host_key);
  return std::ranges::any_of(hosts, [&](const std::string& name) { return is_host(host_key, name); });
}

bool is_video(CrawlUrlKind kind) {
  return kind == CrawlUrlKind::media || kind == CrawlUrlKind::playlist || kind == CrawlUrlKind::player;
}

/// Files before playlists before players, then as the document ranks them.
std::pair<int, int> order_of(const Finding& finding) {
  const int kind = finding.kind == CrawlUrlKind::media ? 0 : finding.kind == CrawlUrlKind::playlist ? 1 : 2;
  return {kind, finding.rank};
}

/// Whether such a link of `from` is followed.
bool is_followed(const Finding& finding, const CrawlUrl& from, const CrawlSource& source) {
  const bool is_document = from.kind == CrawlUrlKind::feed || from.kind == CrawlUrlKind::sitemap ||
                           from.kind == CrawlUrlKind::list;
  if (finding.kind == CrawlUrlKind::image) return false;
  if (finding.kind == CrawlUrlKind::oembed) return from.kind == CrawlUrlKind::page;
  if (is_document) return true;
  if (from.kind != CrawlUrlKind::page) return false;
  if (finding.is_refresh) return true;
  switch (source.kind) {
    case CrawlSourceKind::site: return true;
    case CrawlSourceKind::channel: return from.depth == 0;
    case CrawlSourceKind::sitemap:
    case CrawlSourceKind::feed:
    case CrawlSourceKind::list:
    case CrawlSourceKind::videos:
    case CrawlSourceKind::folder: return false;
  }
  return false;
}

class Links {
 public:
  Links(const crawler::Discovery& found, const CrawlUrl& from, const CrawlSource& source, double yield)
      : found_(found),
        from_(from),
        source_(source),
        yield_(yield),
        hints_(crawler::media_hints_of(from.hints)) {}

  CrawlLinks make() {
    for (const Finding& finding : found_.findings) take(finding);
    for (auto& [video, ways] : ways_) add_video(video, ways);
    return std::move(links_);
  }

 private:
  void take(const Finding& finding) {
    if (finding.url == from_.url) return;
    if (is_video(finding.kind)) {
      if (source_.obeys_noindex && found_.is_noindex) return;
      const int video = finding.video >= 0 ? finding.video : --stray_;
      ways_[video].push_back(finding);
    } else if (is_followed(finding, from_, source_)) {
      add_page(finding);
    }
  }

  void add_page(const Finding& finding) {
    if (source_.obeys_nofollow && finding.is_nofollow) return;
    // A feed or list names what is to be looked at; a page's links must keep within the scope.
    const bool is_named = from_.kind == CrawlUrlKind::list;
    if (!is_named && !is_in_scope(source_, finding.url)) {
      ++links_.out_of_scope;
      return;
    }
    const bool stays_on_list = source_.kind == CrawlSourceKind::channel && finding.is_pagination;
    CrawlUrl url = child(finding.url, finding.kind);
    if (stays_on_list) url.depth = from_.depth;
    if (url.depth > source_.scope.most_depth) return;
    url.yield = kMediaYield * yield_;
    if (finding.kind == CrawlUrlKind::oembed) url.hints = to_json(page_hints());
    links_.urls.push_back(std::move(url));
  }

  void add_video(int video, std::vector<Finding>& ways) {
    std::ranges::stable_sort(ways, {}, order_of);
    const Finding& best = ways.front();
    CrawlUrl url = child(best.url, best.kind);
    if (best.kind == CrawlUrlKind::player && players_deep() >= kMostPlayersDeep) return;
    MediaHints hints = page_hints();
    if (hints.page_url.empty()) hints.page_url = page_of(video);
    if (video >= 0 && static_cast<std::size_t>(video) < found_.videos.size())
      hints.video = is_player()
                        ? crawler::joined(hints_.video, found_.videos[static_cast<std::size_t>(video)])
                        : found_.videos[static_cast<std::size_t>(video)];
    if (hints.video.title.empty()) hints.video.title = best.text.empty() ? found_.title : best.text;
    if (hints.video.description.empty()) hints.video.description = found_.text;
    for (std::size_t i = 1; i < ways.size(); ++i) hints.also.push_back({ways[i].url, ways[i].kind});
    url.hints = to_json(hints);
    url.yield = kMediaYield + kMediaYield * yield_;
    links_.urls.push_back(std::move(url));
    ++links_.videos;
  }

  /// That a feed or sitemap names: it is what a person sees, and what a takedown is about.
  [[nodiscard]] std::string page_of(int video) const {
    if (video < 0 || static_cast<std::size_t>(video) >= found_.pages.size()) return {};
    return found_.pages[static_cast<std::size_t>(video)];
  }

  [[nodiscard]] bool is_player() const {
    return from_.kind == CrawlUrlKind::player || from_.kind == CrawlUrlKind::oembed;
  }
  [[nodiscard]] int players_deep() const {
    return from_.kind == CrawlUrlKind::player ? from_.depth - source_.scope.most_depth : 0;
  }

  /// The page that shows a player is the page of its video.
  [[nodiscard]] MediaHints page_hints() const {
    MediaHints hints;
    if (is_player()) {
      hints = hints_;
      hints.also.clear();
    } else if (from_.kind == CrawlUrlKind::page) {
      hints.page_url = from_.url;
    }
    return hints;
  }

  [[nodiscard]] CrawlUrl child(const std::string& url, CrawlUrlKind kind) const {
    CrawlUrl child;
    child.source = source_.id;
    child.url = url;
    child.host = crawler::host_key(url);
    child.kind = kind;
    child.purpose = kind == CrawlUrlKind::media || kind == CrawlUrlKind::playlist ? CrawlPurpose::sample
                                                                                  : CrawlPurpose::discover;
    child.parent = from_.id;
    // Videos lie beyond the pages: their depth counts players alone, above the deepest page.
    child.depth = !is_video(kind)                      ? from_.depth + 1
                  : from_.kind == CrawlUrlKind::player ? from_.depth + 1
                                                       : source_.scope.most_depth + 1;
    return child;
  }

  const crawler::Discovery& found_;
  const CrawlUrl& from_;
  const CrawlSource& source_;
  double yield_;
  MediaHints hints_;
  std::map<int, std::vector<Finding>> ways_;
  int stray_ = -1;
  CrawlLinks links_;
};

}  // namespace

bool is_in_scope(const CrawlSource& source, std::string_view url) {
  const std::string path = crawler::target_of(url);
  const CrawlScope& scope = source.scope;
  const auto begins_path = [&](const std::string& prefix) { return path.starts_with(prefix); };
  if (!is_host_in_scope(source, crawler::host_key(url)) ||
      std::ranges::any_of(scope.excluded_prefixes, begins_path))
    return false;
  return scope.path_prefixes.empty() || std::ranges::any_of(scope.path_prefixes, begins_path);
}

std::optional<CrawlUrl> channel_of(const VideoMetadata& video, const CrawlUrl& from,
                                   const CrawlSource& source) {
  const auto page = crawler::normal_url(video.uploader_url);
  if (!page || !is_in_scope(source, *page)) return std::nullopt;
  CrawlUrl url;
  url.source = source.id;
  url.url = *page;
  url.host = crawler::host_key(*page);
  url.parent = from.id;
  url.depth = source.kind == CrawlSourceKind::channel ? 0 : std::max(0, source.scope.most_depth - 1);
  url.yield = 1;
  return url;
}

std::vector<CrawlUrl> sitemaps_of(std::string_view robots_txt, const CrawlUrl& from,
                                  const CrawlSource& source) {
  std::vector<CrawlUrl> sitemaps;
  if (source.kind != CrawlSourceKind::site) return sitemaps;
  const crawler::Discovery found = crawler::discover(
      {.url = from.host + "/robots.txt", .content_type = "text/plain", .bytes = robots_txt});
  for (const Finding& finding : found.findings) {
    const std::string host = crawler::host_key(finding.url);
    if (finding.kind != CrawlUrlKind::sitemap || !is_host_in_scope(source, host)) continue;
    CrawlUrl url;
    url.source = source.id;
    url.url = finding.url;
    url.host = host;
    url.kind = finding.kind;
    url.parent = from.id;
    url.depth = from.depth + 1;
    sitemaps.push_back(std::move(url));
  }
  return sitemaps;
}

CrawlLinks links_of(const crawler::Discovery& found, const CrawlUrl& from, const CrawlSource& source,
                    double yield) {
  return Links(found, from, source, yield).make();
}

}  // namespace reelprint::pipeline
