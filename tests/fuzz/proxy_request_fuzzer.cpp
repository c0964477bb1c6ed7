// What a program of others asks of our proxy.
#include <cstdint>
#include <string_view>

#include "crawler/normal_url.h"
#include "crawler/proxy_request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint;
  const auto request = crawler::read_proxy_request({reinterpret_cast<const char*>(data), size});
  if (!request) return 0;
  if (crawler::normal_url(request->url) != request->url) __builtin_trap();
  if (request->is_tunnel) return 0;
  // the server sees one request line, and is asked to close
  const std::size_t line_end = request->to_send.find("\r\n");
  if (request->to_send.find('\n') != line_end + 1) __builtin_trap();
  if (!std::string_view(request->to_send).substr(line_end).starts_with("\r\nConnection: close\r\n"))
    __builtin_trap();
  return 0;
}
