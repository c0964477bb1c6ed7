#include "crawler/screenshot.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_folder.h"
#include "tests/support/test_web.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;

TEST(HarmlessCopy, IsAFrameThatMayDoNothing) {
  const std::string copy = harmless_copy("<p title=\"a&b\">\"></iframe><script>x</script>", "gb18030");
  EXPECT_TRUE(
      copy.starts_with("<!DOCTYPE html><meta charset=\"gb18030\"><meta "
                       "http-equiv=\"Content-Security-Policy\" content=\"default-src "
                       "'none'; "));
  EXPECT_TRUE(
      copy.ends_with("<iframe sandbox srcdoc=\"<p title=&quot;a&amp;b&quot;>&quot;></iframe><script>x"
                     "</script>\"></iframe>"));
}

TEST(HarmlessCopy, KnowsTheCharset) {
  const auto charset = [](std::string_view html, std::string_view said) {
    const std::string copy = harmless_copy(html, said);
    return copy.substr(30, copy.find('"', 30) - 30);
  };
  EXPECT_EQ(charset("<meta charset=gbk>", "big5"), "big5");
  EXPECT_EQ(charset("<p>", "\"GBK\"; a=b"), "GBK");
  EXPECT_EQ(charset("<meta charset='gbk'>", ""), "gbk");
  EXPECT_EQ(charset("<meta content=\"text/html; charset=gbk\">", ""), "gbk");
  EXPECT_EQ(charset("<?xml encoding=\"gbk\"?>", ""), "gbk");
  EXPECT_EQ(charset("\xEF\xBB\xBF<meta charset=gbk>", "big5"), "utf-8");
  EXPECT_EQ(charset("<p>", "x\"><script>"), "utf-8");
  EXPECT_EQ(charset("<meta charset=\"\">", ""), "utf-8");
}

class ScreenshotTest : public testing::Test {
 protected:
  ScreenshotTest() { std::filesystem::create_directory(work()); }
  [[nodiscard]] std::filesystem::path work() const { return folder_.path() / "work"; }
  Screenshot take(const std::string& html, const ScreenshotSettings& settings = {}) const {
    std::ofstream(folder_.path() / "page") << html;
    return take_screenshot(folder_.path() / "page", "utf-8", work(), settings, {});
  }
  test::TemporaryFolder folder_;
};

TEST_F(ScreenshotTest, SaysWhyThereIsNone) {
  EXPECT_EQ(take("<p>", {.browser = "/no/such/browser"}).problem,
            "the browser did not end well: not_started");
  EXPECT_EQ(take("<p>", {.browser = "/bin/true"}).problem, "the browser drew nothing");
  EXPECT_EQ(take("<p>", {.browser = "/bin/false"}).problem, "the browser failed with exit code 1");
}

TEST_F(ScreenshotTest, DrawsThePageAndFetchesNothing) {
  if (!installed_browser()) GTEST_SKIP() << "no browser is installed";
  const test::TestWeb web([](const test::WebRequest&, test::WebConnection& connection) {
    connection.send(test::web_answer(200));
  });
  const std::string outside = web.url("/outside");
  const Screenshot shot =
      take("<html><body style='background:#f00'><h1>集</h1><img src='" + outside + "'><iframe src='" +
           outside + "'></iframe><link rel=stylesheet href='" + outside + "'><script src='" + outside +
           "'></script><script>document.body.style.background='#0f0';fetch('" + outside +
           "')</script><meta http-equiv=refresh content='0;url=" + outside + "'></body></html>");
  EXPECT_EQ(shot.problem, "");
  EXPECT_GT(std::filesystem::file_size(shot.file), 1'000U);
  EXPECT_TRUE(web.requests().empty());
  EXPECT_FALSE(std::filesystem::exists(work() / "profile"));
}

}  // namespace
}  // namespace reelprint::crawler
