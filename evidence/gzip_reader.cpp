#include "evidence/gzip_reader.h"

#include <zlib.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/file_stream.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 16;
constexpr int kGzipOnly = 15 + 16;

}  // namespace

struct GzipReader::State {
  std::filesystem::path file;
  FileReader reader;
  std::vector<std::byte> in = std::vector<std::byte>(kPieceBytes);
  z_stream stream{};
  bool is_in_member = false;

  explicit State(const std::filesystem::path& from) : file(from), reader(from) {
    if (inflateInit2(&stream, kGzipOnly) != Z_OK)
      throw Error(ErrorCode::io, "read '" + file.string() + "': zlib refused");
  }
  ~State() { inflateEnd(&stream); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  [[noreturn]] void fail(const std::string& why) const {
    throw Error(ErrorCode::corrupt, "read '" + file.string() + "': " + why);
  }
  /// False at the end of the file.
  bool fill() {
    if (stream.avail_in > 0) return true;
    const auto size = std::min<std::uintmax_t>(reader.left(), in.size());
    if (size == 0) return false;
    reader.read(std::span(in).first(static_cast<std::size_t>(size)));
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(size);
    return true;
  }
};

GzipReader::GzipReader(const std::filesystem::path& file) : state_(std::make_unique<State>(file)) {}

GzipReader::~GzipReader() = default;

bool GzipReader::next_member() {
  if (state_->is_in_member) state_->fail("a compressed part was not read to its end");
  if (!state_->fill()) return false;
  inflateReset(&state_->stream);
  state_->is_in_member = true;
  return true;
}

std::size_t GzipReader::read(std::span<std::byte> into) {
  z_stream& stream = state_->stream;
  stream.next_out = reinterpret_cast<Bytef*>(into.data());
  stream.avail_out = static_cast<uInt>(std::min(into.size(), kPieceBytes));
  const uInt room = stream.avail_out;
  while (state_->is_in_member && stream.avail_out == room) {
    if (!state_->fill()) state_->fail("it is cut off");
    const int outcome = inflate(&stream, Z_NO_FLUSH);
    if (outcome == Z_STREAM_END) state_->is_in_member = false;
    if (outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR)
      state_->fail("its compressed form is damaged");
  }
  return room - stream.avail_out;
}

}  // namespace reelprint::evidence
