#include "jail/job_watch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

#include "jail/channel.h"

namespace reelprint::jail {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kGrace(10);  // for a job that was killed to be gone
constexpr std::size_t kReadBytes = 1 << 16;

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorCode::io, "watch a job: " + what + ": " + std::generic_category().message(errno));
}

class Watch {
 public:
  Watch(JobEnds ends, const JailLimits& limits, const std::stop_token& stop,
        const Workers::OnProgress& on_progress)
      : ends_(std::move(ends)),
        limits_(limits),
        stop_(stop),
        reader_(limits.output_bytes, [this](auto bytes) { pass_on(bytes); }),
        on_progress_(on_progress),
        wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        deadline_(Clock::now() + limits.wall_time) {
    if (!wake_) fail("make an event");
  }

  JobOutcome run();

 private:
  void wait();
  void pass_on(std::span<const std::byte> progress);
  void read_records();
  void read_status();
  void kill(Ending why);
  [[nodiscard]] JobOutcome outcome();
  [[nodiscard]] Ending ending_by(int signal) const;

  JobEnds ends_;
  const JailLimits& limits_;
  const std::stop_token& stop_;
  RecordReader reader_;
  const Workers::OnProgress& on_progress_;
  std::exception_ptr thrown_;  ///< by on_progress_
  Descriptor wake_;
  Clock::time_point deadline_;
  std::optional<Ending> killed_;  ///< by us, and why
  std::optional<ChildEnd> end_;
  bool is_lost_ = false;
};

JobOutcome Watch::run() {
  const std::stop_callback wake(stop_, [this] {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_.number(), &one, sizeof one);
  });
  while (!end_ && !is_lost_) wait();
  // A job that has ended writes no more: what it wrote is in the pipe.
  while (ends_.records) {
    const int before = ends_.records.number();
    read_records();
    if (ends_.records.number() == before && errno == EAGAIN) break;
  }
  if (thrown_) std::rethrow_exception(thrown_);
  return outcome();
}

void Watch::pass_on(std::span<const std::byte> progress) try {
  if (on_progress_ && !killed_) on_progress_(progress);
} catch (...) {
  thrown_ = std::current_exception();
  kill(Ending::cancelled);
}

void Watch::wait() {
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - Clock::now());
  const auto timeout = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
  std::array<pollfd, 3> ready = {{{ends_.status.number(), POLLIN, 0},
                                  {ends_.records.number(), POLLIN, 0},
                                  {killed_ ? -1 : wake_.number(), POLLIN, 0}}};
  if (::poll(ready.data(), ready.size(), timeout) < 0 && errno != EINTR) fail("wait");
  if (ready[1].revents != 0) read_records();
  if (ready[0].revents != 0) read_status();
  if (end_) return;
  if (ready[2].revents != 0) kill(Ending::cancelled);
  if (Clock::now() < deadline_) return;
  if (killed_) is_lost_ = true;
  kill(Ending::too_long);
}

/// One read; closes the pipe at its end.
void Watch::read_records() {
  std::array<std::byte, kReadBytes> buffer;
  errno = 0;
  const ssize_t count = ::read(ends_.records.number(), buffer.data(), buffer.size());
  if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) return ends_.records.reset();
  if (count < 0 || killed_) return;
  try {
    reader_.feed(std::span(buffer).first(static_cast<std::size_t>(count)));
  } catch (const Error& error) {
    kill(error.code() == ErrorCode::too_large ? Ending::too_much_output : Ending::nonsense);
  }
}

void Watch::read_status() {
  const auto message = receive_message(ends_.status.number());
  if (message)
    end_ = decode_end(message->bytes);
  else
    is_lost_ = true;
}

void Watch::kill(Ending why) {
  if (killed_) return;
  killed_ = why;
  deadline_ = Clock::now() + kGrace;
  static_cast<void>(::shutdown(ends_.status.number(), SHUT_WR));
}

Ending Watch::ending_by(int signal) const {
  switch (signal) {
    case SIGXCPU: return Ending::too_long;
    case SIGSYS: return Ending::broke_out;
    case SIGKILL: return end_->cpu_time >= limits_.cpu_time ? Ending::too_long : Ending::killed;
    default: return Ending::crashed;
  }
}

JobOutcome Watch::outcome() {
  JobOutcome outcome;
  if (end_) {
    outcome.cpu_time = end_->cpu_time;
    outcome.peak_bytes = end_->peak_bytes;
    if (WIFSIGNALED(end_->wait_status)) outcome.signal = WTERMSIG(end_->wait_status);
  }
  if (killed_) {
    outcome.ending = *killed_;
  } else if (!end_) {
    outcome.ending = Ending::lost;
  } else if (outcome.signal != 0) {
    outcome.ending = ending_by(outcome.signal);
  } else if (reader_.failure()) {
    outcome.ending = Ending::failed;
    outcome.code = reader_.failure()->code;
    outcome.text = reader_.failure()->text;
  } else if (reader_.is_done()) {
    outcome.ending = Ending::done;
    outcome.result = reader_.take_result();
  } else {
    outcome.ending = Ending::crashed;
  }
  return outcome;
}

}  // namespace

JobOutcome watch_job(JobEnds ends, const JailLimits& limits, const std::stop_token& stop,
                     const Workers::OnProgress& on_progress) {
  return Watch(std::move(ends), limits, stop, on_progress).run();
}

}  // namespace reelprint::jail
