#include "pipeline/video_hints.h"

#include <algorithm>
#include <chrono>

#include "core/error.h"
#include "core/title_words.h"
#include "crawler/media_hints.h"
#include "index/background.h"
#include "pipeline/live_catalog.h"
#include "store/catalog_changes.h"
#include "store/works.h"

namespace reelprint::pipeline {
namespace {

constexpr std::chrono::seconds kTitlesEvery{30};
constexpr std::size_t kWorksAtOnce = 1000;
constexpr std::size_t kMostPictures = 4;  ///< of a thumbnail that moves
/// So many unrelated pictures of the catalog may be as near: fifty thumbnails for one hint by chance.
constexpr double kChance = 0.02;
/// Two series "about as near": the same picture in both says nothing (index/hits.cpp).
constexpr int kSeriesMargin = 16;
constexpr std::int64_t kMostPixels = 4096LL * 4096;

bool is_video(CrawlUrlKind kind) {
  return kind == CrawlUrlKind::media || kind == CrawlUrlKind::playlist || kind == CrawlUrlKind::player;
}

std::vector<FrameHash> searchable_hashes(const Fingerprint& print) {
  std::vector<FrameHash> hashes;
  for (const Keyframe& keyframe : print.keyframes)
    if (hashes.size() < kMostPictures && index::is_searchable(keyframe.hash)) hashes.push_back(keyframe.hash);
  return hashes;
}

/// The nearest of what one series alone has.
std::optional<index::FrameNeighbour> nearest_of_one_series(std::vector<index::FrameNeighbour> near) {
  if (near.empty()) return std::nullopt;
  const auto nearest = *std::ranges::min_element(near, {}, &index::FrameNeighbour::distance);
  const bool is_shared = std::ranges::any_of(near, [&](const index::FrameNeighbour& other) {
    return other.reference->series != nearest.reference->series &&
           other.distance <= nearest.distance + kSeriesMargin;
  });
  return is_shared ? std::nullopt : std::optional(nearest);
}

bool is_known_card(const FrameHash& hash, const index::FrameIndex* negatives, int radius) {
  if (negatives == nullptr || negatives->size() == 0) return false;
  const auto near = negatives->search({&hash, 1}, radius);
  return !near.front().empty();
}

std::string words_of(const index::FrameNeighbour& near, const WorkNames& names) {
  Match match;
  match.reference = near.reference->reference;
  match.series = near.reference->series;
  match.episode = near.reference->episode;
  return "its thumbnail resembles a picture of " + names.work_of(match) + ", " +
         std::to_string(near.distance) + " of 256 bits apart";
}

}  // namespace

VideoHint VideoHints::of_words(const VideoMetadata& video) {
  refresh();
  VideoHint hint;
  auto named = titles_.named_in(video.series);
  const bool is_series = named && title_words(video.series) == title_words(named->name);
  if (!named) named = titles_.named_in(video.title);
  if (!named) return hint;
  hint.words = (is_series ? "it is said to be of" : "its title names") + std::string(" the series '") +
               named->name + "'";
  hint.wants_whole = named->is_telling || is_series;
  if (video.duration && has_episode_as_long(named->name, *video.duration)) {
    hint.words += ", and it is as long as one of its episodes";
    hint.wants_whole = true;
  }
  return hint;
}

void VideoHints::raise(std::vector<CrawlUrl>& urls) {
  for (CrawlUrl& url : urls) {
    if (!is_video(url.kind) || url.hints.empty()) continue;
    if (!of_words(crawler::media_hints_of(url.hints).video).words.empty()) url.yield = 1;
  }
}

VideoHint VideoHints::of_picture(const std::filesystem::path& file, const std::stop_token& stop) const {
  fingerprint::FingerprintSettings settings;
  settings.effort = Effort::fast;
  settings.audio = false;
  settings.detail = fingerprint::kNoDetail;
  settings.limits.max_pixels = kMostPixels;
  settings.limits.pictures_too = true;
  std::vector<FrameHash> hashes;
  try {
    hashes = searchable_hashes(tools_.reader.fingerprint(file, settings, stop, {}).fingerprint);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::cancelled) throw;
    return {};  // a thumbnail that is no picture is no hint
  }
  const auto snapshot = tools_.snapshot();
  const Protected catalog = snapshot->view();
  const index::FrameIndex frames = catalog.index;  // a copy: what it reads of references goes with it
  const int radius = index::radius_for(frames.searchable(), kChance);
  std::vector<index::FrameNeighbour> near;
  for (std::size_t i = 0; const index::MirrorNeighbours& found : frames.search_mirrored(hashes, radius)) {
    if (is_known_card(hashes[i++], catalog.negatives, radius)) continue;
    near.insert(near.end(), found.plain.begin(), found.plain.end());
    near.insert(near.end(), found.mirrored.begin(), found.mirrored.end());
  }
  const auto nearest = nearest_of_one_series(std::move(near));
  return nearest ? VideoHint{words_of(*nearest, catalog.names), true} : VideoHint{};
}

void VideoHints::refresh() {
  const WallTime now = tools_.clock.now();
  if (now < look_at_ && now >= look_at_ - kTitlesEvery) return;
  look_at_ = now + kTitlesEvery;
  const std::int64_t latest = store::CatalogFollower(store_.database()).latest();
  if (change_ == latest) return;
  change_ = latest;
  titles_ = {};
  store::Works works(store_.database());
  std::vector<store::Work> some;
  SeriesId after;
  do {
    some = works.works({}, after, kWorksAtOnce);
    for (const store::Work& work : some) titles_.add(work.series.name);
    if (!some.empty()) after = some.back().series.id;
  } while (some.size() == kWorksAtOnce);
}

bool VideoHints::has_episode_as_long(const std::string& series, Duration length) const {
  store::CatalogFilter filter;
  filter.series = series;
  const Duration slack = std::max(length / 100, Duration{std::chrono::seconds{1}});
  return std::ranges::any_of(store_.references(filter), [&](const ReferenceEntry& entry) {
    const Duration longer = std::max(length, entry.reference.duration);
    return entry.reference.duration > Duration{0} &&
           longer - std::min(length, entry.reference.duration) <= slack;
  });
}

}  // namespace reelprint::pipeline
