#include "index/segment_writer.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "core/checksum.h"
#include "core/file_stream.h"

namespace reelprint::index {
namespace {

/// Memory on cache-line boundaries.
struct alignas(kSectionAlignment) Line {
  std::array<std::byte, kSectionAlignment> bytes;
};

std::span<const std::byte> bytes_of(const auto& value) {
  return std::as_bytes(std::span(&value, 1));
}

/// Sleeps off what was written too fast.
class Pacer {
 public:
  explicit Pacer(WritePace pace) : pace_(pace) {}

  void note(std::size_t bytes) {
    if (pace_.max_bytes_per_s == 0) return;
    written_ += bytes;
    const std::chrono::duration<double> due(static_cast<double>(written_) /
                                            static_cast<double>(pace_.max_bytes_per_s));
    std::this_thread::sleep_until(begun_ + std::chrono::duration_cast<std::chrono::nanoseconds>(due));
  }

 private:
  WritePace pace_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::size_t written_ = 0;
};

}  // namespace

class SegmentWriter::Sink {
 public:
  virtual ~Sink() = default;
  virtual void write(std::span<const std::byte> bytes) = 0;
  virtual SegmentImage finish(SegmentKind kind) = 0;
};

class SegmentWriter::MemorySink final : public Sink {
 public:
  void write(std::span<const std::byte> bytes) override {
    const std::size_t needed = (size_ + bytes.size() + sizeof(Line) - 1) / sizeof(Line);
    lines_.resize(needed);
    std::ranges::copy(bytes, reinterpret_cast<std::byte*>(lines_.data()) + size_);
    size_ += bytes.size();
  }
  SegmentImage finish(SegmentKind kind) override {
    lines_.shrink_to_fit();
    auto owner = std::make_shared<const std::vector<Line>>(std::move(lines_));
    const auto bytes = std::as_bytes(std::span(*owner)).first(size_);
    SegmentImage image(std::move(owner), bytes, "a segment in memory");
    image.read_table(kind);
    return image;
  }

 private:
  std::vector<Line> lines_;
  std::size_t size_ = 0;
};

class SegmentWriter::FileSink final : public Sink {
 public:
  FileSink(std::filesystem::path file, WritePace pace) : path_(std::move(file)), file_(path_), pacer_(pace) {}

  void write(std::span<const std::byte> bytes) override {
    file_.write(bytes);
    pacer_.note(bytes.size());
  }
  SegmentImage finish(SegmentKind kind) override {
    file_.commit();
    return SegmentImage::open(path_, kind);
  }

 private:
  std::filesystem::path path_;
  FileReplacement file_;
  Pacer pacer_;
};

SegmentWriter::SegmentWriter(SegmentKind kind) : kind_(kind), sink_(std::make_unique<MemorySink>()) {
  head_.content = kind.content;
  head_.algorithm = static_cast<std::uint32_t>(kind.algorithm);
  write(bytes_of(head_));
}

SegmentWriter::SegmentWriter(SegmentKind kind, const std::filesystem::path& file, WritePace pace)
    : kind_(kind), sink_(std::make_unique<FileSink>(file, pace)) {
  head_.content = kind.content;
  head_.algorithm = static_cast<std::uint32_t>(kind.algorithm);
  write(bytes_of(head_));
}

SegmentWriter::~SegmentWriter() = default;

void SegmentWriter::write(std::span<const std::byte> bytes) {
  sink_->write(bytes);
  written_ += bytes.size();
}

void SegmentWriter::begin(SectionTag tag) {
  end_section();
  table_.push_back({tag, 0, written_, 0});
  is_in_section_ = true;
}

void SegmentWriter::put(std::span<const std::byte> bytes) {
  SectionEntry& section = table_.back();
  section.checksum = crc32c(bytes, section.checksum);
  section.length += bytes.size();
  write(bytes);
}

void SegmentWriter::end_section() {
  if (!is_in_section_) return;
  is_in_section_ = false;
  constexpr std::array<std::byte, kSectionAlignment> kZeros{};
  const std::size_t over = written_ % kSectionAlignment;
  if (over > 0) write(std::span(kZeros).first(kSectionAlignment - over));
}

SegmentImage SegmentWriter::finish() {
  end_section();
  SegmentTail tail;
  tail.table = written_;
  tail.sections = static_cast<std::uint32_t>(table_.size());
  tail.checksum = crc32c(std::as_bytes(std::span(table_)), crc32c(bytes_of(head_)));
  write(std::as_bytes(std::span(table_)));
  write(bytes_of(tail));
  return sink_->finish(kind_);
}

}  // namespace reelprint::index
