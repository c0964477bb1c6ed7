#include "crawler/peer_chain.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>
#include <string>

namespace reelprint::crawler {
namespace {

constexpr int kMostCertificates = 10;
constexpr std::size_t kMostTextBytes = 65'536;

struct FreeBio {
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

std::string text_of(const Bio& bio) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  if (size <= 0 || static_cast<std::size_t>(size) > kMostTextBytes) return {};
  return {text, static_cast<std::size_t>(size)};
}

std::string text_of(const X509_NAME* name) {
  const Bio bio(BIO_new(BIO_s_mem()));
  constexpr unsigned long kForm = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!bio || X509_NAME_print_ex(bio.get(), name, 0, kForm) < 0) return {};
  return text_of(bio);
}

PeerCertificate certificate_of(X509* from) {
  PeerCertificate certificate;
  certificate.subject = text_of(X509_get_subject_name(from));
  certificate.issuer = text_of(X509_get_issuer_name(from));
  if (const Bio bio(BIO_new(BIO_s_mem())); bio && PEM_write_bio_X509(bio.get(), from) == 1)
    certificate.pem = text_of(bio);
  unsigned size = 0;
  if (X509_digest(from, EVP_sha256(), certificate.digest.bytes.data(), &size) != 1) certificate.digest = {};
  return certificate;
}

}  // namespace

std::vector<PeerCertificate> peer_chain(void* session) {
  std::vector<PeerCertificate> certificates;
  if (session == nullptr) return certificates;
  STACK_OF(X509)* chain = SSL_get_peer_cert_chain(static_cast<SSL*>(session));
  const int count = chain == nullptr ? 0 : std::min(sk_X509_num(chain), kMostCertificates);
  for (int i = 0; i < count; ++i) certificates.push_back(certificate_of(sk_X509_value(chain, i)));
  return certificates;
}

}  // namespace reelprint::crawler
