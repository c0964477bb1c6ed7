#include "tests/support/media_clips.h"

#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

extern char** environ;

namespace reelprint::test {
namespace {

int run(const std::vector<std::string>& command) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_t pid = 0;
  if (posix_spawnp(&pid, argv[0], nullptr, nullptr, argv.data(), environ) != 0) return -1;
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

ClipFolder::ClipFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "reelprint-clips-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("make a temporary folder: mkdtemp failed");
  path_ = name;
}

ClipFolder::~ClipFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path ClipFolder::make(const std::string& name, std::string_view arguments) const {
  std::vector<std::string> command{"ffmpeg", "-v", "error", "-nostdin", "-y"};
  for (std::string& word : words_of(arguments)) command.push_back(std::move(word));
  const std::filesystem::path file = path_ / name;
  command.push_back(file.string());
  if (run(command) != 0)
    throw std::runtime_error("make clip '" + name + "': ffmpeg " + std::string(arguments) + " failed");
  return file;
}

std::filesystem::path ClipFolder::write(const std::string& name, std::string_view bytes) const {
  const std::filesystem::path file = path_ / name;
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return file;
}

std::filesystem::path ClipFolder::cut(const std::filesystem::path& file, const std::string& name,
                                      std::size_t bytes) const {
  return write(name, std::string_view(read_bytes(file)).substr(0, bytes));
}

std::string test_picture(std::string_view size, int rate_hz, double seconds) {
  return "-f lavfi -i testsrc2=s=" + std::string(size) + ":r=" + std::to_string(rate_hz) +
         ":d=" + std::to_string(seconds) + " ";
}

std::string grey_picture(std::string_view size, int rate_hz, double seconds, int level) {
  return "-f lavfi -i color=c=black:s=" + std::string(size) + ":r=" + std::to_string(rate_hz) +
         ":d=" + std::to_string(seconds) + ",format=yuv420p,lutyuv=y=" + std::to_string(level) +
         ":u=128:v=128 ";
}

std::string test_tone(double seconds) {
  return "-f lavfi -i sine=f=440:r=44100:d=" + std::to_string(seconds) + " ";
}

std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool has_encoder(std::string_view name) {
  // ffmpeg's help for an unknown encoder still succeeds; encoding one picture does not.
  return run({"ffmpeg", "-v", "quiet", "-nostdin", "-f", "lavfi", "-i", "color=s=64x64:d=0.04", "-c:v",
              std::string(name), "-f", "null", "-"}) == 0;
}

}  // namespace reelprint::test
