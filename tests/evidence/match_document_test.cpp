#include "evidence/match_document.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "bundle_samples.h"
#include "evidence/claims.h"
#include "samples.h"
#include "schema_check.h"

namespace reelprint::evidence {
namespace {

class MatchDocument : public testing::Test {
 protected:
  test::PictureFolder folder_;
  CaseFile case_file_ = test::sample_case(folder_.file("case"));
  boost::json::value schema_ = boost::json::parse(test::bytes_of_file(MATCH_SCHEMA));
};

TEST_F(MatchDocument, IsWhatThePublishedSchemaSays) {
  case_file_.uploads[0].exchanges[0].certificates.push_back({"PEM", "CN=a", "CN=b", {}});
  case_file_.uploads[0].ruling.steps.push_back({StepKind::evidence, 0, true, "a sentence"});
  case_file_.history.push_back({1, CaseId{3}, case_file_.made_at, "amy", "note", "{}"});

  const auto document = boost::json::parse(match_document(case_file_));

  EXPECT_EQ(test::misfits(document, schema_), std::vector<std::string>{});
}

TEST_F(MatchDocument, IsHeldToTheSchemaInEachMember) {
  auto document = boost::json::parse(match_document(case_file_));
  document.at("uploads").at(0).at("matches").at(0).as_object()["score"] = "high";
  document.as_object()["more"] = 1;
  document.at("case").as_object().erase("state");

  EXPECT_EQ(test::misfits(document, schema_).size(), 3U);
}

TEST_F(MatchDocument, TellsItsClaimsAgain) {
  const auto claims = claims_in(match_document(case_file_));

  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].number, 7);
  EXPECT_EQ(claims[0].fingerprint, "fingerprints/upload-7.rpf");
  EXPECT_EQ(claims[0].media_file, "");
  ASSERT_EQ(claims[0].matches.size(), 1U);
  EXPECT_EQ(claims[0].matches[0].match.query_span, case_file_.uploads[0].matches[0].match.query_span);
  EXPECT_EQ(claims[0].matches[0].match.score, 0.97);
}

TEST_F(MatchDocument, LeavesOutNumbersBeyondWhatJsonCanSay) {
  case_file_.uploads[0].sighting->metadata.views = ~std::uint64_t{0};
  EXPECT_NE(match_document(case_file_).find("\"views\":null"), std::string::npos);
}

}  // namespace
}  // namespace reelprint::evidence
