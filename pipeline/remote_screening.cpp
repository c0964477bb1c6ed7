#include "pipeline/remote_screening.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>

#include "core/error.h"
#include "crawler/http_client.h"
#include "fingerprint/fingerprint_codec.h"

namespace reelprint::pipeline {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view kScreenings = "/v1/screenings";

/// RFC 3986, section 2.1.
std::string percent_encoded(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '-' || c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain)
      encoded += c;
    else
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return encoded;
}

/// 128 bits that nobody else has chosen, as text.
std::string fresh_key() {
  std::random_device random;
  std::string key;
  for (int i = 0; i < 4; ++i) key += std::to_string(random()) + (i < 3 ? "-" : "");
  return key;
}

/// One file on its way.
class Errand {
 public:
  Errand(std::filesystem::path file, std::string name, const RemoteSettings& settings,
         const std::stop_token& stop)
      : file_(std::move(file)), name_(std::move(name)), settings_(settings), stop_(stop) {}

  std::string run() {
    crawler::HttpAnswer answer = send();
    const std::string place = answer.location;
    const bool is_ours = place.starts_with(std::string(kScreenings) + "/");
    while (!settings_.has_ended(answer.body)) {
      if (!is_ours) fail(ErrorCode::io, "the server does not say where its screening is");
      if (steady_clock::now() > deadline_) fail(ErrorCode::io, "it takes too long");
      pause(settings_.poll_every);
      answer = poll(place);
    }
    return std::move(answer.body);
  }

 private:
  [[noreturn]] void fail(ErrorCode code, const std::string& why) const {
    throw Error(code, "screen '" + name_ + "' at " + settings_.server + ": " + why);
  }

  /// Throws Error{cancelled}.
  void pause(std::chrono::milliseconds time) const {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop_, time, [] { return false; });
    if (stop_.stop_requested()) fail(ErrorCode::cancelled, "stopped on request");
  }

  [[nodiscard]] crawler::HttpRequest request_to(std::string_view path) const {
    crawler::HttpRequest request;
    request.url = settings_.server + std::string(path);
    request.headers = {{"Authorization", "Bearer " + settings_.key}, {"Accept", "application/json"}};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - steady_clock::now());
    request.time_limit = std::max(left, std::chrono::milliseconds(1));
    return request;
  }

  crawler::HttpAnswer send() {
    constexpr int kMostBroken = 3;
    int broken = 0;
    std::string path(kScreenings);
    path += "?name=" + percent_encoded(name_);
    for (const auto& [key, value] : settings_.parameters) path += "&" + key + "=" + percent_encoded(value);
    const bool is_print = fingerprint::is_fingerprint_file(file_);
    for (const auto patient_until = steady_clock::now() + settings_.patience;;) {
      crawler::HttpRequest request = request_to(path);
      request.body = file_;
      request.headers.emplace_back(
          "Content-Type", is_print ? "application/vnd.reelprint.fingerprint" : "application/octet-stream");
      request.headers.emplace_back("Prefer", "wait=60");
      request.headers.emplace_back("Idempotency-Key", idempotency_key_);
      crawler::HttpAnswer answer;
      try {
        answer = crawler::call(request, settings_.patience, stop_);
      } catch (const Error& error) {  // if it had been taken, the key keeps it from being taken twice
        if (error.code() != ErrorCode::io || ++broken == kMostBroken) throw;
        pause(settings_.poll_every);
        continue;
      }
      if (answer.status == 200 || answer.status == 202) return answer;
      if (!is_busy(answer)) refuse(answer);
      wait_for_room(answer, patient_until);
    }
  }

  crawler::HttpAnswer poll(const std::string& place) {
    for (const auto patient_until = steady_clock::now() + settings_.patience;;) {
      crawler::HttpAnswer answer;
      try {
        answer = crawler::call(request_to(place), settings_.patience, stop_);
      } catch (const Error& error) {  // it may be starting again: the screening is stored there
        if (error.code() != ErrorCode::io || steady_clock::now() > patient_until) throw;
        pause(settings_.poll_every);
        continue;
      }
      if (answer.status == 200) return answer;
      if (!is_busy(answer)) refuse(answer);
      wait_for_room(answer, patient_until);
    }
  }

  static bool is_busy(const crawler::HttpAnswer& answer) {
    return answer.status == 429 || answer.status == 503;
  }

  void wait_for_room(const crawler::HttpAnswer& answer, steady_clock::time_point patient_until) const {
    constexpr std::chrono::seconds kUnlessSaid{5};
    const auto wait = answer.retry_after.value_or(kUnlessSaid);
    if (steady_clock::now() + wait > std::min(patient_until, deadline_)) fail(ErrorCode::busy, said(answer));
    pause(wait);
  }

  [[nodiscard]] std::string said(const crawler::HttpAnswer& answer) const {
    return settings_.problem_text(answer.body) + " (" + std::to_string(answer.status) + ")";
  }

  [[noreturn]] void refuse(const crawler::HttpAnswer& answer) const {
    if (answer.status == 413) fail(ErrorCode::too_large, said(answer));
    const bool is_refused = answer.status >= 300 && answer.status < 500;
    fail(is_refused ? ErrorCode::invalid_input : ErrorCode::io, said(answer));
  }

  std::filesystem::path file_;
  std::string name_;
  std::string idempotency_key_ = fresh_key();
  const RemoteSettings& settings_;
  const std::stop_token& stop_;
  steady_clock::time_point deadline_ = steady_clock::now() + settings_.time_limit;
};

}  // namespace

std::string screen_remotely(const std::filesystem::path& file, const std::string& name,
                            const RemoteSettings& settings, const std::stop_token& stop) {
  return Errand(file, name, settings, stop).run();
}

}  // namespace reelprint::pipeline
