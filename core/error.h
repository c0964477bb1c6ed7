// The one exception type: the caller could not get what it asked for.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace reelprint {

enum class ErrorCode {
  invalid_input,  ///< the caller's argument, file or row makes no sense
  not_found,      ///< no such file, series, reference
  unreadable,     ///< not a media file, or a container or codec that nothing here reads
  no_video,       ///< a media file without a video stream
  no_frames,      ///< a video stream of which no frame could be decoded
  encrypted,      ///< the media are protected; they are never circumvented
  too_large,      ///< beyond a stated limit (pixels, bytes, rows)
  corrupt,        ///< stored bytes fail their checksum or contradict themselves
  incompatible,   ///< written by another algorithm, format or schema version
  busy,           ///< another process holds what is needed
  io,             ///< the operating system refused a read or a write
  cancelled,      ///< stopped on request
};

/// A stable, lower-case name, as used in JSON and logs.
[[nodiscard]] std::string_view to_string(ErrorCode code);

/// Says what was attempted, on what, and why it failed: "open video 'a.mp4': no video stream".
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& context) : std::runtime_error(context), code_(code) {}
  [[nodiscard]] ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace reelprint
