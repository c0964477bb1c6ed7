#include "index/manifest.h"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>

#include "core/error.h"
#include "core/files.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::index {
namespace {

class ManifestFile : public testing::Test {
 protected:
  [[nodiscard]] static Manifest some_manifest() {
    Manifest manifest;
    manifest.generation = 7;
    manifest.next_file = 12;
    manifest.of(Family::frames) = {3, 11};
    manifest.of(Family::sounds) = {5};
    return manifest;
  }
  [[nodiscard]] std::optional<ErrorCode> error_of(std::span<const std::byte> bytes) const {
    std::ofstream(file_, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    try {
      (void)read_manifest(folder_.path(), kAlgorithm);
    } catch (const Error& error) {
      return error.code();
    }
    return std::nullopt;
  }

  reelprint::test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "manifest.rpi";
};

TEST_F(ManifestFile, IsReadAsItWasWritten) {
  write_manifest(folder_.path(), kAlgorithm, some_manifest());
  EXPECT_EQ(read_manifest(folder_.path(), kAlgorithm), some_manifest());
}

TEST_F(ManifestFile, IsEmptyWhereThereIsNone) {
  EXPECT_EQ(read_manifest(folder_.path(), kAlgorithm), Manifest{});
}

TEST_F(ManifestFile, IsRefusedWhenItIsDamaged) {
  write_manifest(folder_.path(), kAlgorithm, some_manifest());
  auto bytes = read_file(file_, 1 << 16);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    ASSERT_EQ(error_of(std::span(bytes).first(length)), ErrorCode::corrupt) << length << " bytes";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] ^= std::byte{4};
    const auto code = error_of(bytes);
    ASSERT_TRUE(code == ErrorCode::corrupt || code == ErrorCode::incompatible) << "byte " << i;
    bytes[i] ^= std::byte{4};
  }
  bytes.push_back(std::byte{0});
  EXPECT_EQ(error_of(bytes), ErrorCode::corrupt);
}

TEST_F(ManifestFile, OfAnotherAlgorithmIsIncompatible) {
  write_manifest(folder_.path(), AlgorithmId{77}, some_manifest());
  EXPECT_EQ(error_of(read_file(file_, 1 << 16)), ErrorCode::incompatible);
}

}  // namespace
}  // namespace reelprint::index
