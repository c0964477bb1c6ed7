#include "evidence/custody_check.h"

#include <gtest/gtest.h>

#include <sstream>

#include "bundle_samples.h"
#include "evidence/digest.h"
#include "evidence/match_document.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

/// Two entries and a link of others between them.
class CustodyCheck : public testing::Test {
 protected:
  CustodyCheck() {
    std::istringstream text(custody_document(test::sample_case(folder_.file("case"))));
    for (std::string line; std::getline(text, line);) lines_.push_back(line + "\n");
  }
  [[nodiscard]] static CustodyFindings of(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    return examine_custody(text);
  }

  test::PictureFolder folder_;
  std::vector<std::string> lines_;
};

TEST_F(CustodyCheck, FollowsTheChainToTheExport) {
  ASSERT_EQ(lines_.size(), 3U);

  const CustodyFindings findings = of(lines_);

  EXPECT_TRUE(findings.faults.empty());
  EXPECT_EQ(findings.gaps, 0U);
  EXPECT_EQ(findings.last_object, "case 3");
  EXPECT_TRUE(findings.last_made_at.has_value());
  EXPECT_EQ(findings.captured.count(sha256_of(std::string(5000, 'w'))), 1U);
}

TEST_F(CustodyCheck, FindsAnEntryThatWasLeftOut) {
  EXPECT_EQ(of({lines_[0], lines_[2]}).faults,
            std::vector<std::string>{"between entry 4 and entry 6 entries are missing"});
}

TEST_F(CustodyCheck, FindsTheEndThatWasCutOff) {
  EXPECT_EQ(of({lines_[0]}).last_object, "");
  EXPECT_EQ(of({lines_[0], lines_[1]}).last_object, "");
}

TEST_F(CustodyCheck, FindsEntriesInAnotherOrder) {
  EXPECT_FALSE(of({lines_[0], lines_[2], lines_[1]}).faults.empty());
  EXPECT_FALSE(of({lines_[2], lines_[1], lines_[0]}).faults.empty());
  EXPECT_FALSE(of({lines_[0], lines_[1], lines_[1], lines_[2]}).faults.empty());
}

TEST_F(CustodyCheck, FindsEveryLetterThatWasChangedInAnEntry) {
  const std::string entry = lines_[0];
  for (std::size_t at = 0; at + 1 < entry.size(); ++at) {
    std::vector<std::string> changed = lines_;
    changed[0][at] ^= 1;
    EXPECT_FALSE(of(changed).faults.empty()) << changed[0];
  }
}

TEST_F(CustodyCheck, FindsALinkThatWasChanged) {
  std::vector<std::string> changed = lines_;
  const std::size_t digit = changed[1].find("\"content\":\"") + 11;
  changed[1][digit] = changed[1][digit] == 'a' ? 'b' : 'a';

  EXPECT_EQ(of(changed).faults, std::vector<std::string>{"entry 6 does not follow the entry before it"});
}

}  // namespace
}  // namespace reelprint::evidence
