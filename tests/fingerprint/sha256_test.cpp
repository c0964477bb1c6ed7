#include "fingerprint/sha256.h"

#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <string_view>

#include "core/error.h"
#include "tests/support/media_clips.h"

namespace reelprint::fingerprint {
namespace {

using test::ClipFolder;

std::string hex_of(std::string_view text) {
  return to_hex(sha256_of(std::as_bytes(std::span(text))));
}

ErrorCode error_of(const std::filesystem::path& file, std::stop_token stop = {}) {
  try {
    static_cast<void>(sha256_of_file(file, stop));
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "no error for " << file;
  return {};
}

// FIPS 180-4 examples, and the empty message.
TEST(Sha256, GivesTheStandardsVectors) {
  EXPECT_EQ(hex_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, OfAFileIsThatOfItsBytesAcrossReadBoundaries) {
  const ClipFolder folder;
  for (const std::size_t size : {0U, 1U, (1U << 18) - 1, 1U << 18, (1U << 18) + 1, 1000000U}) {
    const std::string bytes(size, 'a');
    EXPECT_EQ(to_hex(sha256_of_file(folder.write("bytes", bytes))), hex_of(bytes)) << size;
  }
  EXPECT_EQ(hex_of(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, SaysWhatIsWrongWithAFile) {
  const ClipFolder folder;
  EXPECT_EQ(error_of(folder.path() / "nothing"), ErrorCode::not_found);
  EXPECT_EQ(error_of(folder.write("file", "x") / "below a file"), ErrorCode::not_found);
  EXPECT_EQ(error_of(folder.path()), ErrorCode::io);
}

TEST(Sha256, StopsOnRequest) {
  const ClipFolder folder;
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(error_of(folder.write("file", "x"), source.get_token()), ErrorCode::cancelled);
}

}  // namespace
}  // namespace reelprint::fingerprint
