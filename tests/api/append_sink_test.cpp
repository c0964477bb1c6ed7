#include "api/append_sink.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/store/child_process.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::api {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
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

TEST(AppendSink, AppendsFromTheEndOfTheFileOnly) {
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "f";
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

TEST(AppendSink, LetsTheNextPieceInBeforeTheObjectOfTheLastIsGone) {
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "a";
  AppendSink first(file, 0, 10);
  first.write(bytes_of("abc"));
  first.finish();
  EXPECT_EQ(refusal_of([&] { AppendSink(file, 3, 10); }), 0U);
}

TEST(AppendSink, LetsTheNextPieceInThoughAProcessThatIsJustStartingHasTheFileOpen) {
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "a";
  AppendSink first(file, 0, 10);
  store::ChildProcess child([] { std::this_thread::sleep_for(std::chrono::hours(1)); });
  first.finish();
  EXPECT_EQ(refusal_of([&] { AppendSink(file, 0, 10); }), 0U);
  child.kill();
}

}  // namespace
}  // namespace reelprint::api
