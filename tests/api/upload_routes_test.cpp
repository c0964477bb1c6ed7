#include "api/routes/upload_routes.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <iterator>

#include "api_harness.h"
#include "store/uploads.h"

namespace reelprint::api {
namespace {

using store::Uploads;

constexpr TenantId kTenant{7};
const ApiClient::Fields kTus{{"Tus-Resumable", "1.0.0"}};

ApiClient::Fields with(ApiClient::Fields fields, const char* name, const std::string& value) {
  fields.emplace_back(name, value);
  return fields;
}

class UploadRoutesTest : public testing::Test {
 protected:
  /// The Location of a new upload.
  std::string create(std::size_t bytes) {
    const auto response = client_.post("/v1/uploads", "", with(kTus, "Upload-Length", std::to_string(bytes)));
    EXPECT_EQ(response.status, 201U) << response.body;
    return field_of(response, "Location");
  }
  http::Response append(const std::string& upload, std::size_t offset, const std::string& bytes) {
    auto fields = with(kTus, "Upload-Offset", std::to_string(offset));
    fields.emplace_back("Content-Type", "application/offset+octet-stream");
    return client_.patch(upload, bytes, fields);
  }
  std::string content(std::int64_t id) {
    std::ifstream file(store::file_of(harness_.folder(), UploadId{id}), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  ApiHarness harness_{add_upload_routes};
  ApiClient client_ = harness_.as(Role::platform, kTenant);
};

TEST_F(UploadRoutesTest, PutsThePiecesTogether) {
  const std::string upload = create(6);
  EXPECT_EQ(field_of(append(upload, 0, "abc"), "Upload-Offset"), "3");
  const auto response = append(upload, 3, "def");
  EXPECT_EQ(response.status, 204U);
  EXPECT_EQ(field_of(response, "Upload-Offset"), "6");
  EXPECT_EQ(content(1), "abcdef");
  const auto shown = json_of(client_.get(upload)).as_object();
  EXPECT_EQ(shown.at("state").as_string(), "complete");
}

TEST_F(UploadRoutesTest, CallsCompleteWhatIsWholeThoughTheServiceWasKilledBeforeItNotedThat) {
  const std::string upload = create(3);
  std::ofstream(store::file_of(harness_.folder(), UploadId{1}), std::ios::binary) << "abc";
  EXPECT_EQ(json_of(client_.get(upload)).as_object().at("state").as_string(), "complete");
}

TEST_F(UploadRoutesTest, TellsHowMuchHasCome) {
  const std::string upload = create(6);
  static_cast<void>(append(upload, 0, "abcd"));
  const auto response = client_.send(http::Method::head, upload, "", kTus);
  EXPECT_EQ(field_of(response, "Upload-Offset"), "4");
  EXPECT_EQ(field_of(response, "Upload-Length"), "6");
  EXPECT_EQ(field_of(response, "Tus-Resumable"), "1.0.0");
}

TEST_F(UploadRoutesTest, RefusesAnotherOffsetAndTellsTheRightOne) {
  const std::string upload = create(6);
  static_cast<void>(append(upload, 0, "abc"));
  const auto response = append(upload, 0, "abc");
  EXPECT_EQ(response.status, 409U);
  EXPECT_EQ(field_of(response, "Upload-Offset"), "3");
  EXPECT_EQ(content(1), "abc");
}

TEST_F(UploadRoutesTest, TakesNoMoreThanWasSaid) {
  const std::string upload = create(3);
  EXPECT_EQ(append(upload, 0, "abcd").status, 413U);
}

TEST_F(UploadRoutesTest, TakesTheFirstBytesWithTheCreation) {
  auto fields = with(kTus, "Upload-Length", "5");
  fields.emplace_back("Content-Type", "application/offset+octet-stream");
  fields.emplace_back("Upload-Metadata", "filename YS5tcDQ=,flag");
  const auto response = client_.post("/v1/uploads", "abc", fields);
  ASSERT_EQ(response.status, 201U) << response.body;
  EXPECT_EQ(field_of(response, "Upload-Offset"), "3");
  EXPECT_EQ(json_of(response).at("name").as_string(), "a.mp4");
  EXPECT_EQ(content(1), "abc");
}

TEST_F(UploadRoutesTest, RefusesWhatItCannotUnderstand) {
  EXPECT_EQ(client_.post("/v1/uploads", "", {{"Upload-Length", "5"}}).status, 412U);
  EXPECT_EQ(client_.post("/v1/uploads", "", kTus).status, 400U);
  for (const char* length : {"0", "-1", "x", "99999999999999999999", "5 "})
    EXPECT_EQ(client_.post("/v1/uploads", "", with(kTus, "Upload-Length", length)).status, 400U) << length;
  EXPECT_EQ(client_.post("/v1/uploads", "", with(kTus, "Upload-Length", "99999999999999")).status, 413U);
  const auto fields = with(kTus, "Upload-Length", "5");
  for (const char* metadata : {"a x", "a YQ==,a YQ==", "a YQ=", "a Y?=="})
    EXPECT_EQ(client_.post("/v1/uploads", "", with(fields, "Upload-Metadata", metadata)).status, 400U)
        << metadata;
  const std::string upload = create(5);
  EXPECT_EQ(client_.patch(upload, "a", with(kTus, "Upload-Offset", "0")).status, 415U);
}

TEST_F(UploadRoutesTest, HidesTheUploadsOfOtherTenants) {
  const std::string upload = create(5);
  const ApiClient other = harness_.as(Role::platform, TenantId{8});
  EXPECT_EQ(other.get(upload).status, 404U);
  EXPECT_EQ(other.del(upload, kTus).status, 404U);
  auto fields = with(kTus, "Upload-Offset", "0");
  fields.emplace_back("Content-Type", "application/offset+octet-stream");
  EXPECT_EQ(other.patch(upload, "a", fields).status, 404U);
  EXPECT_EQ(harness_.as(Role::auditor).get(upload).status, 403U);
}

TEST_F(UploadRoutesTest, RemovesAnUploadWithItsFile) {
  const std::string upload = create(5);
  EXPECT_EQ(client_.del(upload, kTus).status, 204U);
  EXPECT_EQ(client_.get(upload).status, 404U);
  EXPECT_FALSE(std::filesystem::exists(store::file_of(harness_.folder(), UploadId{1})));
}

TEST_F(UploadRoutesTest, KeepsWhatAJobHasClaimed) {
  const std::string upload = create(1);
  static_cast<void>(append(upload, 0, "a"));
  ASSERT_TRUE(Uploads(harness_.database()).claim(UploadId{1}));
  EXPECT_FALSE(Uploads(harness_.database()).claim(UploadId{1}));
  EXPECT_EQ(client_.del(upload, kTus).status, 409U);
  harness_.clock.advance(std::chrono::hours(100));
  EXPECT_EQ(sweep_uploads(harness_.store(), harness_.folder(), harness_.clock.now()), 0U);
  EXPECT_EQ(content(1), "a");
}

TEST_F(UploadRoutesTest, ForgetsWhatIsTooOld) {
  const std::string upload = create(5);
  harness_.clock.advance(std::chrono::hours(24));
  EXPECT_EQ(client_.get(upload).status, 404U);
  EXPECT_EQ(sweep_uploads(harness_.store(), harness_.folder(), harness_.clock.now()), 1U);
  EXPECT_FALSE(std::filesystem::exists(store::file_of(harness_.folder(), UploadId{1})));
}

TEST_F(UploadRoutesTest, SaysWhatItSpeaks) {
  const auto response = harness_.anonymous().send(http::Method::options, "/v1/uploads");
  EXPECT_EQ(response.status, 204U);
  EXPECT_EQ(field_of(response, "Tus-Version"), "1.0.0");
}

}  // namespace
}  // namespace reelprint::api
