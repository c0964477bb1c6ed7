// A video that is one file: fetched by ranges, laid where they belong in a file with holes.
#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "crawler/discovery.h"
#include "pipeline/fetched_bytes.h"
#include "pipeline/mp4_index.h"
#include "pipeline/video_fetch.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kHeadBytes = std::uint64_t{256} << 10;
constexpr std::uint64_t kMostGap = std::uint64_t{128} << 10;  ///< fetched along rather than asked around
constexpr std::uint64_t kSniffed = 4096;
constexpr std::array<std::string_view, 7> kDocuments{"html", "hls", "dash", "xml", "json", "text", "image"};
constexpr int kMostCuts = 3;  ///< connections cut in a visit that it goes on after
constexpr std::uint64_t kMostAtOnce = std::uint64_t{16} << 20;  ///< what a kill costs at most

class FileFetch final : public VideoFetch {
 public:
  FileFetch(CrawlDesk& desk, VisitExchanges& kept, VideoAsk ask)
      : desk_(desk), kept_(kept), ask_(std::move(ask)), file_(desk.new_file()), sample_(desk.new_file()) {}

  Task<VideoFetched> sample() override {
    co_await fetch_head();
    if (done_.state != FetchState::had || done_.is_whole) co_return done_;
    co_await sample_by_ranges();
    if (is_without_ranges_after_all()) {
      co_await fetch_begin();
      describe();
    }
    co_return done_;
  }

  Task<VideoFetched> whole() override {
    if (done_.is_whole) co_return done_;
    const std::uint64_t most = desk_.settings.most_media_bytes;
    if (total_ > most)
      co_return fail(FetchState::refused, "the whole has " + megabytes(total_) + ", more than is fetched");
    ask_purpose_ = CrawlPurpose::whole;
    const std::vector<ByteStretch> all(1, ByteStretch{0, total_});
    if (has_ranges_) co_await fetch_all(all);
    if (!has_ranges_) co_await fetch_in_one(most);
    if (done_.state != FetchState::had) co_return done_;
    done_.is_whole = true;
    done_.words = "all of " + megabytes(total_);
    if (has_ranges_) {
      done_.file = file_.path();
      done_.pieces = stretches_.pieces();
    }
    co_return done_;
  }

 private:
  Task<void> sample_by_ranges() {
    const SampleSettings& settings = desk_.settings.sample;
    if (!has_ranges_) {
      describe();
      co_return;
    }
    if (total_ <= settings.whole_up_to_bytes) {
      co_await whole();
      co_return;
    }
    if (kind_ == "mp4") co_await find_index();
    if (done_.state != FetchState::had) co_return;
    const std::vector<ByteStretch> wanted = plan();
    if (is_hardly_less(wanted)) {
      co_await whole();
      co_return;
    }
    co_await fetch_all(wanted);
    if (done_.state == FetchState::had) lay_out();
    describe();
  }

  /// It gave the first bytes as a range, and all of them when it was asked for others.
  [[nodiscard]] bool is_without_ranges_after_all() const {
    return done_.state == FetchState::changed && !has_ranges_;
  }

  /// Than the whole.
  [[nodiscard]] bool is_hardly_less(const std::vector<ByteStretch>& stretches) const {
    return 5 * bytes_of(stretches) > 4 * total_;
  }

  /// There is nothing to go on with, and why.
  const VideoFetched& fail(FetchState state, std::string words) {
    done_.state = state;
    done_.words = std::move(words);
    return done_;
  }

  [[nodiscard]] CrawlAsk new_ask() {
    CrawlAsk ask = ask_for(ask_, kept_, ask_purpose_);
    if (!done_.url.empty()) ask.order.url = done_.url;
    ask.order.wants_identity = true;
    return ask;
  }

  /// The first bytes; of a server that knows no ranges, as much as a sample of it may have.
  Task<void> fetch_head() {
    CrawlAsk ask = new_ask();
    ask.order.range = std::pair(std::uint64_t{0}, kHeadBytes);
    ask.order.most_bytes = desk_.settings.sample.cut_bytes;
    ask.order.wants_body = [](const Exchange& so_far) { return so_far.status < 300; };
    const CrawlAnswer answer =
        co_await desk_.requests.follow(std::move(ask), [](const std::string&) { return std::string(); });
    take_answer(done_, answer);
    if (done_.state != FetchState::had) co_return;
    // A range that does not say which, or of what, may be any; and several in one are no file.
    const auto range = content_range_of(answer.exchange.response_head);
    const bool is_odd = answer.exchange.status == 206 && (!range || range->first != 0);
    if (is_odd)
      co_await fetch_begin();
    else
      take_head(answer.exchange);
  }

  /// As `fetch_head`, of a server whose ranges are of no use.
  Task<void> fetch_begin() {
    CrawlAsk ask = new_ask();
    ask.order.most_bytes = desk_.settings.sample.cut_bytes;
    const CrawlAnswer answer = co_await desk_.requests.ask(std::move(ask));
    take_answer(done_, answer);
    if (done_.state == FetchState::had) take_head(answer.exchange);
  }

  void take_head(const Exchange& exchange) {
    const std::string& head = exchange.response_head;
    const auto range = content_range_of(head);
    has_ranges_ = exchange.status == 206 && range && range->first == 0;
    etag_ = header_of(head, "ETag");
    total_ = range ? range->total : content_length_of(head);
    done_.is_whole = has_ranges_ ? exchange.body_bytes >= total_ : !exchange.is_truncated;
    if (done_.is_whole) total_ = exchange.body_bytes;
    done_.bytes_offered = total_;
    take_as_it_is(exchange);
    const std::string begin = read_bytes(exchange.body, {0, kSniffed});
    kind_ = crawler::sniff(std::as_bytes(std::span(begin)), header_of(head, "Content-Type"));
    if (std::ranges::find(kDocuments, kind_) != kDocuments.end()) {
      fail(FetchState::is_page, "it is " + kind_);
      return;
    }
    if (done_.is_whole)
      done_.words = "all of " + megabytes(total_);
    else if (has_ranges_)
      stretches_.put(0, exchange.body, exchange.body_bytes);
  }

  /// The content of one answer is what is looked at.
  void take_as_it_is(const Exchange& exchange) {
    done_.file = exchange.body;
    done_.pieces = {{exchange.body, 0, exchange.body_bytes, 0}};
  }

  Task<void> fetch_stretch(ByteStretch stretch) {
    CrawlAsk ask = new_ask();
    ask.order.range = std::pair(stretch.begin, stretch.end);
    ask.order.most_bytes = stretch.end - stretch.begin;
    ask.order.time_limit = 10min;
    ask.order.wants_body = [](const Exchange& so_far) { return so_far.status == 206; };
    ask.is_resumable = true;
    if (!etag_.empty() && !etag_.starts_with("W/")) ask.order.headers.emplace_back("If-Range", etag_);
    const std::uint64_t before = kept_.wire_bytes();
    const CrawlAnswer answer = co_await desk_.requests.ask(std::move(ask));
    take_answer(done_, answer);
    take_stretch(stretch, answer.exchange, kept_.wire_bytes() > before);
  }

  /// A beginning of what was asked for is of use, when the connection was cut. `is_new`: it just came.
  void take_stretch(ByteStretch stretch, const Exchange& exchange, bool is_new) {
    const bool is_cut = exchange.status == 206 && exchange.body_bytes > 0 && !exchange.error_code.empty();
    if (done_.state != FetchState::had && !is_cut) return;
    const auto range = content_range_of(exchange.response_head);
    const bool is_same = exchange.status == 206 && range && range->first == stretch.begin &&
                         range->total == total_ && header_of(exchange.response_head, "ETag") == etag_;
    if (!is_same) {
      const bool is_all_of_it = exchange.status == 200 &&
                                content_length_of(exchange.response_head) == total_ &&
                                header_of(exchange.response_head, "ETag") == etag_;
      if (is_all_of_it) has_ranges_ = false;
      if (!is_cut) fail(FetchState::changed, "the file changed while it was fetched");
      return;
    }
    stretches_.put(stretch.begin, exchange.body, exchange.body_bytes);
    if (is_cut && (!is_new || ++cuts_ <= kMostCuts))
      done_.state = FetchState::had;
    else if (!is_cut && exchange.body_bytes < stretch.end - stretch.begin)
      fail(FetchState::failed, "the server sends less than it is asked for");
  }

  Task<void> fetch_all(std::vector<ByteStretch> stretches) {
    for (const ByteStretch& stretch : stretches) {
      while (done_.state == FetchState::had) {
        const auto gaps = stretches_.missing(std::vector<ByteStretch>(1, stretch));
        if (gaps.empty()) break;
        const std::uint64_t begin = gaps.front().begin;
        co_await fetch_stretch(ByteStretch{begin, std::min(gaps.front().end, begin + kMostAtOnce)});
      }
    }
  }

  /// From a server that knows no ranges: from the beginning, whatever is known of it.
  Task<void> fetch_in_one(std::uint64_t most) {
    CrawlAsk ask = new_ask();
    ask.order.most_bytes = most;
    ask.order.time_limit = 30min;
    const CrawlAnswer answer = co_await desk_.requests.ask(std::move(ask));
    take_answer(done_, answer);
    if (done_.state != FetchState::had) co_return;
    total_ = answer.exchange.body_bytes;
    take_as_it_is(answer.exchange);
    if (answer.exchange.is_truncated)
      fail(FetchState::refused, "the whole has more than the " + megabytes(most) + " that are fetched");
  }

  /// For the index of an MP4. False: there is nothing to go on with.
  Task<bool> fetch_for_index(ByteStretch stretch) {
    co_await fetch_all(std::vector<ByteStretch>(1, stretch));
    co_return done_.state == FetchState::had;
  }

  Task<void> find_index() {
    index_.emplace(stretches_, done_.url, total_,
                   [this](ByteStretch stretch) { return fetch_for_index(stretch); });
    co_await index_->find();
    if (index_->is_protected()) fail(FetchState::is_locked, "it is encrypted, and left alone");
  }

  /// By the map of its seconds where there is one; else by bytes, and of what cannot be read in pieces, its
  /// beginning.
  [[nodiscard]] std::vector<ByteStretch> plan() const {
    const SampleSettings& settings = desk_.settings.sample;
    std::vector<ByteStretch> wanted;
    if (index_ && index_->is_known()) {
      wanted = index_->sample(settings);
    } else if (kind_ == "mp4" || kind_ == "avi") {
      wanted.push_back({0, std::min(total_, settings.cut_bytes)});
    } else {
      wanted = sample_stretches(total_, ask_.duration.value_or(Duration{0}), settings);
    }
    return stretches_.missing(joined_stretches(std::move(wanted), kMostGap));
  }

  /// An MP4 is read by its index, holes and all; anything else from its beginning to its end: its stretches
  /// are put one behind the other, of a file in fragments only whole ones.
  void lay_out() {
    const bool is_known = index_ && index_->is_known();
    if (is_known && !index_->is_in_fragments()) {
      std::filesystem::resize_file(file_.path(), total_);
      done_.file = file_.path();
      done_.pieces = stretches_.pieces();
      return;
    }
    done_.pieces = stretches_.close_up(sample_.path(),
                                       is_known ? index_->sample(desk_.settings.sample) : stretches_.had());
    done_.file = sample_.path();
  }

  void describe() {
    if (done_.state != FetchState::had) return;
    std::uint64_t sum = 0;
    for (const FilePiece& piece : done_.pieces) sum += piece.bytes;
    const std::size_t stretches = std::max<std::size_t>(1, stretches_.had().size());
    done_.words = megabytes(sum) + (total_ > 0 ? " of " + megabytes(total_) : " of its beginning") + " in " +
                  std::to_string(stretches) + (stretches == 1 ? " stretch" : " stretches");
  }

  CrawlDesk& desk_;
  VisitExchanges& kept_;
  VideoAsk ask_;
  CrawlPurpose ask_purpose_ = CrawlPurpose::sample;
  ScratchFile file_;    ///< with holes
  ScratchFile sample_;  ///< without
  VideoFetched done_;
  std::string kind_;
  std::string etag_;
  std::uint64_t total_ = 0;
  bool has_ranges_ = false;
  int cuts_ = 0;
  PartialFile stretches_{file_.path()};
  std::optional<Mp4Index> index_;  ///< of an MP4
};

}  // namespace

std::unique_ptr<VideoFetch> file_fetch(CrawlDesk& desk, VisitExchanges& kept, VideoAsk ask) {
  return std::make_unique<FileFetch>(desk, kept, std::move(ask));
}

}  // namespace reelprint::pipeline
