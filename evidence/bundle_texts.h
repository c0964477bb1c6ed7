// Internal to bundle.cpp: what a bundle says of itself to whoever opens it first.
#pragma once

#include <string_view>

namespace reelprint::evidence {

inline constexpr std::string_view kReadMe = R"(EVIDENCE BUNDLE

report.pdf, report.html   the case in words and pictures: begin here
match.json, settings.json the same for programs
custody.jsonl             who did what and when, each entry chained to the one before by its SHA-256
frames/ fingerprints/ captures/ media/   what the report rests on; folders that are missing were not needed
                          (frames: two side by side, and each by itself with nothing drawn on it)
manifest.json             every file with its size and SHA-256, the root of the tree over them, the signer
manifest.sig              64 bytes: the Ed25519 signature of manifest.json
SHA256SUMS                the digests of the files again, as sha256sum reads them
timestamp.tsr             RFC 3161 time stamp over the root; where it is missing manifest.json says why

HOW TO CHECK IT

With the program that made it, offline:
  reelprint evidence verify BUNDLE.zip --keys published-keys.json --tsa-ca authority-ca.pem

By hand, in a folder where it was unpacked:
  sha256sum -c SHA256SUMS
  openssl ts -verify -digest ROOT -in timestamp.tsr -CAfile authority-ca.pem
      ROOT: "root" in manifest.json
  printf '\060\052\060\005\006\003\053\145\160\003\041\000' > key.der
  printf PUBLIC_KEY | xxd -r -p >> key.der
      PUBLIC_KEY: "public_key" in manifest.json, to be compared with the one that the signer publishes
  openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in manifest.json -sigfile manifest.sig

The root is the Merkle tree hash of RFC 6962 (SHA-256) over the lines of SHA256SUMS, each with its line end.
The whole format is described in docs/evidence_bundle.md of the program's sources.
)";

}  // namespace reelprint::evidence
