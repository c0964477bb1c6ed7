// What is in a bundle, and what is signed: manifest.json. docs/evidence_bundle.md lists its members.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/sha256.h"
#include "evidence/signing_key.h"

namespace reelprint::evidence {

// Members that are no files of the manifest, in the order in which they begin a bundle.
inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::string_view kSignatureName = "manifest.sig";
inline constexpr std::string_view kSumsName = "SHA256SUMS";
inline constexpr std::string_view kTimeStampName = "timestamp.tsr";

/// One file of a bundle.
struct ManifestFile {
  std::string name{};
  Sha256 sha256{};
  std::uint64_t bytes = 0;
  std::string media_type{};
  std::string what{};  ///< for a person

  friend bool operator==(const ManifestFile&, const ManifestFile&) = default;
};

/// A time stamp over the tree's root, or why there is none.
struct TimeStampNote {
  std::string authority{};    ///< where it was asked for; "": nowhere
  Sha256 token{};             ///< SHA-256 of timestamp.tsr; zero: there is none
  std::string missing_why{};  ///< "" when there is one

  [[nodiscard]] bool is_present() const { return token != Sha256{}; }
  friend bool operator==(const TimeStampNote&, const TimeStampNote&) = default;
};

struct Manifest {
  std::int64_t in_case = 0;
  WallTime made_at{};
  std::string tool_version{};         ///< name and version
  std::vector<ManifestFile> files{};  ///< by name
  Sha256 root{};                      ///< tree_root of them
  PublicKey key{};                    ///< that signs
  TimeStampNote time_stamp{};

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

/// A file's leaf in the tree: the line that `sha256sum` prints of it, "HEX  NAME\n".
[[nodiscard]] std::string sum_line(const ManifestFile& file);
/// All of them, as `sha256sum -c` reads them: SHA256SUMS.
[[nodiscard]] std::string sums_of(const std::vector<ManifestFile>& files);
[[nodiscard]] Sha256 root_of(const std::vector<ManifestFile>& files);

/// The bytes that are signed: canonical JSON (RFC 8785) without a line end.
[[nodiscard]] std::string to_text(const Manifest& manifest);
/// The inverse, of hostile text. Throws Error{corrupt} that names what is wrong; also when the text is not
/// the canonical one.
[[nodiscard]] Manifest manifest_in(std::string_view text);

/// "2026-11-21T11:06:21.123456Z": RFC 3339 in UTC, to the microsecond. Years 0 to 9999.
[[nodiscard]] std::string to_exact_time(WallTime time);

}  // namespace reelprint::evidence
