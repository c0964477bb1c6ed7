// An ffmpeg child process that turns frames and a WAV file into an MP4 file.
#pragma once

#include <sys/types.h>

#include <opencv2/core.hpp>
#include <string>

namespace reelprint::demo {

/// H.264 and AAC. The file appears under its name only when finish() returned. Not safe from several threads.
class Encoder {
 public:
  /// Throws std::runtime_error when ffmpeg cannot be started.
  Encoder(std::string path, const std::string& wav_path);
  ~Encoder();
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  /// kFrame, BGR. Throws std::runtime_error when ffmpeg has ended before its time.
  void add(const cv::Mat& frame);
  /// Waits for ffmpeg; throws std::runtime_error when it failed.
  void finish();

 private:
  /// Ends the input and gives the child's wait status; 0 when there is no child any more.
  int reap();

  std::string path_;
  std::string part_path_;
  int input_ = -1;
  pid_t child_ = -1;
  cv::Mat planes_;
};

}  // namespace reelprint::demo
