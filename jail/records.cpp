#include "jail/records.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "core/bytes.h"
#include "core/utf8.h"

namespace reelprint::jail {
namespace {

constexpr std::size_t kHeadBytes = 5;

std::size_t most_bytes_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::progress: return kMostProgressBytes;
    case RecordKind::part: return kMostPartBytes;
    case RecordKind::done: return 0;
    case RecordKind::failed: return kMostFailureBytes;
  }
  throw Error(ErrorCode::corrupt, "read a job's output: no such record");
}

JobFailure failure_of(std::span<const std::byte> bytes) {
  ByteReader reader(bytes, "a job's failure");
  const auto code = reader.take<std::uint8_t>();
  if (code > static_cast<std::uint8_t>(ErrorCode::cancelled)) reader.fail("no such error");
  const auto bytes_of_text = reader.take_bytes(reader.left());
  const std::string text =
      to_valid_utf8({reinterpret_cast<const char*>(bytes_of_text.data()), bytes_of_text.size()});
  JobFailure failure{static_cast<ErrorCode>(code), {}};
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view before = rest;
    const auto character = take_code_point(rest);
    if (character && !is_control(*character)) failure.text += before.substr(0, before.size() - rest.size());
  }
  return failure;
}

}  // namespace

void RecordWriter::result(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(bytes.size(), kMostPartBytes));
    write(RecordKind::part, part);
    bytes = bytes.subspan(part.size());
  }
  write(RecordKind::done, {});
}

void RecordWriter::failure(ErrorCode code, std::string_view text) {
  ByteWriter writer;
  writer.put(static_cast<std::uint8_t>(code));
  writer.put_bytes(std::as_bytes(std::span(text.substr(0, kMostFailureBytes - 1))));
  write(RecordKind::failed, writer.bytes());
}

void RecordWriter::write(RecordKind kind, std::span<const std::byte> bytes) {
  ByteWriter head;
  head.put(static_cast<std::uint8_t>(kind));
  head.put(static_cast<std::uint32_t>(bytes.size()));
  for (std::span<const std::byte> rest : {head.bytes(), bytes}) {
    while (!rest.empty()) {
      const ssize_t count = ::write(pipe_, rest.data(), rest.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0)
        throw Error(ErrorCode::io, "write a job's output: " + std::generic_category().message(errno));
      rest = rest.subspan(static_cast<std::size_t>(count));
    }
  }
}

void RecordReader::feed(std::span<const std::byte> piece) {
  pending_.insert(pending_.end(), piece.begin(), piece.end());
  std::span<const std::byte> rest = pending_;
  while (rest.size() >= kHeadBytes) {
    ByteReader head(rest.first(kHeadBytes), "a job's output");
    const auto kind = static_cast<RecordKind>(head.take<std::uint8_t>());
    const std::size_t size = head.take<std::uint32_t>();
    if (size > most_bytes_of(kind) || is_done_ || failure_) head.fail("a record that cannot be");
    if (rest.size() - kHeadBytes < size) break;
    take(kind, rest.subspan(kHeadBytes, size));
    rest = rest.subspan(kHeadBytes + size);
  }
  pending_.erase(pending_.begin(), pending_.end() - static_cast<std::ptrdiff_t>(rest.size()));
}

void RecordReader::take(RecordKind kind, std::span<const std::byte> bytes) {
  switch (kind) {
    case RecordKind::progress:
      if (on_progress_) on_progress_(bytes);
      return;
    case RecordKind::part:
      if (bytes.size() > max_result_bytes_ - result_.size())
        throw Error(ErrorCode::too_large,
                    "read a job's output: over " + std::to_string(max_result_bytes_) + " bytes");
      result_.insert(result_.end(), bytes.begin(), bytes.end());
      return;
    case RecordKind::done: is_done_ = true; return;
    case RecordKind::failed: failure_ = failure_of(bytes); return;
  }
}

}  // namespace reelprint::jail
