// reelprint-demo-catalog OUT_DIR [--unrelated-only]: renders the demo's videos and writes their catalog.csv.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "demo/encoder.h"
#include "demo/lettering.h"
#include "demo/scene.h"
#include "demo/sound.h"

namespace fs = std::filesystem;
using namespace reelprint::demo;

namespace {

constexpr int kThreads = 2;

/// Renders a list of videos on two threads, and says how far it is.
class Studio {
 public:
  Studio(fs::path folder, std::vector<EpisodePlan> videos)
      : folder_(std::move(folder)), videos_(std::move(videos)) {
    for (const EpisodePlan& video : videos_) {
      for (const ScenePlan& scene : video.scenes) frames_in_all_ += scene.frames;
    }
  }

  void run() {
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < kThreads; ++i)
        threads.emplace_back([this](const std::stop_token& stop) { work(stop); });
      std::unique_lock lock(mutex_);
      while (working_ > 0) {
        changed_.wait_for(lock, std::chrono::milliseconds(200));
        if (on_terminal_) show_progress();
      }
    }
    if (on_terminal_) std::cerr << '\n';
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void work(const std::stop_token& stop) {
    try {
      for (std::size_t i = next_++; i < videos_.size() && !failed_ && !stop.stop_requested(); i = next_++) {
        render(videos_[i]);
      }
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      failed_ = true;
      if (!failure_) failure_ = std::current_exception();
    }
    const std::scoped_lock lock(mutex_);
    --working_;
    changed_.notify_all();
  }

  void render(const EpisodePlan& video) {
    const fs::path path = folder_ / video.file;
    fs::create_directories(path.parent_path());
    const std::string wav = path.string() + ".part.wav";
    write_wav(wav, render_sound(video.scenes));
    Encoder encoder(path.string(), wav);
    cv::Mat frame(kFrame, CV_8UC3);
    for (const ScenePlan& plan : video.scenes) {
      const Scene scene(plan);
      for (int i = 0; i < plan.frames && !failed_; ++i) {
        scene.draw(frame, i);
        encoder.add(frame);
        ++frames_done_;
      }
    }
    encoder.finish();
    fs::remove(wav);
    const std::scoped_lock lock(mutex_);
    ++videos_done_;
    if (!on_terminal_)
      std::cerr << "rendered " << videos_done_ << '/' << videos_.size() << ": " << video.file << std::endl;
  }

  void show_progress() const {
    std::cerr << "\rrendering: " << videos_done_ << '/' << videos_.size() << " videos, "
              << 100 * frames_done_ / std::max(1, frames_in_all_) << " % " << std::flush;
  }

  fs::path folder_;
  std::vector<EpisodePlan> videos_;
  int frames_in_all_ = 0;
  bool on_terminal_ = isatty(STDERR_FILENO) == 1;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<int> frames_done_ = 0;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  int working_ = kThreads;
  std::size_t videos_done_ = 0;
  std::exception_ptr failure_;
};

void write_catalog(const fs::path& path, const std::vector<EpisodePlan>& episodes) {
  std::ofstream csv(path);
  csv << "holder,series,season,episode,title,language,licence_number,file\n";
  for (const EpisodePlan& e : episodes) {
    csv << e.holder << ",\"" << e.series << "\",1," << e.number << ",\"" << e.title << "\",en,"
        << e.licence_number << ",\"" << e.file << "\"\n";
  }
  if (!csv.flush()) throw std::runtime_error("write '" + path.string() + "': the disk refused it");
}

void write_ppm(const fs::path& path, const cv::Mat& bgr) {
  std::ofstream file(path, std::ios::binary);
  file << "P6\n" << bgr.cols << ' ' << bgr.rows << "\n255\n";
  for (int y = 0; y < bgr.rows; ++y) {
    for (int x = 0; x < bgr.cols; ++x) {
      const auto& pixel = bgr.at<cv::Vec3b>(y, x);
      for (const int channel : {2, 1, 0}) file.put(static_cast<char>(pixel[channel]));
    }
  }
  if (!file.flush()) throw std::runtime_error("write '" + path.string() + "': the disk refused it");
}

/// What pirates lay over pictures and sound: strips with subtitles, a site's mark, another language's sound.
void write_overlays(const fs::path& folder) {
  fs::create_directories(folder);
  int number = 0;
  for (const std::string& line : foreign_lines()) {
    write_ppm(folder / ("strip" + std::to_string(number++) + ".ppm"), paint_strip(line, {kFrame.width, 64}));
  }
  write_ppm(folder / "mark.ppm", paint_strip("FREEDRAMA.example", {220, 36}));
  std::vector<ScenePlan> voices(12);
  for (std::size_t i = 0; i < voices.size(); ++i) {
    voices[i].seed = blend(31337, i);
    voices[i].frames = 5 * kFramesPerSecond;
  }
  write_wav((folder / "dub.wav").string(), render_sound(voices));
}

}  // namespace

int main(int argc, char** argv) {
  const bool unrelated_only = argc == 3 && std::string(argv[2]) == "--unrelated-only";
  if (argc < 2 || argv[1][0] == '-' || (argc > 2 && !unrelated_only)) {
    std::cerr << "usage: reelprint-demo-catalog OUT_DIR [--unrelated-only]\n";
    return 2;
  }
  try {
    std::signal(SIGPIPE, SIG_IGN);
    cv::setNumThreads(1);
    const fs::path folder = argv[1];
    const std::vector<EpisodePlan> episodes = unrelated_only ? std::vector<EpisodePlan>{} : plan_catalog();
    std::vector<EpisodePlan> videos = episodes;
    for (EpisodePlan& video : plan_unrelated()) videos.push_back(std::move(video));
    fs::create_directories(folder);
    write_overlays(folder / "overlays");
    Studio(folder, std::move(videos)).run();
    if (!unrelated_only) write_catalog(folder / "catalog.csv", episodes);
  } catch (const std::exception& failure) {
    std::cerr << "reelprint-demo-catalog: " << failure.what() << '\n';
    return 1;
  }
  return 0;
}
