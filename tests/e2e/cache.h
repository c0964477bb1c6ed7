// What is dear to make and always the same, made once per build folder and shared by all tests' processes.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace reelprint::e2e {

/// The cached file or folder; when there is none yet for this `recipe`, `make` makes it at the path that it
/// is given. The others wait meanwhile. Nobody may change what is cached: copy it.
[[nodiscard]] std::filesystem::path cached(std::string_view name, std::string_view recipe,
                                           const std::function<void(const std::filesystem::path&)>& make);

/// Tells one version of a file from another, for a recipe: its path, size and time.
[[nodiscard]] std::string version_of(const std::filesystem::path& file);

}  // namespace reelprint::e2e
