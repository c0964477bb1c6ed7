#include "pipeline/video_fetch.h"

#include <chrono>

namespace reelprint::pipeline {
namespace {

/// With a busy host, within a visit; beyond, the visit is put off.
constexpr std::chrono::minutes kPatience{2};

bool is_final(int status) {
  return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
}

FetchState state_of(const CrawlAnswer& answer) {
  const std::string& code = answer.exchange.error_code;
  if (answer.is_ok()) return FetchState::had;
  if (!answer.refused.empty() || code == "forbidden_address" || code == "invalid_url")
    return answer.try_at ? FetchState::failed : FetchState::refused;
  return is_final(answer.exchange.status) ? FetchState::gone : FetchState::failed;
}

}  // namespace

CrawlAsk ask_for(const VideoAsk& video, VisitExchanges& kept, CrawlPurpose purpose) {
  CrawlAsk ask;
  ask.source = video.source;
  ask.url_id = video.url_id;
  ask.purpose = purpose;
  ask.order.url = video.way.url;
  ask.order.body = kept.new_file();
  ask.kept = &kept;
  ask.patience = kPatience;
  return ask;
}

void take_answer(VideoFetched& fetched, const CrawlAnswer& answer) {
  fetched.state = state_of(answer);
  fetched.status = answer.exchange.status;
  fetched.try_at = answer.try_at;
  fetched.words = answer.words();
  if (fetched.state != FetchState::had || !fetched.url.empty()) return;
  fetched.url = answer.url;
  fetched.address = answer.exchange.address;
}

}  // namespace reelprint::pipeline
