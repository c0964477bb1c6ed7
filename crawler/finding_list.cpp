#include "crawler/finding_list.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "crawler/media_address.h"
#include "crawler/normal_url.h"
#include "crawler/plain_text.h"
#include "crawler/text_encoding.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostProblems = 20;
constexpr std::size_t kLongestLinkText = 300;

bool is_direct(const Finding& finding) {
  return finding.kind == CrawlUrlKind::media || finding.kind == CrawlUrlKind::playlist;
}

/// Which of two opinions about an address says more.
int weight_of(CrawlUrlKind kind) {
  switch (kind) {
    case CrawlUrlKind::page: return 0;
    case CrawlUrlKind::image: return 1;
    case CrawlUrlKind::player: return 3;
    case CrawlUrlKind::media: return 4;
    case CrawlUrlKind::playlist: return 5;
    default: return 2;
  }
}

template <typename Value>
void fill(Value& to, Value& from) {
  if (to == Value{}) to = std::move(from);
}

void fill_metadata(VideoMetadata& to, VideoMetadata from) {
  fill(to.title, from.title);
  fill(to.description, from.description);
  fill(to.uploader, from.uploader);
  fill(to.uploader_url, from.uploader_url);
  fill(to.series, from.series);
  fill(to.episode, from.episode);
  fill(to.duration, from.duration);
  fill(to.published_at, from.published_at);
  fill(to.views, from.views);
  fill(to.likes, from.likes);
  fill(to.thumbnail_url, from.thumbnail_url);
  fill(to.language, from.language);
}

}  // namespace

FindingList::FindingList(std::string base, std::size_t most_findings)
    : base_(std::move(base)), most_(most_findings) {}

void FindingList::set_base(std::string_view reference) {
  if (const auto url = resolve_url(base_, reference)) base_ = *url;
}

std::optional<std::string> FindingList::resolved(std::string_view reference) const {
  if (charset_.empty()) return resolve_url(base_, reference);
  const std::size_t begin = std::min(reference.find('?'), reference.size());
  const std::string_view query = reference.substr(begin, reference.find('#', begin) - begin);
  const auto encoded = percent_encoded_in(charset_, query);
  return resolve_url(base_,
                     encoded ? std::string(reference.substr(0, begin)) + *encoded : std::string(reference));
}

VideoHandle FindingList::add_video(VideoOrigin origin, VideoMetadata metadata) {
  if (videos_.size() >= most_) {
    is_over_ = true;
    return {};
  }
  std::string title = origin == VideoOrigin::statement ? metadata.title : "";
  videos_.push_back({origin, origin, std::move(metadata), -1, {}, std::move(title)});
  return {static_cast<int>(videos_.size()) - 1};
}

VideoMetadata* FindingList::metadata_of(VideoHandle video) {
  return video.number < 0 ? nullptr : &videos_[static_cast<std::size_t>(video.number)].metadata;
}

bool FindingList::add(std::string_view reference, Finding finding) {
  reference = trimmed(reference);
  if (reference.empty() || reference.starts_with('#')) return false;
  const auto url = resolved(reference);
  if (!url) return false;
  if (finding.rank == 0 && finding.video >= 0) finding.rank = way_rank(finding.kind, *url);
  finding.text = std::string(cut(finding.text, kLongestLinkText));
  const auto known = positions_.find(*url);
  if (known == positions_.end()) {
    if (is_full()) {
      is_over_ = true;
      return false;
    }
    positions_.emplace(*url, findings_.size());
    finding.url = *url;
    findings_.push_back(std::move(finding));
    return true;
  }
  Finding& old = findings_[known->second];
  const bool are_ways = finding.kind != CrawlUrlKind::image && finding.kind != CrawlUrlKind::page &&
                        old.kind != CrawlUrlKind::image && old.kind != CrawlUrlKind::page;
  if (old.video < 0 || (finding.video >= 0 && weight_of(finding.kind) > weight_of(old.kind) && !are_ways)) {
    old.video = finding.video;
    old.rank = finding.rank;
  } else if (finding.video >= 0 && are_ways) {
    if (!are_stated_apart(old.video, finding.video)) join(old.video, finding.video);
    old.rank = std::min(old.rank, finding.rank);
  }
  if (weight_of(finding.kind) > weight_of(old.kind)) old.kind = finding.kind;
  old.is_nofollow = old.is_nofollow && finding.is_nofollow;
  old.is_pagination = old.is_pagination || finding.is_pagination;
  fill(old.text, finding.text);
  return true;
}

bool FindingList::add_way(VideoHandle video, std::string_view reference, CrawlUrlKind kind, int rank_loss) {
  if (video.number < 0) return false;
  Finding finding{.kind = kind, .video = video.number};
  finding.rank = way_rank(kind, reference) + rank_loss;
  return add(reference, std::move(finding));
}

void FindingList::add_thumbnail(VideoHandle video, std::string_view reference) {
  VideoMetadata* metadata = metadata_of(video);
  const auto url = resolved(reference);
  if (metadata == nullptr || !url || trimmed(reference).empty()) return;
  if (metadata->thumbnail_url.empty()) metadata->thumbnail_url = *url;
  add(reference, {.kind = CrawlUrlKind::image, .video = video.number});
}

void FindingList::set_page_of(VideoHandle video, std::string_view reference) {
  reference = trimmed(reference);
  if (video.number < 0 || reference.empty()) return;
  videos_[static_cast<std::size_t>(video.number)].page = resolved(reference).value_or("");
}

void FindingList::unite(VideoHandle a, VideoHandle b) {
  if (a.number >= 0 && b.number >= 0) join(a.number, b.number);
}

void FindingList::add_problem(std::string sentence) {
  if (problems_.size() < kMostProblems) problems_.push_back(std::move(sentence));
}

int FindingList::root_of(int number) {
  int root = number;
  while (videos_[static_cast<std::size_t>(root)].same_as >= 0)
    root = videos_[static_cast<std::size_t>(root)].same_as;
  while (number != root) number = std::exchange(videos_[static_cast<std::size_t>(number)].same_as, root);
  return root;
}

/// Two titles, neither of which is the other with something added, are of two videos whatever they share: a
/// player for all of a site's videos, or names that look like renditions.
bool FindingList::are_stated_apart(int a, int b) {
  const std::string& one = videos_[static_cast<std::size_t>(root_of(a))].stated_title;
  const std::string& other = videos_[static_cast<std::size_t>(root_of(b))].stated_title;
  return one.find(other) == std::string::npos && other.find(one) == std::string::npos;
}

void FindingList::join(int a, int b) {
  a = root_of(a);
  b = root_of(b);
  if (a == b) return;
  if (a > b) std::swap(a, b);
  Video& kept = videos_[static_cast<std::size_t>(a)];
  Video& gone = videos_[static_cast<std::size_t>(b)];
  kept.origin = std::min(kept.origin, gone.origin);
  if (kept.stated_title.empty()) kept.stated_title = std::move(gone.stated_title);
  if (kept.page.empty()) kept.page = std::move(gone.page);
  gone.same_as = a;
}

/// The same path but for suffix and quality is the same video; a list of links may just be numbered so.
void FindingList::unite_renditions() {
  std::unordered_map<std::string, int> known;
  for (const Finding& finding : findings_) {
    if (finding.video < 0 || !is_direct(finding)) continue;
    if (videos_[static_cast<std::size_t>(root_of(finding.video))].origin == VideoOrigin::link) continue;
    std::string key = rendition_key(finding.url);
    if (key.empty()) continue;
    const auto [at, is_new] = known.emplace(std::move(key), finding.video);
    if (!is_new && !are_stated_apart(at->second, finding.video)) join(at->second, finding.video);
  }
}

/// A page that states one video and plays one, which no statement names, speaks of the same.
void FindingList::unite_lone_statement() {
  std::vector<bool> is_played(videos_.size());
  for (const Finding& finding : findings_)
    if (finding.video >= 0 && is_direct(finding))
      is_played[static_cast<std::size_t>(root_of(finding.video))] = true;
  std::vector<int> stated;
  std::vector<int> played;
  std::vector<int> framed;
  for (std::size_t i = 0; i < videos_.size(); ++i) {
    const Video& video = videos_[i];
    if (video.same_as >= 0) continue;
    const int number = static_cast<int>(i);
    if (is_played[i] && video.origin == VideoOrigin::statement) return;
    if (is_played[i] && video.origin != VideoOrigin::link) played.push_back(number);
    if (!is_played[i] && video.origin == VideoOrigin::statement) stated.push_back(number);
    if (!is_played[i] && video.origin == VideoOrigin::frame) framed.push_back(number);
  }
  if (stated.size() != 1) return;
  if (played.size() == 1)
    join(stated.front(), played.front());
  else if (played.empty() && framed.size() == 1)
    join(stated.front(), framed.front());
}

/// What was stated is worth more than what was read off the page around an element.
void FindingList::gather_metadata() {
  std::vector<std::size_t> order(videos_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return videos_[a].own_origin < videos_[b].own_origin;
  });
  std::vector<VideoMetadata> gathered(videos_.size());
  for (const std::size_t i : order)
    fill_metadata(gathered[static_cast<std::size_t>(root_of(static_cast<int>(i)))],
                  std::move(videos_[i].metadata));
  for (std::size_t i = 0; i < videos_.size(); ++i) videos_[i].metadata = std::move(gathered[i]);
}

void FindingList::number_videos(Discovery& discovery) {
  std::vector<int> numbers(videos_.size(), -1);
  for (Finding& finding : findings_) {
    if (finding.video < 0) continue;
    const auto root = static_cast<std::size_t>(root_of(finding.video));
    if (numbers[root] < 0) {
      numbers[root] = static_cast<int>(discovery.videos.size());
      discovery.videos.push_back(std::move(videos_[root].metadata));
      discovery.pages.push_back(std::move(videos_[root].page));
      std::string& uploader = discovery.videos.back().uploader_url;
      if (!uploader.empty()) uploader = resolve_url(base_, uploader).value_or("");
    }
    finding.video = numbers[root];
  }
}

/// From 1 for the best way to each video; thumbnails and pages have none.
void FindingList::number_ranks(Discovery& discovery) const {
  std::vector<Finding*> ways;
  for (Finding& finding : discovery.findings) {
    const bool is_way = is_direct(finding) || finding.kind == CrawlUrlKind::player;
    if (is_way && finding.video >= 0)
      ways.push_back(&finding);
    else
      finding.rank = 0;
  }
  std::stable_sort(ways.begin(), ways.end(), [](const Finding* a, const Finding* b) {
    return std::pair(a->video, a->rank) < std::pair(b->video, b->rank);
  });
  int video = -1;
  int rank = 0;
  for (Finding* way : ways) {
    rank = way->video == video ? rank + 1 : 1;
    video = way->video;
    way->rank = rank;
  }
}

void FindingList::finish(Discovery& discovery) {
  unite_renditions();
  unite_lone_statement();
  gather_metadata();
  number_videos(discovery);
  if (discovery.videos.size() == 1) fill_metadata(discovery.videos.front(), std::move(page_));
  discovery.findings = std::move(findings_);
  number_ranks(discovery);
  if (is_over_ || discovery.findings.size() >= most_ - most_ / 5)
    add_problem("it names about " + std::to_string(most_) + " addresses or more; the rest is left out");
  for (std::string& problem : problems_)
    if (discovery.problems.size() < kMostProblems) discovery.problems.push_back(std::move(problem));
}

}  // namespace reelprint::crawler
