// Hostile files of an index: a sound segment or manifest with some of its bytes changed, its checksums made
// right again, is searched, or refused by an Error.
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "core/checksum.h"
#include "core/error.h"
#include "core/files.h"
#include "index/feature_index.h"
#include "index/frame_index.h"
#include "index/manifest.h"
#include "index/segment_layout.h"
#include "index/sound_index.h"

namespace {

using namespace reelprint;
using namespace reelprint::index;

using Bytes = std::vector<std::byte>;

constexpr std::size_t kNever = 1'000'000'000;  ///< parts of fewer rows are not listed

/// Numbers that no two places share.
std::uint64_t scattered(std::uint64_t number) {
  number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9U;
  number = (number ^ number >> 27) * 0x94D049BB133111EBU;
  return number ^ number >> 31;
}

FrameHash hash_of(std::uint64_t number) {
  FrameHash hash;
  for (std::size_t i = 0; i < hash.words.size(); ++i) hash.words[i] = scattered(number * 4 + i);
  hash.quality = 100;
  return hash;
}

IndexedReference reference_of(std::int64_t id) {
  IndexedReference reference{ReferenceId{id}, EpisodeId{id}, SeriesId{id}, Duration{20'000'000}, {}, {}};
  for (int i = 0; i < 20; ++i) {
    Keyframe keyframe;
    keyframe.span = {Timestamp{i * 1'000'000}, Timestamp{(i + 1) * 1'000'000}};
    keyframe.hash = hash_of(static_cast<std::uint64_t>(id * 100 + i));
    reference.keyframes.push_back(keyframe);
  }
  return reference;
}

std::vector<FeatureTrack> tracks_of(std::int64_t id) {
  std::vector<FeatureTrack> tracks(30);
  for (std::uint32_t i = 0; i < tracks.size(); ++i) {
    tracks[i].descriptor = hash_of(static_cast<std::uint64_t>(id * 1000) + i).words;
    tracks[i].detail = i / 3;
  }
  return tracks;
}

AudioPrint print_of(std::int64_t id) {
  AudioPrint print;
  print.step = Duration{123'810};
  for (std::uint64_t i = 0; i < 300; ++i)
    print.items.push_back(static_cast<std::uint32_t>(scattered(static_cast<std::uint64_t>(id) << 32U | i)));
  return print;
}

Bytes copy_of(const SegmentImage& image) {
  return {image.bytes().begin(), image.bytes().end()};
}

template <class Part>
Bytes merged(const Segments<Part>& segments, std::size_t listed_from) {
  SegmentWriter out(segments.kind());
  if constexpr (std::is_same_v<Part, SoundPart>) {
    Part::write_merged(segments.all(), out);
  } else {
    Part::write_merged(segments.all(), out, listed_from);
  }
  return copy_of(out.finish());
}

/// Small sound segments: of frames, features and sounds, the former two plain and listed.
const std::array<Bytes, 5>& sound_segments() {
  static const std::array<Bytes, 5> made = [] {
    FrameIndex frames;
    FeatureIndex features;
    SoundIndex sounds;
    for (std::int64_t id = 1; id <= 3; ++id) {
      frames.add(reference_of(id));
      features.add(ReferenceId{id}, tracks_of(id));
      sounds.add(ReferenceId{id}, SeriesId{id}, print_of(id));
    }
    return std::array{merged(frames.segments(), kNever), merged(frames.segments(), 1),
                      merged(features.segments(), kNever), merged(features.segments(), 1),
                      merged(sounds.segments(), 0)};
  }();
  return made;
}

/// Changes bytes as the input says: where (3 bytes), what (1 byte), again and again.
void damage(Bytes& bytes, std::span<const std::uint8_t> input) {
  for (; input.size() >= 4; input = input.subspan(4)) {
    const std::size_t at = std::size_t{input[0]} | std::size_t{input[1]} << 8U | std::size_t{input[2]} << 16U;
    bytes[at % bytes.size()] = std::byte{input[3]};
  }
}

/// Makes the checksums right, as far as the table can be understood.
void seal(Bytes& bytes) {
  const std::size_t end = bytes.size() - sizeof(SegmentTail);
  SegmentTail tail;
  std::memcpy(&tail, bytes.data() + end, sizeof tail);
  if (tail.table > end || (end - tail.table) / sizeof(SectionEntry) < tail.sections) return;
  for (std::size_t i = 0; i < tail.sections; ++i) {
    std::byte* const place = bytes.data() + tail.table + i * sizeof(SectionEntry);
    SectionEntry entry;
    std::memcpy(&entry, place, sizeof entry);
    if (entry.offset > tail.table || entry.length > tail.table - entry.offset) continue;
    entry.checksum = crc32c(std::span(bytes).subspan(entry.offset, entry.length));
    std::memcpy(place, &entry, sizeof entry);
  }
  const auto table = std::span(bytes).subspan(tail.table, tail.sections * sizeof(SectionEntry));
  tail.checksum = crc32c(table, crc32c(std::span(bytes).first(sizeof(SegmentHead))));
  std::memcpy(bytes.data() + end, &tail, sizeof tail);
}

/// A file in memory.
class MemoryFile {
 public:
  explicit MemoryFile(std::span<const std::byte> bytes) : fd_(::memfd_create("segment", MFD_CLOEXEC)) {
    if (fd_ < 0 || ::write(fd_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
      std::abort();
  }
  ~MemoryFile() { ::close(fd_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

/// An index of what the file holds.
template <class Index>
Index opened(const std::string& path) {
  Index index;
  auto segments = index.segments();
  segments.add(typename Index::Part(SegmentImage::open(path, segments.kind())), 1);
  index.adopt(std::move(segments));
  return index;
}

void search_frames(const std::string& path) {
  const auto index = opened<FrameIndex>(path);
  const std::vector<FrameHash> queries{hash_of(100), hash_of(215), hash_of(7)};
  (void)index.search_mirrored(queries, 60);
  (void)index.references();
  SegmentWriter out(index.segments().kind());
  FramePart::write_merged(index.segments().all(), out, kNever);
  (void)out.finish();
}

void search_features(const std::string& path) {
  const auto index = opened<FeatureIndex>(path);
  std::vector<LocalFeature> queries(3);
  for (std::size_t i = 0; i < queries.size(); ++i) queries[i].descriptor = hash_of(1000 + i).words;
  (void)index.search(queries, {});
  SegmentWriter out(index.segments().kind());
  FeaturePart::write_merged(index.segments().all(), out, kNever);
  (void)out.finish();
}

void search_sounds(const std::string& path) {
  const auto index = opened<SoundIndex>(path);
  (void)index.search(print_of(2));
  for (std::int64_t id = 1; id <= 3; ++id) (void)index.print_of(ReferenceId{id});
  SegmentWriter out(index.segments().kind());
  SoundPart::write_merged(index.segments().all(), out);
  (void)out.finish();
}

void read_damaged_manifest(std::span<const std::uint8_t> input) {
  static const std::string folder = [] {
    std::string name = "/dev/shm/index-fuzzer-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    return name;
  }();
  Manifest manifest{.generation = 3, .next_file = 9, .files = {}};
  manifest.files = {std::vector<std::uint64_t>{1, 2}, {3}, {4, 5, 6}};
  write_manifest(folder, kAlgorithm, manifest);
  Bytes bytes = read_file(folder + "/manifest.rpi", 1 << 20);
  damage(bytes, input);
  const std::uint32_t checksum = crc32c(std::span(bytes).first(bytes.size() - 4));
  std::memcpy(bytes.data() + bytes.size() - 4, &checksum, 4);
  replace_file(folder + "/manifest.rpi", bytes);
  (void)read_manifest(folder, kAlgorithm);
}

void use(std::size_t which, std::span<const std::uint8_t> input) {
  if (which == sound_segments().size()) return read_damaged_manifest(input);
  Bytes bytes = sound_segments().at(which);
  damage(bytes, input);
  seal(bytes);
  const MemoryFile file(bytes);
  if (which < 2) return search_frames(file.path());
  if (which < 4) return search_features(file.path());
  search_sounds(file.path());
}

}  // namespace

/// Making the segments takes seconds, which no input is to blame for.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  (void)sound_segments();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    use(data[0] % (sound_segments().size() + 1), std::span(data, size).subspan(1));
  } catch (const Error&) {  // refused, which is right
  }
  return 0;
}
