#include "rights/web_address.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

#include "rights/names.h"

namespace reelprint::rights {
namespace {

bool is_shown_at(std::string_view pattern_text, std::string_view url) {
  const auto pattern = parse_url_pattern(pattern_text);
  const auto address = parse_web_address(url);
  return pattern && address && fits(*pattern, *address);
}

TEST(WebAddress, FitsThePatternsThatMeanIt) {
  constexpr std::array kFitting = {
      std::pair{"example.com", "https://example.com"},
      std::pair{"example.com", "http://EXAMPLE.com:80/any/path?x=1#y"},
      std::pair{"EXAMPLE.com.", "https://example.com./"},
      std::pair{"https://example.com:443/*", "https://example.com/a/b"},
      std::pair{"example.com:8080/*", "http://example.com:8080/"},
      std::pair{"example.com/channel/tvnord/*", "https://example.com/channel/tvnord/ep1?t=3"},
      std::pair{"example.com/*/tv/*.mp4", "https://example.com/a/b/tv/c.mp4"},
      std::pair{"*.example.com/x", "https://m.de.example.com/x"},
      std::pair{"example.com/watch?v=abc*", "https://example.com/watch?v=abc&t=1"},
      std::pair{"example.com?v=1", "https://example.com?v=1"},
      std::pair{"example.com/", "https://somebody:secret@example.com/"},
      std::pair{"xn--fiq228c.cn/*", "https://XN--fiq228c.cn/a"},
      std::pair{"[::1]:81/*", "http://[::1]:81/a"},
  };
  for (const auto& [pattern, url] : kFitting) EXPECT_TRUE(is_shown_at(pattern, url)) << pattern << " " << url;
}

TEST(WebAddress, FitsNoPatternThatMeansSomethingElse) {
  constexpr std::array kOther = {
      std::pair{"example.com", "https://example.com.evil.net/"},
      std::pair{"example.com/*", "https://example.com@evil.net/"},
      std::pair{"example.com/*", "https://evil.net/example.com/"},
      std::pair{"example.com/*", "https://evil.net?https://example.com/"},
      std::pair{"example.com/*", "https://evil.net#@example.com/"},
      std::pair{"example.com/*", "https://evil.net\\@example.com/"},
      std::pair{"*.example.com/*", "https://example.com/"},
      std::pair{"*.example.com/*", "https://notexample.com/"},
      std::pair{"example.com/*", "https://example.com:8443/"},
      std::pair{"https://example.com/*", "http://example.com/"},
      std::pair{"example.com/tvnord/*", "https://example.com/tvnord/../pirate/x"},
      std::pair{"example.com/tvnord/*", "https://example.com/tvnord/%2E%2e/pirate/x"},
      std::pair{"example.com/tvnord/*", "https://example.com/tvnord/..%2fpirate/x"},
      std::pair{"example.com/tvnord/*", "https://example.com/tvnord/.."},
      std::pair{"example.com/TVNord/*", "https://example.com/tvnord/x"},
      std::pair{"example.com/watch", "https://example.com/watch/this"},
      std::pair{"example.com/watch?v=abc", "https://example.com/watch?v=abcd"},
      std::pair{"example.com/*", "ftp://example.com/"},
      std::pair{"example.com/*", "example.com/"},
      std::pair{"example.com/*", "https:///example.com/"},
      std::pair{"example.com/*", "https://example.com:99999/"},
      std::pair{"example.com/*", "https://example.com:80x/"},
  };
  for (const auto& [pattern, url] : kOther) EXPECT_FALSE(is_shown_at(pattern, url)) << pattern << " " << url;
}

TEST(WebAddress, RefusesPatternsThatTakeInEverybodyOrMakeNoSense) {
  for (const char* text :
       {"", "*", "*/x", "*.com", "*.", "*example.com", "ex*mple.com", "a@b.com", "ftp://a.com", "https://",
        "/path", "a.com/x y", "a.com/\n", "a.com#x", "a.com:port", "[::1", "a%2eb.com"})
    EXPECT_FALSE(parse_url_pattern(text)) << text;
  EXPECT_FALSE(parse_url_pattern("a.com/" + std::string(kMaxPatternBytes, 'x')));
}

TEST(WebAddress, RefusesAddressesThatAreTooLong) {
  EXPECT_FALSE(parse_web_address("https://a.com/" + std::string(kMaxAddressBytes, 'x')));
}

TEST(WebAddress, LetsAStarStandForAnything) {
  EXPECT_TRUE(fits_glob("*", ""));
  EXPECT_TRUE(fits_glob("a*b", "ab"));
  EXPECT_TRUE(fits_glob("a**b*", "axxb"));
  EXPECT_TRUE(fits_glob("*ab*ab*", "xabab"));
  EXPECT_FALSE(fits_glob("*ab*ab*", "xabb"));
  EXPECT_FALSE(fits_glob("ab*ba", "aba"));
  EXPECT_FALSE(fits_glob("a*", "ba"));
  EXPECT_FALSE(fits_glob("", "a"));
  EXPECT_TRUE(fits_glob("*aab*", "aaab"));
}

/// By trying everything.
bool fits_slowly(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*')
    return fits_slowly(pattern.substr(1), text) || (!text.empty() && fits_slowly(pattern, text.substr(1)));
  return !text.empty() && pattern.front() == text.front() && fits_slowly(pattern.substr(1), text.substr(1));
}

std::string word_of(int number, std::string_view letters, int length) {
  std::string word;
  for (int i = 0; i < length; ++i, number /= static_cast<int>(letters.size()))
    word += letters[static_cast<std::size_t>(number) % letters.size()];
  return word;
}

TEST(WebAddress, AgreesWithASearchThatTriesEverything) {
  for (int pattern_length = 0; pattern_length <= 5; ++pattern_length) {
    for (int p = 0; p < 243; ++p) {
      const std::string pattern = word_of(p, "ab*", pattern_length);
      for (int t = 0; t < 64; ++t) {
        const std::string text = word_of(t, "ab", t % 7);
        ASSERT_EQ(fits_glob(pattern, text), fits_slowly(pattern, text)) << pattern << " " << text;
      }
    }
  }
}

TEST(WebAddress, IsNotSlowedDownByAPatternMadeForIt) {
  std::string pattern = "*";
  for (int i = 0; i < 100; ++i) pattern += "a*";
  pattern += std::string(200, 'a') + "b*";
  const std::string text(kMaxAddressBytes, 'a');
  for (int i = 0; i < 1000; ++i) ASSERT_FALSE(fits_glob(pattern, text));
}

TEST(Names, AreTheSameButForTheCaseOfAsciiLetters) {
  EXPECT_TRUE(is_same_name("TVNord", "tvnord"));
  EXPECT_TRUE(is_same_name("Ünal", "Ünal"));
  EXPECT_FALSE(is_same_name("Ünal", "ünal"));
  EXPECT_FALSE(is_same_name("tvnord", "tvnоrd")) << "the second has a Cyrillic o";
  EXPECT_FALSE(is_same_name("tvnord", "tvnord "));
  EXPECT_FALSE(is_same_name("[", "{"));
}

}  // namespace
}  // namespace reelprint::rights
