#include "bench/frame_uploads.h"

#include <algorithm>
#include <utility>

#include "bench/made_hashes.h"
#include "core/split_mix.h"

namespace reelprint::bench {
namespace {

constexpr std::uint64_t kSeed = 2;  // not the catalog's
constexpr std::size_t kCards = 8;   ///< keyframes
constexpr std::uint64_t kMostFlips = 48;
constexpr std::size_t kPlantedAt = 50;
constexpr std::size_t kMostPlanted = 20;
constexpr Duration kPiece = std::chrono::seconds(10);
constexpr std::size_t kNeeded = 2;

}  // namespace

Upload clear_upload(std::size_t number) {
  const auto keyframes = HashMaker(kSeed).episode(number, 0);
  Upload upload(kUploadKeyframes);
  for (std::size_t i = 0; i < upload.size(); ++i) upload[i].hash = keyframes[kCards + i].hash;
  return upload;
}

Upload copied_upload(ReferenceId reference, std::span<const Keyframe> keyframes, std::size_t number) {
  SplitMix random(number);
  Upload upload;
  for (const Keyframe& keyframe : keyframes.first(std::min(keyframes.size(), kUploadKeyframes))) {
    FrameHash hash = keyframe.hash;
    for (std::uint64_t flips = random.next() % (kMostFlips + 1); flips > 0; --flips) {
      const std::uint64_t bit = random.next() % 256;
      hash.words[bit / 64] ^= std::uint64_t{1} << (bit % 64);
    }
    upload.push_back({hash, true, false, reference, keyframe.span.begin});
  }
  return upload;
}

std::vector<Upload> planted_uploads(const Footage& footage, ReferenceId reference) {
  std::vector<Upload> uploads;
  for (const EditedCopy& copy : footage.copies) {
    for (auto next = copy.keyframes.begin(); next != copy.keyframes.end();) {
      Upload upload = clear_upload(uploads.size());
      const Timestamp end = next->span.begin + kPiece;
      std::size_t planted = 0;
      for (; next != copy.keyframes.end() && next->span.begin < end && planted < kMostPlanted; ++next)
        upload[kPlantedAt + planted++] = {next->hash, true, copy.is_mirrored, reference, next->span.begin};
      if (planted >= kNeeded) uploads.push_back(std::move(upload));
    }
  }
  return uploads;
}

}  // namespace reelprint::bench
