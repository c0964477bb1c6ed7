#include "index/manifest.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <string>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/error.h"
#include "core/files.h"

namespace reelprint::index {
namespace {

constexpr std::array<char, 8> kMagic = {'R', 'P', 'I', 'N', 'D', 'E', 'X', '\n'};
constexpr std::uint16_t kFormatVersion = 3;
constexpr std::uintmax_t kMostBytes = 1 << 20;
constexpr std::array<const char*, kFamilies.size()> kNames = {"frames", "features", "sounds"};

std::filesystem::path path_in(const std::filesystem::path& folder) {
  return folder / "manifest.rpi";
}

}  // namespace

std::filesystem::path segment_path(const std::filesystem::path& folder, Family family, std::uint64_t file) {
  return folder /
         (std::string(kNames[static_cast<std::size_t>(family)]) + "-" + std::to_string(file) + ".rps");
}

Manifest read_manifest(const std::filesystem::path& folder, AlgorithmId algorithm) {
  const auto file = path_in(folder);
  std::vector<std::byte> bytes;
  try {
    bytes = read_file(file, kMostBytes);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::not_found) return {};
    throw;
  }
  ByteReader in(bytes, "index '" + file.string() + "'");
  const auto magic = in.take_bytes(kMagic.size());
  if (std::memcmp(magic.data(), kMagic.data(), kMagic.size()) != 0) in.fail("it is not a reelprint index");
  if (in.take<std::uint16_t>() != kFormatVersion || AlgorithmId{in.take<std::uint32_t>()} != algorithm)
    throw Error(ErrorCode::incompatible, "read index '" + file.string() + "': written by another version");
  Manifest manifest;
  manifest.generation = in.take<std::uint64_t>();
  manifest.next_file = in.take<std::uint64_t>();
  for (auto& files : manifest.files) {
    files.resize(in.take_count(sizeof(std::uint64_t)));
    for (std::uint64_t& number : files) number = in.take<std::uint64_t>();
    const bool is_known = std::ranges::all_of(
        files, [&](std::uint64_t number) { return 0 < number && number < manifest.next_file; });
    if (!is_known) in.fail("it names a file that never was");
  }
  if (in.take<std::uint32_t>() !=
      crc32c(std::span(bytes).first(bytes.size() - in.left() - sizeof(std::uint32_t))))
    in.fail("its checksum is wrong");
  if (in.left() != 0) in.fail("it is longer than its content");
  return manifest;
}

void write_manifest(const std::filesystem::path& folder, AlgorithmId algorithm, const Manifest& manifest) {
  ByteWriter out;
  out.put_bytes(std::as_bytes(std::span(kMagic)));
  out.put(kFormatVersion);
  out.put(static_cast<std::uint32_t>(algorithm));
  out.put(manifest.generation);
  out.put(manifest.next_file);
  for (const auto& files : manifest.files) {
    out.put(static_cast<std::uint32_t>(files.size()));
    for (const std::uint64_t number : files) out.put(number);
  }
  out.put(crc32c(out.bytes()));
  replace_file(path_in(folder), out.bytes());
}

}  // namespace reelprint::index
