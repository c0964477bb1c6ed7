#include "api/http/encoding.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace reelprint::api::http {
namespace {

Headers accepting(const char* codings) {
  Headers headers;
  headers.add("Accept-Encoding", codings);
  return headers;
}

Response text_of(std::size_t bytes) {
  Response response;
  response.body.assign(bytes, 'a');
  return response;
}

std::string inflated(const std::string& packed) {
  z_stream stream{};
  std::string text(1 << 20, '\0');
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

TEST(Gzip, ReadsBackTheSame) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(inflated(gzip(text)), text);
  EXPECT_EQ(inflated(gzip("")), "");
}

TEST(AcceptsGzip, GoesByTheQualities) {
  for (const char* yes : {"gzip", "br, GZIP", "gzip;q=0.1", "*", "identity;q=0, *;q=0.5"})
    EXPECT_TRUE(accepts_gzip(accepting(yes))) << yes;
  for (const char* no : {"", "br", "gzip;q=0", "gzip; q=0.0", "*;q=0", "gzip;q=0, *", "gzip;q=x"})
    EXPECT_FALSE(accepts_gzip(accepting(no))) << no;
  EXPECT_FALSE(accepts_gzip({}));
}

TEST(Compress, TakesLargeTextOnly) {
  Response large = text_of(1025);
  compress(large, accepting("gzip"));
  EXPECT_EQ(large.headers.find("Content-Encoding"), "gzip");
  EXPECT_EQ(large.headers.find("Vary"), "Accept-Encoding");
  EXPECT_EQ(inflated(large.body), std::string(1025, 'a'));

  Response small = text_of(1024);
  compress(small, accepting("gzip"));
  EXPECT_EQ(small.body.size(), 1024U);

  Response picture = text_of(5000);
  picture.content_type = "image/png";
  compress(picture, accepting("gzip"));
  EXPECT_EQ(picture.body.size(), 5000U);
}

TEST(Compress, SaysThatItDependsAlsoWhenItDoesNothing) {
  Response response = text_of(5000);
  compress(response, {});
  EXPECT_EQ(response.headers.find("Vary"), "Accept-Encoding");
  EXPECT_EQ(response.body.size(), 5000U);
}

}  // namespace
}  // namespace reelprint::api::http
