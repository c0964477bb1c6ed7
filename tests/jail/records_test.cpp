// A job's output put together again, and output that is none.
#include "jail/records.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "core/descriptor.h"

namespace reelprint::jail {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

/// What a writer wrote, at most what a pipe holds.
template <class Write>
std::vector<std::byte> written_by(Write&& write) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
  const Descriptor in(ends[0]);
  const Descriptor out(ends[1]);
  RecordWriter writer(out.number());
  write(writer);
  std::vector<std::byte> bytes(1 << 16);
  const ssize_t count = ::read(in.number(), bytes.data(), bytes.size());
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return bytes;
}

/// The code of the error that reading `bytes` ends with.
std::optional<ErrorCode> error_of(std::string_view bytes) {
  RecordReader reader(100, {});
  try {
    reader.feed(bytes_of(bytes));
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

TEST(Records, ComeBackWholeFromSingleBytes) {
  const auto bytes = written_by([](RecordWriter& writer) {
    writer.progress(bytes_of("half"));
    writer.result(bytes_of("all of it"));
  });
  std::string progress;
  RecordReader reader(
      100, [&](auto said) { progress.append(reinterpret_cast<const char*>(said.data()), said.size()); });
  for (const std::byte byte : bytes) {
    EXPECT_FALSE(reader.is_done());
    reader.feed({&byte, 1});
  }
  EXPECT_TRUE(reader.is_done());
  EXPECT_EQ(progress, "half");
  const auto expected = bytes_of("all of it");
  EXPECT_EQ(reader.take_result(), std::vector(expected.begin(), expected.end()));
}

TEST(Records, CarryAnErrorOfAnyLength) {
  const auto bytes = written_by(
      [](RecordWriter& writer) { writer.failure(ErrorCode::encrypted, std::string(10'000, 'x')); });
  RecordReader reader(100, {});
  reader.feed(bytes);
  ASSERT_TRUE(reader.failure());
  EXPECT_EQ(reader.failure()->code, ErrorCode::encrypted);
  EXPECT_EQ(reader.failure()->text, std::string(kMostFailureBytes - 1, 'x'));
}

TEST(Records, RefuseWhatCannotBeBeforeItIsThere) {
  using namespace std::string_view_literals;
  EXPECT_EQ(error_of("\x09\0\0\0\0"sv), ErrorCode::corrupt);              // no such record
  EXPECT_EQ(error_of("\x02\xFF\xFF\xFF\xFF"sv), ErrorCode::corrupt);      // a part of 4 GiB
  EXPECT_EQ(error_of("\x01\x41\0\0\0"sv), ErrorCode::corrupt);            // a long progress
  EXPECT_EQ(error_of("\x03\x01\0\0\0"sv), ErrorCode::corrupt);            // an end that goes on
  EXPECT_EQ(error_of("\x03\0\0\0\0\x03\0\0\0\0"sv), ErrorCode::corrupt);  // two ends
  EXPECT_EQ(error_of("\x04\x01\0\0\0\x7F"sv), ErrorCode::corrupt);        // no such error
  EXPECT_EQ(error_of("\x04\0\0\0\0"sv), ErrorCode::corrupt);              // an error without a code
  EXPECT_EQ(error_of("\x02\x10\0\0\0half"sv), std::nullopt);
}

TEST(Records, RefuseAResultOverTheLimit) {
  const std::string part = std::string("\x02\x3C\0\0\0", 5) + std::string(60, 'x');
  EXPECT_EQ(error_of(part), std::nullopt);
  EXPECT_EQ(error_of(part + part), ErrorCode::too_large);
}

}  // namespace
}  // namespace reelprint::jail
