#include "crawler/proxy_request.h"

#include <gtest/gtest.h>

namespace reelprint::crawler {
namespace {

TEST(ProxyRequest, OfHttpIsSentAsAServerTakesItAndCloses) {
  const auto request = read_proxy_request(
      "POST http://a.example:80/y?q=1&utm_source=x HTTP/1.1\r\nHost: a.example\r\nCONNECTION: keep-alive\r\n"
      "Proxy-Authorization: Basic eDp5\r\nContent-Length: 2\r\n\r\nab");
  ASSERT_TRUE(request);
  EXPECT_FALSE(request->is_tunnel);
  EXPECT_EQ(request->url, "http://a.example/y?q=1");
  EXPECT_EQ(request->to_send,
            "POST /y?q=1&utm_source=x HTTP/1.1\r\nConnection: close\r\nHost: a.example\r\nContent-Length: "
            "2\r\n\r\nab");
}

TEST(ProxyRequest, OfATunnelKnowsTheHostAlone) {
  const auto request = read_proxy_request("CONNECT Videos.Example:443 HTTP/1.1\r\nHost: x\r\n\r\nmore");
  ASSERT_TRUE(request);
  EXPECT_TRUE(request->is_tunnel);
  EXPECT_EQ(request->url, "https://videos.example/");
  EXPECT_EQ(request->to_send, "more");
  EXPECT_EQ(read_proxy_request("CONNECT 0x7f.1:8443 HTTP/1.1\r\n\r\n")->url, "https://127.0.0.1:8443/");
}

TEST(ProxyRequest, OfAnythingElseIsNone) {
  for (const char* text :
       {"", "\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET https://a.example/ HTTP/1.1\r\n\r\n",
        "GET http://user@a.example/ HTTP/1.1\r\n\r\n", "PUT http://a.example/ HTTP/1.1\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\n", "CONNECT a.example/x:443 HTTP/1.1\r\n\r\n",
        "CONNECT u@a.example:443 HTTP/1.1\r\n\r\n", "GET  \r\n\r\n", "CONNECT\r\n\r\n",
        "GET http://a.example/\n HTTP/1.1\r\n\r\n", "GET http://a.example/ x HTTP/1.1\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nA: b\nGET /c\r\n\r\n"})
    EXPECT_FALSE(read_proxy_request(text)) << text;
}

}  // namespace
}  // namespace reelprint::crawler
