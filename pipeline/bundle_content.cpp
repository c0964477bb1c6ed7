#include "pipeline/bundle_content.h"

#include <span>

#include "fingerprint/fingerprint_codec.h"

namespace reelprint::pipeline {

std::optional<Fingerprint> print_in(evidence::BundleFile& bundle, const std::string& name) {
  const auto* member = name.empty() ? nullptr : bundle.find(name);
  if (member == nullptr) return std::nullopt;
  const std::string bytes = bundle.text_of(*member, kMostFingerprintBytes);
  return fingerprint::decode(std::as_bytes(std::span(bytes)), "'" + name + "' of the bundle");
}

}  // namespace reelprint::pipeline
