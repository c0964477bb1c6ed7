#include "pipeline/explanation_pictures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "core/error.h"
#include "evidence/frame_png.h"
#include "evidence/pair_picture.h"
#include "evidence/time_axis.h"
#include "evidence/time_plot.h"
#include "fingerprint/detail_collector.h"
#include "fingerprint/frames_at.h"
#include "fingerprint/local_features.h"
#include "fingerprint/sha256.h"
#include "index/picture_match.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kMostPairsOfMatch = 6;
constexpr std::size_t kMostPairs = 120;
constexpr std::size_t kMostPlots = 24;
constexpr std::size_t kShortSide = 480;  ///< of the frames shown; what a query's features are taken from
constexpr Duration kNear = std::chrono::milliseconds(500);

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 160> text{};
  std::snprintf(text.data(), text.size(), pattern, values...);
  return text.data();
}

bool is_ascii(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// A work's name as far as the letters on pictures go.
std::string caption_of(const ReferenceEntry& entry) {
  const std::string id = "#" + std::to_string(entry.reference.id.value);
  if (!is_ascii(entry.series.name)) return to_text(entry.episode) + " (" + id + ")";
  return entry.series.name + ", " + to_text(entry.episode) + " (" + id + ")";
}

std::string file_caption(const Explanation& explanation) {
  return std::filesystem::path(explanation.screening.query).filename().string();
}

/// The best pairs of a claim, spread over time.
std::vector<AlignedPair> shown_pairs(const Match& match) {
  std::vector<AlignedPair> pairs;
  const std::size_t shown = std::min(match.pairs.size(), kMostPairsOfMatch);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto from = match.pairs.begin() + static_cast<std::ptrdiff_t>(i * match.pairs.size() / shown);
    const auto to = match.pairs.begin() + static_cast<std::ptrdiff_t>((i + 1) * match.pairs.size() / shown);
    pairs.push_back(*std::min_element(from, to, [](const AlignedPair& a, const AlignedPair& b) {
      return std::tuple(!a.distinctive, b.inliers, a.distance) <
             std::tuple(!b.distinctive, a.inliers, b.distance);
    }));
  }
  return pairs;
}

/// One claim that is to be shown.
struct Shown {
  const ExplainedReference* reference = nullptr;
  const index::Considered* considered = nullptr;
  std::vector<AlignedPair> pairs;
  std::string name;  ///< "match-1"
};

std::vector<Shown> what_to_show(const Explanation& explanation) {
  std::vector<Shown> shown;
  std::size_t matches = 0;
  std::size_t dropped = 0;
  for (const ExplainedReference& reference : explanation.references) {
    for (const index::Considered& considered : reference.considered) {
      const bool is_match = considered.outcome == index::Outcome::kept;
      const bool is_first = &considered == &reference.considered.front();
      if (!is_match && !is_first) break;
      const std::string name =
          is_match ? "match-" + std::to_string(++matches) : "dropped-" + std::to_string(++dropped);
      shown.push_back({&reference, &considered, shown_pairs(considered.match), name});
    }
  }
  return shown;
}

/// The position of the keyframe shown at a time, or the nearest one. Where one ends, the next is shown.
std::optional<std::size_t> keyframe_at(const Fingerprint& print, Timestamp time) {
  const auto found = std::ranges::min_element(print.keyframes, {}, [&](const Keyframe& keyframe) {
    return std::pair(std::abs(distance_to(keyframe.span, time).count()), !keyframe.span.contains(time));
  });
  if (found == print.keyframes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - print.keyframes.begin());
}

/// One side's picture at a time: the frame itself, or what the fingerprint keeps of it.
struct View {
  Frame frame;
  KeyframeDetail detail;
  double width = 1;  ///< in units of the shorter side
  double height = 1;
  bool is_thumbnail = false;

  [[nodiscard]] double aspect() const { return width / height; }
};

/// One video from which pictures are shown.
class PictureSide {
 public:
  PictureSide(const Fingerprint& print, fingerprint::DetailSettings detail)
      : print_(print), detail_(detail) {}

  /// Decodes what will be asked for.
  void decode(const std::filesystem::path& file, const std::vector<Timestamp>& times,
              const std::stop_token& stop, const FrameSource& source) {
    auto frames = source ? source(file, times, kShortSide, stop)
                         : fingerprint::frames_at(file, times, kShortSide, {}, stop);
    for (std::size_t i = 0; i < times.size(); ++i) {
      if (frames[i]) frames_[times[i]] = std::move(*frames[i]);
    }
  }

  [[nodiscard]] std::optional<View> at(Timestamp time) const {
    if (const auto found = frames_.find(time); found != frames_.end()) return view_of_frame(found->second);
    return view_of_print(time);
  }

 private:
  [[nodiscard]] View view_of_frame(const Frame& frame) const {
    View view;
    view.frame = frame;
    set_size(view, static_cast<double>(frame.width), static_cast<double>(frame.height));
    const fingerprint::LumaPicture picture{frame.width, frame.height, frame.luma};
    fingerprint::FeatureSettings wanted;
    wanted.most = detail_.features;
    view.detail.features =
        fingerprint::find_features(fingerprint::shrink_to(picture.plane(), detail_.short_side), wanted);
    return view;
  }

  [[nodiscard]] std::optional<View> view_of_print(Timestamp time) const {
    const auto keyframe = keyframe_at(print_, time);
    if (!keyframe || print_.thumbnails.size() != print_.keyframes.size()) return std::nullopt;
    View view;
    view.is_thumbnail = true;
    const Thumbnail& thumbnail = print_.thumbnails[*keyframe];
    view.frame = {kThumbnailSize, kThumbnailSize, {thumbnail.begin(), thumbnail.end()}, time};
    if (print_.width > 0 && print_.height > 0) set_size(view, print_.width, print_.height);
    const auto nearest = std::ranges::min_element(print_.details, {}, [&](const KeyframeDetail& detail) {
      return std::abs((print_.keyframes[detail.keyframe].span.begin - time).count());
    });
    if (nearest != print_.details.end()) {
      const Duration away = print_.keyframes[nearest->keyframe].span.begin - time;
      if (away <= kNear && away >= -kNear) view.detail = *nearest;
    }
    return view;
  }

  static void set_size(View& view, double width, double height) {
    const double shorter = std::min(width, height);
    view.width = width / shorter;
    view.height = height / shorter;
  }

  const Fingerprint& print_;
  fingerprint::DetailSettings detail_;
  std::map<Timestamp, Frame> frames_;
};

/// The corners of a view, in order.
std::vector<Point> corners_of(const View& view) {
  return {{0, 0}, {view.width, 0}, {view.width, view.height}, {0, view.height}};
}

/// Outlines each picture in the other. The transform is of the query as it was compared, perhaps flipped; it
/// is shown as it is.
void add_outlines(evidence::PairPicture& picture, const Similarity& transform, const View& query,
                  const View& reference, bool is_mirrored) {
  constexpr double kLeastScale = 1e-6;
  if (!(transform.scale() > kLeastScale)) return;
  for (const Point& corner : corners_of(reference)) {
    const Point at = transform.unmap(corner);
    picture.reference_in_query.push_back({is_mirrored ? query.width - at.x : at.x, at.y});
  }
  for (const Point& corner : corners_of(query)) picture.query_in_reference.push_back(transform.map(corner));
}

/// Adds the places that agree and the outlines; returns how many places there are.
std::size_t add_geometry(evidence::PairPicture& picture, const View& query, const View& reference,
                         const AlignedPair& pair, bool is_mirrored) {
  const index::PictureView own{query.detail, query.width, query.height, is_mirrored};
  const index::PictureView other{reference.detail, reference.width, reference.height, false};
  const auto match = index::match_pictures(own, other);
  if (match || pair.inliers > 0)
    add_outlines(picture, match ? match->transform : pair.transform, query, reference, is_mirrored);
  if (!match) return 0;
  for (const index::FeaturePair& places : match->inliers) {
    Point at = own.place(own.feature(places.query));
    if (is_mirrored) at.x = query.width - at.x;
    picture.places.push_back({at, other.place(other.feature(places.reference))});
  }
  return match->inliers.size();
}

/// Draws all that is to be seen of one explanation.
class PictureWriter {
 public:
  PictureWriter(const Explanation& explanation, const index::DetailSource& details,
                const std::filesystem::path& folder, std::stop_token stop, const PictureSettings& settings)
      : explanation_(explanation),
        details_(details),
        folder_(folder),
        stop_(std::move(stop)),
        settings_(settings),
        query_(explanation.trace.query, fingerprint::kQueryDetail) {}

  WrittenPictures write() {
    write_pairs();
    write_plots();
    return std::move(written_);
  }

 private:
  void write_pairs() {
    auto shown = what_to_show(explanation_);
    limit(shown);
    std::vector<Timestamp> times;
    for (const Shown& claim : shown) {
      for (const AlignedPair& pair : claim.pairs) times.push_back(pair.query);
    }
    if (times.empty()) return;
    if (explanation_.is_of_fingerprint)
      written_.remarks.emplace_back("the upload is a fingerprint: its thumbnails are shown, enlarged");
    else
      query_.decode(explanation_.screening.query, times, stop_, settings_.frames);
    for (auto first = shown.begin(); first != shown.end();) {
      const auto last = std::find_if(first, shown.end(),
                                     [&](const Shown& claim) { return claim.reference != first->reference; });
      write_pairs_of({first, last});
      first = last;
    }
  }

  void limit(std::vector<Shown>& shown) {
    std::size_t pairs = 0;
    for (auto it = shown.begin(); it != shown.end(); ++it) {
      pairs += it->pairs.size();
      if (pairs <= kMostPairs) continue;
      written_.remarks.push_back(std::to_string(shown.end() - it) +
                                 " more matches are not shown: too many pictures");
      shown.erase(it, shown.end());
      return;
    }
  }

  /// The claims of one reference, whose file is decoded once.
  void write_pairs_of(std::span<const Shown> claims) {
    const ReferenceEntry& entry = claims.front().reference->entry;
    const auto print = details_.print_of(entry.reference.id);
    if (!print) return;
    PictureSide side(*print, fingerprint::kReferenceDetail);
    if (is_still_there(entry)) {
      std::vector<Timestamp> times;
      for (const Shown& claim : claims) {
        for (const AlignedPair& pair : claim.pairs) times.push_back(pair.reference);
      }
      side.decode(entry.reference.file, times, stop_, settings_.frames);
    }
    for (const Shown& claim : claims) {
      for (std::size_t i = 0; i < claim.pairs.size(); ++i) write_pair(claim, i, side);
    }
  }

  bool is_still_there(const ReferenceEntry& entry) {
    std::error_code error;
    const bool is_there = std::filesystem::is_regular_file(entry.reference.file, error);
    if (is_there && fingerprint::sha256_of_file(entry.reference.file, stop_) == entry.reference.media)
      return true;
    written_.remarks.push_back("the registered file of " + caption_of(entry) +
                               (is_there ? " is another one now" : " is gone") +
                               ": its thumbnails are shown, enlarged");
    return false;
  }

  void write_pair(const Shown& claim, std::size_t number, const PictureSide& side) {
    const AlignedPair& pair = claim.pairs[number];
    const auto query = query_.at(pair.query);
    const auto reference = side.at(pair.reference);
    if (!query || !reference) return;
    evidence::PairPicture picture;
    const std::size_t places =
        add_geometry(picture, *query, *reference, pair, claim.considered->match.mirrored);
    if (!explanation_.is_wordless) {
      picture.title = file_caption(explanation_) + " and " + caption_of(claim.reference->entry);
      picture.remark = remark_of(claim, pair, places);
    }
    picture.query = query->frame;
    picture.reference = reference->frame;
    picture.query_aspect = query->aspect();
    picture.reference_aspect = reference->aspect();
    picture.query_label = label_of("upload", *query);
    picture.reference_label = label_of(to_text(claim.reference->entry.episode), *reference);
    const std::string name = claim.name + "-pair-" + std::to_string(number + 1);
    evidence::PairBoxes boxes;
    save(name + ".png",
         [&](const std::filesystem::path& file) { boxes = evidence::write_pair_picture(picture, file); });
    if (claim.considered->outcome != index::Outcome::kept) return;
    WrittenPair written{written_.files.back(),
                        claim.reference->entry.reference.id,
                        claim.considered->match.query_span,
                        pair,
                        {},
                        {}};
    if (settings_.plain_frames) {
      written.query = {save_frame(name + "-query.png", picture.query), boxes.query};
      written.reference_frame = {save_frame(name + "-reference.png", picture.reference), boxes.reference};
    }
    written_.pairs.push_back(std::move(written));
  }

  std::string save_frame(const std::string& name, const Frame& frame) {
    save(name, [&](const std::filesystem::path& file) { evidence::write_frame_png(frame, file); });
    return written_.files.back();
  }

  static std::string remark_of(const Shown& claim, const AlignedPair& pair, std::size_t places) {
    const Match& match = claim.considered->match;
    const bool is_match = claim.considered->outcome == index::Outcome::kept;
    std::string text = is_match ? "match" : "considered and dropped";
    text += format(", score %.3f", match.score);
    if (pair.inliers == 0) text += format(", %d of 256 bits differ", pair.distance);
    if (places > 0) text += format(", %zu places agree", places);
    if (std::abs(match.speed - 1) >= 0.005) text += format(", speed %.2f", match.speed);
    return text + (match.mirrored ? ", mirrored" : "");
  }

  [[nodiscard]] std::string label_of(const std::string& what, const View& view) const {
    const std::string at = evidence::clock_text(to_seconds(view.frame.shown_at), true);
    if (explanation_.is_wordless) return at;
    return what + " at " + at + (view.is_thumbnail ? " (thumbnail)" : "");
  }

  void write_plots() {
    std::size_t plots = 0;
    for (const ExplainedReference& reference : explanation_.references) {
      const bool is_alone = explanation_.references.size() == 1;
      if (!is_alone && reference.hits.empty()) continue;
      if (++plots > kMostPlots) continue;
      const std::string id = is_alone ? "" : "-" + std::to_string(reference.entry.reference.id.value);
      const evidence::TimePlot plot = plot_of(reference);
      save("time-time" + id + ".png",
           [&](const std::filesystem::path& file) { evidence::write_time_plot(plot, file); });
    }
    if (plots > kMostPlots)
      written_.remarks.push_back(std::to_string(plots - kMostPlots) + " more time plots are not drawn");
  }

  [[nodiscard]] evidence::TimePlot plot_of(const ExplainedReference& reference) const {
    evidence::TimePlot plot;
    plot.has_legend = !explanation_.is_wordless;
    if (!explanation_.is_wordless) {
      plot.title = file_caption(explanation_) + " and " + caption_of(reference.entry);
      plot.remark = why(reference);
      plot.query_label = "time in the upload";
      plot.reference_label = "time in " + to_text(reference.entry.episode);
    }
    plot.query_s = to_seconds(explanation_.screening.duration);
    plot.reference_s = to_seconds(reference.entry.reference.duration);
    for (const index::TracedHit& hit : reference.hits)
      plot.hits.push_back({to_seconds(hit.query), to_seconds(hit.shown_at), hit.weight, hit.mirrored});
    for (const index::Considered& considered : reference.considered) {
      const Match& match = considered.match;
      plot.segments.push_back({to_seconds(match.query_span.begin), to_seconds(match.query_span.end),
                               to_seconds(match.reference_span.begin), to_seconds(match.reference_span.end),
                               considered.outcome == index::Outcome::kept});
    }
    return plot;
  }

  template <class Write>
  void save(const std::string& name, const Write& write) {
    write(folder_ / name);
    written_.files.push_back((folder_ / name).string());
  }

  const Explanation& explanation_;
  const index::DetailSource& details_;
  std::filesystem::path folder_;
  std::stop_token stop_;
  const PictureSettings& settings_;
  PictureSide query_;
  WrittenPictures written_;
};

}  // namespace

WrittenPictures write_pictures(const Explanation& explanation, const index::DetailSource& details,
                               const std::filesystem::path& folder, std::stop_token stop,
                               const PictureSettings& settings) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw Error(ErrorCode::io, "make folder '" + folder.string() + "': " + error.message());
  return PictureWriter(explanation, details, folder, std::move(stop), settings).write();
}

}  // namespace reelprint::pipeline
