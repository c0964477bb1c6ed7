#include "fingerprint/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "core/error.h"

namespace reelprint::fingerprint {
namespace {

constexpr std::size_t kReadBytes = 1 << 18;

struct ContextFree {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FileClose {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};

class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) fail();
  }
  void add(const void* bytes, std::size_t count) {
    if (EVP_DigestUpdate(context_.get(), bytes, count) != 1) fail();
  }
  [[nodiscard]] Sha256 finish() {
    Sha256 digest;
    if (EVP_DigestFinal_ex(context_.get(), digest.bytes.data(), nullptr) != 1) fail();
    return digest;
  }

 private:
  [[noreturn]] static void fail() { throw Error(ErrorCode::io, "compute SHA-256: libcrypto refused"); }

  std::unique_ptr<EVP_MD_CTX, ContextFree> context_;
};

[[noreturn]] void fail(const std::filesystem::path& file, int error) {
  const ErrorCode code = error == ENOENT || error == ENOTDIR ? ErrorCode::not_found : ErrorCode::io;
  throw Error(code, "hash file '" + file.string() + "': " + std::generic_category().message(error));
}

}  // namespace

Sha256 sha256_of_file(const std::filesystem::path& file, std::stop_token stop) {
  const std::unique_ptr<std::FILE, FileClose> input(std::fopen(file.c_str(), "rbe"));
  if (!input) fail(file, errno);
  std::setbuf(input.get(), nullptr);
  Digest digest;
  std::vector<std::byte> buffer(kReadBytes);
  for (;;) {
    if (stop.stop_requested())
      throw Error(ErrorCode::cancelled, "hash file '" + file.string() + "': stopped");
    const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), input.get());
    if (count < buffer.size() && std::ferror(input.get())) fail(file, errno);
    digest.add(buffer.data(), count);
    if (count < buffer.size()) return digest.finish();
  }
}

Sha256 sha256_of(std::span<const std::byte> bytes) {
  Digest digest;
  digest.add(bytes.data(), bytes.size());
  return digest.finish();
}

}  // namespace reelprint::fingerprint
