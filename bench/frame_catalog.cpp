#include "bench/frame_catalog.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "bench/made_hashes.h"
#include "core/cpu_time.h"

namespace reelprint::bench {
namespace {

using index::FramePart;
using index::Segment;
using index::SegmentWriter;
using Segments = index::Segments<FramePart>;

constexpr std::uint64_t kSeed = 1;
constexpr std::size_t kEpisodesPerSeries = 80;
constexpr std::size_t kFewestSegments = 8;
constexpr std::size_t kMostOfSegment = 11'000;  ///< episodes: 2 M keyframes
constexpr std::size_t kThreads = 2;
constexpr std::size_t kMostBytes = std::size_t{4} << 30;  ///< as index::SaveSettings

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// One step of merging; the new segment is in `file`.
void merge_some(Segments& segments, const std::vector<std::size_t>& due, std::size_t listed_from,
                const std::filesystem::path& file, std::uint64_t number) {
  std::vector<Segment<FramePart>> merged;
  for (const std::size_t i : due) merged.push_back(segments.all()[i]);
  SegmentWriter out(segments.kind(), file);
  FramePart::write_merged(merged, out, listed_from);
  segments.replace(merged, FramePart(out.finish()), number);
}

}  // namespace

CostTimer::CostTimer() : started_{wall_seconds(), process_cpu_seconds()} {}

Cost CostTimer::cost() const {
  return {wall_seconds() - started_.wall_s, process_cpu_seconds() - started_.cpu_s};
}

FrameCatalog::FrameCatalog(std::filesystem::path folder, std::size_t keyframes,
                           std::span<const index::IndexedReference> others)
    : folder_(std::move(folder)),
      episodes_(keyframes / kKeyframes),
      of_segment_(std::min(kMostOfSegment, episodes_ / kFewestSegments + 1)) {
  const CostTimer timer;
  const std::size_t count = (episodes_ + of_segment_ - 1) / of_segment_;
  for (std::size_t i = 0; i < count; ++i) files_.push_back(folder_ / ("part" + std::to_string(i)));
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        for (std::size_t i = next++; i < count; i = next++) write_segment(i, others);
      });
    }
  }
  making_ = timer.cost();
}

ReferenceId FrameCatalog::first_other(std::size_t keyframes) {
  return {static_cast<std::int64_t>(keyframes / kKeyframes + 1)};
}

index::IndexedReference FrameCatalog::made_reference(std::size_t number) {
  const std::size_t series = number / kEpisodesPerSeries;
  const auto id = static_cast<std::int64_t>(number + 1);
  return {{id},
          {id},
          {static_cast<std::int64_t>(series + 1)},
          HashMaker::kKeyframes * HashMaker::kStep,
          HashMaker(kSeed).episode(series, number % kEpisodesPerSeries),
          {}};
}

void FrameCatalog::write_segment(std::size_t number, std::span<const index::IndexedReference> others) const {
  std::vector<index::IndexedReference> references;
  const std::size_t end = std::min(episodes_, (number + 1) * of_segment_);
  for (std::size_t i = number * of_segment_; i < end; ++i) references.push_back(made_reference(i));
  if (number + 1 == files_.size()) references.insert(references.end(), others.begin(), others.end());
  SegmentWriter out({FramePart::kContent, kAlgorithm}, files_[number]);
  FramePart::write(references, out);
  (void)out.finish();
}

FrameCatalog::Merged FrameCatalog::merge(std::size_t listed_from) const {
  Segments segments;
  std::uint64_t file = 0;
  for (const auto& path : files_)
    segments.add(FramePart(index::SegmentImage::open(path, segments.kind())), ++file);
  const std::size_t made = files_.size();
  const auto path_of = [&](std::uint64_t number) {
    return folder_ / ("merged" + std::to_string(listed_from) + "-" + std::to_string(number));
  };
  Merged result;
  {
    const CostTimer timer;
    for (auto due = segments.due(kMostBytes); due.size() >= 2; due = segments.due(kMostBytes)) {
      ++file;
      merge_some(segments, due, listed_from, path_of(file), file);
    }
    result.merging = timer.cost();
  }
  const CostTimer timer;
  for (const auto& segment : segments.all()) {
    result.files.push_back(segment.file > made ? path_of(segment.file) : files_[segment.file - 1]);
    FramePart part(index::SegmentImage::open(result.files.back(), segments.kind()));
    result.bytes += part.image().size();
    result.segments.add(std::move(part), segment.file);
  }
  result.opening = timer.cost();
  return result;
}

}  // namespace reelprint::bench
