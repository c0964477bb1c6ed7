// Time stamps of an independent authority (RFC 3161), by OpenSSL: asked for, and checked without a network.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/sha256.h"

namespace reelprint::evidence {

/// DER of a TimeStampReq: the digest as it is (the message that was hashed is not known to the authority),
/// version 1, a random nonce, the authority's certificate wanted.
[[nodiscard]] std::string time_stamp_request(const Sha256& digest);

/// Throws Error{io} that says why when the DER of a TimeStampResp grants nothing, or is no answer to this
/// request: other digest, other nonce, no certificate, a signature that does not fit.
void check_answer(std::string_view request, std::string_view response);

/// What a TimeStampResp turns out to be.
struct TimeStampFindings {
  std::string
      refusal{};  ///< "" when it is a granted token over the digest, signed by the enclosed certificate
  WallTime at{};  ///< what it says
  std::string authority{};  ///< subject of that certificate: "CN = …, O = …"
  std::string serial{};     ///< of the token, hexadecimal
  std::string policy{};     ///< dotted object identifier
  std::optional<std::string>
      chain_refusal{};  ///< nothing: not asked; "": the certificate leads to the given ones
};

/// Of hostile bytes. With `authorities`, certificates in PEM, also whether the signer's certificate was good
/// at the time that the token says, for time stamping, and leads to one of them. Throws Error{invalid_input}
/// when `authorities` has no certificate in it.
[[nodiscard]] TimeStampFindings examine_time_stamp(std::string_view response, const Sha256& digest,
                                                   const std::optional<std::string>& authorities);

}  // namespace reelprint::evidence
