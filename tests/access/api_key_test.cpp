#include "access/api_key.h"

#include <gtest/gtest.h>

#include "access/tokens.h"

namespace reelprint::access {
namespace {

TEST(ApiKey, IsReadBackAsItWasMade) {
  const NewApiKey key = make_api_key();
  ASSERT_EQ(key.text.size(), kApiKeyBytes);
  EXPECT_EQ(key.text.substr(0, 3), "rp_");
  EXPECT_EQ(key.print.prefix, key.text.substr(0, 11));
  EXPECT_EQ(key.print.digest, digest_of_secret(key.text));
  const auto parsed = parse_api_key(key.text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->prefix, key.print.prefix);
  EXPECT_EQ(parsed->digest, key.print.digest);
}

TEST(ApiKey, IsNeverTheSame) {
  EXPECT_NE(make_api_key().text, make_api_key().text);
}

TEST(ApiKey, ThatWasMistypedAnywhereIsNone) {
  const std::string text = make_api_key().text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : {'a', 'B', '3', '_', '-', ' ', '\0', '\xC3'}) {
      std::string mistyped = text;
      if (mistyped[i] == c) continue;
      mistyped[i] = c;
      EXPECT_FALSE(parse_api_key(mistyped)) << mistyped;
    }
  }
}

TEST(ApiKey, OfAnotherLengthIsNone) {
  const std::string text = make_api_key().text;
  for (std::size_t size = 0; size < text.size(); ++size) EXPECT_FALSE(parse_api_key(text.substr(0, size)));
  EXPECT_FALSE(parse_api_key(text + "a"));
  EXPECT_FALSE(parse_api_key(std::string(1 << 20, 'r')));
}

TEST(ApiKey, ChecksumStaysWhatScannersWereTold) {
  EXPECT_TRUE(parse_api_key("rp_AAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1DYmME"));
}

}  // namespace
}  // namespace reelprint::access
