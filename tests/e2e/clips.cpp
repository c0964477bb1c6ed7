#include "tests/e2e/clips.h"

#include <stdexcept>

#include "tests/e2e/cache.h"
#include "tests/e2e/child_process.h"
#include "tests/e2e/files.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

Words ffmpeg_command(const Words& arguments) {
  Words command{"ffmpeg", "-v", "error", "-nostdin", "-y"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.insert(command.end(), {"-fflags", "+bitexact", "-map_metadata", "-1"});
  return command;
}

std::string recipe_of(const std::string& name, const Words& command) {
  std::string recipe = name;
  for (const std::string& word : command) {
    std::error_code ignored;
    recipe += '\n' + (fs::is_regular_file(word, ignored) ? version_of(word) : word);
  }
  return recipe;
}

}  // namespace

fs::path clip(const std::string& name, const Words& arguments) {
  const Words command = ffmpeg_command(arguments);
  return cached(name, recipe_of(name, command), [&](const fs::path& file) {
    Words words = command;
    words.push_back(file.string());
    const Ended ended = run({words, {}, {}});
    if (ended.exit_code != 0) throw std::runtime_error("make clip '" + name + "': " + ended.err);
  });
}

fs::path episode_clip(int seed) {
  const std::string number = std::to_string(seed);
  // A coarse game of life, one generation a second, blurred by scaling it up.
  const std::string picture = "life=s=10x18:r=1:ratio=0.45:random_seed=" + number +
                              ",scale=160:284:flags=bicubic,fps=10,format=yuv420p";
  const std::string sound = "aevalsrc=0.3*sin(2*PI*t*(300+" + number + "*40+100*sin(t))):s=22050";
  return clip("episode-" + number + ".mp4",
              {"-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", "10", "-c:v", "libx264",
               "-preset", "veryfast", "-c:a", "aac", "-ac", "1"});
}

fs::path copy_of_episode_clip(int seed) {
  return clip("copy-" + std::to_string(seed) + ".mp4",
              {"-i", episode_clip(seed).string(), "-vf", "scale=120:212", "-c:v", "libx264", "-preset",
               "veryfast", "-crf", "30", "-c:a", "aac", "-b:a", "48k"});
}

fs::path busy_clip(int seed) {
  const std::string number = std::to_string(seed);
  const std::string picture = "color=gray:s=24x42:r=1,noise=c0s=100:c0f=t+u:all_seed=" + number +
                              ",scale=360:640:flags=neighbor,fps=10,format=yuv420p";
  return clip("busy-" + number + ".mp4",
              {"-f", "lavfi", "-i", picture, "-t", "8", "-c:v", "libx264", "-preset", "veryfast"});
}

fs::path stranger_clip() {
  return clip("stranger.mp4",
              {"-f", "lavfi", "-i", "mandelbrot=s=160x284:r=10:end_pts=60", "-f", "lavfi", "-i", "sine=f=700",
               "-t", "6", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac"});
}

fs::path tiny_clip() {
  return clip("tiny.mp4", {"-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=1.5", "-pix_fmt", "yuv420p", "-c:v",
                           "libx264", "-preset", "veryfast"});
}

std::vector<fs::path> write_variants(const fs::path& mp4, const fs::path& folder, int count) {
  const std::string bytes = read_file(mp4);
  std::vector<fs::path> files;
  for (int number = 1; number <= count; ++number) {
    // ISO/IEC 14496-12, 8.1.2: a free space box, whose content no reader looks at
    std::string box{'\0', '\0', '\0', '\x0c', 'f', 'r', 'e', 'e', '\0', '\0'};
    box += static_cast<char>(number / 256);
    box += static_cast<char>(number % 256);
    files.push_back(write_file(folder / (std::to_string(number) + ".mp4"), bytes + box));
  }
  return files;
}

}  // namespace reelprint::e2e
