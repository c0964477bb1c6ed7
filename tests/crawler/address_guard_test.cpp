#include "crawler/address_guard.h"

#include <gtest/gtest.h>

#include "crawler/guarded_fetch.h"

namespace reelprint::crawler {
namespace {

bool is_public_text(const std::string& text) {
  const auto address = parse_address(text);
  EXPECT_TRUE(address) << text;
  return address && is_public(*address);
}

TEST(AddressGuard, RefusesBothEndsOfEverySpecialIpv4Network) {
  for (const char* text :
       {"0.0.0.0",         "0.255.255.255",   "10.0.0.0",        "10.255.255.255",  "100.64.0.0",
        "100.127.255.255", "100.100.100.200", "127.0.0.0",       "127.0.0.1",       "127.255.255.255",
        "168.63.129.16",   "169.254.0.0",     "169.254.169.254", "169.254.255.255", "172.16.0.0",
        "172.31.255.255",  "192.0.0.0",       "192.0.0.192",     "192.0.0.255",     "192.0.2.0",
        "192.0.2.255",     "192.31.196.0",    "192.52.193.255",  "192.88.99.1",     "192.168.0.0",
        "192.168.255.255", "192.175.48.0",    "198.18.0.0",      "198.19.255.255",  "198.51.100.0",
        "198.51.100.255",  "203.0.113.0",     "203.0.113.255",   "224.0.0.0",       "239.255.255.255",
        "240.0.0.0",       "255.255.255.254", "255.255.255.255"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
}

TEST(AddressGuard, AllowsWhatLiesJustOutsideOfThem) {
  for (const char* text :
       {"1.0.0.0",         "9.255.255.255",   "11.0.0.0",      "100.63.255.255",  "100.128.0.0",
        "126.255.255.255", "128.0.0.0",       "168.63.129.15", "168.63.129.17",   "169.253.255.255",
        "169.255.0.0",     "172.15.255.255",  "172.32.0.0",    "191.255.255.255", "192.0.1.0",
        "192.0.3.0",       "192.167.255.255", "192.169.0.0",   "198.17.255.255",  "198.20.0.0",
        "198.51.99.255",   "198.51.101.0",    "203.0.112.255", "203.0.114.0",     "223.255.255.255",
        "8.8.8.8"}) {
    EXPECT_TRUE(is_public_text(text)) << text;
  }
}

TEST(AddressGuard, RefusesSpecialIpv6) {
  for (const char* text : {"::",
                           "::1",
                           "::7f00:1",
                           "::8.8.8.8",
                           "100::1",
                           "64:ff9b:1::8.8.8.8",
                           "1fff:ffff::1",
                           "2001::1",
                           "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                           "2001:10::1",
                           "2001:1ff:ffff::1",
                           "2001:2::1",
                           "2001:db8::1",
                           "2002::1",
                           "2002:808:808::1",
                           "2002:7f00:1::",
                           "2620:4f:8000::1",
                           "3fff::1",
                           "3fff:fff:ffff::1",
                           "4000::1",
                           "5f00::1",
                           "fc00::1",
                           "fd00:ec2::254",
                           "fdff:ffff::1",
                           "fe80::1",
                           "febf::1",
                           "fec0::1",
                           "ff02::1",
                           "ffff::1"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
}

TEST(AddressGuard, AllowsGlobalIpv6) {
  for (const char* text :
       {"2000::1", "2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2003::1", "2606:4700:4700::1111",
        "2620:4f:8001::1", "2a00:1450:4001::1", "3ffe::1", "3fff:1000::1"}) {
    EXPECT_TRUE(is_public_text(text)) << text;
  }
}

TEST(AddressGuard, LooksAtTheIpv4AddressThatAnIpv6AddressCarries) {
  EXPECT_FALSE(is_public_text("::ffff:127.0.0.1"));
  EXPECT_FALSE(is_public_text("::ffff:10.1.2.3"));
  EXPECT_FALSE(is_public_text("::ffff:169.254.169.254"));
  EXPECT_TRUE(is_public_text("::ffff:8.8.8.8"));
  EXPECT_FALSE(is_public_text("64:ff9b::127.0.0.1"));
  EXPECT_FALSE(is_public_text("64:ff9b::192.168.1.1"));
  EXPECT_TRUE(is_public_text("64:ff9b::8.8.8.8"));
}

TEST(AddressGuard, KnowsTheLoopbackInEveryForm) {
  for (const char* text : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback(*parse_address(text))) << text;
  }
  for (const char* text : {"128.0.0.1", "::2", "::ffff:10.0.0.1", "10.0.0.1"}) {
    EXPECT_FALSE(is_loopback(*parse_address(text))) << text;
  }
}

TEST(AddressGuard, ParsesAddressesAndNetworksAndNothingElse) {
  EXPECT_EQ(to_string(*parse_address("2001:DB8::1")), "2001:db8::1");
  for (const char* text : {"", "1.2.3", "1.2.3.4.5", "0x7f.0.0.1", "[::1]", "fe80::1%eth0", "example.org"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
  EXPECT_TRUE(parse_network("10.0.0.0/9")->contains(*parse_address("10.127.0.1")));
  EXPECT_FALSE(parse_network("10.0.0.0/9")->contains(*parse_address("10.128.0.1")));
  EXPECT_FALSE(parse_network("0.0.0.0/0")->contains(*parse_address("::1")));
  for (const char* text : {"10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8x", "a/8"}) {
    EXPECT_FALSE(parse_network(text)) << text;
  }
}

TEST(UrlGuard, RefusesWhatIsNotOfThePublicInternet) {
  for (const char* url : {"",
                          "example.org",
                          "ftp://example.org/",
                          "file:///etc/passwd",
                          "gopher://example.org/",
                          "http://",
                          "http://user@example.org/",
                          "https://user:secret@example.org/",
                          "http://127.0.0.1/",
                          "http://0x7f000001/",
                          "http://2130706433/",
                          "http://017700000001/",
                          "http://127.1/",
                          "http://[::1]/",
                          "http://[::ffff:127.0.0.1]/",
                          "http://10.0.0.1:8080/x",
                          "http://169.254.169.254/latest/meta-data/",
                          "http://localhost/",
                          "http://LOCALHOST./",
                          "http://a.localhost/",
                          "http://printer.local/",
                          "http://metadata.google.internal/",
                          "http://exa mple.org/",
                          "http://example.org/\r\nHost: a"}) {
    EXPECT_TRUE(refusal_of_url(url, {})) << url;
  }
  EXPECT_TRUE(refusal_of_url("https://example.org/" + std::string(2'000, 'a'), {}));
}

TEST(UrlGuard, AllowsPublicHostsAndWhatTheSettingsAllow) {
  for (const char* url : {"https://example.org", "http://example.org:8080/a?b=c", "HTTPS://EXAMPLE.ORG/",
                          "http://8.8.8.8/", "http://[2606:4700:4700::1111]/", "https://locals.example/"}) {
    EXPECT_FALSE(refusal_of_url(url, {})) << url;
  }
  FetchSettings settings;
  settings.allow_loopback = true;
  EXPECT_FALSE(refusal_of_url("http://127.0.0.1:80/", settings));
  EXPECT_FALSE(refusal_of_url("http://localhost/", settings));
  EXPECT_TRUE(refusal_of_url("http://10.0.0.1/", settings));
  settings.also_allowed = {*parse_network("10.0.0.0/8")};
  EXPECT_FALSE(refusal_of_url("http://10.0.0.1/", settings));
}

}  // namespace
}  // namespace reelprint::crawler
