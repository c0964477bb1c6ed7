#include "evidence/work_proof.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "evidence/wording.h"

namespace reelprint::evidence {
namespace {

constexpr const char* kProof = R"({"copyright_owner":"Lotus Film","first_published_on":"2026-05-01",)"
                               R"("first_published_in":"CN","registration_number":"2026-A-00012",)"
                               R"("notes":"by contract","chain_of_title":[{"name":"assignment.pdf",)"
                               R"("sha256":"ab"},{"name":"licence.pdf","sha256":null}]})";

TEST(WorkProof, TellsAllThatTheCatalogHas) {
  WorkFacts work;
  tell_proof(work, kProof);
  EXPECT_EQ(work.first_publication, "2026-05-01, CN");
  const decltype(work.proofs_of_right) expected{{"Copyright owner", "Lotus Film"},
                                                {"Copyright registration", "2026-A-00012"},
                                                {"Proof, as a file", "assignment.pdf, SHA-256 ab"},
                                                {"Proof, as a file", "licence.pdf"},
                                                {"Remarks", "by contract"}};
  EXPECT_EQ(work.proofs_of_right, expected);
}

TEST(WorkProof, HasLabelsThatAreKnownInChinese) {
  WorkFacts work;
  tell_proof(work, kProof);
  const Wording chinese(ReportLanguage::zh);
  for (const auto& [label, value] : work.proofs_of_right) EXPECT_NE(chinese.known(label), label);
}

TEST(WorkProof, LeavesOutWhatIsMissingOrOfAnotherKind) {
  WorkFacts work;
  tell_proof(work, R"({"first_published_in":"CN","copyright_owner":5,"chain_of_title":[7,{}]})");
  EXPECT_EQ(work.first_publication, "CN");
  EXPECT_TRUE(work.proofs_of_right.empty());
  tell_proof(work, "{}");
  EXPECT_EQ(work.first_publication, "");
  EXPECT_THROW(tell_proof(work, "[]"), Error);
  EXPECT_THROW(tell_proof(work, "{"), Error);
}

}  // namespace
}  // namespace reelprint::evidence
