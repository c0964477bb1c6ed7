#include "fingerprint/sha256.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/descriptor.h"
#include "core/error.h"

namespace reelprint::fingerprint {
namespace {

constexpr std::size_t kReadBytes = 1 << 18;

struct ContextFree {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
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

Sha256 sha256_of_source(const MediaSource& source, std::stop_token stop) {
  Descriptor own;
  if (source.descriptor() < 0) own = Descriptor(::open(source.name().c_str(), O_RDONLY | O_CLOEXEC));
  const int descriptor = source.descriptor() < 0 ? own.number() : source.descriptor();
  if (descriptor < 0) fail(source.name(), errno);
  Digest digest;
  std::vector<std::byte> buffer(kReadBytes);
  for (off_t position = 0;;) {
    if (stop.stop_requested())
      throw Error(ErrorCode::cancelled, "hash file '" + source.name().string() + "': stopped");
    const ssize_t count = ::pread(descriptor, buffer.data(), buffer.size(), position);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(source.name(), errno);
    if (count == 0) return digest.finish();
    digest.add(buffer.data(), static_cast<std::size_t>(count));
    position += count;
  }
}

Sha256 sha256_of_file(const std::filesystem::path& file, std::stop_token stop) {
  return sha256_of_source(file, std::move(stop));
}

Sha256 sha256_of(std::span<const std::byte> bytes) {
  Digest digest;
  digest.add(bytes.data(), bytes.size());
  return digest.finish();
}

}  // namespace reelprint::fingerprint
