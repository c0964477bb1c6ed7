#include "evidence/digest.h"

#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/error.h"
#include "core/file_stream.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 18;

[[noreturn]] void refuse() {
  throw Error(ErrorCode::io, "compute SHA-256: libcrypto refused");
}

int value_of_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

struct Sha256Stream::Context {
  struct Free {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> handle{EVP_MD_CTX_new()};
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {
  if (!context_->handle || EVP_DigestInit_ex(context_->handle.get(), EVP_sha256(), nullptr) != 1) refuse();
}

Sha256Stream::~Sha256Stream() = default;

Sha256Stream& Sha256Stream::add(std::span<const std::byte> bytes) {
  if (EVP_DigestUpdate(context_->handle.get(), bytes.data(), bytes.size()) != 1) refuse();
  return *this;
}

Sha256Stream& Sha256Stream::add(std::string_view text) {
  return add(std::as_bytes(std::span(text)));
}

Sha256 Sha256Stream::finish() {
  Sha256 digest;
  unsigned size = 0;
  if (EVP_DigestFinal_ex(context_->handle.get(), digest.bytes.data(), &size) != 1 ||
      size != digest.bytes.size()) {
    refuse();
  }
  return digest;
}

Sha256 sha256_of(std::span<const std::byte> bytes) {
  return Sha256Stream().add(bytes).finish();
}

Sha256 sha256_of(std::string_view text) {
  return Sha256Stream().add(text).finish();
}

std::uint32_t crc32_of(std::span<const std::byte> bytes, std::uint32_t before) {
  std::uint32_t crc = before;
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(bytes.size(), std::size_t{1} << 30));
    crc = static_cast<std::uint32_t>(
        crc32(crc, reinterpret_cast<const Bytef*>(part.data()), static_cast<uInt>(part.size())));
    bytes = bytes.subspan(part.size());
  }
  return crc;
}

FileDigest digest_of_file(const std::filesystem::path& file) {
  FileReader reader(file);
  FileDigest digest;
  digest.bytes = reader.left();
  Sha256Stream sha256;
  std::vector<std::byte> piece(kPieceBytes);
  while (reader.left() > 0) {
    const auto part = std::span(piece).first(
        static_cast<std::size_t>(std::min<std::uintmax_t>(reader.left(), kPieceBytes)));
    reader.read(part);
    sha256.add(part);
    digest.crc32 = crc32_of(part, digest.crc32);
  }
  digest.sha256 = sha256.finish();
  return digest;
}

FileDigest digest_of_bytes(std::span<const std::byte> bytes) {
  FileDigest digest;
  digest.bytes = bytes.size();
  digest.sha256 = sha256_of(bytes);
  digest.crc32 = crc32_of(bytes);
  return digest;
}

std::optional<Sha256> sha256_in_hex(std::string_view hex) {
  Sha256 digest;
  if (hex.size() != 2 * digest.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    const int high = value_of_digit(hex[2 * i]);
    const int low = value_of_digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest.bytes[i] = static_cast<std::uint8_t>(16 * high + low);
  }
  return digest;
}

}  // namespace reelprint::evidence
