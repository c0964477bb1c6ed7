// Checks a bundle without a network and without trusting anything in it: docs/evidence_bundle.md says what
// and how.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "evidence/bundle_file.h"
#include "evidence/manifest.h"
#include "evidence/published_keys.h"

namespace reelprint::evidence {

enum class CheckOutcome : std::uint8_t {
  passed,
  failed,
  not_possible,  ///< something that it needs is not there; `detail` says what
};

[[nodiscard]] std::string_view to_string(CheckOutcome outcome);

/// One thing that was looked at.
struct BundleCheck {
  std::string name{};  ///< "zip", "manifest", "file", "tree", "sums", "signature", "signer", "time_stamp",
                       ///< "authority", "documents", "custody", "frames", "claim"
  CheckOutcome outcome = CheckOutcome::passed;
  std::string detail{};  ///< a sentence; of what failed it names the place

  friend bool operator==(const BundleCheck&, const BundleCheck&) = default;
};

struct VerifierSettings {
  std::optional<std::vector<PublishedKey>> keys{};  ///< nothing: who signed is not asked
  std::optional<std::string> authorities{};         ///< certificates in PEM that time stamps must lead to
};

struct VerifiedBundle {
  std::vector<BundleCheck> checks{};
  std::optional<Manifest> manifest{};  ///< nothing when it cannot be read

  [[nodiscard]] bool is_good() const;  ///< nothing failed
};

/// All but the frames and the claim itself, which pipeline/frame_check.h and claim_check.h see to. Throws
/// what BundleFile throws; whatever is in the file ends as a check.
[[nodiscard]] VerifiedBundle verify_bundle(BundleFile& bundle, const VerifierSettings& settings);

}  // namespace reelprint::evidence
