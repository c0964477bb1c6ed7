#include "api/http/head.h"

#include <gtest/gtest.h>

#include <string>

namespace reelprint::api::http {
namespace {

constexpr std::size_t kMostFields = 20;

/// The status of the problem that a head is refused with; 0 when it is taken.
unsigned refusal_of(const std::string& text) {
  try {
    static_cast<void>(parse_head(text, kMostFields));
    return 0;
  } catch (const Problem& problem) {
    return problem.status;
  }
}

/// With a request line and a Host around them.
unsigned refusal_of_fields(const std::string& fields) {
  return refusal_of("POST /a HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
}

RequestHead head_of(const std::string& fields) {
  return parse_head("POST /a HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n", kMostFields);
}

TEST(Head, IsReadFieldByField) {
  const RequestHead head = head_of("Content-Length:  12 \r\nX: a b\r\n");
  EXPECT_EQ(head.method, Method::post);
  EXPECT_EQ(head.target, "/a");
  EXPECT_EQ(head.content_length, 12U);
  EXPECT_EQ(head.headers.find("x"), "a b");
  EXPECT_TRUE(head.keep_alive);
}

TEST(Head, RefusesWhatCouldSmuggleASecondRequest) {
  EXPECT_EQ(refusal_of_fields("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Content-Length: 1\r\nContent-Length: 1\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Content-Length: 1, 1\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Content-Length: +1\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Content-Length: -1\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Content-Length: 0x1\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Content-Length:\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Content-Length: 99999999999999999999\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Content-Length : 1\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Transfer-Encoding : chunked\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("X: a\r\n b\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields(" X: a\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("X: a\nContent-Length: 1\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("X: a\rContent-Length: 1\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields(std::string("X: a") + '\0' + "\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400U);
  EXPECT_EQ(refusal_of_fields("Transfer-Encoding: identity\r\n"), 501U);
  EXPECT_EQ(refusal_of_fields("Transfer-Encoding: gzip, chunked\r\n"), 501U);
  EXPECT_EQ(refusal_of_fields("Transfer-Encoding: \x0b"
                              "chunked\r\n"),
            400U);
  EXPECT_EQ(refusal_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400U);
}

TEST(Head, RefusesAMalformedRequestLine) {
  for (const char* line :
       {"GET", "GET /", "GET  / HTTP/1.1", "GET /a b HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ",
        "GET / http/1.1", "GET / HTTP/11", "G(T / HTTP/1.1", "GET /\x80 HTTP/1.1", "GET /\t HTTP/1.1"}) {
    EXPECT_EQ(refusal_of(std::string(line) + "\r\nHost: x\r\n\r\n"), 400U) << line;
  }
}

TEST(Head, TellsUnknownMethodsVersionsAndExpectations) {
  EXPECT_EQ(refusal_of("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"), 501U);
  EXPECT_EQ(refusal_of("get / HTTP/1.1\r\nHost: x\r\n\r\n"), 501U);
  EXPECT_EQ(refusal_of("PRI * HTTP/2.0\r\n\r\n"), 505U);
  EXPECT_EQ(refusal_of_fields("Expect: the-best\r\n"), 417U);
}

TEST(Head, AsksForOneHost) {
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n\r\n"), 400U);
  EXPECT_EQ(refusal_of("GET / HTTP/1.0\r\n\r\n"), 0U);
  EXPECT_EQ(refusal_of_fields("Host: y\r\n"), 400U);
}

TEST(Head, AsksForALengthWhereTheEndWouldBeUnknown) {
  EXPECT_EQ(refusal_of("POST / HTTP/1.0\r\n\r\n"), 411U);
  EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: x\r\n\r\n"), 0U);
}

TEST(Head, LimitsTheNumberOfFields) {
  std::string fields;
  for (std::size_t i = 1; i < kMostFields; ++i) fields += "X: a\r\n";
  EXPECT_EQ(refusal_of_fields(fields), 0U);
  EXPECT_EQ(refusal_of_fields(fields + "X: a\r\n"), 431U);
}

TEST(Head, SaysWhetherTheConnectionGoesOn) {
  EXPECT_FALSE(head_of("Connection: upgrade, Close\r\n").keep_alive);
  EXPECT_FALSE(parse_head("GET / HTTP/1.0\r\n\r\n", kMostFields).keep_alive);
  EXPECT_TRUE(parse_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", kMostFields).keep_alive);
}

}  // namespace
}  // namespace reelprint::api::http
