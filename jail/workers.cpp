#include "jail/workers.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "jail/channel.h"
#include "jail/job_watch.h"
#include "jail/protocol.h"
#include "jail/spawned_server.h"

namespace reelprint::jail {
namespace {

constexpr int kMostTries = 2;

/// Both ends of a pipe, the reading one without blocking. Throws Error{io}.
std::pair<Descriptor, Descriptor> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw Error(ErrorCode::io, "make a pipe for a job: " + std::generic_category().message(errno));
  std::pair<Descriptor, Descriptor> pipe{Descriptor(ends[0]), Descriptor(ends[1])};
  static_cast<void>(::fcntl(ends[0], F_SETFL, O_NONBLOCK));
  return pipe;
}

/// Nothing when the server has died.
std::optional<JobEnds> hand_over(const SpawnedServer& server, std::span<const std::byte> request, int input) {
  auto [records, their_records] = make_pipe();
  auto [status, their_status] = make_channel();
  const std::array<int, 3> theirs = {input, their_records.number(), their_status.number()};
  if (!server.ask(request, theirs)) return std::nullopt;
  return JobEnds{std::move(records), std::move(status)};
}

}  // namespace

/// A job's place among those that run at once.
class Workers::Turn {
 public:
  explicit Turn(Workers& workers) : workers_(workers) {}
  ~Turn() {
    if (!is_taken_) return;
    {
      const std::lock_guard lock(workers_.mutex_);
      --workers_.running_;
    }
    workers_.ended_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  /// False when stopped before.
  [[nodiscard]] bool take(const std::stop_token& stop) {
    std::unique_lock lock(workers_.mutex_);
    const auto has_room = [this] { return workers_.running_ < workers_.settings_.most_at_once; };
    is_taken_ = workers_.ended_.wait(lock, stop, has_room) && !stop.stop_requested();
    if (is_taken_) ++workers_.running_;
    return is_taken_;
  }

 private:
  Workers& workers_;
  bool is_taken_ = false;
};

Workers::Workers(WorkersSettings settings) : settings_(std::move(settings)) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(settings_.program, ignored))
    throw Error(ErrorCode::not_found, "start worker '" + settings_.program.string() + "': no such program");
  settings_.most_at_once = std::max<std::size_t>(settings_.most_at_once, 1);
}

Workers::~Workers() = default;

std::shared_ptr<SpawnedServer> Workers::server() {
  const std::lock_guard lock(mutex_);
  if (!server_) server_ = std::make_shared<SpawnedServer>(settings_.program);
  return server_;
}

void Workers::forget(const std::shared_ptr<SpawnedServer>& dead) {
  const std::lock_guard lock(mutex_);
  if (server_ == dead) server_.reset();
}

JobOutcome Workers::run(std::span<const std::byte> request, int input, const std::stop_token& stop,
                        const OnProgress& on_progress) {
  JobOutcome outcome;
  outcome.ending = Ending::cancelled;
  Turn turn(*this);
  if (!turn.take(stop)) return outcome;
  const std::vector<std::byte> message = encode_request({settings_.limits, request});
  for (int tries = 0; tries < kMostTries; ++tries) {
    const auto asked = server();
    auto ends = hand_over(*asked, message, input);
    outcome = ends ? watch_job(std::move(*ends), settings_.limits, stop, on_progress) : JobOutcome{};
    if (outcome.ending != Ending::lost) return outcome;
    forget(asked);
  }
  return outcome;
}

Walls Workers::walls() {
  return server()->walls();
}

}  // namespace reelprint::jail
