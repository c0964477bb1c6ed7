// Keeps SIGPIPE away while libcurl works: its TLS writes to sockets that the other side has closed.
#pragma once

namespace reelprint::crawler {

/// Blocks SIGPIPE in this thread while it lives, and takes off what came in the meantime. libcurl would
/// ignore the signal for the whole process instead, which is no business of a thread.
class PipeSilence {
 public:
  PipeSilence();
  ~PipeSilence();
  PipeSilence(const PipeSilence&) = delete;
  PipeSilence& operator=(const PipeSilence&) = delete;

 private:
  bool was_pending_ = false;
  bool was_blocked_ = false;
};

}  // namespace reelprint::crawler
