// A WARC file of a bundle that somebody else made. The input is the content of one gzip member, or a whole
// file.
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/warc_reader.h"

namespace {

std::vector<std::uint8_t> gzip_of(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint8_t> packed(size + size / 100 + 100);
  z_stream stream{};
  deflateInit2(&stream, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = const_cast<std::uint8_t*>(data);
  stream.avail_in = static_cast<uInt>(size);
  stream.next_out = packed.data();
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

void check(const std::uint8_t* data, std::size_t size) {
  const int file = ::memfd_create("warc", 0);
  if (::write(file, data, size) == static_cast<ssize_t>(size))
    (void)reelprint::evidence::warc_problems("/proc/self/fd/" + std::to_string(file));
  ::close(file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto packed = gzip_of(data, size);
  check(packed.data(), packed.size());
  check(data, size);
  return 0;
}
