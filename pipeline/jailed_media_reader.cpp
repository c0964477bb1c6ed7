#include "pipeline/jailed_media_reader.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "core/descriptor.h"
#include "core/error.h"
#include "fingerprint/media_job.h"
#include "jail/workers.h"

namespace reelprint::pipeline {
namespace {

namespace fs = std::filesystem;
using jail::Ending;

constexpr const char* kWorker = "reelprint-worker";

jail::WorkersSettings workers_settings(JailedReaderSettings settings) {
  if (settings.worker.empty()) {
    std::error_code ignored;
    settings.worker = fs::read_symlink("/proc/self/exe", ignored).parent_path() / kWorker;
  }
  return {std::move(settings.worker), settings.limits, settings.most_at_once};
}

[[noreturn]] void fail_to_open(const fs::path& file, ErrorCode code, const std::string& why) {
  throw Error(code, "open video '" + file.string() + "': " + why);
}

/// As libav_input opens it, so that errors are the same. A pipe must not block the one who opens it.
Descriptor open_media(const fs::path& file) {
  Descriptor media(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!media && (errno == ENOENT || errno == ENOTDIR))
    fail_to_open(file, ErrorCode::not_found, "no such file");
  struct stat about {};
  if (!media || ::fstat(media.number(), &about) != 0)
    fail_to_open(file, ErrorCode::io, std::generic_category().message(errno));
  if (!S_ISREG(about.st_mode)) fail_to_open(file, ErrorCode::invalid_input, "not a regular file");
  return media;
}

std::string crash_of(int signal) {
  return "the decoder crashed" + (signal != 0 ? " (signal " + std::to_string(signal) + ")" : std::string());
}

Error error_of(const fs::path& file, const jail::JobOutcome& outcome) {
  const auto because = [&file](ErrorCode code, const std::string& why) {
    return Error(code, "decode '" + file.string() + "': " + why);
  };
  switch (outcome.ending) {
    case Ending::failed: return {outcome.code, outcome.text};
    case Ending::broke_out: return because(ErrorCode::unreadable, "the decoder did what no decoder does");
    case Ending::too_long: return because(ErrorCode::too_large, "it takes longer than a file may");
    case Ending::too_much_output: return because(ErrorCode::too_large, "its fingerprint is too large");
    case Ending::nonsense: return because(ErrorCode::unreadable, "the decoder gave no fingerprint");
    case Ending::killed: return because(ErrorCode::io, "the decoder was killed");
    case Ending::cancelled: return because(ErrorCode::cancelled, "stopped on request");
    case Ending::lost: return because(ErrorCode::io, "the worker program died");
    case Ending::done:
    case Ending::crashed: break;
  }
  return because(ErrorCode::unreadable, crash_of(outcome.signal));
}

/// What `decode` makes of a job's bytes. Bytes that make no sense are no damage of ours: the media took the
/// decoder over.
template <class Decode>
auto sensible(const fs::path& file, Decode&& decode) {
  try {
    return decode();
  } catch (const Error&) {
    jail::JobOutcome outcome;
    outcome.ending = Ending::nonsense;
    throw error_of(file, outcome);
  }
}

/// The bytes that the job answers with.
std::vector<std::byte> run(jail::Workers& workers, const fs::path& file, const fingerprint::MediaJob& job,
                           const std::stop_token& stop, const jail::Workers::OnProgress& on_progress) {
  const auto request = fingerprint::encode(job);
  const Descriptor media = open_media(file);
  jail::JobOutcome outcome = workers.run(request, media.number(), stop, on_progress);
  if (outcome.ending != Ending::done) throw error_of(file, outcome);
  return std::move(outcome.result);
}

}  // namespace

JailedMediaReader::JailedMediaReader(JailedReaderSettings settings)
    : workers_(std::make_unique<jail::Workers>(workers_settings(std::move(settings)))) {}

JailedMediaReader::~JailedMediaReader() = default;

fingerprint::MediaFingerprint JailedMediaReader::fingerprint(
    const fs::path& file, const fingerprint::FingerprintSettings& settings, std::stop_token stop,
    const fingerprint::FingerprintProgress& progress) const {
  const auto on_progress = [&](std::span<const std::byte> bytes) {
    const auto at = sensible(file, [bytes] { return fingerprint::decode_job_progress(bytes); });
    if (progress) progress(at.reached, at.expected);
  };
  const auto result =
      run(*workers_, file, fingerprint::FingerprintJob{file.string(), settings}, stop, on_progress);
  return sensible(file,
                  [&result] { return fingerprint::decode_media_fingerprint(result, "a job's fingerprint"); });
}

std::vector<std::optional<Frame>> JailedMediaReader::frames_at(const fs::path& file,
                                                               std::span<const Timestamp> times,
                                                               std::size_t short_side,
                                                               std::stop_token stop) const {
  const fingerprint::FramesJob job{file.string(), {times.begin(), times.end()}, short_side, {}};
  const auto result = run(*workers_, file, job, stop, {});
  return sensible(file, [&] {
    auto frames = fingerprint::decode_frames(result, "a job's frames");
    if (frames.size() != times.size()) throw Error(ErrorCode::corrupt, "not as many as were asked for");
    return frames;
  });
}

jail::Walls JailedMediaReader::walls() const {
  return workers_->walls();
}

}  // namespace reelprint::pipeline
