#include "crawler/guarded_fetch.h"

#include <curl/curl.h>

#include <algorithm>
#include <span>

#include "core/error.h"
#include "core/file_stream.h"
#include "crawler/curl_guard.h"
#include "crawler/curl_setup.h"
#include "crawler/pipe_silence.h"

namespace reelprint::crawler {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kMostAnswerBytes = 4096;
/// An answer that nobody needs is read to here, for what stands behind it: where a redirect leads.
constexpr std::size_t kMostIgnoredBytes = 65'536;

std::string attempt_on(const FetchRequest& request) {
  return (request.body ? "send to '" : "fetch '") + request.url + "': ";
}

[[noreturn]] void fail(const FetchRequest& request, ErrorCode code, const std::string& why) {
  throw Error(code, attempt_on(request) + why);
}

/// One request to one address, without redirects. libcurl calls back into it; nothing may be thrown through
/// libcurl, so that what goes wrong there is kept until it has returned.
class Exchange {
 public:
  Exchange(const FetchRequest& request, const FetchSettings& settings, const std::stop_token& stop)
      : request_(request), settings_(settings), stop_(stop), guard_(settings) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// The answer of `url`, which has been checked; its body goes into `file` where it is 2xx.
  FetchResult perform(const std::string& url, FileReplacement* file, steady_clock::time_point deadline);
  /// Where the answer leads to; "" for nowhere.
  [[nodiscard]] std::string redirect() const;

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle_.raw(), option, value) != CURLE_OK) {
      fail(request_, ErrorCode::io, "libcurl lacks the option " + std::to_string(option));
    }
  }
  void set_address(const std::string& url, steady_clock::time_point deadline);
  void set_body();
  [[nodiscard]] long status() const;
  [[nodiscard]] FetchResult result() const;
  [[noreturn]] void refuse(CURLcode outcome) const;

  static std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* self);
  static int go_on(void* self, curl_off_t of, curl_off_t done, curl_off_t, curl_off_t);
  bool take(std::span<const std::byte> bytes);

  const FetchRequest& request_;
  const FetchSettings& settings_;
  const std::stop_token& stop_;
  ConnectGuard guard_;
  CurlHandle handle_;
  CurlHeaders headers_;
  FileReplacement* file_ = nullptr;
  std::uint64_t bytes_ = 0;
  std::string answer_;
  bool is_too_large_ = false;
  bool has_enough_ = false;
  std::exception_ptr problem_;
};

void Exchange::set_address(const std::string& url, steady_clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
  if (left.count() <= 0) fail(request_, ErrorCode::io, "it takes too long");
  set_guards(handle_, settings_, left);
  guard_.watch(handle_);
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
  set(CURLOPT_WRITEFUNCTION, &Exchange::take_bytes);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_XFERINFOFUNCTION, &Exchange::go_on);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
  set(CURLOPT_NOPROGRESS, 0L);
}

void Exchange::set_body() {
  for (const auto& [name, value] : request_.headers) headers_.add(name, value);
  if (request_.body) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body->size()));
    set(CURLOPT_POSTFIELDS, request_.body->data());
    headers_.add("Content-Type", request_.content_type);
    headers_.add("Expect", "");  // many a small receiver does not know 100-continue
  }
  set(CURLOPT_HTTPHEADER, headers_.raw());
}

FetchResult Exchange::perform(const std::string& url, FileReplacement* file,
                              steady_clock::time_point deadline) {
  file_ = file;
  set_address(url, deadline);
  set_body();
  const CURLcode outcome = curl_easy_perform(handle_.raw());
  if (problem_) std::rethrow_exception(problem_);
  if (outcome != CURLE_OK && !has_enough_) refuse(outcome);
  return result();
}

void Exchange::refuse(CURLcode outcome) const {
  if (stop_.stop_requested()) fail(request_, ErrorCode::cancelled, "stopped on request");
  if (is_too_large_) {
    fail(request_, ErrorCode::too_large,
         "it is larger than " + std::to_string(request_.most_bytes) + " bytes");
  }
  if (const std::string address = guard_.refused_address(); !address.empty())
    fail(request_, ErrorCode::invalid_input, "its address " + address + " is not of the public internet");
  fail(request_, ErrorCode::io, curl_easy_strerror(outcome));
}

long Exchange::status() const {
  long status = 0;
  curl_easy_getinfo(handle_.raw(), CURLINFO_RESPONSE_CODE, &status);
  return status;
}

FetchResult Exchange::result() const {
  FetchResult result;
  result.status = static_cast<int>(status());
  const char* type = nullptr;
  curl_easy_getinfo(handle_.raw(), CURLINFO_CONTENT_TYPE, &type);
  if (type != nullptr) result.content_type = type;
  curl_off_t retry_after = 0;
  curl_easy_getinfo(handle_.raw(), CURLINFO_RETRY_AFTER, &retry_after);
  if (retry_after > 0) result.retry_after = std::chrono::seconds(retry_after);
  result.bytes = bytes_;
  result.answer = answer_;
  return result;
}

std::string Exchange::redirect() const {
  const char* url = nullptr;
  curl_easy_getinfo(handle_.raw(), CURLINFO_REDIRECT_URL, &url);
  return url == nullptr ? std::string() : std::string(url);
}

bool Exchange::take(std::span<const std::byte> bytes) {
  bytes_ += bytes.size();
  const bool is_wanted = status() / 100 == 2;
  if (file_ != nullptr && is_wanted) {
    is_too_large_ = bytes_ > request_.most_bytes;
    if (!is_too_large_) file_->write(bytes);
    return !is_too_large_;
  }
  const std::size_t more = std::min(bytes.size(), kMostAnswerBytes - answer_.size());
  answer_.append(reinterpret_cast<const char*>(bytes.data()), more);
  has_enough_ = bytes_ > kMostIgnoredBytes;
  return !has_enough_;
}

std::size_t Exchange::take_bytes(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& exchange = *static_cast<Exchange*>(self);
  try {
    const auto taken = std::as_bytes(std::span(bytes, size * count));
    return exchange.take(taken) ? taken.size() : CURL_WRITEFUNC_ERROR;
  } catch (...) {
    exchange.problem_ = std::current_exception();
    return CURL_WRITEFUNC_ERROR;
  }
}

int Exchange::go_on(void* self, curl_off_t of, curl_off_t done, curl_off_t, curl_off_t) {
  auto& exchange = *static_cast<Exchange*>(self);
  if (exchange.stop_.stop_requested()) return 1;
  if (exchange.file_ == nullptr || exchange.status() / 100 != 2) return 0;
  if (std::cmp_greater(of, exchange.request_.most_bytes)) {
    exchange.is_too_large_ = true;
    return 1;
  }
  try {
    if (exchange.request_.on_bytes) {
      exchange.request_.on_bytes(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(of));
    }
  } catch (...) {
    exchange.problem_ = std::current_exception();
    return 1;
  }
  return 0;
}

bool is_https(std::string_view url) {
  return url.size() > 6 && (url[4] == 's' || url[4] == 'S');
}

/// Throws Error{invalid_input}.
void expect_url(const FetchRequest& request, const std::string& url, const FetchSettings& settings) {
  if (const auto why = refusal_of_url(url, settings)) {
    fail(request, ErrorCode::invalid_input,
         (url == request.url ? std::string() : "it leads to '" + url + "': ") + *why);
  }
}

}  // namespace

FetchResult fetch(const FetchRequest& request, const FetchSettings& settings, const std::stop_token& stop) {
  set_up_curl();
  const PipeSilence silence;
  const auto deadline = steady_clock::now() + request.time_limit;
  std::string url = request.url;
  expect_url(request, url, settings);
  for (std::size_t redirects = 0;; ++redirects) {
    std::optional<FileReplacement> file;
    if (!request.body) file.emplace(request.file);
    Exchange exchange(request, settings, stop);
    FetchResult result = exchange.perform(url, file ? &*file : nullptr, deadline);
    result.url = url;
    const std::string next = exchange.redirect();
    if (request.body || next.empty() || result.status / 100 != 3) {
      if (file && result.status / 100 == 2) file->commit();
      return result;
    }
    if (redirects == settings.most_redirects) {
      fail(request, ErrorCode::invalid_input, "it leads on and on: too many redirects");
    }
    expect_url(request, next, settings);
    if (is_https(url) && !is_https(next)) {
      fail(request, ErrorCode::invalid_input, "it leads from https to http");
    }
    url = next;
  }
}

}  // namespace reelprint::crawler
