// Signatures of webhooks, as Standard Webhooks 1.0 has them (standardwebhooks.com): the HMAC-SHA256 of
// "id.timestamp.body" under a secret that both sides know.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace reelprint::access {

struct SignedMessage {
  std::string_view id;           ///< header "webhook-id": not empty, no full stop in it
  std::int64_t timestamp_s = 0;  ///< header "webhook-timestamp": seconds since 1970
  std::string_view body;
};

/// "whsec_" and the base64 of 32 random bytes.
[[nodiscard]] std::string make_webhook_secret();
/// Whether it is "whsec_" and the base64 of 24 to 64 bytes.
[[nodiscard]] bool is_webhook_secret(std::string_view text);

/// "v1," and base64: a part of the header "webhook-signature", which has one for each secret in use,
/// separated by blanks. Throws Error{invalid_input} for a secret that is none or an id that is not as it must
/// be.
[[nodiscard]] std::string sign(std::string_view secret, const SignedMessage& message);
/// Whether one of the signatures in that header is right; whether the timestamp is of now is the caller's to
/// see. False for a header of over 16 kB. Throws as sign() does.
[[nodiscard]] bool is_signed(std::string_view secret, const SignedMessage& message,
                             std::string_view signatures);

}  // namespace reelprint::access
