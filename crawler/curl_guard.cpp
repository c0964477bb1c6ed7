#include "crawler/curl_guard.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "core/error.h"

namespace reelprint::crawler {
namespace {

template <class Value>
void set(const CurlHandle& handle, CURLoption option, Value value) {
  if (curl_easy_setopt(handle.raw(), option, value) != CURLE_OK)
    throw Error(ErrorCode::io, "guard a request: libcurl lacks the option " + std::to_string(option));
}

std::optional<IpAddress> address_of(const sockaddr& socket, std::size_t size) {
  IpAddress address;
  if (socket.sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
    sockaddr_in v4{};
    std::memcpy(&v4, &socket, sizeof v4);
    std::memcpy(address.bytes.data(), &v4.sin_addr, sizeof v4.sin_addr);
    return address;
  }
  if (socket.sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &socket, sizeof v6);
    std::memcpy(address.bytes.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
    address.is_v6 = true;
    return address;
  }
  return std::nullopt;
}

}  // namespace

CurlHandle::CurlHandle() : handle_(curl_easy_init()) {
  if (!handle_) throw Error(ErrorCode::io, "prepare a request: libcurl has no handle left");
}

void CurlHandle::Close::operator()(void* handle) const noexcept {
  curl_easy_cleanup(handle);
}

void CurlHeaders::Free::operator()(void* list) const noexcept {
  curl_slist_free_all(static_cast<curl_slist*>(list));
}

void CurlHeaders::add(std::string_view name, std::string_view value) {
  const std::string line = std::string(name) + ": " + std::string(value);
  if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
    throw Error(ErrorCode::invalid_input, "prepare a request: a header has a line break in it");
  curl_slist* longer = curl_slist_append(static_cast<curl_slist*>(list_.get()), line.c_str());
  if (longer == nullptr) throw Error(ErrorCode::io, "prepare a request: no memory for its headers");
  static_cast<void>(list_.release());
  list_.reset(longer);
}

void ConnectGuard::watch(const CurlHandle& handle) {
  if (!settings_.proxy.empty()) return;
  const curl_opensocket_callback open = [](void* self, curlsocktype purpose, curl_sockaddr* where) {
    return static_cast<curl_socket_t>(open_socket(self, purpose, where));
  };
  set(handle, CURLOPT_OPENSOCKETFUNCTION, open);
  set(handle, CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
}

int ConnectGuard::open_socket(void* self, int, void* where) {
  auto& guard = *static_cast<ConnectGuard*>(self);
  const auto& target = *static_cast<const curl_sockaddr*>(where);
  const auto address = address_of(target.addr, target.addrlen);
  if (!address || !is_allowed(*address, guard.settings_)) {
    guard.refused_ = address ? to_string(*address) : "of an unknown family";
    return CURL_SOCKET_BAD;
  }
  guard.is_any_allowed_ = true;
  return ::socket(target.family, target.socktype | SOCK_CLOEXEC, target.protocol);
}

void set_guards(const CurlHandle& handle, const FetchSettings& settings,
                std::chrono::milliseconds time_limit) {
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(handle, CURLOPT_PROXY, settings.proxy.c_str());  // "": none, whatever the environment says
  set(handle, CURLOPT_NOPROXY, "");
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!settings.certificate_authorities.empty())
    set(handle, CURLOPT_CAINFO, settings.certificate_authorities.c_str());
  set(handle, CURLOPT_USERAGENT, settings.user_agent.c_str());
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(time_limit.count()));
  set(handle, CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::min(time_limit, settings.connect_limit).count()));
  set(handle, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(settings.least_bytes_per_s));
  set(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings.least_speed_time.count()));
}

}  // namespace reelprint::crawler
