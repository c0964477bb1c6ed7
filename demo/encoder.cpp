// Runs ffmpeg with frames on its standard input.
#include "demo/encoder.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

#include "demo/story.h"

extern char** environ;  // NOLINT: POSIX asks for this declaration

namespace reelprint::demo {
namespace {

pid_t start(std::vector<std::string> words, int standard_input) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, standard_input, STDIN_FILENO);
  pid_t child = -1;
  const int failure = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw std::runtime_error("start ffmpeg: " + std::generic_category().message(failure));
  return child;
}

}  // namespace

Encoder::Encoder(std::string path, const std::string& wav_path)
    : path_(std::move(path)), part_path_(path_ + ".part.mp4") {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "open a pipe to ffmpeg");
  input_ = ends[1];
  const std::string size = std::to_string(kFrame.width) + "x" + std::to_string(kFrame.height);
  try {
    child_ = start({"ffmpeg",   "-v",       "error", "-y",     "-f",        "rawvideo",
                    "-pix_fmt", "yuv420p",  "-s",    size,     "-r",        std::to_string(kFramesPerSecond),
                    "-i",       "pipe:0",   "-i",    wav_path, "-c:v",      "libx264",
                    "-preset",  "veryfast", "-crf",  "23",     "-threads",  "1",
                    "-c:a",     "aac",      "-b:a",  "96k",    "-movflags", "+faststart",
                    part_path_},
                   ends[0]);
  } catch (...) {
    close(ends[0]);
    close(input_);
    throw;
  }
  close(ends[0]);
}

Encoder::~Encoder() {
  if (child_ < 0) return;
  reap();
  std::error_code ignored;
  std::filesystem::remove(part_path_, ignored);
}

void Encoder::add(const cv::Mat& frame) {
  cv::cvtColor(frame, planes_, cv::COLOR_BGR2YUV_I420);
  const std::uint8_t* at = planes_.data;
  std::size_t left = planes_.total();
  while (left > 0) {
    const ssize_t written = write(input_, at, left);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw std::runtime_error("encode '" + path_ + "': ffmpeg took no more frames");
    at += written;
    left -= static_cast<std::size_t>(written);
  }
}

int Encoder::reap() {
  if (child_ < 0) return 0;
  close(input_);
  int status = 0;
  while (waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
  return status;
}

void Encoder::finish() {
  if (reap() != 0) throw std::runtime_error("encode '" + path_ + "': ffmpeg failed");
  std::filesystem::rename(part_path_, path_);
}

}  // namespace reelprint::demo
