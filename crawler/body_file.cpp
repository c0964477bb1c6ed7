#include "crawler/body_file.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.h"

namespace reelprint::crawler {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
  throw Error(ErrorCode::io, "write '" + file.string() + "': " + why);
}

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

}  // namespace

struct BodyFile::Digest {
  std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
};

BodyFile::BodyFile(std::filesystem::path file) : file_(std::move(file)) {}

BodyFile::~BodyFile() = default;

void BodyFile::open() {
  descriptor_ =
      Descriptor(::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!descriptor_) fail(file_, std::generic_category().message(errno));
  digest_ = std::make_unique<Digest>();
  if (!digest_->context || EVP_DigestInit_ex(digest_->context.get(), EVP_sha256(), nullptr) != 1)
    fail(file_, "libcrypto refused to digest it");
}

void BodyFile::write(std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  if (!descriptor_) open();
  if (EVP_DigestUpdate(digest_->context.get(), bytes.data(), bytes.size()) != 1)
    fail(file_, "libcrypto refused to digest it");
  bytes_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_.number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(file_, std::generic_category().message(errno));
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

Sha256 BodyFile::finish() {
  descriptor_.reset();
  Sha256 digest;
  if (!digest_) return digest;
  if (EVP_DigestFinal_ex(digest_->context.get(), digest.bytes.data(), nullptr) != 1)
    fail(file_, "libcrypto refused to digest it");
  digest_.reset();
  return digest;
}

}  // namespace reelprint::crawler
