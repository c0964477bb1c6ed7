// DASH manifests: ISO/IEC 23009-1:2022, sections 5.3 (MPD) and 5.3.9 (segments).
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "core/clock.h"
#include "crawler/dash_segments.h"
#include "crawler/metadata_values.h"
#include "crawler/normal_url.h"
#include "crawler/plain_text.h"
#include "crawler/playlist_readers.h"
#include "crawler/xml_items.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostRenditions = 200;

const XmlElement* segments_in(const XmlElement& element) {
  for (const std::string_view name : {"SegmentTemplate", "SegmentList", "SegmentBase"})
    if (const XmlElement* segments = element.child(name)) return segments;
  return nullptr;
}

/// What `element` adds to what it was handed down; `place`: 0 period, 1 set, 2 representation.
DashLevel descended(const DashLevel& outer, const XmlElement& element, int place) {
  DashLevel level = outer;
  if (const std::string_view base = element.text_of("BaseURL"); !base.empty())
    if (const auto url = resolve_url(outer.base, base)) level.base = *url;
  if (place >= 0) level.segments[place] = segments_in(element);
  level.is_protected = outer.is_protected || element.child("ContentProtection") != nullptr;
  return level;
}

/// Whether a set or representation shows pictures, as far as it says; nothing when it does not.
std::optional<bool> shows_pictures(const XmlElement& element) {
  const std::string_view mime = element.attribute("mimeType");
  const std::string_view content = element.attribute("contentType");
  if (!content.empty()) return content == "video";
  if (!mime.empty()) return mime.starts_with("video/");
  if (!element.attribute("height").empty() || !element.attribute("width").empty()) return true;
  const std::string_view codecs = element.attribute("codecs");
  if (codecs.empty()) return std::nullopt;
  return !(codecs.starts_with("mp4a") || codecs.starts_with("opus") || codecs.starts_with("ac-3") ||
           codecs.starts_with("ec-3") || codecs.starts_with("stpp") || codecs.starts_with("wvtt"));
}

class ManifestReader {
 public:
  explicit ManifestReader(const std::string& url) { top_.base = url; }

  std::optional<Playlist> read(const XmlElement& root) {
    playlist_.kind = "dash";
    playlist_.is_live = root.attribute("type") == "dynamic";
    const auto whole = duration_from(root.attribute("mediaPresentationDuration"));
    top_ = descended(top_, root, -1);
    Timestamp at{};
    int stretch = 0;
    for (std::size_t i = 0; i < root.children.size(); ++i) {
      const XmlElement& period = root.children[i];
      if (period.name != "Period") continue;
      if (const auto start = duration_from(period.attribute("start"))) at = Timestamp{start->count()};
      Timestamp end = at;
      if (const auto length = duration_from(period.attribute("duration")))
        end = at + *length;
      else if (const auto next = start_after(root, i))
        end = Timestamp{next->count()};
      else if (whole && Timestamp{whole->count()} > at)
        end = Timestamp{whole->count()};
      else if (playlist_.is_live)
        end = at + live_so_far(root, at);
      read_period(period, {at, std::max(at, end)}, stretch++);
      at = std::max(at, end);
    }
    playlist_.duration = whole.value_or(at - Timestamp{0});
    order_renditions(playlist_.renditions);
    if (stretch == 0) return std::nullopt;
    return std::move(playlist_);
  }

 private:
  static std::optional<Duration> start_after(const XmlElement& root, std::size_t i) {
    for (++i; i < root.children.size(); ++i)
      if (root.children[i].name == "Period") return duration_from(root.children[i].attribute("start"));
    return std::nullopt;
  }

  /// Of a live period that goes on: what there was of it when the manifest was made. Zero when that is not
  /// said, or what was said is older than the period.
  Duration live_so_far(const XmlElement& root, Timestamp begin) {
    const auto available = wall_time_of(root.attribute("availabilityStartTime"));
    const auto made = wall_time_of(root.attribute("publishTime"));
    if (!available || !made || *made <= *available) return {};
    const Duration so_far = std::chrono::duration_cast<Duration>(*made - *available) - (begin - Timestamp{0});
    if (so_far <= Duration{0}) return {};
    top_.is_growing = true;
    const auto kept = duration_from(root.attribute("timeShiftBufferDepth"));
    top_.gone = kept && *kept < so_far ? so_far - *kept : Duration{0};
    return so_far;
  }

  void read_period(const XmlElement& period, Interval time, int stretch) {
    const DashLevel level = descended(top_, period, 0);
    for (const XmlElement& set : period.children) {
      if (set.name != "AdaptationSet") continue;
      const DashLevel set_level = descended(level, set, 1);
      const auto set_shows = shows_pictures(set);
      for (const XmlElement& representation : set.children) {
        if (representation.name != "Representation") continue;
        const auto shows = shows_pictures(representation);
        if (!shows.value_or(set_shows.value_or(true))) continue;
        const DashLevel own = descended(set_level, representation, 2);
        playlist_.is_protected = playlist_.is_protected || own.is_protected;
        if (playlist_.renditions.size() >= kMostRenditions || pieces_ >= kMostPieces) return;
        Rendition rendition = dash_rendition(representation, own, time, kMostPieces - pieces_);
        const std::string_view height = representation.attribute("height").empty()
                                            ? set.attribute("height")
                                            : representation.attribute("height");
        rendition.height =
            static_cast<int>(std::min<std::uint64_t>(whole_number(height).value_or(0), 100'000));
        rendition.stretch = stretch;
        pieces_ += rendition.pieces.size();
        if (!rendition.pieces.empty()) playlist_.renditions.push_back(std::move(rendition));
      }
    }
  }

  DashLevel top_;
  Playlist playlist_;
  std::size_t pieces_ = 0;
};

}  // namespace

std::optional<Playlist> read_dash(std::string_view text, const std::string& url) {
  const XmlReading reading = read_xml(
      text, [](std::string_view) { return false; }, [](const XmlElement&) {});
  if (reading.root.name != "MPD") return std::nullopt;
  return ManifestReader(url).read(reading.root);
}

}  // namespace reelprint::crawler
