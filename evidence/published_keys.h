// The public keys that a signer publishes: who signed what, since when, until when, and what is revoked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "evidence/signing_key.h"

namespace reelprint::evidence {

/// Times of zero: it did not happen.
struct PublishedKey {
  PublicKey key{};
  WallTime created_at{};
  WallTime retired_at{};        ///< it signs nothing more; what it signed before stays good
  WallTime revoked_at{};        ///< what it signed since then is not to be trusted
  WallTime revoked_noted_at{};  ///< when that was said
  std::string revoked_why{};

  [[nodiscard]] bool is_revoked() const { return revoked_noted_at != WallTime{}; }
  friend bool operator==(const PublishedKey&, const PublishedKey&) = default;
};

/// Canonical JSON and a line end.
[[nodiscard]] std::string to_text(const std::vector<PublishedKey>& keys);
/// The inverse. Throws Error{corrupt}.
[[nodiscard]] std::vector<PublishedKey> published_keys_in(std::string_view text);
/// All keys in PEM, each behind a comment that names it.
[[nodiscard]] std::string to_pem(const std::vector<PublishedKey>& keys);

/// When something was signed, as far as one knows.
struct SigningTime {
  WallTime at{};
  bool is_proven = false;  ///< by a time stamp that leads to an authority; false: as the signer says
};

enum class KeyStanding { good, bad, unclear };

struct KeyJudgement {
  KeyStanding standing = KeyStanding::good;
  std::string why{};
};

/// Whether a signature of this key at that time is to be trusted.
[[nodiscard]] KeyJudgement judge_key(const PublicKey& key, const SigningTime& signed_at,
                                     const std::vector<PublishedKey>& keys);

}  // namespace reelprint::evidence
