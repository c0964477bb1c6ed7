#include "evidence/time_stamp.h"

#include <gtest/gtest.h>

#include "bundle_samples.h"
#include "core/error.h"
#include "evidence/digest.h"
#include "evidence/verifier.h"
#include "samples.h"
#include "tests/support/time_stamp_authority.h"

namespace reelprint::evidence {
namespace {

using reelprint::test::TimeStampAuthority;

class TimeStamps : public testing::Test {
 protected:
  void SetUp() override {
    if (!reelprint::test::has_openssl()) GTEST_SKIP() << "there is no command openssl";
    authority_.emplace(folder_.file("authority"));
  }
  [[nodiscard]] std::string ca() const { return test::bytes_of_file(authority_->ca()); }
  /// A bundle with a time stamp.
  WrittenBundle write(const std::filesystem::path& file) {
    BundleSettings settings{{}, "http://tsa.example", {}};
    settings.ask = [this](const Sha256& root) {
      const std::string request = time_stamp_request(root);
      std::string answer = authority_->answer(request);
      check_answer(request, answer);
      return answer;
    };
    return write_bundle(test::sample_case(folder_.file("case")), test::sample_key(), settings, file);
  }

  test::PictureFolder folder_;
  std::optional<TimeStampAuthority> authority_;
  Sha256 root_ = sha256_of(std::string_view("a root"));
};

TEST_F(TimeStamps, AreOverTheDigestThatWasAskedFor) {
  const std::string request = time_stamp_request(root_);
  const std::string answer = authority_->answer(request);

  EXPECT_NO_THROW(check_answer(request, answer));
  const auto findings = examine_time_stamp(answer, root_, ca());
  EXPECT_EQ(findings.refusal, "");
  EXPECT_EQ(findings.chain_refusal, "");
  EXPECT_EQ(findings.authority, "CN = Test time stamps");
  EXPECT_EQ(findings.policy, "1.2.3.4");
  EXPECT_NE(examine_time_stamp(answer, sha256_of(std::string_view("other")), ca()).refusal, "");
}

TEST_F(TimeStamps, ThatAnswerAnotherRequestAreRefused) {
  const std::string answer = authority_->answer(time_stamp_request(root_));
  EXPECT_THROW(check_answer(time_stamp_request(root_), answer), Error);
  EXPECT_THROW(check_answer(time_stamp_request(root_), "no answer"), Error);
}

TEST_F(TimeStamps, OfAnotherAuthorityDoNotLeadToTheGivenOne) {
  const TimeStampAuthority other(folder_.file("other"));
  const std::string answer = other.answer(time_stamp_request(root_));

  EXPECT_NE(examine_time_stamp(answer, root_, ca()).chain_refusal.value_or(""), "");
  EXPECT_THROW((void)examine_time_stamp(answer, root_, "no certificate"), Error);
}

TEST_F(TimeStamps, AreRefusedWhateverByteIsChanged) {
  const std::string answer = authority_->answer(time_stamp_request(root_));
  for (std::size_t at = 0; at < answer.size(); at += 7) {
    std::string changed = answer;
    changed[at] ^= 1;
    EXPECT_NO_THROW((void)examine_time_stamp(changed, root_, ca())) << at;
  }
}

TEST_F(TimeStamps, ProveWhenABundleWasThere) {
  const auto file = folder_.file("bundle.zip");
  const WrittenBundle written = write(file);
  ASSERT_TRUE(written.manifest.time_stamp.is_present());
  BundleFile bundle(file);

  const VerifiedBundle verified = verify_bundle(bundle, {{}, ca()});

  EXPECT_TRUE(verified.is_good());
  for (const BundleCheck& check : verified.checks) {
    const bool is_of_time = check.name == "time_stamp" || check.name == "authority";
    EXPECT_TRUE(!is_of_time || check.outcome == CheckOutcome::passed) << check.detail;
  }
}

/// Runs a shell command in a folder; its exit code.
int shell(const std::filesystem::path& folder, const std::string& command) {
  return std::system(("cd '" + folder.string() + "' && " + command + " > log 2>&1").c_str());
}

TEST_F(TimeStamps, AndSumsAndSignatureCanBeCheckedByHand) {
  const auto file = folder_.file("bundle.zip");
  const WrittenBundle written = write(file);
  const auto unpacked = folder_.file("unpacked");
  std::filesystem::create_directories(unpacked);
  BundleFile bundle(file);
  for (const FoundMember& member : bundle.members()) {
    std::filesystem::create_directories((unpacked / member.facts.name).parent_path());
    bundle.extract(member, unpacked / member.facts.name);
  }

  EXPECT_EQ(shell(unpacked, "sha256sum -c SHA256SUMS"), 0);
  EXPECT_EQ(shell(unpacked, "openssl ts -verify -digest " + to_hex(written.manifest.root) +
                                " -in timestamp.tsr -CAfile '" + authority_->ca().string() + "'"),
            0);
  test::write_bytes(unpacked / "key.pem", to_pem(written.manifest.key));
  EXPECT_EQ(
      shell(unpacked,
            "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json -sigfile manifest.sig"),
      0);
  if (shell(unpacked, "/usr/bin/python3 -c 'import nacl.signing'") != 0)
    GTEST_SKIP() << "there is no python3-nacl";
  EXPECT_EQ(shell(unpacked,
                  "/usr/bin/python3 -c \"import nacl.signing as s; s.VerifyKey(bytes.fromhex('" +
                      to_hex(written.manifest.key) +
                      "')).verify(open('manifest.json','rb').read(), open('manifest.sig','rb').read())\""),
            0);
  EXPECT_EQ(shell(unpacked,
                  "/usr/bin/python3 -c \"import zipfile; assert zipfile.ZipFile('../bundle.zip').testzip() "
                  "is None\""),
            0);
}

}  // namespace
}  // namespace reelprint::evidence
