#include "crawler/pipe_silence.h"

#include <signal.h>

#include <cerrno>
#include <ctime>

namespace reelprint::crawler {
namespace {

sigset_t only_pipe() {
  sigset_t signals{};
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  return signals;
}

bool is_pending() {
  sigset_t pending{};
  sigpending(&pending);
  return sigismember(&pending, SIGPIPE) == 1;
}

}  // namespace

PipeSilence::PipeSilence() : was_pending_(is_pending()) {
  const sigset_t signals = only_pipe();
  sigset_t before{};
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  was_blocked_ = sigismember(&before, SIGPIPE) == 1;
}

PipeSilence::~PipeSilence() {
  const sigset_t signals = only_pipe();
  const timespec at_once{};
  if (!was_pending_ && is_pending()) {
    while (sigtimedwait(&signals, nullptr, &at_once) < 0 && errno == EINTR) continue;
  }
  if (!was_blocked_) pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

}  // namespace reelprint::crawler
