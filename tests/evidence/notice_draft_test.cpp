#include "evidence/notice_draft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "case_sample.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

using test::case_sample;
using test::PictureFolder;

std::set<std::string> flawed_fields(const Notice& notice) {
  std::set<std::string> fields;
  for (const NoticeFlaw& flaw : validate(notice)) {
    if (!flaw.is_sign_off) fields.insert(flaw.field);
  }
  return fields;
}

TEST(NoticeDraft, LeavesToAPersonOnlyWhatTheCaseDoesNotKnow) {
  const PictureFolder folder;
  const CaseFile file = case_sample(folder.file(""));
  using Fields = std::set<std::string>;
  EXPECT_EQ(flawed_fields(draft_notice(file, NoticeKind::dmca, "en")),
            (Fields{"sender.name", "sender.address", "sender.phone", "sender.email"}));
  EXPECT_EQ(flawed_fields(draft_notice(file, NoticeKind::dsa, "en")),
            (Fields{"sender.name", "sender.email"}));
  EXPECT_EQ(flawed_fields(draft_notice(file, NoticeKind::cn_art14, "zh")),
            (Fields{"holder.phone", "holder.address", "holder.identity", "mandate"}));
  EXPECT_EQ(flawed_fields(draft_notice(file, NoticeKind::certification_902_13, "en")),
            (Fields{"sender.name", "certified.qualification", "certified.files"}));
  EXPECT_EQ(flawed_fields(draft_notice(file, NoticeKind::certification_cn_spc11, "zh")),
            (Fields{"sender.name", "certified.files"}));
}

TEST(NoticeDraft, NamesAPlaceOnceForEachWorkItShows) {
  const PictureFolder folder;
  CaseFile file = case_sample(folder.file(""));
  file.uploads.push_back(file.uploads.front());
  file.uploads.back().sighting->page_url = "https://videos.example/watch/other";
  file.uploads.back().matches.back().work.episode_number = "4";
  const Notice notice = draft_notice(file, NoticeKind::dmca, "en");
  ASSERT_EQ(notice.works.size(), 2U);
  EXPECT_EQ(notice.works[1].name, "灯誓 The Lantern Oath, season 1, episode 4");
  ASSERT_EQ(notice.targets.size(), 3U);
  EXPECT_EQ(notice.targets[0].where, "0:04.0 – 0:34.0 of the video, 0:40.0 – 0:51.5 of the video");
  EXPECT_EQ(notice.targets[2].url, "https://videos.example/watch/other");
  EXPECT_EQ(notice.targets[2].work, 2U);
  EXPECT_EQ(draft_notice(file, NoticeKind::dmca, "en", {1}).targets.size(), 2U);
}

TEST(NoticeDraft, LeavesOutWhatHasNoMatchOrNoAddress) {
  const PictureFolder folder;
  CaseFile file = case_sample(folder.file(""));
  file.uploads.push_back(file.uploads.front());
  file.uploads.front().matches.clear();
  file.uploads.back().sighting.reset();
  file.uploads.back().url.clear();
  EXPECT_TRUE(draft_notice(file, NoticeKind::dmca, "en").targets.empty());
}

TEST(NoticeDraft, ClaimsNothingThatIsAllowedOrInDoubt) {
  const PictureFolder folder;
  const CaseFile file = case_sample(folder.file(""));
  CaseFile licensed = file;
  licensed.uploads.front().ruling.decision = Decision::licensed;
  EXPECT_TRUE(draft_notice(licensed, NoticeKind::dmca, "en").targets.empty());
  CaseFile doubtful = file;
  doubtful.uploads.front().matches[0].match.is_confirmed = false;
  doubtful.uploads.front().matches[1].match.found_by = FoundBy::sound;
  EXPECT_TRUE(draft_notice(doubtful, NoticeKind::dmca, "en").works.empty());
}

TEST(NoticeDraft, CertifiesNoCaptureThatThereIsNot) {
  const PictureFolder folder;
  CaseFile file = case_sample(folder.file(""));
  const auto process = [&] {
    return draft_notice(file, NoticeKind::certification_902_13, "en").certified.process;
  };
  EXPECT_TRUE(process().starts_with("1. The page and the media were requested over the network"));
  file.uploads.front().exchanges.clear();
  EXPECT_TRUE(process().starts_with("1. At least one of the media was handed to the service as a file"));
}

TEST(NoticeDraft, NeverSignsOrConfirms) {
  const PictureFolder folder;
  const Notice notice = draft_notice(case_sample(folder.file("")), NoticeKind::dmca, "en");
  EXPECT_TRUE(notice.signature.empty());
  EXPECT_TRUE(notice.confirmed.empty());
  EXPECT_TRUE(notice.signed_on.empty());
}

}  // namespace
}  // namespace reelprint::evidence
