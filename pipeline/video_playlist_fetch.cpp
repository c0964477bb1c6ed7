// A video in pieces: HLS and DASH. The lowest rendition that decides, its first pieces and a few spread ones.
#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "crawler/mp4_map.h"
#include "crawler/playlist.h"
#include "pipeline/fetched_bytes.h"
#include "pipeline/video_fetch.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMostPlaylistBytes = std::uint64_t{4} << 20;
constexpr std::size_t kMostMissing = 100;  ///< pieces; beyond, the playlist is nothing
constexpr int kMostPlaylists = 3;          ///< a master of a master of a …

class PlaylistFetch final : public VideoFetch {
 public:
  PlaylistFetch(CrawlDesk& desk, VisitExchanges& kept, VideoAsk ask)
      : desk_(desk), kept_(kept), ask_(std::move(ask)), file_(desk.new_file()) {}

  Task<VideoFetched> sample() override {
    co_await choose();
    if (done_.state != FetchState::had) co_return done_;
    std::size_t chosen = 0;
    for (std::size_t missed = kMostMissing; missed != missing_.size() && done_.state == FetchState::had;) {
      missed = missing_.size();
      const std::vector<std::size_t> pieces = sample_of_rest();
      chosen = pieces.size();
      co_await fetch_pieces(pieces);
    }
    if (done_.state == FetchState::had) lay_out(chosen == rendition_.pieces.size());
    co_return done_;
  }

  Task<VideoFetched> whole() override {
    if (done_.is_whole) co_return done_;
    purpose_ = CrawlPurpose::whole;
    std::vector<std::size_t> all(rendition_.pieces.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    co_await fetch_pieces(all);
    if (done_.state == FetchState::had) lay_out(true);
    co_return done_;
  }

 private:
  /// In place of pieces that are not to be had their neighbours are looked at.
  [[nodiscard]] std::vector<std::size_t> sample_of_rest() const {
    std::vector<std::size_t> rest;
    std::vector<Interval> times;
    for (std::size_t i = 0; i < rendition_.pieces.size(); ++i) {
      if (missing_.contains(i)) continue;
      rest.push_back(i);
      times.push_back(rendition_.pieces[i].time);
    }
    std::vector<std::size_t> chosen = sample_pieces(times, desk_.settings.sample);
    for (std::size_t& piece : chosen) piece = rest[piece];
    return chosen;
  }

  [[nodiscard]] CrawlAsk new_ask(const std::string& url) {
    CrawlAsk ask = ask_for(ask_, kept_, purpose_);
    ask.order.url = url;
    return ask;
  }

  Task<CrawlAnswer> get(CrawlAsk ask) {
    CrawlAnswer answer =
        co_await desk_.requests.follow(std::move(ask), [](const std::string&) { return std::string(); });
    take_answer(done_, answer);
    co_return answer;
  }

  /// Down to one rendition with its pieces.
  Task<void> choose() {
    std::string url = ask_.way.url;
    for (int level = 0; level < kMostPlaylists; ++level) {
      CrawlAsk ask = new_ask(url);
      ask.order.most_bytes = kMostPlaylistBytes;
      const CrawlAnswer answer = co_await get(std::move(ask));
      if (done_.state != FetchState::had) co_return;
      const std::string text = read_bytes(answer.exchange.body, {0, answer.exchange.body_bytes});
      const auto playlist = crawler::read_playlist(text, answer.url);
      const crawler::Rendition* best = playlist ? lowest_of(*playlist) : nullptr;
      if (!take_playlist(playlist ? &*playlist : nullptr, best)) co_return;
      rendition_ = *best;
      if (rendition_.index) co_await read_index(*rendition_.index);
      if (!rendition_.pieces.empty()) co_return;
      url = rendition_.playlist_url;
    }
    done_.state = FetchState::gone;
    done_.words = "its playlists name playlists without end";
  }

  /// False when there is nothing to go on with.
  bool take_playlist(const crawler::Playlist* playlist, const crawler::Rendition* best) {
    if (playlist == nullptr) {
      done_.state = FetchState::is_page;
      done_.words = "it is no playlist";
    } else if (playlist->is_protected) {
      done_.state = FetchState::is_locked;
      done_.words = "it is encrypted, and left alone";
    } else if (best == nullptr || (best->pieces.empty() && best->playlist_url.empty())) {
      done_.state = FetchState::gone;
      done_.words = "its playlist names no pictures";
    } else {
      bandwidth_ = std::max(bandwidth_, best->bandwidth);
      return true;
    }
    return false;
  }

  static const crawler::Rendition* lowest_of(const crawler::Playlist& playlist) {
    return playlist.renditions.empty() ? nullptr : &playlist.renditions.front();
  }

  /// Of a DASH file that is one piece: the index says which bytes are which seconds.
  Task<void> read_index(crawler::MediaPiece index) {
    if (index.bytes == 0 || index.bytes > kMostPlaylistBytes) co_return;
    const auto piece = co_await fetch_piece(index);
    if (!piece) co_return;
    const std::string bytes = read_bytes(piece->body, {0, index.bytes});
    const auto pieces = crawler::read_sidx(bytes, index);
    if (pieces && !pieces->empty()) rendition_.pieces = *pieces;
  }

  Task<void> fetch_pieces(std::vector<std::size_t> chosen) {
    pieces_.resize(rendition_.pieces.size());
    if (rendition_.initialization && !initialization_)
      initialization_ = co_await fetch_piece(*rendition_.initialization);
    for (const std::size_t i : chosen) {
      if (done_.state != FetchState::had) co_return;
      if (pieces_[i] || missing_.contains(i)) continue;
      if (bytes_kept_ > desk_.settings.most_media_bytes) {
        done_.state = FetchState::refused;
        done_.words = "its pieces have more bytes than are fetched";
        co_return;
      }
      pieces_[i] = co_await fetch_piece(rendition_.pieces[i]);
      if (!pieces_[i]) pass_over(i);
    }
    if (done_.state == FetchState::had && missing_.size() == pieces_.size()) done_.state = FetchState::gone;
  }

  /// A piece that is not to be had (a gap, an advertisement elsewhere) leaves the others what they are.
  void pass_over(std::size_t piece) {
    if (done_.state != FetchState::gone && done_.state != FetchState::refused) return;
    if (missing_.size() >= kMostMissing) return;
    missing_.insert(piece);
    done_.state = FetchState::had;
  }

  Task<std::optional<FilePiece>> fetch_piece(crawler::MediaPiece piece) {
    CrawlAsk ask = new_ask(piece.url);
    ask.order.most_bytes = piece.bytes > 0 ? piece.bytes : desk_.settings.most_media_bytes;
    ask.order.time_limit = 5min;
    if (piece.first_byte > 0 || piece.bytes > 0)
      ask.order.range = std::pair(piece.first_byte, piece.bytes > 0 ? piece.first_byte + piece.bytes : 0);
    const CrawlAnswer answer = co_await get(std::move(ask));
    if (done_.state != FetchState::had) co_return std::nullopt;
    if (answer.exchange.status == 200 && piece.first_byte > 0) {
      done_.state = FetchState::gone;
      done_.words = "its pieces are ranges of a file, and the server knows no ranges";
      co_return std::nullopt;
    }
    const auto range = content_range_of(answer.exchange.response_head);
    if (answer.exchange.status == 206 && range && range->first != piece.first_byte) {
      done_.state = FetchState::failed;
      done_.words = "the server sends other bytes than it is asked for";
      co_return std::nullopt;
    }
    bytes_kept_ += answer.exchange.body_bytes;
    co_return FilePiece{answer.exchange.body, 0, answer.exchange.body_bytes, 0};
  }

  void lay_out(bool is_whole) {
    std::error_code ignored;
    std::filesystem::remove(file_.path(), ignored);
    done_.pieces.clear();
    std::uint64_t size = 0;
    const auto append = [&](FilePiece piece) {
      piece.at = size;
      size += piece.bytes;
      if (piece.bytes == 0) return;
      append_bytes(file_.path(), piece.body, {0, piece.bytes});
      done_.pieces.push_back(std::move(piece));
    };
    if (initialization_) append(*initialization_);
    std::size_t count = 0;
    Duration shown{0};
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (!pieces_[i]) continue;
      append(*pieces_[i]);
      ++count;
      shown += rendition_.pieces[i].time.length();
    }
    const Duration all = rendition_.pieces.back().time.end - rendition_.pieces.front().time.begin;
    const double share = all > Duration{0} ? to_seconds(shown) / to_seconds(all) : 1;
    is_whole = is_whole && missing_.empty();
    done_.is_whole = is_whole;
    done_.file = file_.path();
    done_.bytes_offered =
        is_whole ? bytes_kept_
        : bandwidth_ > 0
            ? static_cast<std::uint64_t>(to_seconds(all) * static_cast<double>(bandwidth_) / 8)
            : static_cast<std::uint64_t>(static_cast<double>(bytes_kept_) / std::max(share, 1e-3));
    done_.words = std::to_string(count) + " of " + std::to_string(pieces_.size()) + " pieces";
  }

  CrawlDesk& desk_;
  VisitExchanges& kept_;
  VideoAsk ask_;
  CrawlPurpose purpose_ = CrawlPurpose::sample;
  ScratchFile file_;
  VideoFetched done_;
  crawler::Rendition rendition_;
  std::uint64_t bandwidth_ = 0;
  std::uint64_t bytes_kept_ = 0;
  std::optional<FilePiece> initialization_;
  std::vector<std::optional<FilePiece>> pieces_;
  std::set<std::size_t> missing_;  ///< pieces that are not to be had
};

}  // namespace

std::unique_ptr<VideoFetch> playlist_fetch(CrawlDesk& desk, VisitExchanges& kept, VideoAsk ask) {
  return std::make_unique<PlaylistFetch>(desk, kept, std::move(ask));
}

}  // namespace reelprint::pipeline
