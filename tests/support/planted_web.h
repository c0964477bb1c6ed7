// A web with copies planted in it, among what is allowed, unrelated, forbidden, broken and endless.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/support/loopback_web.h"

namespace reelprint::test {

/// What is planted; every clip a file of its own.
struct PlantedClips {
  std::vector<std::filesystem::path> copies{};  ///< of registered works, at least 6
  std::filesystem::path licensed{};             ///< of a registered work, for an account that may show it
  std::vector<std::filesystem::path> unrelated{};
  std::filesystem::path hls{};   ///< folder with master.m3u8 and what it names: a copy
  std::filesystem::path dash{};  ///< folder with manifest.mpd: a copy
};

/// Where a crawl begins, and what it must find.
struct PlantedWeb {
  std::vector<std::string> sites{};  ///< start URLs, each a source of kind site
  std::vector<std::string> sitemaps{};
  std::vector<std::string> feeds{};
  std::vector<std::string> traps{};      ///< start URLs of sites that do harm
  std::set<std::string> copies{};        ///< pages, or media without one, that show a copy
  std::set<std::string> innocent{};      ///< likewise, that must not be flagged
  std::vector<std::string> forbidden{};  ///< targets that robots.txt forbids: "HOST/path"
};

inline constexpr const char* kLicensedAccount = "The Rights Holder's Own Channel";
inline constexpr std::size_t kPlantedHosts = 12;

/// `web` must have kPlantedHosts hosts.
[[nodiscard]] PlantedWeb plant(LoopbackWeb& web, const PlantedClips& clips);

/// Sends `folder`'s files below a path.
void put_folder(LoopbackWeb& web, std::size_t host, const std::string& path,
                const std::filesystem::path& folder);

}  // namespace reelprint::test
