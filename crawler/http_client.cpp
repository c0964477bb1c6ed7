#include "crawler/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <span>

#include "core/error.h"
#include "core/file_stream.h"
#include "crawler/curl_guard.h"
#include "crawler/curl_setup.h"
#include "crawler/pipe_silence.h"

namespace reelprint::crawler {
namespace {

/// libcurl calls back into it; nothing may be thrown through libcurl, so that what goes wrong there is kept
/// until it has returned.
class Conversation {
 public:
  Conversation(const HttpRequest& request, const std::stop_token& stop) : request_(request), stop_(stop) {}
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  HttpAnswer perform(std::chrono::seconds patience) {
    set_options(patience);
    set_headers();
    if (!request_.body.empty()) set_body();
    const CURLcode outcome = curl_easy_perform(handle_.raw());
    if (problem_) std::rethrow_exception(problem_);
    if (stop_.stop_requested()) fail(ErrorCode::cancelled, "stopped on request");
    if (is_too_large_) fail(ErrorCode::too_large, "the answer is too large");
    if (outcome != CURLE_OK) {
      const bool is_our_fault = outcome == CURLE_UNSUPPORTED_PROTOCOL || outcome == CURLE_URL_MALFORMAT;
      fail(is_our_fault ? ErrorCode::invalid_input : ErrorCode::io, curl_easy_strerror(outcome));
    }
    return answer();
  }

 private:
  [[noreturn]] void fail(ErrorCode code, const std::string& why) const {
    throw Error(code, "ask '" + request_.url.substr(0, request_.url.find('?')) + "': " + why);
  }
  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle_.raw(), option, value) != CURLE_OK)
      fail(ErrorCode::io, "libcurl lacks the option " + std::to_string(option));
  }
  void set_options(std::chrono::seconds patience);
  void set_headers();
  void set_body();
  [[nodiscard]] HttpAnswer answer();

  static std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t give_bytes(char* bytes, std::size_t size, std::size_t count, void* self);
  static int go_on(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  const HttpRequest& request_;
  const std::stop_token& stop_;
  CurlHandle handle_;
  CurlHeaders headers_;
  std::optional<FileReader> file_;
  std::string body_;
  bool is_too_large_ = false;
  std::exception_ptr problem_;
};

void Conversation::set_options(std::chrono::seconds patience) {
  constexpr long kConnectLimitS = 30;
  set(CURLOPT_URL, request_.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_USERAGENT, "reelprint");
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.time_limit.count()));
  set(CURLOPT_CONNECTTIMEOUT, kConnectLimitS);
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(patience.count()));
  set(CURLOPT_WRITEFUNCTION, &Conversation::take_bytes);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_XFERINFOFUNCTION, &Conversation::go_on);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
  set(CURLOPT_NOPROGRESS, 0L);
}

void Conversation::set_headers() {
  for (const auto& [name, value] : request_.headers) headers_.add(name, value);
  set(CURLOPT_HTTPHEADER, headers_.raw());
}

void Conversation::set_body() {
  file_.emplace(request_.body);
  set(CURLOPT_POST, 1L);
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(file_->left()));
  set(CURLOPT_READFUNCTION, &Conversation::give_bytes);
  set(CURLOPT_READDATA, static_cast<void*>(this));
}

HttpAnswer Conversation::answer() {
  HttpAnswer answer;
  long status = 0;
  curl_easy_getinfo(handle_.raw(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  curl_off_t retry_after = 0;
  curl_easy_getinfo(handle_.raw(), CURLINFO_RETRY_AFTER, &retry_after);
  if (retry_after > 0) answer.retry_after = std::chrono::seconds(retry_after);
  curl_header* location = nullptr;
  if (curl_easy_header(handle_.raw(), "Location", 0, CURLH_HEADER, -1, &location) == CURLHE_OK)
    answer.location = location->value;
  answer.body = std::move(body_);
  return answer;
}

std::size_t Conversation::take_bytes(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& conversation = *static_cast<Conversation*>(self);
  const std::size_t length = size * count;
  conversation.is_too_large_ = length > conversation.request_.most_answer_bytes - conversation.body_.size();
  if (conversation.is_too_large_) return CURL_WRITEFUNC_ERROR;
  try {
    conversation.body_.append(bytes, length);
    return length;
  } catch (...) {
    conversation.problem_ = std::current_exception();
    return CURL_WRITEFUNC_ERROR;
  }
}

std::size_t Conversation::give_bytes(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& conversation = *static_cast<Conversation*>(self);
  try {
    FileReader& file = *conversation.file_;
    const auto length = static_cast<std::size_t>(std::min<std::uintmax_t>(size * count, file.left()));
    file.read(std::as_writable_bytes(std::span(bytes, length)));
    return length;
  } catch (...) {
    conversation.problem_ = std::current_exception();
    return CURL_READFUNC_ABORT;
  }
}

int Conversation::go_on(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Conversation*>(self)->stop_.stop_requested() ? 1 : 0;
}

}  // namespace

HttpAnswer call(const HttpRequest& request, std::chrono::seconds patience, const std::stop_token& stop) {
  set_up_curl();
  const PipeSilence silence;
  return Conversation(request, stop).perform(patience);
}

}  // namespace reelprint::crawler
