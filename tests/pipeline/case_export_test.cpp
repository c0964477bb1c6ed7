// From a screening to a bundle, and from the bundle back to the claim.
#include "pipeline/case_export.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "case_export_fixture.h"
#include "core/error.h"
#include "fingerprint/fingerprint_codec.h"
#include "fingerprint/sha256.h"
#include "pipeline/bundle_check.h"
#include "pipeline/case_facts.h"
#include "pipeline/custody.h"
#include "pipeline/sighting_custody.h"
#include "store/audit.h"
#include "store/cases.h"
#include "store/sightings.h"
#include "store/works.h"
#include "tests/support/loopback_server.h"
#include "tests/support/time_stamp_authority.h"

namespace reelprint::pipeline {
namespace {

class CaseExport : public test::CaseExportFixture {};

TEST_F(CaseExport, GivesABundleWhoseClaimIsMadeAgainFromItsMedia) {
  CaseExportSettings settings;
  settings.with_media = true;
  const auto written = write("a.zip", settings);

  const auto verified = verify("a.zip");

  EXPECT_EQ(told(verified, evidence::CheckOutcome::failed), "");
  const std::string passed = told(verified, evidence::CheckOutcome::passed);
  EXPECT_NE(passed.find("the enclosed media give the enclosed fingerprint again"), std::string::npos)
      << passed;
  EXPECT_NE(passed.find("found again at"), std::string::npos) << passed;
  EXPECT_NE(passed.find("custody: "), std::string::npos) << passed;
  std::vector<std::string> names;
  for (const auto& file : written.manifest.files) names.push_back(file.name);
  for (const char* name :
       {"report.pdf", "match.json", "fingerprints/upload-1.rpf", "fingerprints/reference-1.rpf",
        "media/upload-1.mp4", "frames/upload-1-match-1-pair-1.png", "frames/upload-1-time-time.png",
        "frames/upload-1-coverage-1.png"})
    EXPECT_NE(std::ranges::find(names, name), names.end()) << name;
}

TEST_F(CaseExport, IsTheSameBytesAtTheSameRecordedTime) {
  const auto first = write("a.zip");
  CaseExportSettings again;
  again.made_at = first.manifest.made_at;
  clock_.advance(std::chrono::hours(5));

  EXPECT_EQ(write("b.zip", again).sha256, first.sha256);
  EXPECT_NE(write("c.zip").sha256, first.sha256);
}

TEST_F(CaseExport, IsNotMadeAtATimeAtWhichItsKeyDidNotSign) {
  CaseExportSettings settings;
  settings.made_at = clock_.now() + std::chrono::seconds(1);
  EXPECT_THROW((void)write("a.zip", settings), Error);
  settings.made_at = clock_.now();
  clock_.advance(std::chrono::hours(1));
  (void)write("a.zip", settings);
  create_evidence_key(store_, data_, actor());

  EXPECT_THROW((void)write("b.zip", settings), Error);
}

TEST_F(CaseExport, HasATimeStampThatIsAskedForOnceAndStaysTheSame) {
  if (!reelprint::test::has_openssl()) GTEST_SKIP() << "there is no command openssl";
  const reelprint::test::TimeStampAuthority authority(folder_.path() / "authority");
  const reelprint::test::LoopbackServer server(
      [&](const std::string& request, const reelprint::test::LoopbackConnection& connection) {
        const std::string answer = authority.answer(request.substr(request.find("\r\n\r\n") + 4));
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: " +
                        std::to_string(answer.size()) + "\r\n\r\n" + answer);
      });
  CaseExportSettings settings;
  settings.authority = server.url();
  const auto first = write("a.zip", settings);
  settings.made_at = first.manifest.made_at;

  const auto verified = check_bundle(folder_.path() / "a.zip", {{}, authority.ca(), folder_.path()}, reader_);

  EXPECT_NE(told(verified, evidence::CheckOutcome::passed).find("authority: "), std::string::npos);
  EXPECT_EQ(told(verified, evidence::CheckOutcome::failed), "");
  EXPECT_EQ(write("b.zip", settings).sha256, first.sha256);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(CaseExport, SaysWhyThereIsNoTimeStamp) {
  CaseExportSettings settings;
  settings.authority = "http://127.0.0.1:1/nobody";

  const auto written = write("a.zip", settings);

  EXPECT_FALSE(written.manifest.time_stamp.is_present());
  EXPECT_NE(written.manifest.time_stamp.missing_why, "");
  EXPECT_EQ(told(verify("a.zip"), evidence::CheckOutcome::failed), "");
}

TEST_F(CaseExport, IsNotedInTheAuditLogAndInTheCase) {
  (void)write("a.zip");
  note_evidence_access(store_, CaseId{1}, "bundle", actor());

  store::AuditFilter filter;
  filter.object = "case 1";
  const auto entries = store::Audit(store_.database()).list(filter, {}, 10);
  ASSERT_GE(entries.size(), 2U);
  EXPECT_EQ(entries[0].action, "evidence.access");
  EXPECT_EQ(entries[1].action, "case.export");
  EXPECT_NE(entries[1].detail.find("system clock"), std::string::npos);
  const auto history = store::Cases(store_.database()).history(CaseId{1});
  EXPECT_EQ(history.back().what, "access");
}

TEST_F(CaseExport, ShowsTheCustodyOfWhatWasDecidedOfWhichBytes) {
  const auto facts = facts_of_case(store_, data_, CaseId{1});
  const auto entries =
      custody_of(store_, facts.objects, TenantId{1}, store::Audit(store_.database()).newest()).entries;

  const auto decided = std::ranges::find(entries, "decision.made", &evidence::CustodyEntry::action);
  ASSERT_NE(decided, entries.end());
  EXPECT_NE(decided->detail.find(to_hex(facts.uploads[0].facts.media)), std::string::npos) << decided->detail;
  EXPECT_NE(decided->detail.find("\"references\":[1]"), std::string::npos) << decided->detail;
}

TEST_F(CaseExport, TellsWhatTheCatalogHasOfTheRight) {
  store::Works works(store_.database());
  store::Work work = works.work(store_.reference(ReferenceId{1})->series.id).value();
  work.proof = R"({"first_published_on":"2026-05-01","registration_number":"2026-A-00012"})";
  ASSERT_TRUE(works.update(work));

  const auto facts = facts_of_case(store_, data_, CaseId{1});

  ASSERT_EQ(facts.uploads.size(), 1U);
  ASSERT_FALSE(facts.uploads[0].facts.matches.empty());
  const evidence::WorkFacts& told_of = facts.uploads[0].facts.matches[0].work;
  EXPECT_EQ(told_of.first_publication, "2026-05-01");
  ASSERT_EQ(told_of.proofs_of_right.size(), 1U);
  EXPECT_EQ(told_of.proofs_of_right[0].second, "2026-A-00012");
}

TEST_F(CaseExport, ShowsTheCustodyOfItsSightingsWhosePlatformIsAnothers) {
  Sighting sighting;
  sighting.tenant = TenantId{2};
  sighting.location = "https://showtube.example/v/1.mp4";
  sighting.seen_at = sighting.checked_at = clock_.now();
  store::Sightings sightings(store_.database());
  sighting.id = sightings.put(sighting);
  note_seen(store_, sighting, "a sample");
  store::Capture capture;
  capture.sighting = sighting.id;
  capture.file = "sighting-1.warc.gz";
  capture.at = clock_.now();
  sightings.add_capture(capture);
  note_capture(store_, sighting, capture);
  store::Cases cases(store_.database());
  const LegalCase one = cases.find(CaseId{1}).value();
  ASSERT_EQ(
      cases.open_or_join({one.holder, one.tenant, one.platform, one.account, {}, sighting.id, "crawler"},
                         clock_.now()),
      one.id);

  (void)write("a.zip");

  const auto facts = facts_of_case(store_, data_, CaseId{1});
  ASSERT_EQ(facts.legal_case.tenant, TenantId{1});
  std::vector<std::string> actions;
  for (const auto& entry :
       custody_of(store_, facts.objects, TenantId{1}, store::Audit(store_.database()).newest()).entries)
    actions.push_back(entry.action);
  EXPECT_EQ(std::ranges::count(actions, "sighting.seen"), 1);
  EXPECT_EQ(std::ranges::count(actions, "sighting.capture"), 1);
  EXPECT_EQ(told(verify("a.zip"), evidence::CheckOutcome::failed), "");
}

TEST_F(CaseExport, TellsWhenTheClaimIsNotWhatTheFingerprintsShow) {
  // Signed by the right key, and wrong all the same: the work's fingerprint is that of something else.
  store_.database().run({"swap", "UPDATE fingerprints SET bytes = ?1"},
                        std::span<const std::byte>(fingerprint::encode(test::print_of(7))));
  (void)write("a.zip");

  EXPECT_NE(told(verify("a.zip"), evidence::CheckOutcome::failed).find("it is not found again"),
            std::string::npos);
}

TEST_F(CaseExport, KeepsItsKeyFromOthersAndOutOfUseOnceRevoked) {
  const auto key = store::SigningKeys(store_.database()).in_use();
  const auto secret = data_ / "evidence-keys" / (key->name + ".key");
  struct stat facts {};
  ASSERT_EQ(::stat(secret.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);

  revoke_evidence_key(store_, data_, key->name, clock_.now(), "stolen", actor());

  EXPECT_FALSE(std::filesystem::exists(secret));
  EXPECT_THROW((void)write("a.zip"), Error);
  EXPECT_THROW(revoke_evidence_key(store_, data_, key->name, clock_.now(), "again", actor()), Error);
}

}  // namespace
}  // namespace reelprint::pipeline
