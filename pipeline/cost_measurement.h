// What screening and registering cost on this machine: CPU time measured on the user's own videos, and its
// price.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/progress.h"
#include "pipeline/screening.h"

namespace reelprint::pipeline {

/// The units that costs are told in.
inline constexpr double kUploadSeconds = 60;
inline constexpr double kEpisodeSeconds = 90;
inline constexpr double kUploadsPerSecond = 12;  ///< a million a day

/// CPU seconds of the process a second of media.
struct EffortCost {
  std::optional<Effort> effort;  ///< nothing: auto
  double cpu_per_media_s = 0;
};

struct CostMeasurement {
  std::size_t references = 0;  ///< registered, against which was screened
  std::size_t uploads = 0;     ///< that are clear of them: the screenings that count
  std::size_t not_clear = 0;   ///< left out of what screening costs
  double media_s = 0;          ///< of the uploads that count
  std::array<EffortCost, 3> screening{{{Effort::fast}, {Effort::standard}, {std::nullopt}}};
  double registering_per_media_s = 0;  ///< of all files: fingerprint, store and index
};

/// Screens each video with each effort, and registers it in a data folder of its own below the system's
/// temporary one, `rounds` times in turn on one thread; medians count. Throws Error: invalid_input for a
/// fingerprint file, when no file is named, and when none is clear; and what screen and fingerprint_media
/// throw.
[[nodiscard]] CostMeasurement measure_costs(const std::vector<std::string>& files, const Protected& catalog,
                                            std::size_t rounds, Progress* progress = nullptr,
                                            std::stop_token stop = {});

/// "auto" for nothing.
[[nodiscard]] std::string_view name_of_plan(const std::optional<Effort>& effort);

/// Of `pieces` times `seconds` of media, at `price` dollars for an hour of one virtual CPU.
[[nodiscard]] double dollars_of(double cpu_per_media_s, double seconds, double pieces, double price);

/// Cores that are busy when kUploadsPerSecond uploads of kUploadSeconds arrive, evenly.
[[nodiscard]] double cores_of(double cpu_per_media_s);

}  // namespace reelprint::pipeline
