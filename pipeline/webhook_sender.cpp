#include "pipeline/webhook_sender.h"

#include <algorithm>
#include <array>

#include "access/signature.h"
#include "core/error.h"
#include "pipeline/job_retry.h"
#include "pipeline/stored_text.h"
#include "store/audit.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;
using store::DueDelivery;
using store::Transaction;

constexpr std::array<std::chrono::microseconds, 9> kDelays{5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
constexpr std::chrono::microseconds kLongestDelay = 24h;
/// A killed process's deliveries are due again so long after their time limit.
constexpr std::chrono::seconds kGrace{30};
constexpr std::size_t kMostAnswerBytes = 1000;
constexpr std::chrono::seconds kPauseAfterTrouble{2};
constexpr int kGone = 410;

/// What came of one attempt.
struct Attempt {
  int status = 0;
  std::string answer;
  std::optional<std::chrono::seconds> retry_after;
  bool is_cancelled = false;
};

Attempt attempt(const DueDelivery& due, const Clock& clock, const WebhookSettings& settings,
                const std::stop_token& stop) {
  try {
    crawler::FetchRequest request;
    request.url = due.endpoint.url;
    request.body = webhook_body(due.event);
    request.headers = webhook_headers(due.endpoint, due.event.id, *request.body, clock.now());
    request.time_limit = settings.time_limit;
    crawler::FetchResult result = crawler::fetch(request, settings.fetch, stop);
    return {result.status, std::move(result.answer), result.retry_after};
  } catch (const Error& error) {
    return {.answer = error.what(), .retry_after = {}, .is_cancelled = error.code() == ErrorCode::cancelled};
  }
}

void disable(store::Store& store, EndpointId id, WallTime now) {
  store::Events events(store.database());
  auto endpoint = events.endpoint(id);
  if (!endpoint || !endpoint->enabled) return;
  endpoint->enabled = false;
  if (!events.update_endpoint(*endpoint)) return;
  store::AuditEntry entry;
  entry.at = now;
  entry.actor = "service";
  entry.tenant = endpoint->tenant;
  entry.action = "webhook.disable";
  entry.object = "webhook " + std::to_string(id.value);
  entry.detail = R"({"reason":"it answered 410 Gone"})";
  store::Audit(store.database()).append(entry);
}

void settle(store::Store& store, const DueDelivery& due, const Attempt& attempt, WallTime now) {
  const bool is_delivered = attempt.status / 100 == 2;
  std::optional<WallTime> retry_at;
  if (attempt.is_cancelled) {
    retry_at = now;
  } else if (attempt.status != kGone) {
    const auto delay = webhook_retry_delay(due.delivery.id, due.delivery.attempts, attempt.retry_after);
    if (delay) retry_at = now + *delay;
  }
  Transaction change(store.database(), Transaction::Kind::write);
  store::Events(store.database())
      .settle(due.delivery.id, is_delivered, attempt.status, storable_text(attempt.answer, kMostAnswerBytes),
              retry_at, now);
  if (attempt.status == kGone) disable(store, due.endpoint.id, now);
  change.commit();
}

}  // namespace

std::optional<std::string> refusal_of_webhook_url(const std::string& url, const WebhookSettings& settings) {
  return crawler::refusal_of_url(url, settings.fetch);
}

std::string webhook_id(EventId event) {
  return "msg_" + std::to_string(event.value);
}

std::string webhook_body(const store::Event& event) {
  return R"({"type":")" + event.type + R"(","timestamp":")" + to_rfc3339(event.at) + R"(","data":)" +
         event.data + "}";
}

std::vector<std::pair<std::string, std::string>> webhook_headers(const store::Endpoint& endpoint,
                                                                 EventId event, std::string_view body,
                                                                 WallTime now) {
  const std::string id = webhook_id(event);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  const access::SignedMessage message{id, seconds, body};
  std::string signatures = access::sign(endpoint.secret, message);
  if (!endpoint.old_secret.empty() && now < endpoint.old_secret_until) {
    signatures += ' ' + access::sign(endpoint.old_secret, message);
  }
  return {{"webhook-id", id},
          {"webhook-timestamp", std::to_string(seconds)},
          {"webhook-signature", std::move(signatures)}};
}

std::optional<std::chrono::microseconds> webhook_retry_delay(
    DeliveryId delivery, int attempts, std::optional<std::chrono::seconds> retry_after) {
  if (attempts < 1 || std::cmp_greater(attempts, kDelays.size())) return std::nullopt;
  const auto planned = with_jitter(kDelays[static_cast<std::size_t>(attempts) - 1], delivery.value, attempts);
  if (!retry_after) return planned;
  const std::chrono::microseconds asked = std::clamp<std::chrono::seconds>(*retry_after, 0s, 24h);
  return std::clamp(asked, planned, kLongestDelay);
}

bool send_due_webhook(store::Store& store, const Clock& clock, const WebhookSettings& settings,
                      const std::stop_token& stop) {
  store::Events events(store.database());
  const WallTime now = clock.now();
  const auto due = events.take_due(1, now, now + settings.time_limit + kGrace);
  if (due.empty()) return false;
  settle(store, due.front(), attempt(due.front(), clock, settings, stop), clock.now());
  return true;
}

WebhookSender::WebhookSender(std::filesystem::path folder, const Clock& clock, WebhookSettings settings)
    : folder_(std::move(folder)), clock_(clock), settings_(std::move(settings)) {}

WebhookSender::~WebhookSender() {
  stop();
}

void WebhookSender::start() {
  std::vector<store::Store> stores;
  for (std::size_t i = 0; i < settings_.threads; ++i) stores.emplace_back(folder_);
  for (store::Store& store : stores) {
    threads_.emplace_back(
        [this, own = std::move(store)](const std::stop_token& stop) mutable { work(stop, own); });
  }
}

void WebhookSender::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  changed_.notify_one();
}

void WebhookSender::stop() {
  for (std::jthread& thread : threads_) thread.request_stop();
  threads_.clear();
}

void WebhookSender::work(const std::stop_token& stop, store::Store& store) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const std::uint64_t seen = wakes_;
    lock.unlock();
    std::chrono::milliseconds pause = settings_.poll;
    bool has_sent = false;
    try {
      has_sent = send_due_webhook(store, clock_, settings_, stop);
      if (has_sent) wake();  // there may be more
    } catch (const std::exception& error) {
      if (settings_.on_trouble) settings_.on_trouble(error.what());
      pause = kPauseAfterTrouble;
    }
    lock.lock();
    if (!has_sent) changed_.wait_for(lock, stop, pause, [&] { return wakes_ != seen; });
  }
}

}  // namespace reelprint::pipeline
