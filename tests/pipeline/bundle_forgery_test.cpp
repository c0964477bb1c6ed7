// A bundle of a real match, forged: byte by byte, and as a whole by somebody who signs it again.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "case_export_fixture.h"
#include "evidence/digest.h"
#include "evidence/frame_png.h"
#include "evidence/zip_writer.h"
#include "pipeline/frame_check.h"

namespace reelprint::pipeline {
namespace {

using evidence::CheckOutcome;
using evidence::PackedMember;

class BundleForgery : public test::CaseExportFixture {
 protected:
  void SetUp() override {
    CaseExportFixture::SetUp();
    CaseExportSettings settings;
    settings.with_media = true;
    manifest_ = write("a.zip", settings).manifest;
    bytes_ = reelprint::test::read_bytes(file_);
    evidence::BundleFile bundle(file_);
    for (const evidence::FoundMember& member : bundle.members())
      members_.push_back({member.facts.name, bundle.text_of(member, bytes_.size())});
  }
  /// What fails in a file of these bytes, all but the claim.
  [[nodiscard]] std::string failures(const std::string& bytes) {
    std::ofstream(forged_, std::ios::binary) << bytes;
    evidence::BundleFile bundle(forged_);
    return told(evidence::verify_bundle(bundle, {}), CheckOutcome::failed);
  }
  [[nodiscard]] std::string failures(const std::vector<PackedMember>& members) {
    std::filesystem::remove(forged_);
    evidence::write_zip(members, manifest_.made_at, forged_);
    return failures(reelprint::test::read_bytes(forged_));
  }
  [[nodiscard]] std::string content(const std::string& name) const {
    return std::get<std::string>(std::ranges::find(members_, name, &PackedMember::name)->content);
  }
  /// The bundle with another content of one file, in all else as good as new and signed by another key.
  void sign_again(const std::string& name, const std::string& bytes) {
    const evidence::SigningKey key = evidence::SigningKey::make();
    evidence::Manifest manifest = manifest_;
    const auto file = std::ranges::find(manifest.files, name, &evidence::ManifestFile::name);
    file->sha256 = evidence::sha256_of(bytes);
    file->bytes = bytes.size();
    manifest.root = evidence::root_of(manifest.files);
    manifest.key = key.public_key();
    const std::string text = evidence::to_text(manifest);
    const auto signature = key.sign(text);
    std::vector<PackedMember> members = members_;
    members[0].content = text;
    members[1].content = std::string(signature.bytes.begin(), signature.bytes.end());
    members[2].content = evidence::sums_of(manifest.files);
    std::ranges::find(members, name, &PackedMember::name)->content = bytes;
    std::filesystem::remove(forged_);
    evidence::write_zip(members, manifest.made_at, forged_);
  }
  [[nodiscard]] std::string failures_of_frames() {
    evidence::BundleFile bundle(forged_);
    EXPECT_TRUE(evidence::verify_bundle(bundle, {}).is_good());
    return told({check_frames(bundle), {}}, CheckOutcome::failed);
  }
  /// With a dark box over a ninth of the frame.
  [[nodiscard]] std::string painted(const std::string& name) {
    Frame frame = evidence::frame_in_png(content(name));
    for (std::size_t y = frame.height / 3; y < 2 * frame.height / 3; ++y)
      std::fill_n(frame.luma.begin() + static_cast<std::ptrdiff_t>(y * frame.width + frame.width / 3),
                  frame.width / 3, std::uint8_t{0});
    const auto file = folder_.path() / "painted.png";
    evidence::write_frame_png(frame, file);
    return reelprint::test::read_bytes(file);
  }

  static constexpr const char* kPair = "frames/upload-1-match-1-pair-1";
  const std::filesystem::path file_ = folder_.path() / "a.zip";
  const std::filesystem::path forged_ = folder_.path() / "forged.zip";
  evidence::Manifest manifest_;
  std::string bytes_;
  std::vector<PackedMember> members_;
};

TEST_F(BundleForgery, IsNotSeenInFramesThatOtherEffortsChose) {
  for (const Effort effort : {Effort::fast, Effort::deep}) {
    const std::string name = std::string(to_string(effort)) + ".mp4";
    screen(folder_.make(name, "-i " + (folder_.path() / "ep1.mp4").string() +
                                  " -ss 1.05 -vf hflip -c:v libx264 -bf 3 -g 50 -crf 30"),
           effort);
  }
  (void)write("b.zip");
  evidence::BundleFile bundle(folder_.path() / "b.zip");

  const auto checks = check_frames(bundle);

  ASSERT_GE(checks.size(), 3U);
  for (const auto& check : checks) EXPECT_EQ(check.outcome, CheckOutcome::passed) << check.detail;
}

TEST_F(BundleForgery, IsNotSeenInThumbnailsOfMediaThatAreGone) {
  std::filesystem::remove_all(tools_.uploads);
  std::filesystem::remove(folder_.path() / "ep1.mp4");
  (void)write("b.zip");
  evidence::BundleFile bundle(folder_.path() / "b.zip");

  const auto checks = check_frames(bundle);

  ASSERT_EQ(checks.size(), 1U);
  EXPECT_EQ(checks[0].outcome, CheckOutcome::passed) << checks[0].detail;
  EXPECT_NE(checks[0].detail.find("thumbnails"), std::string::npos) << checks[0].detail;
}

TEST_F(BundleForgery, OfOneByteIsFoundAndNamedInEveryMember) {
  evidence::BundleFile bundle(file_);
  ASSERT_GE(bundle.members().size(), 20U);
  for (const evidence::FoundMember& member : bundle.members()) {
    for (const std::uint64_t at : {std::uint64_t{0}, member.facts.bytes / 2, member.facts.bytes - 1}) {
      std::string changed = bytes_;
      changed[static_cast<std::size_t>(member.begin + at)] ^= 1;
      EXPECT_NE(failures(changed).find(member.facts.name), std::string::npos)
          << member.facts.name << ", byte " << at;
    }
  }
}

TEST_F(BundleForgery, OfWhichMembersThereAreIsFoundAndNamed) {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    std::vector<PackedMember> without = members_;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(failures(without).find(members_[i].name), std::string::npos) << members_[i].name;
  }
  std::vector<PackedMember> more = members_;
  more.push_back({"z.txt", std::string("more")});
  EXPECT_NE(failures(more).find("z.txt"), std::string::npos);
  std::vector<PackedMember> swapped = members_;
  std::swap(swapped[4].content, swapped[5].content);
  const std::string found = failures(swapped);
  EXPECT_NE(found.find(members_[4].name), std::string::npos) << found;
  EXPECT_NE(found.find(members_[5].name), std::string::npos) << found;
}

TEST_F(BundleForgery, OfAFrameIsFoundThoughAllIsSignedAgain) {
  for (const char* side : {"-query.png", "-reference.png"}) {
    sign_again(kPair + std::string(side), content("frames/upload-1-match-1-pair-2" + std::string(side)));
    const std::string found = failures_of_frames();
    EXPECT_NE(found.find(kPair + std::string(side) + "' is not the picture"), std::string::npos) << found;
    EXPECT_NE(found.find(kPair + std::string(".png' does not show")), std::string::npos) << found;
  }
}

TEST_F(BundleForgery, OfAPartOfAFrameIsFoundThoughAllIsSignedAgain) {
  for (const char* side : {"-query.png", "-reference.png"}) {
    const std::string name = kPair + std::string(side);
    sign_again(name, painted(name));
    const std::string found = failures_of_frames();
    EXPECT_NE(found.find(name + "' is not the picture"), std::string::npos) << found;
  }
}

TEST_F(BundleForgery, OfThePictureOfAPairIsFoundThoughAllIsSignedAgain) {
  sign_again(kPair + std::string(".png"), content("frames/upload-1-match-1-pair-2.png"));

  EXPECT_NE(failures_of_frames().find(kPair + std::string(".png' does not show")), std::string::npos);
}

TEST_F(BundleForgery, WithAFrameThatIsNoPngIsFound) {
  sign_again(kPair + std::string("-query.png"), "no picture");

  EXPECT_NE(failures_of_frames().find(kPair + std::string("-query.png")), std::string::npos);
}

TEST_F(BundleForgery, WithAFingerprintOfSomethingElseIsFoundByTheFrames) {
  const std::string other = content("fingerprints/reference-1.rpf");
  sign_again("fingerprints/upload-1.rpf", other);

  EXPECT_NE(failures_of_frames().find("is not the picture that 'fingerprints/upload-1.rpf'"),
            std::string::npos);
}

}  // namespace
}  // namespace reelprint::pipeline
