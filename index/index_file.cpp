#include "index/index_file.h"

#include <array>
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
constexpr std::uint16_t kFormatVersion = 2;
constexpr std::uintmax_t kMaxFileBytes = 1ULL << 40;
constexpr std::size_t kLeastReferenceBytes = 60;
constexpr std::size_t kKeyframeBytes = 50;

void put(ByteWriter& out, const IndexedReference& reference) {
  out.put(reference.reference.value);
  out.put(reference.episode.value);
  out.put(reference.series.value);
  out.put(reference.duration.count());
  out.put(static_cast<std::uint32_t>(reference.keyframes.size()));
  for (const Keyframe& keyframe : reference.keyframes) {
    out.put(keyframe.span.begin.us);
    out.put(keyframe.span.end.us);
    out.put(keyframe.hash.quality);
    out.put(static_cast<std::uint8_t>(keyframe.starts_shot));
    for (const std::uint64_t word : keyframe.hash.words) out.put(word);
  }
  out.put(reference.audio.begin.us);
  out.put(reference.audio.step.count());
  out.put(static_cast<std::uint32_t>(reference.audio.items.size()));
  for (const std::uint32_t item : reference.audio.items) out.put(item);
  out.put(static_cast<std::uint32_t>(reference.details.size()));
  for (const std::uint32_t keyframe : reference.details) out.put(keyframe);
}

IndexedReference take(ByteReader& in) {
  IndexedReference reference;
  reference.reference.value = in.take<std::int64_t>();
  reference.episode.value = in.take<std::int64_t>();
  reference.series.value = in.take<std::int64_t>();
  reference.duration = Duration{in.take<std::int64_t>()};
  reference.keyframes.resize(in.take_count(kKeyframeBytes));
  for (Keyframe& keyframe : reference.keyframes) {
    keyframe.span.begin.us = in.take<std::int64_t>();
    keyframe.span.end.us = in.take<std::int64_t>();
    keyframe.hash.quality = in.take<std::uint8_t>();
    keyframe.starts_shot = in.take<std::uint8_t>() != 0;
    for (std::uint64_t& word : keyframe.hash.words) word = in.take<std::uint64_t>();
  }
  reference.audio.begin.us = in.take<std::int64_t>();
  reference.audio.step = Duration{in.take<std::int64_t>()};
  reference.audio.items.resize(in.take_count(sizeof(std::uint32_t)));
  for (std::uint32_t& item : reference.audio.items) item = in.take<std::uint32_t>();
  reference.details.resize(in.take_count(sizeof(std::uint32_t)));
  for (std::uint32_t& keyframe : reference.details) {
    keyframe = in.take<std::uint32_t>();
    if (keyframe >= reference.keyframes.size()) in.fail("a detail is of no keyframe");
  }
  return reference;
}

}  // namespace

void save_index(const FrameIndex& index, AlgorithmId algorithm, const std::filesystem::path& file) {
  ByteWriter out;
  out.put_bytes(std::as_bytes(std::span(kMagic)));
  out.put(kFormatVersion);
  out.put(static_cast<std::uint32_t>(algorithm));
  out.put(static_cast<std::uint32_t>(index.size()));
  for (const IndexedReference* reference : index.references()) put(out, *reference);
  out.put(crc32c(out.bytes()));
  replace_file(file, out.bytes());
}

FrameIndex load_index(const std::filesystem::path& file, AlgorithmId algorithm) {
  const auto bytes = read_file(file, kMaxFileBytes);
  ByteReader in(bytes, "index '" + file.string() + "'");
  const auto magic = in.take_bytes(kMagic.size());
  if (std::memcmp(magic.data(), kMagic.data(), kMagic.size()) != 0) in.fail("it is not a reelprint index");
  if (in.take<std::uint16_t>() != kFormatVersion) {
    throw Error(ErrorCode::incompatible, "read index '" + file.string() + "': written by another version");
  }
  if (in.left() < 2 * sizeof(std::uint32_t)) in.fail("it ends too early");
  const auto body = std::span(bytes).first(bytes.size() - sizeof(std::uint32_t));
  const auto tail = std::span(bytes).last(sizeof(std::uint32_t));
  if (ByteReader(tail, "index").take<std::uint32_t>() != crc32c(body)) in.fail("its checksum is wrong");
  if (AlgorithmId{in.take<std::uint32_t>()} != algorithm) {
    throw Error(ErrorCode::incompatible, "read index '" + file.string() + "': made by another algorithm");
  }
  FrameIndex index;
  const std::size_t count = in.take_count(kLeastReferenceBytes);
  for (std::size_t i = 0; i < count; ++i) index.add(take(in));
  if (in.left() != sizeof(std::uint32_t)) in.fail("it is longer than its content");
  return index;
}

}  // namespace reelprint::index
