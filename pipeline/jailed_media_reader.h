// Reads media in a process of its own, behind walls: what breaks libav costs one job.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/frame.h"
#include "jail/jail.h"
#include "pipeline/media_reader.h"

namespace reelprint::jail {
class Workers;
}

namespace reelprint::pipeline {

struct JailedReaderSettings {
  std::filesystem::path worker;  ///< the program; empty: reelprint-worker beside the running program
  jail::JailLimits limits;
  std::size_t most_at_once = 2;  ///< further calls wait for their turn
};

/// Thread-safe: any number of calls at once. The worker program is started at the first call, and again when
/// it ended; it ends with this object, or with the process that has it.
class JailedMediaReader final : public MediaReader {
 public:
  /// Throws Error{not_found}: no such worker program.
  explicit JailedMediaReader(JailedReaderSettings settings = {});
  ~JailedMediaReader() override;
  JailedMediaReader(const JailedMediaReader&) = delete;
  JailedMediaReader& operator=(const JailedMediaReader&) = delete;

  /// The same fingerprint as fingerprint_media gives, and the same errors; besides, Error: unreadable (the
  /// media crashed the decoder), too_large (they take more memory, time or output than the limits allow), io
  /// (the worker does not start, or somebody killed it). `progress` is called from this thread.
  [[nodiscard]] fingerprint::MediaFingerprint fingerprint(
      const std::filesystem::path& file, const fingerprint::FingerprintSettings& settings,
      std::stop_token stop, const fingerprint::FingerprintProgress& progress) const override;

  /// What fingerprint::frames_at gives, by the same rules; at most fingerprint::kMostFrames of them, or
  /// Error{too_large}.
  [[nodiscard]] std::vector<std::optional<Frame>> frames_at(const std::filesystem::path& file,
                                                            std::span<const Timestamp> times,
                                                            std::size_t short_side,
                                                            std::stop_token stop) const;

  /// Which walls stand on this machine; starts the worker program if need be. Throws Error{io}.
  [[nodiscard]] jail::Walls walls() const;

 private:
  std::unique_ptr<jail::Workers> workers_;
};

}  // namespace reelprint::pipeline
