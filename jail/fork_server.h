// The inside: a process that forks a jailed child for each job, so that libraries are loaded once.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace reelprint::jail {

using ReportProgress = std::function<void(std::span<const std::byte>)>;

/// Runs in a jailed child: reads `request` and the file open as `input`, gives the result. What it throws is
/// told to whoever asked: an Error with its code and text, std::bad_alloc as Error{too_large}.
using Job = std::function<std::vector<std::byte>(std::span<const std::byte> request, int input,
                                                 const ReportProgress& report_progress)>;

/// The descriptor at which a worker program finds its end of the channel to Workers.
inline constexpr int kControlDescriptor = 3;

/// Serves jobs until whoever started this process closes the channel or dies; ends the process then. The
/// process must have one thread; what `job` needs of files must have been loaded. Closes all descriptors but
/// the channel and the standard ones, raises the outer walls and ignores SIGINT and SIGTERM: its owner ends
/// it. Throws Error{io} before it serves.
[[noreturn]] void serve_jobs(const Job& job);

}  // namespace reelprint::jail
