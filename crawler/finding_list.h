// Collects what a document names: each address once, and what belongs to one video together.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/sighting.h"
#include "crawler/discovery.h"

namespace reelprint::crawler {

/// How a document came to speak of a video.
enum class VideoOrigin : std::uint8_t {
  statement,  ///< structured data: JSON-LD, microdata, OpenGraph, a feed's item
  element,    ///< <video>, <object>: what the page plays itself
  frame,      ///< <iframe>
  link,       ///< a plain link to a file
  guess,      ///< a string of a script
};

/// One of the list's videos; no other number is.
struct VideoHandle {
  int number = -1;
};

class FindingList {
 public:
  /// `base`: what relative references are resolved against until `set_base`.
  FindingList(std::string base, std::size_t most_findings);

  void set_base(std::string_view reference);
  /// Of the document; its queries are written in it (WHATWG URL, section 4.4, "query state"). "": UTF-8.
  void set_charset(std::string charset) { charset_ = std::move(charset); }
  [[nodiscard]] const std::string& base() const { return base_; }
  /// At most `most_findings` of them; a handle of -1 beyond.
  VideoHandle add_video(VideoOrigin origin, VideoMetadata metadata = {});
  /// Nothing for a handle of -1.
  [[nodiscard]] VideoMetadata* metadata_of(VideoHandle video);
  /// Resolves `reference`; what is no http(s) URL is passed over. Gives whether it is in the list now.
  /// `finding.rank` is way_rank, or zero to have it found out.
  bool add(std::string_view reference, Finding finding);
  /// A media file, playlist or player of `video`; `rank_loss` is added to its way_rank.
  bool add_way(VideoHandle video, std::string_view reference, CrawlUrlKind kind, int rank_loss = 0);
  void add_thumbnail(VideoHandle video, std::string_view reference);
  /// The page that shows it, of a document that names pages.
  void set_page_of(VideoHandle video, std::string_view reference);
  void unite(VideoHandle a, VideoHandle b);
  void add_problem(std::string sentence);
  /// What the page says of itself: fills the gaps of its video, if it has just one.
  void set_page(VideoMetadata metadata) { page_ = std::move(metadata); }
  [[nodiscard]] bool is_full() const { return findings_.size() >= most_; }
  /// Plain links leave some room for the media that come behind them.
  [[nodiscard]] bool has_room_for_links() const { return findings_.size() < most_ - most_ / 5; }
  [[nodiscard]] std::size_t video_count() const { return videos_.size(); }

  /// Puts findings, videos and problems into `discovery`; the list is used up.
  void finish(Discovery& discovery);

 private:
  struct Video {
    VideoOrigin origin = VideoOrigin::statement;  ///< the best of those united in it
    VideoOrigin own_origin = VideoOrigin::statement;
    VideoMetadata metadata{};
    int same_as = -1;  ///< of union-find; -1: itself
    std::string page{};
    std::string stated_title{};  ///< of the statements united in it
  };
  [[nodiscard]] std::optional<std::string> resolved(std::string_view reference) const;
  [[nodiscard]] int root_of(int number);
  void join(int a, int b);
  [[nodiscard]] bool are_stated_apart(int a, int b);
  void unite_renditions();
  void unite_lone_statement();
  void gather_metadata();
  void number_videos(Discovery& discovery);
  void number_ranks(Discovery& discovery) const;

  std::string base_;
  std::string charset_;
  std::size_t most_;
  std::vector<Finding> findings_;
  std::unordered_map<std::string, std::size_t> positions_;
  std::vector<Video> videos_;
  std::vector<std::string> problems_;
  VideoMetadata page_;
  bool is_over_ = false;
};

}  // namespace reelprint::crawler
