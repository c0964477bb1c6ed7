#include "access/signature.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelprint::access {
namespace {

constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr SignedMessage kMessage{"msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"};

TEST(Signature, IsThatOfTheStandardsExample) {
  EXPECT_EQ(sign(kSecret, kMessage), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Signature, IsRightForItsMessageAlone) {
  const std::string secret = make_webhook_secret();
  const std::string signature = sign(secret, kMessage);
  EXPECT_TRUE(is_signed(secret, kMessage, signature));
  EXPECT_FALSE(is_signed(kSecret, kMessage, signature));
  EXPECT_FALSE(is_signed(secret, {"msg_2", kMessage.timestamp_s, kMessage.body}, signature));
  EXPECT_FALSE(is_signed(secret, {kMessage.id, 1614265331, kMessage.body}, signature));
  EXPECT_FALSE(is_signed(secret, {kMessage.id, kMessage.timestamp_s, "{}"}, signature));
}

TEST(Signature, IsFoundAmongSeveral) {
  const std::string right = sign(kSecret, kMessage);
  const std::string other = sign(make_webhook_secret(), kMessage);
  EXPECT_TRUE(is_signed(kSecret, kMessage, other + " " + right));
  EXPECT_TRUE(is_signed(kSecret, kMessage, "v1a,xyz  " + right + " " + other));
  EXPECT_FALSE(is_signed(kSecret, kMessage, other + " " + other));
  EXPECT_FALSE(is_signed(kSecret, kMessage, ""));
  EXPECT_FALSE(is_signed(kSecret, kMessage, right.substr(3)));
  EXPECT_FALSE(is_signed(kSecret, kMessage, std::string(17'000, ' ') + right));
}

TEST(Signature, SecretsAreOf24To64BytesInBase64) {
  EXPECT_TRUE(is_webhook_secret(make_webhook_secret()));
  EXPECT_NE(make_webhook_secret(), make_webhook_secret());
  EXPECT_TRUE(is_webhook_secret(kSecret));
  EXPECT_FALSE(is_webhook_secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  EXPECT_FALSE(is_webhook_secret("whsec_"));
  EXPECT_FALSE(is_webhook_secret("whsec_MfKQ9r8G"));
  EXPECT_FALSE(is_webhook_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!"));
  EXPECT_TRUE(is_webhook_secret("whsec_" + std::string(84, 'A') + "AA=="));
  EXPECT_FALSE(is_webhook_secret("whsec_" + std::string(88, 'A')));
  EXPECT_FALSE(is_webhook_secret("whsec_" + std::string(1 << 20, 'A')));
}

TEST(Signature, IsRefusedForWhatCouldBeReadInTwoWays) {
  EXPECT_THROW((void)sign(kSecret, {"msg.1", 0, ""}), Error);
  EXPECT_THROW((void)sign(kSecret, {"", 0, ""}), Error);
  EXPECT_THROW((void)sign("secret", kMessage), Error);
}

}  // namespace
}  // namespace reelprint::access
