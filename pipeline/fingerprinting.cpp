#include "pipeline/fingerprinting.h"

#include "fingerprint/fingerprint_codec.h"

namespace reelprint::pipeline {

fingerprint::MediaFingerprint write_fingerprint_of(const std::filesystem::path& media,
                                                   const std::filesystem::path& output,
                                                   const fingerprint::FingerprintSettings& settings,
                                                   std::stop_token stop,
                                                   const fingerprint::FingerprintProgress& progress) {
  auto made = fingerprint::fingerprint_media(media, settings, stop, progress);
  fingerprint::write_fingerprint(made.fingerprint, output);
  return made;
}

}  // namespace reelprint::pipeline
