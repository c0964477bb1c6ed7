#include "api/form_sink.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

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

class FormSinkTest : public testing::Test {
 protected:
  FormSink sink() { return {"b", folder_.path(), 3000}; }
  unsigned refusal_of_form(const std::string& form) {
    FormSink form_sink = sink();
    return refusal_of([&] {
      form_sink.write(bytes_of(form));
      form_sink.finish();
    });
  }

  test::TemporaryFolder folder_;
};

TEST_F(FormSinkTest, KeepsFieldsInMemoryAndTheFileOnTheDisk) {
  FormSink form = sink();
  form.write(
      bytes_of(part("name=title", "A title") + part("name=file; filename=\"../a.mp4\"", "media") + "--b--"));
  form.finish();
  EXPECT_EQ(form.fields(), (FormSink::Pairs{{"title", "A title"}}));
  ASSERT_NE(form.file(), nullptr);
  EXPECT_EQ(form.filename(), "../a.mp4");
  EXPECT_EQ(content_of(form.file()->file()), "media");
  EXPECT_EQ(form.file()->file().parent_path(), folder_.path());
}

TEST_F(FormSinkTest, RemovesTheFileUnlessItIsKept) {
  {
    FormSink form = sink();
    form.write(bytes_of(part("name=file; filename=a", "media")));
  }
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(FormSinkTest, RefusesFormsThatItCannotHold) {
  EXPECT_EQ(refusal_of_form(part("name=a", std::string(2001, 'x')) + "--b--"), 413U);
  EXPECT_EQ(refusal_of_form(part("name=file; filename=a", std::string(3001, 'x')) + "--b--"), 413U);
  EXPECT_EQ(refusal_of_form(part("name=file", "") + part("name=other; filename=a", "") + "--b--"), 422U);
  EXPECT_EQ(refusal_of_form(part("name=a", "x")), 400U);
}

}  // namespace
}  // namespace reelprint::api
