// What the pipeline's tests register and screen.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/fingerprint.h"
#include "pipeline/catalog_document.h"
#include "store/store.h"
#include "tests/support/media_clips.h"

namespace reelprint::pipeline::test {

using reelprint::test::ClipFolder;

/// Ten seconds of moving pictures with a cut each second, 64×48 at 10 Hz, unlike those of any other seed.
[[nodiscard]] std::filesystem::path make_clip(const ClipFolder& folder, const std::string& name, int seed);

/// Eight seconds of tumbling blocks with a cut each two seconds, 240×320 at 10 Hz: corners enough for local
/// features. Unlike those of any other seed.
[[nodiscard]] std::filesystem::path make_blocks(const ClipFolder& folder, const std::string& name, int seed);

/// The blocks as seen by somebody who flips them left to right and cuts off more than a third of each side.
[[nodiscard]] std::filesystem::path make_mirrored_crop(const ClipFolder& folder, const std::string& name,
                                                       const std::filesystem::path& blocks);

/// The clip compressed coarsely at another size: what a pirate would upload. `cut`: "-ss 2 -t 6 " for a part
/// of it.
[[nodiscard]] std::filesystem::path make_copy(const ClipFolder& folder, const std::string& name,
                                              const std::filesystem::path& clip, const std::string& cut = "");

/// One clip behind the other.
[[nodiscard]] std::filesystem::path join_clips(const ClipFolder& folder, const std::string& name,
                                               const std::filesystem::path& first,
                                               const std::filesystem::path& second);

/// A catalog of these files, one series, episodes 1, 2, …
[[nodiscard]] Catalog catalog_of(const std::vector<std::filesystem::path>& files);

/// Random pictures, one a second for `seconds`.
[[nodiscard]] Fingerprint print_of(std::uint64_t seed, int seconds = 20);

/// Stores print_of(number) as episode `number`.
ReferenceId add_reference(store::Store& store, int number);

}  // namespace reelprint::pipeline::test
