// Who turns media into fingerprints: here, or behind the walls of a jail.
#pragma once

#include <filesystem>
#include <stop_token>

#include "fingerprint/fingerprinter.h"

namespace reelprint::pipeline {

/// Thread-safe.
class MediaReader {
 public:
  virtual ~MediaReader() = default;
  /// Throws what fingerprint_media throws; a reader in a jail also Error{unreadable} when the media broke it.
  [[nodiscard]] virtual fingerprint::MediaFingerprint fingerprint(
      const std::filesystem::path& file, const fingerprint::FingerprintSettings& settings,
      std::stop_token stop, const fingerprint::FingerprintProgress& progress) const = 0;
};

/// In this very process: for files that the user named on the command line.
class DirectMediaReader final : public MediaReader {
 public:
  [[nodiscard]] fingerprint::MediaFingerprint fingerprint(
      const std::filesystem::path& file, const fingerprint::FingerprintSettings& settings,
      std::stop_token stop, const fingerprint::FingerprintProgress& progress) const override {
    return fingerprint::fingerprint_media(file, settings, std::move(stop), progress);
  }
};

}  // namespace reelprint::pipeline
