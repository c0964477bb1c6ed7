#include "bench/cost_samples.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "core/error.h"

namespace reelprint::bench {
namespace {

namespace fs = std::filesystem;

/// A clip of an upload; `turn` brings a landscape clip upright.
struct Clip {
  const char* name;
  bool turn;
};

const std::vector<Clip> kTalk = {{"bytedance-LatentSync__demo2_video.mp4", false},
                                 {"bytedance-LatentSync__demo3_video.mp4", false},
                                 {"bytedance-LatentSync__demo1_video.mp4", false},
                                 {"facebookresearch-sam2__04_coffee.mp4", true}};
const std::vector<Clip> kFilm = {{"facebookresearch-sam2__01_dog.mp4", true},
                                 {"facebookresearch-sam2__02_cups.mp4", true},
                                 {"facebookresearch-sam2__03_blocks.mp4", true},
                                 {"facebookresearch-sam2__05_default_juggle.mp4", true},
                                 {"GoogleChrome-samples__out3.vp9.650.25.1280_720_0.webm", true}};

/// Joined at `size`, "720:1280"; the sound is the second clip's, then silence.
void encode(const std::vector<Clip>& clips, const std::string& size, const fs::path& upload) {
  std::vector<std::string> words = {"ffmpeg", "-v", "error", "-nostdin", "-y"};
  std::string graph;
  std::string joined;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    words.insert(words.end(), {"-i", (media_folder() / "clips" / clips[i].name).string()});
    const std::string number = std::to_string(i);
    graph += "[" + number + ":v]" + (clips[i].turn ? "transpose=1," : "") + "fps=30,scale=" + size +
             ",setsar=1[v" + number + "];";
    joined += "[v" + number + "]";
  }
  graph += joined + "concat=n=" + std::to_string(clips.size()) + ":v=1:a=0[v]";
  const fs::path unfinished = fs::path(upload).replace_extension(".part.mp4");
  words.insert(words.end(), {"-filter_complex",
                             graph,
                             "-map",
                             "[v]",
                             "-map",
                             "1:a",
                             "-af",
                             "apad",
                             "-t",
                             "60",
                             "-c:v",
                             "libx264",
                             "-preset",
                             "medium",
                             "-crf",
                             "23",
                             "-pix_fmt",
                             "yuv420p",
                             "-c:a",
                             "aac",
                             "-b:a",
                             "96k",
                             unfinished.string()});
  (void)cpu_of_child_s(words);
  fs::rename(unfinished, upload);
}

}  // namespace

double cpu_of_child_s(const std::vector<std::string>& words) {
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    execvp(arguments.front(), arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
    throw Error(ErrorCode::io, "run '" + words.front() + "': it failed");
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double full_decode_s(const fs::path& file) {
  return cpu_of_child_s({"ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", file.string(), "-map",
                         "0:v:0", "-f", "null", "-"});
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

fs::path media_folder() {
  const char* named = std::getenv("REELPRINT_TEST_MEDIA");
  return named != nullptr ? fs::path(named) : fs::path("../shared/media");
}

std::vector<fs::path> one_minute_uploads() {
  const fs::path folder = fs::temp_directory_path() / "reelprint_bench_uploads";
  fs::create_directories(folder);
  std::vector<fs::path> uploads;
  for (const auto& [name, size] : {std::pair{"720x1280", "720:1280"}, std::pair{"1080x1920", "1080:1920"}}) {
    for (const auto& [kind, clips] : {std::pair{"talk", &kTalk}, std::pair{"film", &kFilm}}) {
      const fs::path upload = folder / (std::string(kind) + "_" + name + ".mp4");
      uploads.push_back(upload);
      if (fs::exists(upload)) continue;
      std::fprintf(stderr, "encoding %s\n", upload.filename().c_str());
      encode(*clips, size, upload);
    }
  }
  return uploads;
}

}  // namespace reelprint::bench
