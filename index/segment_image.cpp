#include "index/segment_image.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "core/checksum.h"
#include "core/error.h"
#include "core/mapped_file.h"
#include "index/segment_layout.h"

namespace reelprint::index {
namespace {

constexpr std::size_t kVerifiedWhenOpened = std::size_t{64} << 20;
constexpr std::size_t kMostSections = 64;

template <class T>
T read_at(std::span<const std::byte> bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

}  // namespace

void SegmentImage::fail(const std::string& why) const {
  throw Error(ErrorCode::corrupt, "read " + name_ + ": " + why);
}

std::span<const std::byte> SegmentImage::section(SectionTag tag) const {
  const auto it = sections_.find(tag);
  return it == sections_.end() ? std::span<const std::byte>{} : it->second.bytes;
}

SegmentImage SegmentImage::open(const std::filesystem::path& file, SegmentKind kind) {
  auto mapped = std::make_shared<const MappedFile>(file);
  const auto bytes = mapped->bytes();
  SegmentImage image(std::move(mapped), bytes, "index segment '" + file.string() + "'");
  image.is_mapped_ = true;
  image.read_table(kind);
  if (image.size() <= kVerifiedWhenOpened) image.verify();
  return image;
}

void SegmentImage::read_table(SegmentKind kind) {
  if (bytes_.size() < sizeof(SegmentHead) + sizeof(SegmentTail)) fail("it ends too early");
  const auto head = read_at<SegmentHead>(bytes_, 0);
  if (head.magic != kSegmentMagic) fail("it is not a segment of an index");
  if (head.version != kSegmentVersion)
    throw Error(ErrorCode::incompatible, "read " + name_ + ": written by another version");

  const std::size_t end = bytes_.size() - sizeof(SegmentTail);
  const auto tail = read_at<SegmentTail>(bytes_, end);
  const std::size_t length = std::size_t{tail.sections} * sizeof(SectionEntry);
  if (tail.sections > kMostSections || tail.table > end || end - tail.table != length)
    fail("its table of sections is damaged");
  const auto table = bytes_.subspan(tail.table, length);
  if (crc32c(table, crc32c(bytes_.first(sizeof(SegmentHead)))) != tail.checksum)
    fail("the checksum of its table is wrong");
  if (kind != SegmentKind{head.content, AlgorithmId{head.algorithm}})
    throw Error(ErrorCode::incompatible, "read " + name_ + ": it holds something else");

  for (std::size_t i = 0; i < tail.sections; ++i) {
    const auto entry = read_at<SectionEntry>(table, i * sizeof(SectionEntry));
    if (entry.offset % kSectionAlignment != 0 || entry.offset > tail.table ||
        entry.length > tail.table - entry.offset)
      fail("a section lies outside of it");
    sections_[entry.tag] = {bytes_.subspan(entry.offset, entry.length), entry.checksum};
  }
}

void SegmentImage::verify() const {
  std::vector<std::span<const std::byte>> parts;
  for (const auto& [tag, section] : sections_) {
    if (crc32c(section.bytes) != section.checksum)
      fail("the checksum of its section " + std::string(tag.begin(), tag.end()) + " is wrong");
    parts.push_back(section.bytes);
  }
  std::ranges::sort(parts, {}, [](const auto& part) { return std::pair(part.data(), part.size()); });
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto* gap = parts[i - 1].data() + parts[i - 1].size();
    if (std::any_of(gap, parts[i].data(), [](std::byte b) { return b != std::byte{}; }))
      fail("there is something between its sections");
  }
}

}  // namespace reelprint::index
