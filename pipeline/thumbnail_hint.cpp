#include "pipeline/thumbnail_hint.h"

#include <optional>
#include <utility>

#include "core/files.h"
#include "crawler/discovery.h"
#include "crawler/normal_url.h"

namespace reelprint::pipeline {
namespace {

bool is_picture(const Exchange& exchange, std::uint64_t most_bytes) {
  if (exchange.body.empty() || exchange.is_truncated || exchange.body_bytes == 0) return false;
  const auto bytes = read_file(exchange.body, most_bytes + 1);
  return crawler::sniff(bytes, header_of(exchange.response_head, "Content-Type")) == "image";
}

}  // namespace

Task<VideoHint> thumbnail_hint(CrawlDesk& desk, CrawlUrl video, std::string thumbnail_url) {
  const auto url = crawler::normal_url(thumbnail_url);
  if (!url) co_return VideoHint{};
  const ScratchFile file(desk.new_file());
  CrawlAsk ask;
  ask.source = video.source;
  ask.url_id = video.id;
  ask.purpose = CrawlPurpose::hint;
  ask.order.url = *url;
  ask.order.body = file.path();
  ask.order.most_bytes = desk.settings.most_thumbnail_bytes;
  ask.order.wants_body = [](const Exchange& so_far) { return so_far.status == 200; };
  const CrawlAnswer answer =
      co_await desk.requests.follow(std::move(ask), [](const std::string&) { return std::string(); });
  if (!answer.is_ok() || !is_picture(answer.exchange, desk.settings.most_thumbnail_bytes))
    co_return VideoHint{};
  VideoHint hint;
  auto work = desk.loop.work(
      [&](const std::stop_token& stop) { hint = desk.hints.of_picture(answer.exchange.body, stop); });
  co_await work;
  co_return hint;
}

}  // namespace reelprint::pipeline
