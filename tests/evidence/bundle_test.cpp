#include "evidence/bundle.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "bundle_samples.h"
#include "core/error.h"
#include "evidence/digest.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

class Bundle : public testing::Test {
 protected:
  /// Without reports, which take their time.
  WrittenBundle write(const char* name, BundleSettings settings = {}) {
    settings.languages = {};
    return write_bundle(test::sample_case(folder_.file("case")), test::sample_key(), settings,
                        folder_.file(name));
  }

  test::PictureFolder folder_;
};

TEST_F(Bundle, IsTheSameBytesWhenMadeTwice) {
  const WrittenBundle first = write("a.zip");
  const WrittenBundle second = write("b.zip");

  EXPECT_EQ(first.sha256, second.sha256);
  EXPECT_EQ(test::bytes_of_file(folder_.file("a.zip")), test::bytes_of_file(folder_.file("b.zip")));
}

TEST_F(Bundle, HasTheReportsOfEachLanguageAndIsTheSameBytesWithThem) {
  const BundleSettings settings{{ReportLanguage::zh, ReportLanguage::en}, "", {}};
  const auto write_both = [&](const char* name) {
    return write_bundle(test::sample_case(folder_.file("case")), test::sample_key(), settings,
                        folder_.file(name));
  };
  const WrittenBundle first = write_both("a.zip");

  std::vector<std::string> names;
  for (const ManifestFile& file : first.manifest.files) names.push_back(file.name);
  for (const char* name : {"report.pdf", "report.html", "report.en.pdf", "report.en.html"})
    EXPECT_NE(std::ranges::find(names, name), names.end()) << name;
  EXPECT_EQ(first.sha256, write_both("b.zip").sha256);
}

TEST_F(Bundle, SignsTheManifestThatItCarries) {
  const WrittenBundle written = write("a.zip");
  const std::string bytes = test::bytes_of_file(folder_.file("a.zip"));
  const std::string manifest = to_text(written.manifest);
  const Signature signature = test::sample_key().sign(manifest);

  EXPECT_NE(bytes.find(manifest), std::string::npos);
  EXPECT_NE(bytes.find(std::string(signature.bytes.begin(), signature.bytes.end())), std::string::npos);
  EXPECT_TRUE(is_signed_by(written.manifest.key, manifest, signature));
  EXPECT_EQ(manifest_in(manifest), written.manifest);
}

TEST_F(Bundle, SaysThatThereIsNoTimeStampAndWhy) {
  BundleSettings settings;
  settings.authority = "http://tsa.example";
  settings.ask = [](const Sha256&) -> std::string { throw Error(ErrorCode::io, "nobody answers"); };

  const WrittenBundle written = write("a.zip", settings);

  EXPECT_FALSE(written.manifest.time_stamp.is_present());
  EXPECT_EQ(written.manifest.time_stamp.missing_why, "nobody answers");
  EXPECT_NE(test::bytes_of_file(folder_.file("a.zip")).find("There is no time stamp"), std::string::npos);
}

TEST_F(Bundle, CarriesTheTokenAndItsDigest) {
  BundleSettings settings;
  settings.ask = [](const Sha256&) { return std::string("a token"); };

  const WrittenBundle written = write("a.zip", settings);

  EXPECT_EQ(written.manifest.time_stamp.token, sha256_of(std::string_view("a token")));
}

TEST_F(Bundle, LeavesNothingBehindWhenAnAttachmentIsGone) {
  CaseFile case_file = test::sample_case(folder_.file("case"));
  case_file.attachments.push_back({"captures/gone.warc", folder_.file("gone"), "", ""});

  EXPECT_THROW(write_bundle(case_file, test::sample_key(), {{}, "", {}}, folder_.file("a.zip")), Error);

  EXPECT_FALSE(std::filesystem::exists(folder_.file("a.zip")));
  EXPECT_FALSE(std::filesystem::exists(folder_.file("a.zip.parts")));
}

TEST_F(Bundle, RefusesANameThatLeadsOutOfIt) {
  CaseFile case_file = test::sample_case(folder_.file("case"));
  for (const char* name : {"../a", "/a", "a//b", "a/../b", "", "a b", ".hidden", "README.txt"}) {
    case_file.attachments.back().name = name;
    EXPECT_THROW(write_bundle(case_file, test::sample_key(), {{}, "", {}}, folder_.file("a.zip")), Error)
        << name;
  }
}

}  // namespace
}  // namespace reelprint::evidence
