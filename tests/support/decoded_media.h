// What decode_media hands out, kept for tests to look at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/error.h"
#include "core/fingerprint.h"
#include "fingerprint/media_decoder.h"

namespace reelprint::test {

inline constexpr Effort kEfforts[] = {Effort::fast, Effort::standard, Effort::deep};

struct SeenPicture {
  Timestamp shown_at;
  double level = 0;  ///< mean luma on the 8-bit scale
  std::size_t width = 0;
  std::size_t height = 0;
  int quarter_turns = 0;
  bool is_key = false;
  std::array<double, 4> quarters{};  ///< the levels of the upright picture's quarters, row by row
};

struct SeenSound {
  Timestamp at;
  std::vector<std::int16_t> samples;
};

struct Seen {
  fingerprint::MediaFacts facts;
  std::vector<SeenPicture> pictures;
  std::vector<SeenSound> sound;

  [[nodiscard]] double seconds() const { return to_seconds(facts.duration); }
  [[nodiscard]] double shown(std::size_t i) const { return to_seconds(pictures.at(i).shown_at); }
};

/// Decodes with the plan of `effort`, sound included; expects times that never decrease.
[[nodiscard]] Seen decode(const std::filesystem::path& file, Effort effort = Effort::deep,
                          const fingerprint::DecodeLimits& limits = {});

/// The code of the Error that decoding throws; nothing if it succeeds.
[[nodiscard]] std::optional<ErrorCode> error_of(const std::filesystem::path& file,
                                                const fingerprint::DecodeLimits& limits = {});

}  // namespace reelprint::test
