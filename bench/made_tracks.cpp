#include "bench/made_tracks.h"

#include <algorithm>

#include "core/split_mix.h"
#include "index/codebook.h"

namespace reelprint::bench {
namespace {

/// A picture every 0.23 s.
constexpr std::size_t kDetailsOfReference = 390;

index::Code disturbed(index::Code code, std::uint64_t seed) {
  SplitMix random(seed);
  std::uint64_t bits = random.next();
  for (std::size_t left = 8 + bits % 56, n = 0; left > 0; --left, ++n) {
    if (n % 8 == 0) bits = random.next();
    const auto bit = bits >> (8 * (n % 8)) & 255;
    code[bit / 64] ^= std::uint64_t{1} << (bit % 64);
  }
  return code;
}

std::uint32_t detail_of(std::size_t track) {
  return static_cast<std::uint32_t>(track % kTracksOfReference * kDetailsOfReference / kTracksOfReference);
}

std::uint8_t length_of(std::size_t track) {
  return static_cast<std::uint8_t>(1 + SplitMix(track).next() % 16);
}

}  // namespace

MadeTracks::MadeTracks(std::span<const LocalFeature> drawn, std::size_t tracks)
    : drawn_(drawn), tracks_(tracks), lists_(index::Codebook::kWords) {
  index::CodebookFinder finder(index::feature_codebook());
  for (std::size_t i = 0; i < std::min(tracks, kLookedUp); ++i)
    lists_[finder.find_nearest(looked_up_code(i), 1).front()].push_back(static_cast<std::uint32_t>(i));
}

std::size_t MadeTracks::references() const {
  return tracks_ / kTracksOfReference;
}

index::Code MadeTracks::looked_up_code(std::size_t track) const {
  const index::Code& drawn = drawn_[track % drawn_.size()].descriptor;
  return track < drawn_.size() ? drawn : disturbed(drawn, track);
}

index::Code MadeTracks::code(std::size_t track) const {
  const index::Code looked_up = looked_up_code(track % kLookedUp);
  return track < kLookedUp ? looked_up : disturbed(looked_up, track);
}

index::FeaturePart MadeTracks::write_part(const std::filesystem::path& file, std::size_t first,
                                          std::size_t references) const {
  std::vector<index::FeatureRecord> records;
  for (std::size_t r = 0; r < references; ++r) {
    records.push_back({{static_cast<std::int64_t>(first + r + 1)},
                       static_cast<std::uint32_t>(r * kDetailsOfReference),
                       static_cast<std::uint32_t>(kDetailsOfReference),
                       0,
                       static_cast<std::uint32_t>(kTracksOfReference)});
  }
  const std::size_t begin = first * kTracksOfReference;
  const std::size_t end = begin + references * kTracksOfReference;
  return write_listed(file, records, [&](std::size_t list, std::vector<ListedRow>& rows) {
    for (std::size_t round = begin / kLookedUp * kLookedUp; round < end; round += kLookedUp) {
      for (const std::uint32_t member : lists_[list]) {
        const std::size_t track = round + member;
        if (track < begin || track >= end) continue;
        const std::size_t reference = track / kTracksOfReference - first;
        rows.push_back({static_cast<std::uint32_t>(reference * kDetailsOfReference) + detail_of(track),
                        length_of(track), code(track)});
      }
    }
  });
}

std::vector<index::FeatureTrack> made_reference(std::span<const LocalFeature> features) {
  std::vector<index::FeatureTrack> tracks;
  for (std::size_t i = 0; i < std::min(features.size(), kTracksOfReference); ++i)
    tracks.push_back({features[i].descriptor, detail_of(i), length_of(i)});
  return tracks;
}

}  // namespace reelprint::bench
