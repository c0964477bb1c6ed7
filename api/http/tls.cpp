#include "api/http/tls.h"

#include <openssl/ssl.h>

#include <boost/system/error_code.hpp>
#include <string>

#include "core/error.h"

namespace reelprint::api::http {
namespace {

void expect_ok(const boost::system::error_code& error, const std::string& what,
               const std::filesystem::path& file) {
  if (!error) return;
  throw Error(ErrorCode::invalid_input, what + " '" + file.string() + "': " + error.message());
}

void expect_file(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored))
    throw Error(ErrorCode::not_found, "read '" + file.string() + "' for TLS: there is no such file");
}

}  // namespace

std::shared_ptr<TlsContext> make_tls_context(const TlsFiles& files) {
  expect_file(files.chain);
  expect_file(files.key);
  auto context = std::make_shared<TlsContext>(TlsContext::tls_server);
  context->set_options(TlsContext::default_workarounds | TlsContext::no_sslv2 | TlsContext::no_sslv3 |
                       TlsContext::no_tlsv1 | TlsContext::no_tlsv1_1 | TlsContext::single_dh_use);
  SSL_CTX* const native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  boost::system::error_code error;
  context->use_certificate_chain_file(files.chain.string(), error);
  expect_ok(error, "read the certificate chain", files.chain);
  context->use_private_key_file(files.key.string(), TlsContext::pem, error);
  expect_ok(error, "read the key", files.key);
  if (SSL_CTX_check_private_key(native) != 1) {
    throw Error(ErrorCode::invalid_input,
                "use the key '" + files.key.string() + "': it is not that of the certificate");
  }
  return context;
}

}  // namespace reelprint::api::http
