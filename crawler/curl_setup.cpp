#include "crawler/curl_setup.h"

#include <curl/curl.h>

#include "core/error.h"

namespace reelprint::crawler {

void set_up_curl() {
  static const CURLcode outcome = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (outcome != CURLE_OK) throw Error(ErrorCode::io, "set up libcurl: it failed");
}

}  // namespace reelprint::crawler
