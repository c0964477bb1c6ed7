#include "pipeline/tidy_sources.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/screening_request.h"
#include "store/references.h"
#include "store/screening_requests.h"
#include "store/uploads.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

namespace fs = std::filesystem;

class TidySources : public testing::Test {
 protected:
  UploadId added() {
    store::Upload upload;
    upload.length_bytes = 1;
    return uploads_.add(upload);
  }
  UploadId claimed() {
    const UploadId id = added();
    EXPECT_TRUE(uploads_.complete(id) && uploads_.claim(id));
    write(store::file_of(data(), id));
    return id;
  }
  ReferenceId pending(const store::MediaSource& source) {
    store::NewReference wanted;
    wanted.holder = "Lotus";
    wanted.series = "The Oath";
    const auto known = store_.add_reference(wanted, {}, kAlgorithm).reference;
    Reference reference = store_.reference(known)->reference;
    reference.cut = "long";
    const ReferenceId id = references_.add_pending(reference);
    references_.set_source(id, source);
    return id;
  }
  static void write(const fs::path& file) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << "x";
  }
  [[nodiscard]] const fs::path& data() const { return folder_.path(); }

  test::TemporaryFolder folder_;
  store::Store store_{folder_.path()};
  store::Uploads uploads_{store_.database()};
  store::References references_{store_.database()};
};

TEST_F(TidySources, KeepTheUploadOfAScreeningAsLongAsItsMedia) {
  const UploadId id = claimed();
  ScreeningRequest request;
  request.source_kind = SourceKind::upload;
  request.source = std::to_string(id.value);
  request.media = store::file_of({}, id).filename().string();
  store::ScreeningRequests requests(store_.database());
  const RequestId asked = requests.add(request);
  EXPECT_EQ(tidy_sources(store_, data()), 0U);
  requests.forget_media(asked);
  EXPECT_EQ(tidy_sources(store_, data()), 1U);
  EXPECT_FALSE(uploads_.find(id));
  EXPECT_FALSE(fs::exists(store::file_of(data(), id)));
}

TEST_F(TidySources, KeepTheUploadOfAReferenceUntilItHasFailed) {
  const UploadId id = claimed();
  const ReferenceId reference = pending({store::MediaSource::Kind::upload, std::to_string(id.value)});
  EXPECT_EQ(tidy_sources(store_, data()), 0U);
  references_.fail(reference, "broken");
  EXPECT_EQ(tidy_sources(store_, data()), 1U);
}

TEST_F(TidySources, KeepWhatNobodyHasClaimed) {
  const UploadId id = added();
  EXPECT_EQ(tidy_sources(store_, data()), 0U);
  EXPECT_TRUE(uploads_.find(id));
}

TEST_F(TidySources, SweepOldFilesOfTheSpoolThatNoReferenceIsMadeOf) {
  const fs::path left = data() / "spool" / "left";
  const fs::path fresh = data() / "spool" / "fresh";
  const fs::path wanted = data() / "spool" / "wanted";
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(25);
  for (const auto& file : {left, fresh, wanted}) write(file);
  for (const auto& file : {left, wanted}) fs::last_write_time(file, old);
  pending({store::MediaSource::Kind::spooled, wanted.string()});
  EXPECT_EQ(tidy_sources(store_, data()), 1U);
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(fresh));
  EXPECT_TRUE(fs::exists(wanted));
}

}  // namespace
}  // namespace reelprint::pipeline
