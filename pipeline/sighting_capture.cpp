#include "pipeline/sighting_capture.h"

#include <algorithm>
#include <exception>
#include <map>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.h"
#include "crawler/discovery.h"
#include "crawler/normal_url.h"
#include "crawler/screenshot.h"
#include "evidence/warc_writer.h"
#include "fingerprint/sha256.h"
#include "pipeline/fetched_bytes.h"
#include "pipeline/partial_file.h"
#include "pipeline/sighting_custody.h"
#include "store/sightings.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMostPage = std::uint64_t{32} << 20;
constexpr std::size_t kMostHops = 6;

/// What a reader is told of joined media.
std::string media_type_of(const std::filesystem::path& file) {
  const std::string begin = read_bytes(file, {0, 4096});
  const std::string_view kind = crawler::sniff(std::as_bytes(std::span(begin)), "");
  if (kind == "mp4" || kind == "webm") return "video/" + std::string(kind);
  return kind == "ts" ? "video/mp2t" : "application/octet-stream";
}

bool is_redirect(const Exchange& exchange) {
  return exchange.status / 100 == 3 && exchange.status != 304;
}

class CaptureVisit {
 public:
  CaptureVisit(CrawlDesk& desk, Sighting sighting, std::optional<store::CaptureDue> due)
      : desk_(desk), sighting_(std::move(sighting)), due_(std::move(due)) {}

  /// From what led to the copy; what is missing there is asked for.
  Task<void> make() {
    take_kept();
    if (!sighting_.page_url.empty() && !has_page()) co_await ask(sighting_.page_url, kMostPage);
    if (!has_media()) co_await ask(sighting_.location, desk_.settings.most_capture_bytes);
    if (!has_answer()) co_return;
    store::Capture capture;
    capture.sighting = sighting_.id;
    capture.file = "sighting-" + std::to_string(sighting_.id.value) + "-" +
                   std::to_string(desk_.now().time_since_epoch().count()) + ".warc.gz";
    capture.at = desk_.now();
    capture.screenshot_missing_why = "screenshots are off";
    auto work = desk_.loop.work([&](const std::stop_token& stop) { write(capture, stop); });
    co_await work;
    store::Transaction change(desk_.store.database(), store::Transaction::Kind::write);
    store::Sightings(desk_.store.database()).add_capture(capture);
    note_capture(desk_.store, sighting_, capture);
    change.commit();
  }

 private:
  void take_kept() {
    store::CrawlExchanges exchanges(desk_.store.database());
    kept_ = kept_exchanges(exchanges.of_sighting(sighting_.id), desk_.kept);
    if (!due_) return;
    pieces_ = pieces_in(due_->pieces);
    if (!due_->file.empty()) assembled_ = desk_.kept.file(due_->file);
  }

  [[nodiscard]] bool has_page() const {
    return std::ranges::any_of(kept_, [this](const KeptExchange& kept) {
      return kept.exchange.url == sighting_.page_url && kept.exchange.status / 100 == 2;
    });
  }
  [[nodiscard]] bool has_media() const {
    return std::ranges::any_of(kept_, [](const KeptExchange& kept) {
      return kept.id != 0 && !kept.is_of_page && kept.exchange.status / 100 == 2;
    });
  }
  [[nodiscard]] bool has_answer() const {
    return std::ranges::any_of(kept_, [](const KeptExchange& kept) { return kept.exchange.status > 0; });
  }

  /// The address and what it is redirected to.
  Task<void> ask(std::string url, std::uint64_t most_bytes) {
    for (std::size_t hop = 0; hop < kMostHops; ++hop) {
      ScratchFile body(desk_.new_file());
      CrawlAsk ask;
      ask.source = sighting_.source;
      ask.purpose = CrawlPurpose::capture;
      ask.order.url = url;
      ask.order.body = body.path();
      ask.order.most_bytes = most_bytes;
      ask.order.wants_identity = true;
      ask.order.time_limit = 15min;
      const CrawlAnswer answer = co_await desk_.requests.ask(std::move(ask));
      if (!answer.refused.empty()) co_return;
      bodies_.push_back(std::move(body));
      kept_.push_back({0, CrawlPurpose::capture, false, answer.exchange});
      const auto next = crawler::resolve_url(url, header_of(answer.exchange.response_head, "Location"));
      if (!is_redirect(answer.exchange) || !next) co_return;
      url = *next;
    }
  }

  /// All that is kept, on another thread.
  void write(store::Capture& capture, const std::stop_token& stop) {
    const std::filesystem::path folder = captures_folder(desk_.settings.data);
    const std::filesystem::path file = folder / capture.file;
    std::filesystem::create_directories(folder);
    if (desk_.settings.takes_screenshots) draw(capture, folder, stop);
    write_warc(file);
    capture.digest = fingerprint::sha256_of_file(file, stop);
    capture.bytes = std::filesystem::file_size(file);
  }

  [[nodiscard]] evidence::WarcNote note_of(const KeptExchange& kept) const {
    evidence::WarcNote note;
    note.purpose = to_string(kept.purpose);
    for (const KeptExchange& before : kept_) {
      const Exchange& from = before.exchange;
      if (!is_redirect(from)) continue;
      const auto to = crawler::resolve_url(from.url, header_of(from.response_head, "Location"));
      if (to && *to == kept.exchange.url) note.redirected_from = from.url;
    }
    note.facts = {{"sighting", std::to_string(sighting_.id.value)},
                  {"request", std::to_string(sighting_.request.value)}};
    return note;
  }

  /// The page as it was captured, on another thread.
  void draw(store::Capture& capture, const std::filesystem::path& folder, const std::stop_token& stop) {
    const auto is_page = [&](const KeptExchange& kept) {
      return kept.exchange.status == 200 && kept.exchange.url != sighting_.location &&
             header_of(kept.exchange.response_head, "Content-Type").starts_with("text/html");
    };
    const auto page = std::ranges::find_if(kept_, is_page);
    if (page == kept_.end()) {
      capture.screenshot_missing_why = "there is no page of HTML";
      return;
    }
    const std::filesystem::path work = picture_folder_;
    std::filesystem::create_directories(work);
    const std::string type = header_of(page->exchange.response_head, "Content-Type");
    const std::size_t charset = type.find("charset=");
    const auto shot = crawler::take_screenshot(
        page->exchange.body, charset == std::string::npos ? std::string() : type.substr(charset + 8), work,
        {}, stop);
    capture.screenshot_missing_why = shot.problem;
    if (!shot.file.empty()) {
      capture.screenshot = std::filesystem::path(capture.file).stem().stem().string() + ".png";
      std::filesystem::rename(shot.file, folder / capture.screenshot);
      picture_of_ = page->exchange.url;
      picture_ = folder / capture.screenshot;
    }
    std::error_code ignored;
    std::filesystem::remove_all(work, ignored);
  }

  void write_warc(const std::filesystem::path& file) {
    evidence::WarcDescription description;
    description.software = desk_.settings.product;
    description.user_agent = desk_.settings.fetch.user_agent;
    description.description =
        "capture of " + (sighting_.page_url.empty() ? sighting_.location : sighting_.page_url);
    description.made_at = kept_.front().exchange.began_at;
    evidence::WarcWriter warc(file, description);
    std::map<std::string, std::string> records;
    std::uint64_t left = desk_.settings.most_capture_bytes;
    for (const KeptExchange& kept : kept_) {
      const std::string record = warc.add(cut(kept.exchange, left), note_of(kept));
      records[kept.exchange.body.filename().string()] = record;
      if (kept.exchange.url == picture_of_) shown_ = record;
    }
    if (!assembled_.empty()) add_assembly(warc, records);
    if (!picture_.empty())
      warc.add_resource({picture_of_, picture_, "image/png", kept_.front().exchange.ended_at, shown_});
    warc.commit();
  }

  /// As much of its content as there is room left for.
  Exchange cut(Exchange exchange, std::uint64_t& left) const {
    const std::uint64_t bytes = std::min(left, exchange.body_bytes);
    left -= bytes;
    if (bytes == exchange.body_bytes) return exchange;
    exchange.body_bytes = bytes;
    exchange.is_truncated = true;
    exchange.body_digest = {};
    if (bytes > 0) {
      append_bytes(cut_.path(), exchange.body, {0, bytes});
      exchange.body_digest = fingerprint::sha256_of_file(cut_.path());
    }
    exchange.body = bytes > 0 ? cut_.path() : std::filesystem::path();
    return exchange;
  }

  void add_assembly(evidence::WarcWriter& warc, const std::map<std::string, std::string>& records) const {
    evidence::WarcWriter::Assembly assembly;
    assembly.url = sighting_.location;
    assembly.bytes = std::filesystem::file_size(assembled_);
    if (assembly.bytes <= desk_.settings.most_capture_bytes) assembly.file = assembled_;
    assembly.media_type = media_type_of(assembled_);
    assembly.is_whole = sighting_.media != Sha256{};
    for (const KeptExchange& kept : kept_)
      if (kept.id != 0) assembly.made_at = std::max(assembly.made_at, kept.exchange.ended_at);
    for (const FilePiece& piece : pieces_) {
      const auto record = records.find(piece.body.string());
      if (record != records.end())
        assembly.pieces.push_back({record->second, piece.from, piece.bytes, piece.at});
    }
    warc.add_assembly(assembly);
  }

  CrawlDesk& desk_;
  Sighting sighting_;
  std::optional<store::CaptureDue> due_;
  std::vector<KeptExchange> kept_;
  std::vector<ScratchFile> bodies_;  ///< of what was asked
  ScratchFile cut_{desk_.new_file()};
  std::filesystem::path assembled_;
  std::vector<FilePiece> pieces_;
  std::filesystem::path picture_folder_ = desk_.new_file();
  std::filesystem::path picture_;
  std::string picture_of_;  ///< the page's URL
  std::string shown_;       ///< its record
};

}  // namespace

std::filesystem::path captures_folder(const std::filesystem::path& data) {
  return data / "captures";
}

Task<void> capture_sighting(CrawlDesk& desk, Sighting sighting) {
  CaptureVisit visit(desk, std::move(sighting), std::nullopt);
  co_await visit.make();
}

Task<void> write_capture(CrawlDesk& desk, store::CaptureDue due) {
  const SightingId id = due.sighting;
  const auto sighting = store::Sightings(desk.store.database()).find(id);
  std::exception_ptr problem;
  if (sighting) {
    CaptureVisit visit(desk, *sighting, std::move(due));
    try {
      co_await visit.make();
    } catch (const Error& error) {
      if (error.code() == ErrorCode::cancelled) throw;
      problem = std::current_exception();
    } catch (const std::exception&) {
      problem = std::current_exception();
    }
  }
  desk.kept.remove(store::CrawlExchanges(desk.store.database()).end_capture(id));
  if (problem) std::rethrow_exception(problem);
}

}  // namespace reelprint::pipeline
