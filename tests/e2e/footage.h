// Real footage: six episodes of a series, a second series that opens and ends as they do, and pirates'
// copies.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "tests/e2e/truth.h"

namespace reelprint::e2e {

inline constexpr const char* kFirstSeries = "The Hours Between";
inline constexpr const char* kSecondSeries = "Traffic";

/// Where the media lies: $REELPRINT_TEST_MEDIA, or shared/media beside the source tree; nothing when it is
/// not there.
[[nodiscard]] std::optional<std::filesystem::path> media_folder();

/// Episode 1 to 6 of the first series.
[[nodiscard]] std::filesystem::path first_series(int episode);
/// Episode 1 to 2 of the second: the first's intro of 4 s, other footage, the first's outro of 3 s.
[[nodiscard]] std::filesystem::path second_series(int episode);

/// A data folder with both series registered, shared by all tests: copy it.
[[nodiscard]] std::filesystem::path registered_footage();

struct PirateCopy {
  std::string name;
  std::filesystem::path (*make)() = nullptr;
  std::vector<Truth> truths;
};

/// The copies, in no order; nothing is made before `make` is called.
[[nodiscard]] const std::vector<PirateCopy>& pirate_copies();

/// Footage of no series, behind the intro that both series share.
[[nodiscard]] std::filesystem::path shared_intro_and_stranger();
/// Footage of no series.
[[nodiscard]] std::filesystem::path stranger_footage();
/// A stranger's picture over 25 s of the sound of the second episode.
[[nodiscard]] std::filesystem::path sound_of_an_episode();
/// Twelve seconds of episode 4, all of one meeting room; episode 1 shows the room at another time.
[[nodiscard]] std::filesystem::path same_room_at_another_time();

void PrintTo(const PirateCopy& copy, std::ostream* out);

}  // namespace reelprint::e2e
