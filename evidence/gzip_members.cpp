#include "evidence/gzip_members.h"

#include <zlib.h>

#include <algorithm>
#include <vector>

#include "core/error.h"

namespace reelprint::evidence {
namespace {

constexpr std::uint64_t kLargeBytes = std::uint64_t{1} << 20;
constexpr std::size_t kPieceBytes = std::size_t{1} << 16;
constexpr int kGzipWindow = 15 + 16;

[[noreturn]] void refuse() {
  throw Error(ErrorCode::io, "compress a file: zlib refused");
}

}  // namespace

struct GzipMembers::Stream {
  z_stream state{};
  std::vector<std::byte> out = std::vector<std::byte>(kPieceBytes);

  explicit Stream(int level) {
    if (deflateInit2(&state, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) refuse();
  }
  ~Stream() { deflateEnd(&state); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
};

GzipMembers::GzipMembers(const std::filesystem::path& file) : file_(file) {}

GzipMembers::~GzipMembers() = default;

void GzipMembers::begin(std::uint64_t bytes) {
  stream_ = std::make_unique<Stream>(bytes > kLargeBytes ? Z_BEST_SPEED : Z_DEFAULT_COMPRESSION);
}

void GzipMembers::deflate(std::span<const std::byte> bytes, bool is_last) {
  z_stream& state = stream_->state;
  // zlib takes what it only reads without const
  state.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
  state.avail_in = static_cast<uInt>(bytes.size());
  int outcome = Z_OK;
  do {
    state.next_out = reinterpret_cast<Bytef*>(stream_->out.data());
    state.avail_out = static_cast<uInt>(stream_->out.size());
    outcome = ::deflate(&state, is_last ? Z_FINISH : Z_NO_FLUSH);
    if (outcome == Z_STREAM_ERROR) refuse();
    file_.write(std::span(stream_->out).first(stream_->out.size() - state.avail_out));
  } while (state.avail_out == 0 || (is_last && outcome != Z_STREAM_END));
}

void GzipMembers::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto piece = bytes.first(std::min(bytes.size(), kPieceBytes));
    deflate(piece, false);
    bytes = bytes.subspan(piece.size());
  }
}

void GzipMembers::write(std::string_view text) {
  write(std::as_bytes(std::span(text)));
}

void GzipMembers::end() {
  deflate({}, true);
  stream_.reset();
}

void GzipMembers::commit() {
  file_.commit();
}

}  // namespace reelprint::evidence
