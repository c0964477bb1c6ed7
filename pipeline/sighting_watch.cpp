#include "pipeline/sighting_watch.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/files.h"
#include "core/json_object.h"
#include "crawler/discovery.h"
#include "pipeline/sighting_capture.h"
#include "pipeline/sighting_custody.h"
#include "store/cases.h"
#include "store/events.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kGlance = std::uint64_t{64} << 10;  ///< of the media: enough to know what they are
constexpr std::uint64_t kMostPage = std::uint64_t{4} << 20;
constexpr std::chrono::seconds kWhenUnknown = 30min;  ///< after a look that said nothing

bool is_gone(int status) {
  return status == 404 || status == 410 || status == 403 || status == 401 || status == 451;
}

bool is_media(std::string_view kind) {
  constexpr std::array kMedia{"mp4", "webm", "ts", "flv", "avi", "hls", "dash", "other"};
  return std::ranges::find(kMedia, kind) != kMedia.end();
}

bool is_web(const std::string& location) {
  return location.starts_with("http://") || location.starts_with("https://");
}

std::vector<std::byte> bytes_of(const CrawlAnswer& answer, std::uint64_t most) {
  std::error_code error;
  if (answer.exchange.body.empty() || !std::filesystem::exists(answer.exchange.body, error)) return {};
  return read_file(answer.exchange.body, most + 1);
}

/// What one address says about the copy.
struct Glance {
  enum class Says : std::uint8_t { up, down, nothing } says = Says::nothing;
  int status = 0;
  std::string why{};
};

class Look {
 public:
  Look(CrawlDesk& desk, Sighting sighting) : desk_(desk), sighting_(std::move(sighting)) {}

  Task<void> make() {
    Glance of_media;
    if (is_web(sighting_.location))
      of_media = co_await at_media();  // in ?: GCC 12.2 destroys it twice
    else
      of_media = at_file();
    Glance of_page;
    if (!sighting_.page_url.empty()) of_page = co_await at_page();
    store(of_media, of_page);
  }

 private:
  [[nodiscard]] CrawlAsk new_ask(const std::string& url, const std::filesystem::path& body) const {
    CrawlAsk ask;
    ask.source = sighting_.source;
    ask.purpose = CrawlPurpose::takedown_check;
    ask.order.url = url;
    ask.order.body = body;
    ask.order.time_limit = 60s;
    return ask;
  }

  /// Only an answer that is one says anything: not a timeout, nor a server in trouble, nor robots.txt.
  static Glance glance_of(const CrawlAnswer& answer, std::string_view what) {
    Glance glance;
    glance.status = answer.exchange.status;
    glance.why = std::string(what) + " " + answer.words();
    if (answer.is_ok())
      glance.says = Glance::Says::up;
    else if (answer.refused.empty() && is_gone(glance.status))
      glance.says = Glance::Says::down;
    return glance;
  }

  Glance at_file() const {
    std::error_code error;
    const bool is_there = std::filesystem::exists(sighting_.location, error);
    return {is_there ? Glance::Says::up : Glance::Says::down, 0,
            is_there ? "the file is there" : "the file is gone"};
  }

  Task<Glance> at_media() {
    const ScratchFile body(desk_.new_file());
    CrawlAsk ask = new_ask(sighting_.location, body.path());
    ask.order.range = std::pair(std::uint64_t{0}, kGlance);
    ask.order.most_bytes = kGlance;
    const CrawlAnswer answer =
        co_await desk_.requests.follow(std::move(ask), [](const std::string&) { return std::string(); });
    Glance glance = glance_of(answer, "the media");
    if (glance.says != Glance::Says::up) co_return glance;
    const auto bytes = bytes_of(answer, kGlance);
    const std::string_view kind =
        crawler::sniff(bytes, header_of(answer.exchange.response_head, "Content-Type"));
    if (is_media(kind)) co_return glance;
    glance.says = Glance::Says::down;  // a server that calls its error page a success
    glance.why += ", but what came is " + std::string(kind) + " and no video";
    co_return glance;
  }

  Task<Glance> at_page() {
    const ScratchFile body(desk_.new_file());
    CrawlAsk ask = new_ask(sighting_.page_url, body.path());
    ask.order.most_bytes = kMostPage;
    const CrawlAnswer answer =
        co_await desk_.requests.follow(std::move(ask), [](const std::string&) { return std::string(); });
    Glance glance = glance_of(answer, "the page");
    if (glance.says != Glance::Says::up) co_return glance;
    const auto bytes = bytes_of(answer, kMostPage);
    crawler::Document document;
    document.url = answer.url;
    document.content_type = header_of(answer.exchange.response_head, "Content-Type");
    document.bytes = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    const crawler::Discovery found = crawler::discover(document);
    // What the page says counts only where the media are gone: naming their address again is no sign of life.
    const auto shows_video = [this](const crawler::Finding& finding) {
      return (finding.kind == CrawlUrlKind::media || finding.kind == CrawlUrlKind::playlist ||
              finding.kind == CrawlUrlKind::player) &&
             finding.url != sighting_.location;
    };
    if (std::ranges::any_of(found.findings, shows_video)) co_return glance;
    glance.says = Glance::Says::down;
    glance.why += ", but shows no other video";
    co_return glance;
  }

  void store(const Glance& of_media, const Glance& of_page) {
    using Says = Glance::Says;
    store::SightingCheck check;
    check.sighting = sighting_.id;
    check.at = desk_.now();
    check.media_status = of_media.status;
    check.page_status = of_page.status;
    check.is_up = sighting_.is_up;
    check.why = of_media.why;
    bool is_known = true;
    if (of_media.says == Says::up) {
      check.is_up = true;
    } else if (of_media.says == Says::down && of_page.says == Says::up) {
      check.is_up = true;  // addresses of media run out, and the page names new ones
      check.why += "; " + of_page.why + " with a video at another address";
    } else if (of_media.says == Says::down) {
      check.is_up = false;
      if (!of_page.why.empty()) check.why += "; " + of_page.why;
    } else {
      is_known = false;
      check.why += ": that says nothing";
    }
    const bool has_changed = check.is_up != sighting_.is_up;
    const auto after =
        is_known ? next_look_after(check.at - sighting_.seen_at, has_changed, check.is_up) : kWhenUnknown;
    store::Transaction change(desk_.store.database(), store::Transaction::Kind::write);
    store::Sightings(desk_.store.database()).add_check(check, check.at + after);
    if (has_changed) {
      note_check(desk_.store, sighting_, check);
      tell(check);
    }
    change.commit();
  }

  void tell(const store::SightingCheck& check) {
    const std::string type = check.is_up ? "sighting.back" : "sighting.down";
    const std::string data = JsonObject()
                                 .number("sighting", sighting_.id.value)
                                 .number("case", sighting_.in_case.value)
                                 .text("location", sighting_.location)
                                 .text("page_url", sighting_.page_url)
                                 .flag("is_up", check.is_up)
                                 .number("page_status", check.page_status)
                                 .number("media_status", check.media_status)
                                 .text("why", check.why)
                                 .text("at", to_rfc3339(check.at))
                                 .str();
    store::Cases cases(desk_.store.database());
    const auto in_case = cases.find(sighting_.in_case);
    store::Events events(desk_.store.database());
    events.emit({{}, sighting_.tenant, type, data, check.at});
    if (!in_case) return;
    if (in_case->tenant != sighting_.tenant) events.emit({{}, in_case->tenant, type, data, check.at});
    cases.note(in_case->id, {0, in_case->id, check.at, "crawler", "check", data});
  }

  CrawlDesk& desk_;
  Sighting sighting_;
};

}  // namespace

std::chrono::seconds next_look_after(std::chrono::microseconds since_first_seen, bool has_changed,
                                     bool is_up) {
  if (has_changed) return 6h;  // what went may come back, what came back may go
  if (since_first_seen < 24h) return 2h;
  if (since_first_seen < 24h * 7) return 12h;
  if (since_first_seen < 24h * 60) return 24h;
  return is_up ? 24h * 7 : 24h * 30;
}

Task<void> look_at_sighting(CrawlDesk& desk, Sighting sighting) {
  const bool is_captured = !store::Sightings(desk.store.database()).captures(sighting.id).empty();
  if (!is_captured && is_web(sighting.location)) co_await capture_sighting(desk, sighting);
  Look look(desk, std::move(sighting));
  co_await look.make();
}

}  // namespace reelprint::pipeline
