#include "crawler/normal_url.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace reelprint::crawler {
namespace {

constexpr std::string_view kNone = "-";

std::string normal(std::string_view url) {
  return normal_url(url).value_or(std::string(kNone));
}

std::string resolved(std::string_view reference, std::string_view base = "http://a.b/b/c/d;p?q") {
  return resolve_url(base, reference).value_or(std::string(kNone));
}

struct Pair {
  std::string_view given;
  std::string_view wanted;
};

TEST(NormalUrl, LowersSchemeAndHostAndDropsTheSchemesPort) {
  EXPECT_EQ(normal("HTTP://Videos.EXAMPLE:80/A?B"), "http://videos.example/A?B");
  EXPECT_EQ(normal("https://videos.example:443"), "https://videos.example/");
  EXPECT_EQ(normal("https://videos.example:80/"), "https://videos.example:80/");
  EXPECT_EQ(normal("http://videos.example:/"), "http://videos.example/");
  EXPECT_EQ(normal("http://videos.example:08080/"), "http://videos.example:8080/");
  EXPECT_EQ(normal("http://videos.example./"), "http://videos.example/");
}

TEST(NormalUrl, DecodesWhatIsUnreservedAndEncodesWhatMayNotStand) {
  EXPECT_EQ(normal("http://a.b/%7euser/%41%2f%3a%c3%a4"), "http://a.b/~user/A%2F%3A%C3%A4");
  EXPECT_EQ(normal("http://a.b/\xE7\x9F\xAD\xE5\x89\xA7 1?q=\xE5\x89\xA7|<x>"),
            "http://a.b/%E7%9F%AD%E5%89%A7%201?q=%E5%89%A7%7C%3Cx%3E");
  EXPECT_EQ(normal("http://a.b/%zz%4"), "http://a.b/%25zz%254");
}

TEST(NormalUrl, RemovesDotSegmentsAlsoEncodedOnes) {
  EXPECT_EQ(normal("http://a.b/c/./d/../e"), "http://a.b/c/e");
  EXPECT_EQ(normal("http://a.b/c/%2e%2E/e/."), "http://a.b/e/");
  EXPECT_EQ(normal("http://a.b/../../x"), "http://a.b/x");
  EXPECT_EQ(normal("http://a.b//x//"), "http://a.b//x//");
}

TEST(NormalUrl, DropsTheFragmentAndAnEmptyQuery) {
  EXPECT_EQ(normal("http://a.b/x#y?z"), "http://a.b/x");
  EXPECT_EQ(normal("http://a.b/x?#y"), "http://a.b/x");
  EXPECT_EQ(normal("http://a.b?q=1"), "http://a.b/?q=1");
}

TEST(NormalUrl, DropsTrackingParametersAndKeepsTheOthersInTheirOrder) {
  EXPECT_EQ(normal("http://a.b/w?v=2&utm_source=x&a=1&fbclid=y&GCLID=z&spm_id_from=0.0"),
            "http://a.b/w?v=2&a=1");
  EXPECT_EQ(normal("http://a.b/w?utm_medium=x"), "http://a.b/w");
  EXPECT_EQ(normal("http://a.b/w?%75tm_medium=x&&b"), "http://a.b/w?b");
  EXPECT_EQ(normal("http://a.b/w?ref=home&source=3&sid=17"), "http://a.b/w?ref=home&source=3&sid=17");
}

TEST(NormalUrl, DropsSessionIdsOfPathAndQuery) {
  EXPECT_EQ(normal("http://a.b/w;jsessionid=0A1B?v=2"), "http://a.b/w?v=2");
  EXPECT_EQ(normal("http://a.b/w;JSESSIONID=0A;p=1/x"), "http://a.b/w;p=1/x");
  EXPECT_EQ(normal("http://a.b/(S(lit3py55t21z5v55vlm25s55))/w"), "http://a.b/w");
  EXPECT_EQ(normal("http://a.b/w?PHPSESSID=1&ASPSESSIONIDABC=2&v=3"), "http://a.b/w?v=3");
  EXPECT_EQ(normal("http://a.b/w?sid=0123456789abcdef0123456789abcdef&v=3"), "http://a.b/w?v=3");
}

TEST(NormalUrl, WritesNamesOfOtherScriptsAsALabels) {
  EXPECT_EQ(normal("http://\xE7\x9F\xAD\xE5\x89\xA7.example/"), "http://xn--cerr82g.example/");
  EXPECT_EQ(normal("http://B\xC3\xBC"
                   "cher.example/"),
            "http://xn--bcher-kva.example/");
  EXPECT_EQ(normal("http://b%C3%BC"
                   "cher.example/"),
            "http://xn--bcher-kva.example/");
  EXPECT_EQ(normal("http://XN--BCHER-KVA.example/"), "http://xn--bcher-kva.example/");
  // Non-transitional: the sharp s is a letter of its own.
  EXPECT_EQ(normal("http://fa\xC3\x9F.example/"), "http://xn--fa-hia.example/");
  EXPECT_EQ(normal("http://videos\xE3\x80\x82"
                   "example/"),
            "http://videos.example/");
}

TEST(NormalUrl, WritesAddressesInOneForm) {
  for (const std::string_view host : {"127.0.0.1", "127.1", "0x7f.0.0.1", "2130706433", "0177.0.0.01",
                                      "\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1", "127.0.0.1."})
    EXPECT_EQ(normal("http://" + std::string(host) + "/"), "http://127.0.0.1/") << host;
  EXPECT_EQ(normal("http://[2001:DB8:0:0::1]:8080/"), "http://[2001:db8::1]:8080/");
}

TEST(NormalUrl, RefusesWhatIsNoWebAddress) {
  for (const std::string_view url : {"",
                                     "videos.example",
                                     "ftp://a.b/",
                                     "javascript:alert(1)",
                                     "mailto:a@b.example",
                                     "http:/a.b/",
                                     "http://",
                                     "http:///x",
                                     "http://user@a.b/",
                                     "http://user:word@a.b/",
                                     "http://a.b:0/",
                                     "http://a.b:65536/",
                                     "http://a.b:8x/",
                                     "http://a b/",
                                     "http://a..b/",
                                     "http://-\xFF.b/",
                                     "http://256.1.1.1/",
                                     "http://1.2.3.4.5/",
                                     "http://[::1/",
                                     "http://[1.2.3.4]/",
                                     "http://[fe80::1%25eth0]/",
                                     "http://a.b%00.c/",
                                     "http://a.b\x01/",
                                     "http://a.b/\x7f",
                                     "http://a%2Fb/"})
    EXPECT_EQ(normal(url), kNone) << url;
  EXPECT_EQ(normal(std::string("http://a.b/\0x", 13)), kNone);
  EXPECT_EQ(normal("http://a.b/" + std::string(2'000, 'x')), kNone);
  EXPECT_EQ(normal("http://a.b/" + std::string(1'000'000, 'x')), kNone);
  EXPECT_EQ(normal("http://" + std::string(64, 'x') + ".example/"), kNone);
}

TEST(NormalUrl, TakesALongUrlWhoseLengthIsTracking) {
  EXPECT_EQ(normal("http://a.b/w?v=1&fbclid=" + std::string(3'000, 'x')), "http://a.b/w?v=1");
}

TEST(NormalUrl, ReadsBackslashesBlanksAndBreaksAsBrowsersDo) {
  EXPECT_EQ(normal(" \thttp:\\\\a.b\\c\\..\\d?e\\f\r\n"), "http://a.b/d?e%5Cf");
  EXPECT_EQ(normal("ht\ntp://a.b/c\r\nd"), "http://a.b/cd");
  EXPECT_EQ(normal("http://good.example\\@evil.example/"), "http://good.example/@evil.example/");
}

TEST(NormalUrl, LeavesWhatIsNormalAlone) {
  for (const std::string_view url :
       {"http://A.b/%zz/../%2e;jsessionid=1;jsessionid=2/x?utm_=1&%2541=%%41", "http://a.b/(S(x))/(S(y))",
        "http://1.2.3/", "http://\xE7\x9F\xAD.b/\xFF?\xFF", "http://a.b/;jses;jsessionid=1sionid=2"}) {
    const auto once = normal_url(url);
    ASSERT_TRUE(once) << url;
    EXPECT_EQ(normal(*once), *once) << url;
  }
}

TEST(ResolveUrl, AgreesWithTheNormalExamplesOfRfc3986Section541) {
  constexpr auto kExamples = std::to_array<Pair>({{"g:h", kNone},  // neither http nor https
                                                  {"g", "http://a.b/b/c/g"},
                                                  {"./g", "http://a.b/b/c/g"},
                                                  {"g/", "http://a.b/b/c/g/"},
                                                  {"/g", "http://a.b/g"},
                                                  {"//g", "http://g/"},
                                                  {"?y", "http://a.b/b/c/d;p?y"},
                                                  {"g?y", "http://a.b/b/c/g?y"},
                                                  {"#s", "http://a.b/b/c/d;p?q"},
                                                  {"g#s", "http://a.b/b/c/g"},
                                                  {"g?y#s", "http://a.b/b/c/g?y"},
                                                  {";x", "http://a.b/b/c/;x"},
                                                  {"g;x", "http://a.b/b/c/g;x"},
                                                  {"g;x?y#s", "http://a.b/b/c/g;x?y"},
                                                  {"", "http://a.b/b/c/d;p?q"},
                                                  {".", "http://a.b/b/c/"},
                                                  {"./", "http://a.b/b/c/"},
                                                  {"..", "http://a.b/b/"},
                                                  {"../", "http://a.b/b/"},
                                                  {"../g", "http://a.b/b/g"},
                                                  {"../..", "http://a.b/"},
                                                  {"../../", "http://a.b/"},
                                                  {"../../g", "http://a.b/g"}});
  for (const Pair& example : kExamples) EXPECT_EQ(resolved(example.given), example.wanted) << example.given;
}

TEST(ResolveUrl, AgreesWithTheAbnormalExamplesOfRfc3986Section542) {
  constexpr auto kExamples = std::to_array<Pair>({{"../../../g", "http://a.b/g"},
                                                  {"../../../../g", "http://a.b/g"},
                                                  {"/./g", "http://a.b/g"},
                                                  {"/../g", "http://a.b/g"},
                                                  {"g.", "http://a.b/b/c/g."},
                                                  {".g", "http://a.b/b/c/.g"},
                                                  {"g..", "http://a.b/b/c/g.."},
                                                  {"..g", "http://a.b/b/c/..g"},
                                                  {"./../g", "http://a.b/b/g"},
                                                  {"./g/.", "http://a.b/b/c/g/"},
                                                  {"g/./h", "http://a.b/b/c/g/h"},
                                                  {"g/../h", "http://a.b/b/c/h"},
                                                  {"g;x=1/./y", "http://a.b/b/c/g;x=1/y"},
                                                  {"g;x=1/../y", "http://a.b/b/c/y"},
                                                  {"g?y/./x", "http://a.b/b/c/g?y/./x"},
                                                  {"g?y/../x", "http://a.b/b/c/g?y/../x"},
                                                  {"g#s/./x", "http://a.b/b/c/g"},
                                                  {"g#s/../x", "http://a.b/b/c/g"},
                                                  {"http:g", "http://a.b/b/c/g"}});
  for (const Pair& example : kExamples) EXPECT_EQ(resolved(example.given), example.wanted) << example.given;
}

TEST(ResolveUrl, KeepsTheSchemeOfTheBaseAndNeedsABase) {
  EXPECT_EQ(resolved("//c.d/e", "https://a.b/"), "https://c.d/e");
  EXPECT_EQ(resolved("x", "http://a.b"), "http://a.b/x");
  EXPECT_EQ(resolved("x", "not a base"), kNone);
  EXPECT_EQ(resolved("data:video/mp4;base64,AAAA"), kNone);
  EXPECT_EQ(resolved("https:x"), kNone);
  EXPECT_EQ(resolved("\\\\c.d\\e"), "http://c.d/e");
  EXPECT_EQ(resolved(" HTTPS://C.d/\ne "), "https://c.d/e");
}

TEST(HostKey, IsSchemeHostAndPort) {
  EXPECT_EQ(host_key("https://a.b:8080/c?d"), "https://a.b:8080");
  EXPECT_EQ(target_of("https://a.b:8080/c?d"), "/c?d");
  EXPECT_EQ(target_of("https://a.b/"), "/");
}

}  // namespace
}  // namespace reelprint::crawler
