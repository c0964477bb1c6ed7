#include "pipeline/sighting_capture.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.h"
#include "crawler/normal_url.h"
#include "crawler/screenshot.h"
#include "evidence/warc_writer.h"
#include "fingerprint/sha256.h"
#include "pipeline/sighting_custody.h"
#include "store/sightings.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMostPage = std::uint64_t{32} << 20;
constexpr std::size_t kMostHops = 6;

/// One exchange and what its record says besides.
struct Kept {
  ScratchFile body;
  Exchange exchange;
  evidence::WarcNote note;
};

class CaptureVisit {
 public:
  CaptureVisit(CrawlDesk& desk, Sighting sighting) : desk_(desk), sighting_(std::move(sighting)) {}

  Task<void> make() {
    if (!sighting_.page_url.empty()) co_await keep(sighting_.page_url, kMostPage);
    co_await keep(sighting_.location, desk_.settings.most_capture_bytes);
    if (!has_answer_) co_return;
    const std::filesystem::path folder = captures_folder(desk_.settings.data);
    const std::string name = "sighting-" + std::to_string(sighting_.id.value) + "-" +
                             std::to_string(desk_.now().time_since_epoch().count()) + ".warc.gz";
    store::Capture capture;
    capture.sighting = sighting_.id;
    capture.file = name;
    capture.at = desk_.now();
    capture.screenshot_missing_why = "screenshots are off";
    auto work = desk_.loop.work([&](const std::stop_token& stop) {
      std::filesystem::create_directories(folder);
      if (desk_.settings.takes_screenshots) draw(capture, folder, stop);
      write(folder / name);
      capture.digest = fingerprint::sha256_of_file(folder / name, stop);
      capture.bytes = std::filesystem::file_size(folder / name);
    });
    co_await work;
    store::Transaction change(desk_.store.database(), store::Transaction::Kind::write);
    store::Sightings(desk_.store.database()).add_capture(capture);
    note_capture(desk_.store, sighting_, capture);
    change.commit();
  }

 private:
  /// The address and what it is redirected to.
  Task<void> keep(std::string url, std::uint64_t most_bytes) {
    std::string redirected_from;
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
      has_answer_ = has_answer_ || answer.exchange.status > 0;
      const auto next = crawler::resolve_url(url, header_of(answer.exchange.response_head, "Location"));
      const int status = answer.exchange.status;
      kept_.push_back({std::move(body), answer.exchange, note_of(redirected_from)});
      if (status < 300 || status >= 400 || status == 304 || !next) co_return;
      redirected_from = url;
      url = *next;
    }
  }

  [[nodiscard]] evidence::WarcNote note_of(const std::string& redirected_from) const {
    evidence::WarcNote note;
    note.purpose = to_string(CrawlPurpose::capture);
    note.redirected_from = redirected_from;
    note.facts = {{"sighting", std::to_string(sighting_.id.value)},
                  {"request", std::to_string(sighting_.request.value)}};
    return note;
  }

  /// The page as it was captured, on another thread.
  void draw(store::Capture& capture, const std::filesystem::path& folder, const std::stop_token& stop) {
    const auto is_page = [&](const Kept& kept) {
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

  void write(const std::filesystem::path& file) const {
    evidence::WarcDescription description;
    description.software = desk_.settings.product;
    description.user_agent = desk_.settings.fetch.user_agent;
    description.description =
        "capture of " + (sighting_.page_url.empty() ? sighting_.location : sighting_.page_url);
    description.made_at = kept_.front().exchange.began_at;
    evidence::WarcWriter warc(file, description);
    std::string shown;
    for (const Kept& kept : kept_) {
      const std::string record = warc.add(kept.exchange, kept.note);
      if (kept.exchange.url == picture_of_) shown = record;
    }
    if (!picture_.empty())
      warc.add_resource({picture_of_, picture_, "image/png", kept_.front().exchange.ended_at, shown});
    warc.commit();
  }

  CrawlDesk& desk_;
  Sighting sighting_;
  std::vector<Kept> kept_;
  bool has_answer_ = false;
  std::filesystem::path picture_folder_ = desk_.new_file();
  std::filesystem::path picture_;
  std::string picture_of_;  ///< the page's URL
};

}  // namespace

std::filesystem::path captures_folder(const std::filesystem::path& data) {
  return data / "captures";
}

Task<void> capture_sighting(CrawlDesk& desk, Sighting sighting) {
  CaptureVisit visit(desk, std::move(sighting));
  co_await visit.make();
}

}  // namespace reelprint::pipeline
