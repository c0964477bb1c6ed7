#include "access/password.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "core/error.h"

namespace reelprint::access {
namespace {

/// As cheap as argon2id may be; the default takes 64 MiB a hash.
constexpr PasswordCost kCheap{.passes = 1, .memory_bytes = 8192};

TEST(Password, IsToldFromEveryOther) {
  const std::string hash = hash_password("a long enough one", kCheap);
  EXPECT_TRUE(is_password(hash, "a long enough one"));
  EXPECT_FALSE(is_password(hash, "a long enough One"));
  EXPECT_FALSE(is_password(hash, "a long enough one "));
  EXPECT_FALSE(is_password(hash, ""));
}

TEST(Password, IsKeptAsArgon2idWithASaltOfItsOwn) {
  const std::string hash = hash_password("a long enough one", kCheap);
  EXPECT_EQ(hash.substr(0, 15), "$argon2id$v=19$");
  EXPECT_NE(hash, hash_password("a long enough one", kCheap));
  EXPECT_EQ(hash.find("long"), std::string::npos);
}

TEST(Password, CostsByDefaultWhatLibsodiumCallsInteractive) {
  EXPECT_NE(hash_password("a long enough one").find("$m=65536,t=2,p=1$"), std::string::npos);
}

TEST(Password, HashOfAnotherCostIsDueForANewOne) {
  const std::string hash = hash_password("a long enough one", kCheap);
  EXPECT_FALSE(needs_rehash(hash, kCheap));
  EXPECT_TRUE(needs_rehash(hash, {.passes = 2, .memory_bytes = 8192}));
  EXPECT_TRUE(needs_rehash("", kCheap));
  EXPECT_TRUE(needs_rehash(std::string(1000, 'x'), kCheap));
}

TEST(Password, IsNoneUnderWhatIsNoHash) {
  for (const std::string& hash :
       {std::string(), std::string("$argon2id$"), std::string(127, 'x'), std::string(1000, 'x'),
        std::string("$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA")}) {
    EXPECT_FALSE(is_password(hash, "a long enough one")) << hash;
  }
}

TEST(Password, MayBeAnyLongTextInAnyScript) {
  for (const char* password : {"a long enough one", "tr0ub4dor&3 xyzzy", "我的密码很长而且没有人知道它",
                               "correct staple battery hat"}) {
    EXPECT_EQ(fault_of(password), std::nullopt) << password;
  }
}

TEST(Password, ThatAttackersTryFirstIsRefused) {
  for (const char* password :
       {"password1234", "Password1234", "QWERTYUIOP123", "123456789012", "aaaaaaaaaaaa", "121212121212",
        "abcdefghijklm", "correcthorsebatterystaple"}) {
    EXPECT_EQ(fault_of(password), PasswordFault::common) << password;
  }
}

TEST(Password, NeedsTwelveCharactersHoweverManyBytesTheyTake) {
  EXPECT_EQ(fault_of("x7!kQ2#mZ9p"), PasswordFault::too_short);
  EXPECT_EQ(fault_of("x7!kQ2#mZ9pL"), std::nullopt);
  EXPECT_EQ(fault_of("我的密码很长而且没人"), PasswordFault::too_short);
}

TEST(Password, OfOver512BytesIsRefusedBeforeItIsHashed) {
  EXPECT_EQ(fault_of(std::string(513, 'x')), PasswordFault::too_long);
  EXPECT_THROW((void)hash_password(std::string(513, 'x'), kCheap), Error);
  EXPECT_FALSE(is_password(hash_password("a long enough one", kCheap), std::string(513, 'x')));
}

TEST(Password, OfBrokenTextIsRefused) {
  EXPECT_EQ(fault_of("a long enough \xC3 one"), PasswordFault::not_text);
  EXPECT_EQ(fault_of(std::string("a long\0enough one", 17)), PasswordFault::not_text);
}

TEST(Password, ThatIsLittleMoreThanThePersonsNameIsRefused) {
  const std::vector<std::string> kim{"Kim", "kim.mustermann@example.com"};
  EXPECT_EQ(fault_of("kim.mustermann@example.com", kim), PasswordFault::personal);
  EXPECT_EQ(fault_of("Kim.Mustermann7", kim), PasswordFault::personal);
  EXPECT_EQ(fault_of("kimchi and a walrus", kim), std::nullopt);
}

}  // namespace
}  // namespace reelprint::access
