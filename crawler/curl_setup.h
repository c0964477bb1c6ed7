// libcurl wants to be set up once, before any thread uses it.
#pragma once

namespace reelprint::crawler {

/// Thread-safe; costs nothing the second time. Throws Error{io}.
void set_up_curl();

}  // namespace reelprint::crawler
