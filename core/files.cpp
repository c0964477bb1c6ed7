#include "core/files.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "core/error.h"
#include "core/file_stream.h"

namespace reelprint {
namespace {

[[noreturn]] void fail(const std::string& doing, const std::filesystem::path& file) {
  throw Error(ErrorCode::io, doing + " '" + file.string() + "': " + std::strerror(errno));
}

}  // namespace

std::vector<std::byte> read_file(const std::filesystem::path& file, std::uintmax_t max_bytes) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error == std::errc::no_such_file_or_directory) {
    throw Error(ErrorCode::not_found, "read '" + file.string() + "': no such file");
  }
  if (error) throw Error(ErrorCode::io, "read '" + file.string() + "': " + error.message());
  if (size > max_bytes) {
    throw Error(ErrorCode::too_large,
                "read '" + file.string() + "': larger than " + std::to_string(max_bytes) + " bytes");
  }
  std::vector<std::byte> bytes(size);
  std::ifstream in(file, std::ios::binary);
  if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size))) fail("read", file);
  return bytes;
}

void replace_file(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  FileReplacement replacement(file);
  replacement.write(bytes);
  replacement.commit();
}

}  // namespace reelprint
