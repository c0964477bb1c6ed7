#include "api/uploads_sink.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include "api/append_sink.h"
#include "tests/store/child_process.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::api {
namespace {

namespace fs = std::filesystem;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string part(const std::string& disposition, const std::string& content) {
  return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}

/// The status of the problem that `function` throws; 0 when it throws none.
template <class Function>
unsigned refusal_of(Function function) {
  try {
    function();
    return 0;
  } catch (const http::Problem& problem) {
    return problem.status;
  }
}

class UploadsSinkTest : public testing::Test {
 protected:
  MultipartSink sink(std::size_t most_field_bytes = 100) {
    return {folder_.path(), "multipart/form-data; boundary=b", {"file", 1000, most_field_bytes}};
  }
  unsigned refusal_of_form(const std::string& form) {
    MultipartSink form_sink = sink();
    return refusal_of([&] {
      form_sink.write(bytes_of(form));
      form_sink.finish();
    });
  }

  test::TemporaryFolder folder_;
};

TEST_F(UploadsSinkTest, KeepsFieldsInMemoryAndTheFileOnTheDisk) {
  MultipartSink form = sink();
  form.write(
      bytes_of(part("name=title", "A title") + part("name=file; filename=\"../a.mp4\"", "media") + "--b--"));
  form.finish();
  EXPECT_EQ(form.fields().at("title"), "A title");
  ASSERT_NE(form.file(), nullptr);
  EXPECT_EQ(form.filename(), "../a.mp4");
  EXPECT_EQ(content_of(form.file()->file()), "media");
  EXPECT_EQ(form.file()->file().parent_path(), folder_.path());
}

TEST_F(UploadsSinkTest, RemovesTheFileUnlessItIsKept) {
  {
    MultipartSink form = sink();
    form.write(bytes_of(part("name=file; filename=a", "media")));
  }
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(UploadsSinkTest, RefusesFormsThatItCannotHold) {
  EXPECT_EQ(refusal_of_form(part("name=a", std::string(101, 'x')) + "--b--"), 413U);
  EXPECT_EQ(refusal_of_form(part("name=file; filename=a", std::string(1001, 'x')) + "--b--"), 413U);
  EXPECT_EQ(refusal_of_form(part("name=a", "") + part("name=a", "") + "--b--"), 422U);
  EXPECT_EQ(refusal_of_form(part("name=other; filename=a", "") + "--b--"), 422U);
  EXPECT_EQ(refusal_of_form(part("name=a", "x")), 400U);
  EXPECT_EQ(refusal_of([&] { MultipartSink(folder_.path(), "text/plain", {}); }), 415U);
}

TEST_F(UploadsSinkTest, AppendsFromTheEndOfTheFileOnly) {
  const fs::path file = folder_.path() / "f";
  {
    AppendSink sink(file, 0, 10);
    sink.write(bytes_of("abc"));
  }
  EXPECT_EQ(content_of(file), "abc") << "what came stays without finish()";
  EXPECT_EQ(refusal_of([&] { AppendSink(file, 2, 10); }), 409U);
  AppendSink sink(file, 3, 10);
  EXPECT_EQ(refusal_of([&] { AppendSink(file, 3, 10); }), 423U);
  EXPECT_EQ(refusal_of([&] { sink.write(bytes_of("12345678")); }), 413U);
  sink.write(bytes_of("1234567"));
  sink.finish();
  EXPECT_EQ(content_of(file), "abc1234567");
}

TEST_F(UploadsSinkTest, LetsTheNextPieceInBeforeTheObjectOfTheLastIsGone) {
  const fs::path file = folder_.path() / "a";
  AppendSink first(file, 0, 10);
  first.write(bytes_of("abc"));
  first.finish();
  EXPECT_EQ(refusal_of([&] { AppendSink(file, 3, 10); }), 0U);
}

TEST_F(UploadsSinkTest, LetsTheNextPieceInThoughAProcessThatIsJustStartingHasTheFileOpen) {
  const fs::path file = folder_.path() / "a";
  AppendSink first(file, 0, 10);
  store::ChildProcess child([] { std::this_thread::sleep_for(std::chrono::hours(1)); });
  first.finish();
  EXPECT_EQ(refusal_of([&] { AppendSink(file, 0, 10); }), 0U);
  child.kill();
}

}  // namespace
}  // namespace reelprint::api
