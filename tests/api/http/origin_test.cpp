#include "api/http/origin.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelprint::api::http {
namespace {

Headers headers_of(std::initializer_list<std::pair<const char*, const char*>> fields) {
  Headers headers;
  for (const auto& [name, value] : fields) headers.add(name, value);
  return headers;
}

class OriginTest : public testing::Test {
 protected:
  AddressBlocks trusted_{{"10.0.0.0/8", "::1", "192.168.1.7"}};
};

TEST_F(OriginTest, IsThePeerUnlessThatIsTrusted) {
  const Headers headers = headers_of({{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-Proto", "https"}});
  const Origin origin = origin_of(headers, "11.0.0.1", false, trusted_);
  EXPECT_EQ(origin.address, "11.0.0.1");
  EXPECT_FALSE(origin.secure);
}

TEST_F(OriginTest, IsTheLastAddressThatIsNoTrustedProxy) {
  const Headers headers = headers_of({{"X-Forwarded-For", "6.6.6.6, 2.2.2.2"},
                                      {"X-Forwarded-For", "10.1.1.1"},
                                      {"X-Forwarded-Proto", "https"}});
  const Origin origin = origin_of(headers, "10.0.0.1", false, trusted_);
  EXPECT_EQ(origin.address, "2.2.2.2");
  EXPECT_TRUE(origin.secure);
}

TEST_F(OriginTest, IsReadFromForwarded) {
  const Headers headers = headers_of({{"Forwarded", R"(for=3.3.3.3;proto=https, for="[2001:db8::1]:99")"}});
  EXPECT_EQ(origin_of(headers, "::1", false, trusted_).address, "2001:db8::1");
}

TEST_F(OriginTest, StopsAtWhatIsNoAddress) {
  const Headers headers = headers_of({{"X-Forwarded-For", "1.1.1.1, unknown, 10.2.2.2"}});
  EXPECT_EQ(origin_of(headers, "10.0.0.1", false, trusted_).address, "10.2.2.2");
}

TEST(AddressBlocks, CompareOnlyTheirBits) {
  const AddressBlocks blocks({"10.1.128.0/17", "2001:db8::/33"});
  EXPECT_TRUE(blocks.contains(*address_of("10.1.200.1")));
  EXPECT_FALSE(blocks.contains(*address_of("10.1.100.1")));
  EXPECT_TRUE(blocks.contains(*address_of("::ffff:10.1.128.1")));
  EXPECT_TRUE(blocks.contains(*address_of("2001:db8:7fff::1")));
  EXPECT_FALSE(blocks.contains(*address_of("2001:db8:8000::1")));
}

TEST(AddressBlocks, RefusesWhatIsNone) {
  for (const char* text : {"", "x", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "::/129", "10.0.0"})
    EXPECT_THROW(AddressBlocks({text}), Error) << text;
}

}  // namespace
}  // namespace reelprint::api::http
