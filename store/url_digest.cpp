#include "store/url_digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <span>

#include "core/error.h"

namespace reelprint::store {

UrlDigest url_digest(std::string_view url) {
  std::array<unsigned char, 32> whole{};
  unsigned int size = 0;
  if (EVP_Digest(url.data(), url.size(), whole.data(), &size, EVP_sha256(), nullptr) != 1 ||
      size != whole.size())
    throw Error(ErrorCode::io, "make the SHA-256 of a URL: the cryptographic library refused");
  UrlDigest digest{};
  std::ranges::copy_n(std::as_bytes(std::span(whole)).begin(), digest.size(), digest.begin());
  return digest;
}

std::string_view url_host(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return url;
  return url.substr(0, url.find_first_of("/?", scheme + 3));
}

}  // namespace reelprint::store
