#include "crawler/transfer.h"

#include <curl/curl.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "crawler/peer_chain.h"

namespace reelprint::crawler {
namespace {

/// Below it, how much content unfolds does not matter.
constexpr std::uint64_t kHarmlessBytes = 1 << 20;
constexpr std::size_t kMostSentBytes = 262'144;

template <class Value>
void set(void* handle, CURLoption option, Value value) {
  if (curl_easy_setopt(handle, option, value) != CURLE_OK)
    throw Error(ErrorCode::io, "prepare a request: libcurl lacks the option " + std::to_string(option));
}

template <class Value>
Value value_of(void* handle, CURLINFO what) {
  Value value{};
  curl_easy_getinfo(handle, what, &value);
  return value;
}

std::string_view http_version_of(void* handle) {
  switch (value_of<long>(handle, CURLINFO_HTTP_VERSION)) {
    case CURL_HTTP_VERSION_1_0: return "HTTP/1.0";
    case CURL_HTTP_VERSION_1_1: return "HTTP/1.1";
    case CURL_HTTP_VERSION_2_0: return "HTTP/2";
    default: return "";
  }
}

/// Which of Exchange's error codes a failure of libcurl is.
std::string_view error_code_of(int outcome) {
  switch (outcome) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return "dns";
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE: return "connect";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return "tls";
    case CURLE_BAD_CONTENT_ENCODING: return "decompression";
    case CURLE_OUT_OF_MEMORY: return "too_large";  // libcurl 7.88: of a line of the head
    case CURLE_URL_MALFORMAT: return "invalid_url";
    default: return "protocol";
  }
}

}  // namespace

Transfer::Transfer(FetchOrder order, const FetchPoolSettings& settings, const Clock& clock)
    : order_(std::move(order)), clock_(clock), guard_(settings.fetch), body_(order_.body) {
  set_guards(handle_, settings.fetch, std::max(order_.time_limit, std::chrono::milliseconds{1}));
  guard_.watch(handle_);
  set_request(settings);
  set_callbacks();
  exchange_.url = order_.url;
  exchange_.method = order_.is_head ? "HEAD" : "GET";
  exchange_.began_at = clock.now();
}

void Transfer::begin() {
  began_ = std::chrono::steady_clock::now();
  exchange_.began_at = clock_.now();
}

void Transfer::set_request(const FetchPoolSettings& settings) {
  void* const handle = handle_.raw();
  set(handle, CURLOPT_URL, order_.url.c_str());
  if (order_.is_head) set(handle, CURLOPT_NOBODY, 1L);
  set(handle, CURLOPT_HTTP_VERSION,
      static_cast<long>(settings.uses_http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
  // A range of something compressed would be a range of its compressed form. "": all that libcurl knows.
  set(handle, CURLOPT_ACCEPT_ENCODING, order_.range || order_.wants_identity ? "identity" : "");
  if (order_.range) {
    const auto [first, past] = *order_.range;
    if (past != 0 && past <= first)
      throw Error(ErrorCode::invalid_input, "prepare a request of '" + order_.url + "': its range is empty");
    const std::string range = std::to_string(first) + "-" + (past == 0 ? "" : std::to_string(past - 1));
    set(handle, CURLOPT_RANGE, range.c_str());
  }
  for (const auto& [name, value] : order_.headers) headers_.add(name, value);
  set(handle, CURLOPT_HTTPHEADER, headers_.raw());
  // Otherwise libcurl waits for its resolving thread as it gives a request up: a silent name server would
  // hold up all hosts.
  set(handle, CURLOPT_QUICK_EXIT, 1L);
}

void Transfer::set_callbacks() {
  void* const handle = handle_.raw();
  set(handle, CURLOPT_WRITEFUNCTION, &Transfer::take_body);
  set(handle, CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(handle, CURLOPT_HEADERFUNCTION, &Transfer::take_header);
  set(handle, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  const curl_debug_callback watch = [](CURL* of, curl_infotype kind, char* bytes, std::size_t size,
                                       void* self) { return observe(of, kind, bytes, size, self); };
  set(handle, CURLOPT_DEBUGFUNCTION, watch);
  set(handle, CURLOPT_DEBUGDATA, static_cast<void*>(this));
  set(handle, CURLOPT_VERBOSE, 1L);
}

std::size_t Transfer::take_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    return transfer.take_head_line({bytes, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
  } catch (...) {
    transfer.problem_ = std::current_exception();
    return CURL_WRITEFUNC_ERROR;
  }
}

bool Transfer::take_head_line(std::string_view line) {
  const auto step = heads_.take(line);
  if (step == HeadRecorder::Step::too_large) stop_ = Stop::head_too_large;
  if (step != HeadRecorder::Step::complete) return stop_ == Stop::none;
  exchange_.answered_at = clock_.now();
  note_connection();
  if (order_.wants_body && !order_.wants_body(exchange_) && !order_.is_head) stop_ = Stop::unwanted;
  return stop_ == Stop::none;
}

void Transfer::note_connection() {
  exchange_.request_head = last_request(sent_);
  exchange_.response_head = heads_.head();
  exchange_.interim_heads = heads_.interim();
  exchange_.status = heads_.is_complete() ? heads_.status() : 0;
  if (const char* address = value_of<char*>(handle_.raw(), CURLINFO_PRIMARY_IP); address != nullptr)
    exchange_.address = address;
  exchange_.http_version = http_version_of(handle_.raw());
  // CURLINFO_CERTINFO knows nothing of a connection that another handle opened.
  const auto* tls = value_of<curl_tlssessioninfo*>(handle_.raw(), CURLINFO_TLS_SSL_PTR);
  if (tls != nullptr && tls->backend == CURLSSLBACKEND_OPENSSL && exchange_.certificates.empty())
    exchange_.certificates = peer_chain(tls->internals);
}

std::size_t Transfer::take_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    const auto taken = std::as_bytes(std::span(bytes, size * count));
    return transfer.take_content(taken) ? taken.size() : CURL_WRITEFUNC_ERROR;
  } catch (...) {
    transfer.problem_ = std::current_exception();
    return CURL_WRITEFUNC_ERROR;
  }
}

bool Transfer::take_content(std::span<const std::byte> bytes) {
  const auto kept = std::min<std::uint64_t>(bytes.size(), order_.most_bytes - body_.bytes());
  body_.write(bytes.first(static_cast<std::size_t>(kept)));
  if (kept < bytes.size()) stop_ = Stop::enough;
  const bool is_bomb =
      body_.bytes() > kHarmlessBytes &&
      static_cast<double>(body_.bytes()) > order_.most_inflation * static_cast<double>(content_wire_bytes_);
  if (is_bomb) stop_ = Stop::bomb;
  return stop_ == Stop::none;
}

int Transfer::observe(void*, int kind, char* bytes, std::size_t size, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (kind == CURLINFO_HEADER_IN || kind == CURLINFO_DATA_IN) transfer.exchange_.wire_bytes += size;
  if (kind == CURLINFO_DATA_IN) transfer.content_wire_bytes_ += size;
  if (kind != CURLINFO_HEADER_OUT || transfer.sent_.size() + size > kMostSentBytes) return 0;
  try {
    transfer.sent_.append(bytes, size);
  } catch (...) {
    transfer.problem_ = std::current_exception();
  }
  return 0;
}

void Transfer::fail(std::string_view code, std::string why) {
  exchange_.error_code = code;
  exchange_.error = std::move(why);
}

void Transfer::explain_timeout() {
  const bool is_connected = value_of<curl_off_t>(handle_.raw(), CURLINFO_PRETRANSFER_TIME_T) > 0;
  if (std::chrono::steady_clock::now() - began_ >= order_.time_limit) {
    fail("timeout", "it took longer than " + std::to_string(order_.time_limit.count()) + " ms");
  } else if (is_connected) {
    fail("slow", "it came too slowly");
  } else {
    fail("connect", "it could not be connected to in time");
  }
}

void Transfer::explain(int outcome) {
  if (stop_ == Stop::head_too_large) {
    fail("too_large", "its head is over " + std::to_string(kMostHeadBytes) + " bytes or " +
                          std::to_string(kMostHeadLines) + " lines");
  } else if (stop_ == Stop::bomb) {
    fail("decompression", "its content unfolds beyond measure");
  } else if (!guard_.refused_address().empty()) {
    fail("forbidden_address", "its address " + guard_.refused_address() + " is not of the public internet");
  } else if (outcome == CURLE_OPERATION_TIMEDOUT) {
    explain_timeout();
  } else {
    fail(error_code_of(outcome), curl_easy_strerror(static_cast<CURLcode>(outcome)));
  }
}

Exchange Transfer::finish(std::optional<int> outcome) {
  if (problem_) std::rethrow_exception(problem_);
  note_connection();
  exchange_.ended_at = clock_.now();
  exchange_.body_digest = body_.finish();
  exchange_.body = body_.path();
  exchange_.body_bytes = body_.bytes();
  const bool is_cut = stop_ == Stop::enough || stop_ == Stop::unwanted;
  exchange_.is_truncated = heads_.is_complete() && !(outcome == CURLE_OK);
  if (!outcome) {
    fail("cancelled", "stopped on request");
  } else if (*outcome != CURLE_OK && !is_cut) {
    explain(*outcome);
  }
  return std::move(exchange_);
}

}  // namespace reelprint::crawler
