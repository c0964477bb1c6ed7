#include "access/tokens.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/error.h"

namespace reelprint::access {
namespace {

TEST(Tokens, AreOfTheLengthAskedForAndOfDigitsAndLetters) {
  const std::string text = random_text(1000);
  ASSERT_EQ(text.size(), 1000U);
  EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)); }));
  EXPECT_EQ(std::set<char>(text.begin(), text.end()).size(), 62U);  // one is missing once in 190,000 runs
  EXPECT_EQ(random_text(0), "");
}

TEST(Tokens, AreNeverTheSame) {
  EXPECT_NE(make_session_token(), make_session_token());
  EXPECT_EQ(make_session_token().size(), 43U);
}

TEST(Tokens, AreComparedByAllTheirBytes) {
  EXPECT_TRUE(is_same_secret("abc", "abc"));
  EXPECT_TRUE(is_same_secret("", ""));
  EXPECT_FALSE(is_same_secret("abc", "abd"));
  EXPECT_FALSE(is_same_secret("abc", "ab"));
  EXPECT_FALSE(is_same_secret("abc", ""));
  EXPECT_TRUE(is_same_secret(digest_of_secret("abc"), digest_of_secret("abc")));
  EXPECT_FALSE(is_same_secret(digest_of_secret("abc"), digest_of_secret("abd")));
}

TEST(Tokens, DigestsAreThoseOfSha256) {  // FIPS 180-4
  EXPECT_EQ(to_hex(digest_of_secret("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Tokens, ACsrfTokenBelongsToItsSession) {
  const std::string session = make_session_token();
  EXPECT_EQ(csrf_token_of(session), csrf_token_of(session));
  EXPECT_EQ(csrf_token_of(session).size(), 43U);
  EXPECT_NE(csrf_token_of(session), csrf_token_of(make_session_token()));
  EXPECT_EQ(csrf_token_of(session).find(session.substr(0, 8)), std::string::npos);
}

TEST(Tokens, ThereIsNoCsrfTokenOfWhatIsNoSessionsToken) {
  EXPECT_THROW((void)csrf_token_of("short"), Error);
  EXPECT_THROW((void)csrf_token_of(std::string(65, 'x')), Error);
}

}  // namespace
}  // namespace reelprint::access
