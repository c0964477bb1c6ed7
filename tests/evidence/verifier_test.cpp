#include "evidence/verifier.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "bundle_samples.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

constexpr WallTime kBefore{std::chrono::seconds{1'780'000'000}};

class Verifier : public testing::Test {
 protected:
  Verifier() {
    written_ = write_bundle(test::sample_case(folder_.file("case")), test::sample_key(), {{}, "", {}}, file_);
    bytes_ = test::bytes_of_file(file_);
  }
  VerifiedBundle verify(const VerifierSettings& settings = {}) {
    BundleFile bundle(file_);
    return verify_bundle(bundle, settings);
  }
  VerifiedBundle verify(const std::string& bytes) {
    test::write_bytes(file_, bytes);
    return verify();
  }
  /// All that failed, one a line.
  static std::string failures(const VerifiedBundle& verified) {
    std::string text;
    for (const BundleCheck& check : verified.checks) {
      if (check.outcome == CheckOutcome::failed) text += check.name + ": " + check.detail + "\n";
    }
    return text;
  }
  static BundleCheck check_of(const VerifiedBundle& verified, std::string_view name) {
    const auto found = std::ranges::find(verified.checks, name, &BundleCheck::name);
    return found == verified.checks.end() ? BundleCheck{} : *found;
  }

  test::PictureFolder folder_;
  std::filesystem::path file_ = folder_.file("bundle.zip");
  WrittenBundle written_;
  std::string bytes_;
};

TEST_F(Verifier, FindsNothingWrongWithAFreshBundle) {
  const VerifiedBundle verified = verify();

  EXPECT_EQ(failures(verified), "");
  EXPECT_TRUE(verified.is_good());
  EXPECT_EQ(verified.manifest, written_.manifest);
  EXPECT_EQ(check_of(verified, "custody").outcome, CheckOutcome::passed)
      << check_of(verified, "custody").detail;
  EXPECT_EQ(check_of(verified, "time_stamp").outcome, CheckOutcome::not_possible);
}

TEST_F(Verifier, FindsAByteChangedAnywhere) {
  for (std::size_t at = 0; at < bytes_.size(); at += 41) {
    std::string changed = bytes_;
    changed[at] = static_cast<char>(changed[at] ^ (at % 2 == 0 ? 1 : 0x80));
    EXPECT_FALSE(verify(changed).is_good()) << at;
  }
}

TEST_F(Verifier, NamesTheMemberOfWhichAByteWasChanged) {
  BundleFile bundle(file_);
  for (const FoundMember& member : bundle.members()) {
    for (const std::uint64_t at : {std::uint64_t{0}, member.facts.bytes / 2, member.facts.bytes - 1}) {
      std::string changed = bytes_;
      changed[static_cast<std::size_t>(member.begin + at)] ^= 4;
      EXPECT_NE(failures(verify(changed)).find(member.facts.name), std::string::npos)
          << member.facts.name << " at " << at;
    }
  }
}

TEST_F(Verifier, NamesTheHeaderInWhichAByteWasChanged) {
  BundleFile bundle(file_);
  for (const FoundMember& member : bundle.members()) {
    const std::size_t begin =
        static_cast<std::size_t>(member.begin) - member.facts.name.size() - kLocalHeaderBytes;
    for (std::size_t at = begin; at < member.begin; ++at) {
      std::string changed = bytes_;
      changed[at] ^= 1;
      const std::string found = failures(verify(changed));
      EXPECT_NE(found.find("byte " + std::to_string(at) + ": "), std::string::npos) << at << "\n" << found;
      EXPECT_NE(found.find("header of '" + member.facts.name + "'"), std::string::npos) << found;
    }
  }
}

TEST_F(Verifier, NamesTheByteOfTheDirectoryThatWasChanged) {
  BundleFile bundle(file_);
  const auto directory = bundle.members().back().begin + bundle.members().back().facts.bytes;
  for (auto at = static_cast<std::size_t>(directory); at < bytes_.size(); ++at) {
    std::string changed = bytes_;
    changed[at] ^= 1;
    const std::string found = failures(verify(changed));
    EXPECT_NE(found.find("byte " + std::to_string(at) + ": "), std::string::npos) << at << "\n" << found;
  }
}

TEST_F(Verifier, RefusesWhatIsPutBeforeBehindOrCutOff) {
  EXPECT_FALSE(verify("x" + bytes_).is_good());
  EXPECT_NE(failures(verify(bytes_ + "x")).find("what follows the end of the ZIP"), std::string::npos);
  EXPECT_FALSE(verify(bytes_.substr(0, bytes_.size() - 1)).is_good());
  EXPECT_FALSE(verify(bytes_.substr(0, bytes_.size() / 2)).is_good());
  EXPECT_FALSE(verify(std::string()).is_good());
  EXPECT_FALSE(verify(std::string("PK\x05\x06", 4) + std::string(18, '\0')).is_good());
}

TEST_F(Verifier, RefusesABundleThatIsSignedByAnotherKeyThanItNames) {
  const std::string key = to_hex(test::sample_key().public_key());
  std::string other = key;
  other[5] = other[5] == 'a' ? 'b' : 'a';
  std::string changed = bytes_;
  changed.replace(changed.find(key), key.size(), other);

  EXPECT_FALSE(verify(changed).is_good());
}

TEST_F(Verifier, AsksThePublishedKeysWhoSigned) {
  PublishedKey key;
  key.key = test::sample_key().public_key();
  key.created_at = kBefore;
  EXPECT_EQ(check_of(verify({{{key}}, {}}), "signer").outcome, CheckOutcome::passed);
  EXPECT_EQ(check_of(verify({std::vector<PublishedKey>{}, {}}), "signer").outcome, CheckOutcome::failed);

  key.revoked_noted_at = written_.manifest.made_at;
  key.revoked_at = written_.manifest.made_at;
  EXPECT_EQ(check_of(verify({{{key}}, {}}), "signer").outcome, CheckOutcome::failed);
  key.revoked_at += std::chrono::seconds(1);
  EXPECT_EQ(check_of(verify({{{key}}, {}}), "signer").outcome, CheckOutcome::not_possible);
}

TEST(PublishedKeys, AreTrustedBeforeTheyAreRevokedWhereATimeStampProvesIt) {
  PublishedKey key;
  key.key = test::sample_key().public_key();
  key.created_at = kBefore;
  key.revoked_at = kBefore + std::chrono::hours(2);
  key.revoked_noted_at = kBefore + std::chrono::hours(3);
  const auto standing = [&](int hours, bool is_proven) {
    return judge_key(key.key, {kBefore + std::chrono::hours(hours), is_proven}, {key}).standing;
  };
  EXPECT_EQ(standing(1, true), KeyStanding::good);
  EXPECT_EQ(standing(1, false), KeyStanding::unclear);
  EXPECT_EQ(standing(2, true), KeyStanding::bad);
  EXPECT_EQ(standing(-1, true), KeyStanding::bad);
  EXPECT_EQ(published_keys_in(to_text(std::vector{key})), std::vector{key});
}

}  // namespace
}  // namespace reelprint::evidence
