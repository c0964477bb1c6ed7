// Which bytes of an MP4 on a server are which seconds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crawler/mp4_map.h"
#include "pipeline/partial_file.h"
#include "pipeline/sample_plan.h"
#include "pipeline/task.h"

namespace reelprint::pipeline {

/// Fetches of the file what says where its seconds lie, wherever that is: the sample tables; or, of a file in
/// fragments, a segment index in front or the index of fragments at its end.
class Mp4Index {
 public:
  /// Fetches a stretch into the file. False: there is nothing to go on with.
  using Fetch = std::function<Task<bool>(ByteStretch)>;

  /// `file`: has a beginning of it already, and outlives this.
  Mp4Index(const PartialFile& file, std::string url, std::uint64_t total, Fetch fetch)
      : file_(file), url_(std::move(url)), total_(total), fetch_(std::move(fetch)) {}

  Task<void> find();
  [[nodiscard]] bool is_protected() const { return map_ && map_->is_protected; }
  /// Whether `sample` can tell anything.
  [[nodiscard]] bool is_known() const { return is_in_fragments() || (map_ && !map_->samples.empty()); }
  [[nodiscard]] bool is_in_fragments() const { return !pieces_.empty(); }
  /// The bytes of a sample. Of a file in fragments: what is before the first, and whole ones; these can be
  /// read one behind the other.
  [[nodiscard]] std::vector<ByteStretch> sample(const SampleSettings& settings) const;

 private:
  Task<void> find_pieces(std::optional<crawler::ByteStretch> sidx);
  [[nodiscard]] std::string read(ByteStretch stretch) const;

  const PartialFile& file_;
  std::string url_;
  std::uint64_t total_;
  Fetch fetch_;
  std::vector<std::pair<std::uint64_t, std::string>> parts_;  ///< where the sample tables were looked for
  std::optional<crawler::Mp4Map> map_;
  std::vector<crawler::MediaPiece> pieces_;
};

}  // namespace reelprint::pipeline
