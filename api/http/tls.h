// Internal to http/: our certificate and what of TLS is allowed.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "api/http/server.h"

namespace reelprint::api::http {

using TlsContext = boost::asio::ssl::context;

/// TLS 1.2 and 1.3. Throws Error: not_found, invalid_input (no PEM, or the key is not the certificate's).
[[nodiscard]] std::shared_ptr<TlsContext> make_tls_context(const TlsFiles& files);

}  // namespace reelprint::api::http
