#include "api/http/answer_writer.h"

#include <utility>

#include "api/http/answer_file.h"
#include "api/http/answer_head.h"
#include "api/http/cors.h"
#include "api/http/event_text.h"
#include "api/http/problem.h"

namespace reelprint::api::http {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

/// One of the event streams that the server allows at a time.
class StreamSeat {
 public:
  explicit StreamSeat(Shared& shared) : taken_(shared.event_streams) { ++taken_; }
  ~StreamSeat() { --taken_; }
  StreamSeat(const StreamSeat&) = delete;
  StreamSeat& operator=(const StreamSeat&) = delete;

 private:
  std::atomic<std::size_t>& taken_;
};

class AnswerWriter {
 public:
  AnswerWriter(Link& link, Exchange& exchange)
      : link_(link), exchange_(exchange), settings_(link.shared.settings) {}

  asio::awaitable<bool> send() {
    refuse_stream_too_many();
    if (exchange_.response->file) co_await open_file();
    allow_origin(*exchange_.response, exchange_.request, settings_.cors_origins);
    const bool has_body =
        exchange_.request.method != Method::head && may_have_body(exchange_.response->status);
    bool sent = false;
    if (exchange_.response->events && has_body) {
      sent = co_await send_events();
    } else {
      std::string bytes = head(length());
      if (has_body && !file_) bytes += exchange_.response->body;
      sent = co_await put(bytes);
      if (sent && has_body && file_) sent = co_await send_file();
    }
    co_return sent;
  }

 private:
  void refuse_stream_too_many() {
    if (!exchange_.response->events) return;
    if (link_.shared.event_streams < settings_.limits.event_streams) return;
    Problem problem(503, "too-many-streams", "Too many event streams are open");
    problem.headers.add("Retry-After", "10");
    exchange_.answer(problem);
  }

  asio::awaitable<void> open_file() {
    const auto open = [this] {
      exchange_.guard([&] { file_ = std::make_unique<AnswerFile>(*exchange_.response->file); });
    };
    co_await on_worker(link_.shared.workers, open);
  }

  [[nodiscard]] std::uint64_t length() const {
    return file_ ? file_->size() : exchange_.response->body.size();
  }

  std::string head(std::optional<std::uint64_t> length) {
    Framing framing;
    framing.length = length;
    framing.is_http10 = exchange_.head.is_http10;
    framing.keep_alive = exchange_.keep_alive;
    framing.secure = exchange_.request.secure;
    return head_text(*exchange_.response, exchange_.request, framing);
  }

  /// GCC 12 destroys temporaries of a co_await twice where a condition chooses among them: pass what has a
  /// name.
  asio::awaitable<bool> put(std::string_view bytes) {
    const bool sent = co_await link_.transport->write(bytes, settings_.request.idle_time);
    if (sent) exchange_.sent_bytes += bytes.size();
    co_return sent;
  }

  asio::awaitable<bool> send_file() {
    std::uint64_t offset = 0;
    while (offset < file_->size()) {
      std::string piece;
      bool is_read = false;
      const auto read = [&] {
        exchange_.guard([&] {
          piece = file_->read(offset, kPieceBytes);
          is_read = true;
        });
      };
      co_await on_worker(link_.shared.workers, read);
      if (!is_read || std::chrono::steady_clock::now() > exchange_.deadline(settings_)) co_return false;
      offset += piece.size();
      const bool sent = co_await put(piece);
      if (!sent) co_return false;
    }
    co_return true;
  }

  asio::awaitable<bool> send_events() {
    const StreamSeat seat(link_.shared);
    const bool in_chunks = !exchange_.head.is_http10;
    if (!in_chunks) exchange_.keep_alive = false;
    exchange_.response->headers.set("X-Accel-Buffering", "no");
    const std::string fields = head(std::nullopt);
    bool going_on = co_await put(fields);
    auto last = std::chrono::steady_clock::now();
    while (going_on) {
      std::string text;
      const bool has_ended = co_await next_events(text);
      if (text.empty() && !has_ended && std::chrono::steady_clock::now() - last >= settings_.pacing.heartbeat)
        text = kHeartbeat;
      if (!text.empty()) {
        last = std::chrono::steady_clock::now();
        if (in_chunks) text = chunk_of(text);
        going_on = co_await put(text);
      }
      if (has_ended || link_.winding_down) break;
      if (going_on) co_await rest(link_, settings_.pacing.events);
      going_on = going_on && !link_.cut && !link_.transport->has_left();
    }
    co_await on_worker(link_.shared.workers, [this] { exchange_.response->events.reset(); });
    if (!going_on || !exchange_.failure.empty()) co_return false;
    if (!in_chunks) co_return true;
    co_return co_await put(kLastChunk);
  }

  /// Adds what is new to `text`; true when nothing more will come.
  asio::awaitable<bool> next_events(std::string& text) {
    bool has_ended = true;
    const auto ask = [&] {
      try {
        const auto events = exchange_.response->events->next();
        if (!events) return;
        for (const ServerSentEvent& event : *events) text += event_text(event);
        has_ended = false;
      } catch (const std::exception& error) {
        exchange_.failure = error.what();
      }
    };
    co_await on_worker(link_.shared.workers, ask);
    co_return has_ended;
  }

  Link& link_;
  Exchange& exchange_;
  const ServerSettings& settings_;
  std::unique_ptr<AnswerFile> file_;
};

}  // namespace

asio::awaitable<bool> send_answer(Link& link, Exchange& exchange) {
  AnswerWriter writer(link, exchange);
  co_return co_await writer.send();
}

}  // namespace reelprint::api::http
