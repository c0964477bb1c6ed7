// A video that is one file: fetched by ranges, laid where they belong in a file with holes.
#include <algorithm>
#include <charconv>
#include <fstream>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "crawler/discovery.h"
#include "crawler/mp4_map.h"
#include "pipeline/fetched_bytes.h"
#include "pipeline/video_fetch.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kHeadBytes = std::uint64_t{256} << 10;
constexpr std::uint64_t kMostGap = std::uint64_t{128} << 10;  ///< fetched along rather than asked around
constexpr std::size_t kSniffed = 4096;
constexpr int kMostIndexSteps = 32;  ///< requests until the index of an MP4 is had
constexpr std::uint64_t kMostIndex = std::uint64_t{32} << 20;

/// The whole's size in "bytes 0-99/1234".
std::optional<std::uint64_t> total_in(std::string_view content_range) {
  const std::size_t slash = content_range.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::uint64_t total = 0;
  const std::string_view digits = content_range.substr(slash + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), total);
  return error == std::errc() && end == digits.data() + digits.size() ? std::optional(total) : std::nullopt;
}

std::uint64_t number_in(const std::string& digits) {
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::vector<std::byte> begin_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<std::byte> bytes(kSniffed);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
  return bytes;
}

class FileFetch final : public VideoFetch {
 public:
  FileFetch(CrawlDesk& desk, VideoAsk ask)
      : desk_(desk), ask_(std::move(ask)), file_(desk.new_file()), sample_(desk.new_file()) {}

  Task<VideoFetched> sample() override {
    co_await fetch_head();
    if (done_.state != FetchState::had || done_.is_whole) co_return done_;
    const SampleSettings& settings = desk_.settings.sample;
    if (!has_ranges_) {
      describe();
      co_return done_;
    }
    if (total_ <= settings.whole_up_to_bytes) co_return co_await whole();
    if (kind_ == "mp4") co_await fetch_map();
    if (done_.state != FetchState::had) co_return done_;
    const std::vector<ByteStretch> wanted = plan();
    if (share_of(wanted) > kHardlyMore) co_return co_await whole();
    co_await fetch_all(wanted);
    if (done_.state == FetchState::had) lay_out();
    describe();
    co_return done_;
  }

  Task<VideoFetched> whole() override {
    if (done_.is_whole) co_return done_;
    const std::uint64_t most = desk_.settings.most_media_bytes;
    if (total_ > most) {
      done_.words = "the whole has " + megabytes(total_) + ", more than is fetched";
      done_.state = FetchState::refused;
      co_return done_;
    }
    ask_purpose_ = CrawlPurpose::whole;
    if (has_ranges_)
      co_await fetch_all(missing());
    else
      co_await fetch_in_one(most);
    if (done_.state == FetchState::had) {
      done_.is_whole = true;
      done_.file = file_.path();
      done_.words = "all of " + megabytes(total_);
    }
    co_return done_;
  }

 private:
  static constexpr double kHardlyMore = 0.8;

  [[nodiscard]] CrawlAsk new_ask(const std::filesystem::path& body) const {
    CrawlAsk ask;
    ask.source = ask_.source;
    ask.url_id = ask_.url_id;
    ask.purpose = ask_purpose_;
    ask.order.url = done_.url.empty() ? ask_.way.url : done_.url;
    ask.order.body = body;
    ask.order.wants_identity = true;
    return ask;
  }

  /// The first bytes; of a server that knows no ranges, as much as a sample of it may have.
  Task<void> fetch_head() {
    CrawlAsk ask = new_ask(file_.path());
    ask.order.range = std::pair(std::uint64_t{0}, kHeadBytes);
    ask.order.most_bytes = desk_.settings.sample.cut_bytes;
    ask.order.wants_body = [](const Exchange& so_far) { return so_far.status < 300; };
    const CrawlAnswer answer =
        co_await desk_.requests.follow(std::move(ask), [](const std::string&) { return std::string(); });
    take_answer(answer);
    if (done_.state != FetchState::had) co_return;
    const Exchange& exchange = answer.exchange;
    has_ranges_ = exchange.status == 206;
    etag_ = header_of(exchange.response_head, "ETag");
    const auto total = total_in(header_of(exchange.response_head, "Content-Range"));
    if (has_ranges_ && !total) has_ranges_ = false;
    total_ = total.value_or(number_in(header_of(exchange.response_head, "Content-Length")));
    had_ = {{0, exchange.body_bytes}};
    done_.is_whole = has_ranges_ ? exchange.body_bytes >= total_ : !exchange.is_truncated;
    if (done_.is_whole) total_ = exchange.body_bytes;
    done_.bytes_offered = total_;
    done_.file = file_.path();
    kind_ = crawler::sniff(begin_of(file_.path()), header_of(exchange.response_head, "Content-Type"));
    if (kind_ == "html" || kind_ == "hls" || kind_ == "dash" || kind_ == "xml" || kind_ == "json" ||
        kind_ == "text" || kind_ == "image") {
      done_.state = FetchState::is_page;
      done_.words = "it is " + kind_;
    }
    if (done_.is_whole) done_.words = "all of " + megabytes(total_);
  }

  void take_answer(const CrawlAnswer& answer) {
    const int status = answer.exchange.status;
    done_.bytes += answer.exchange.wire_bytes;
    done_.status = status;
    done_.try_at = answer.try_at;
    done_.words = answer.words();
    if (answer.is_ok()) {
      done_.state = FetchState::had;
      done_.url = answer.url;
      done_.address = answer.exchange.address;
    } else if (!answer.refused.empty() || answer.exchange.error_code == "forbidden_address" ||
               answer.exchange.error_code == "invalid_url") {
      done_.state = answer.try_at ? FetchState::failed : FetchState::refused;
    } else if (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429) {
      done_.state = FetchState::gone;
    } else {
      done_.state = FetchState::failed;
    }
  }

  Task<void> fetch_stretch(ByteStretch stretch) {
    const ScratchFile part(desk_.new_file());
    CrawlAsk ask = new_ask(part.path());
    ask.order.range = std::pair(stretch.begin, stretch.end);
    ask.order.most_bytes = stretch.end - stretch.begin;
    ask.order.time_limit = 10min;
    ask.order.wants_body = [](const Exchange& so_far) { return so_far.status == 206; };
    if (!etag_.empty() && !etag_.starts_with("W/")) ask.order.headers.emplace_back("If-Range", etag_);
    const CrawlAnswer answer = co_await desk_.requests.ask(std::move(ask));
    take_answer(answer);
    if (done_.state != FetchState::had) co_return;
    const auto total = total_in(header_of(answer.exchange.response_head, "Content-Range"));
    if (answer.exchange.status != 206 || total != total_) {
      done_.state = FetchState::failed;
      done_.words = "the file changed while it was fetched";
      co_return;
    }
    write_at(file_.path(), stretch.begin, part.path());
    had_.push_back({stretch.begin, stretch.begin + answer.exchange.body_bytes});
    had_ = joined_stretches(std::move(had_), 0);
  }

  Task<void> fetch_all(std::vector<ByteStretch> stretches) {
    constexpr std::uint64_t kMostAtOnce = std::uint64_t{64} << 20;
    for (ByteStretch stretch : stretches) {
      while (stretch.begin < stretch.end && done_.state == FetchState::had) {
        const ByteStretch part{stretch.begin, std::min(stretch.end, stretch.begin + kMostAtOnce)};
        co_await fetch_stretch(part);
        stretch.begin = part.end;
      }
    }
  }

  /// From a server that knows no ranges.
  Task<void> fetch_in_one(std::uint64_t most) {
    CrawlAsk ask = new_ask(file_.path());
    ask.order.most_bytes = most;
    ask.order.time_limit = 30min;
    const CrawlAnswer answer = co_await desk_.requests.ask(std::move(ask));
    take_answer(answer);
    if (done_.state != FetchState::had) co_return;
    total_ = answer.exchange.body_bytes;
    if (answer.exchange.is_truncated) {
      done_.state = FetchState::refused;
      done_.words = "the whole has more than the " + megabytes(most) + " that are fetched";
    }
  }

  /// The index of an MP4, wherever it lies.
  Task<void> fetch_map() {
    parts_.push_back({0, read_bytes(file_.path(), {0, had_.front().end})});
    for (int step = 0; step < kMostIndexSteps && done_.state == FetchState::had; ++step) {
      std::vector<crawler::FilePart> parts;
      for (const auto& [first, bytes] : parts_) parts.push_back({first, bytes});
      const crawler::MoovSearch search = crawler::find_moov(parts, total_);
      if (search.state == crawler::MoovSearch::State::found) {
        take_map(crawler::bytes_at(parts, search.moov.first, search.moov.bytes));
        if (search.sidx && map_ && map_->is_fragmented) co_await fetch_index(*search.sidx);
        co_return;
      }
      if (search.state != crawler::MoovSearch::State::fetch || search.next.bytes > kMostIndex) co_return;
      const ByteStretch next{search.next.first, search.next.end()};
      co_await fetch_stretch(next);
      if (done_.state != FetchState::had) co_return;
      // What adjoins it belongs to it: an index that begins in the head goes on here.
      for (const ByteStretch& known : had_)
        if (known.begin <= next.begin && next.begin < known.end)
          parts_.push_back({known.begin, read_bytes(file_.path(), known)});
    }
  }

  void take_map(std::string_view moov) {
    map_ = crawler::read_moov(moov);
    if (!map_ || !map_->is_protected) return;
    done_.state = FetchState::is_locked;
    done_.words = "it is encrypted, and left alone";
  }

  /// Of a file in fragments: which bytes are which seconds.
  Task<void> fetch_index(crawler::ByteStretch where) {
    const ByteStretch stretch{where.first, std::min(where.end(), total_)};
    if (where.bytes > kMostIndex) co_return;
    for (const ByteStretch& gap : missing({stretch})) co_await fetch_stretch(gap);
    if (done_.state != FetchState::had) co_return;
    const std::string bytes = read_bytes(file_.path(), stretch);
    const auto pieces = crawler::read_sidx(bytes, {done_.url, where.first, where.bytes, {}});
    if (pieces) pieces_ = *pieces;
  }

  /// By the map of its seconds where there is one; else by bytes, and of what cannot be read in pieces, its
  /// beginning.
  [[nodiscard]] std::vector<ByteStretch> plan() const {
    const SampleSettings& settings = desk_.settings.sample;
    std::vector<ByteStretch> wanted;
    if (!pieces_.empty()) {
      std::vector<Interval> times;
      for (const crawler::MediaPiece& piece : pieces_) times.push_back(piece.time);
      for (const std::size_t i : sample_pieces(times, settings))
        wanted.push_back({pieces_[i].first_byte, pieces_[i].first_byte + pieces_[i].bytes});
    } else if (map_ && !map_->samples.empty()) {
      for (const Interval& window : sample_windows(map_->duration, settings))
        for (const crawler::ByteStretch& stretch : map_->bytes_of(window))
          wanted.push_back({stretch.first, stretch.end()});
    } else if (kind_ == "mp4" || kind_ == "avi") {
      wanted.push_back({0, std::min(total_, settings.cut_bytes)});
    } else {
      wanted = sample_stretches(total_, ask_.duration.value_or(Duration{0}), settings);
    }
    return missing(joined_stretches(std::move(wanted), kMostGap));
  }

  [[nodiscard]] std::vector<ByteStretch> missing(std::vector<ByteStretch> wanted) const {
    std::vector<ByteStretch> gaps;
    for (const ByteStretch& stretch : wanted) {
      std::uint64_t at = stretch.begin;
      for (const ByteStretch& known : had_) {
        if (known.end <= at || known.begin >= stretch.end) continue;
        if (known.begin > at) gaps.push_back({at, known.begin});
        at = std::max(at, known.end);
      }
      if (at < stretch.end) gaps.push_back({at, stretch.end});
    }
    return joined_stretches(std::move(gaps), kMostGap);
  }
  [[nodiscard]] std::vector<ByteStretch> missing() const { return missing({{0, total_}}); }

  [[nodiscard]] double share_of(const std::vector<ByteStretch>& stretches) const {
    std::uint64_t sum = 0;
    for (const ByteStretch& stretch : stretches) sum += stretch.end - stretch.begin;
    return static_cast<double>(sum) / static_cast<double>(std::max<std::uint64_t>(1, total_));
  }

  /// An MP4 is read by its index, holes and all; anything else from its beginning to its end: its stretches
  /// are put one behind the other.
  void lay_out() {
    if (map_ && !map_->samples.empty()) {
      std::filesystem::resize_file(file_.path(), total_);
      return;
    }
    for (const ByteStretch& stretch : had_) append_bytes(sample_.path(), file_.path(), stretch);
    done_.file = sample_.path();
  }

  void describe() {
    std::uint64_t sum = 0;
    for (const ByteStretch& stretch : had_) sum += stretch.end - stretch.begin;
    if (done_.state != FetchState::had) return;
    done_.words = megabytes(sum) + (total_ > 0 ? " of " + megabytes(total_) : " of its beginning") + " in " +
                  std::to_string(had_.size()) + (had_.size() == 1 ? " stretch" : " stretches");
  }

  CrawlDesk& desk_;
  VideoAsk ask_;
  CrawlPurpose ask_purpose_ = CrawlPurpose::sample;
  ScratchFile file_;    ///< with holes
  ScratchFile sample_;  ///< without
  VideoFetched done_;
  std::string kind_;
  std::string etag_;
  std::uint64_t total_ = 0;
  bool has_ranges_ = false;
  std::vector<ByteStretch> had_;
  std::vector<std::pair<std::uint64_t, std::string>> parts_;  ///< of an MP4: where its index was looked for
  std::optional<crawler::Mp4Map> map_;
  std::vector<crawler::MediaPiece> pieces_;  ///< of an MP4 in fragments that has an index
};

}  // namespace

std::unique_ptr<VideoFetch> file_fetch(CrawlDesk& desk, VideoAsk ask) {
  return std::make_unique<FileFetch>(desk, std::move(ask));
}

}  // namespace reelprint::pipeline
