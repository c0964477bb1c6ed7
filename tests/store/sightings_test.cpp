#include "store/sightings.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{1'000'000s};

Sighting sample_sighting() {
  Sighting sighting;
  sighting.tenant = TenantId{2};
  sighting.source = CrawlSourceId{3};
  sighting.location = "https://cdn.example/1.mp4";
  sighting.page_url = "https://a.example/watch/1";
  sighting.bytes = 1'000;
  sighting.media = media_number(1);
  sighting.metadata = {.title = "Title",
                       .description = "Text",
                       .uploader = "someone",
                       .uploader_url = "https://a.example/u/someone",
                       .series = "Series",
                       .episode = 4,
                       .duration = Duration{90'000'000},
                       .published_at = kNow - 1h,
                       .views = 12,
                       .likes = 3,
                       .thumbnail_url = "https://a.example/1.jpg",
                       .language = "en"};
  sighting.address = "192.0.2.1";
  sighting.hint = "its title names the series 'The Oath'";
  sighting.request = RequestId{9};
  sighting.seen_at = kNow;
  sighting.checked_at = kNow;
  return sighting;
}

class SightingsTest : public testing::Test {
 protected:
  SightingsTest() { bring_up_to_date(database_, migrations()); }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
  Sightings sightings_{database_};
};

TEST_F(SightingsTest, KeepsEveryFieldOfASighting) {
  Sighting sighting = sample_sighting();
  sighting.id = sightings_.put(sighting);
  EXPECT_EQ(sightings_.find(sighting.id), sighting);
  EXPECT_EQ(sightings_.find(TenantId{2}, sighting.location, sighting.page_url), sighting);
  EXPECT_EQ(sightings_.of_request(RequestId{9}), sighting);
  EXPECT_FALSE(sightings_.of_request(RequestId{}));
  EXPECT_FALSE(sightings_.find(SightingId{99}));
}

TEST_F(SightingsTest, KeepsWhatWasSaidWhereNothingNewIs) {
  Sighting sighting = sample_sighting();
  sighting.id = sightings_.put(sighting);
  Sighting again;
  again.tenant = sighting.tenant;
  again.location = sighting.location;
  again.page_url = sighting.page_url;
  again.metadata.views = 20;
  again.is_up = true;
  again.seen_at = kNow + 1h;
  again.checked_at = kNow + 1h;
  EXPECT_EQ(sightings_.put(again), sighting.id);
  sighting.metadata.views = 20;
  sighting.checked_at = kNow + 1h;
  EXPECT_EQ(sightings_.find(sighting.id), sighting);
}

TEST_F(SightingsTest, FindsTheSameAccountAndTheSameFileOfATenant) {
  Sighting sighting = sample_sighting();
  const auto first = sightings_.put(sighting);
  sighting.location = "https://cdn.example/2.mp4";
  const auto second = sightings_.put(sighting);
  sighting.tenant = TenantId{3};
  sightings_.put(sighting);
  const auto of_uploader = sightings_.of_uploader(TenantId{2}, "https://a.example/u/someone", 10);
  ASSERT_EQ(of_uploader.size(), 2u);
  EXPECT_EQ(of_uploader[0].id, first);
  EXPECT_EQ(sightings_.of_media(TenantId{2}, media_number(1), 10).at(1).id, second);
  EXPECT_TRUE(sightings_.of_media(TenantId{2}, Sha256{}, 10).empty());
  EXPECT_TRUE(sightings_.of_uploader(TenantId{2}, "", 10).empty());
}

TEST_F(SightingsTest, ListsTheNewestFirstByTenantAndSource) {
  Sighting sighting = sample_sighting();
  const auto first = sightings_.put(sighting);
  sighting.location = "https://cdn.example/2.mp4";
  sighting.source = CrawlSourceId{4};
  const auto second = sightings_.put(sighting);
  EXPECT_EQ(sightings_.list(TenantId{2}, {}, 10).at(0).id, second);
  EXPECT_EQ(sightings_.list(TenantId{2}, second, 10).at(0).id, first);
  EXPECT_TRUE(sightings_.list(TenantId{3}, {}, 10).empty());
  EXPECT_EQ(sightings_.list(TenantId{}, {}, 10).size(), 2u);
  EXPECT_EQ(sightings_.list(SightingFilter{.source = CrawlSourceId{3}}, {}, 10).at(0).id, first);
}

TEST_F(SightingsTest, IsLookedAtAgainOnceItIsInACase) {
  const auto id = sightings_.put(sample_sighting());
  EXPECT_TRUE(sightings_.due_for_check(kNow, 10).empty());
  sightings_.set_case(id, CaseId{5});
  EXPECT_EQ(sightings_.of_case(CaseId{5}).size(), 1u);
  EXPECT_TRUE(sightings_.due_for_check(kNow + 1h, 10).empty());
  ASSERT_EQ(sightings_.due_for_check(kNow + 3h, 10).size(), 1u);
  sightings_.add_check({.sighting = id, .at = kNow, .is_up = false, .page_status = 404, .why = "it is gone"},
                       kNow + 24h);
  EXPECT_TRUE(sightings_.due_for_check(kNow + 23h, 10).empty());
  EXPECT_EQ(sightings_.due_for_check(kNow + 24h, 10).size(), 1u);
  EXPECT_FALSE(sightings_.find(id)->is_up);
  sightings_.add_check(
      {.sighting = id, .at = kNow + 24h, .is_up = true, .page_status = 200, .why = "it is back"}, WallTime{});
  EXPECT_TRUE(sightings_.due_for_check(kNow + 240h, 10).empty());
  const auto checks = sightings_.checks(id);
  ASSERT_EQ(checks.size(), 2u);
  EXPECT_EQ(checks[0].page_status, 404);
  EXPECT_EQ(checks[1].why, "it is back");
  EXPECT_TRUE(sightings_.find(id)->is_up);
}

TEST_F(SightingsTest, KeepsItsCaptures) {
  const auto id = sightings_.put(sample_sighting());
  Capture capture{.sighting = id,
                  .file = "1.warc.gz",
                  .digest = media_number(7),
                  .bytes = 100,
                  .screenshot = "1.png",
                  .at = kNow};
  capture.id = sightings_.add_capture(capture);
  const auto found = sightings_.captures(id);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].file, "1.warc.gz");
  EXPECT_EQ(found[0].digest, media_number(7));
  EXPECT_EQ(found[0].screenshot, "1.png");
}

TEST_F(SightingsTest, IsNoLongerOfACaseThatItWasTakenOutOf) {
  const auto id = sightings_.put(sample_sighting());
  sightings_.set_case(id, CaseId{5});
  sightings_.set_case(id, CaseId{});
  EXPECT_TRUE(sightings_.of_case(CaseId{5}).empty());
  EXPECT_TRUE(sightings_.due_for_check(kNow, 10).empty());
  sightings_.set_request(id, RequestId{11});
  EXPECT_EQ(sightings_.find(id)->request, RequestId{11});
}

}  // namespace
}  // namespace reelprint::store
