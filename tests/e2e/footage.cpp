#include "tests/e2e/footage.h"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include "tests/e2e/cache.h"
#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

constexpr std::array kLength_s{57.68, 59.16, 60.16, 60.16, 61.16, 61.16};  ///< of the first series' episodes

const Words kSmallH264{"-c:v", "libx264", "-preset", "superfast", "-pix_fmt", "yuv420p", "-c:a", "aac"};

/// `length_s` seconds of a video.
struct Part {
  fs::path file;
  double start_s = 0;
  double length_s = 0;
};

fs::path media(const std::string& name) {
  return media_folder().value() / name;
}

/// The parts one after the other, upright, 270×480, without sound.
fs::path join(const std::string& name, const std::vector<Part>& parts) {
  Words words;
  std::string shaped;
  std::string joined;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    words.insert(words.end(), {"-ss", std::to_string(part.start_s), "-t", std::to_string(part.length_s), "-i",
                               part.file.string()});
    const std::string number = std::to_string(i);
    shaped += "[" + number +
              ":v]scale=270:480:force_original_aspect_ratio=increase,crop=270:480,setsar=1,"
              "fps=25,format=yuv420p[v" +
              number + "];";
    joined += "[v" + number + "]";
  }
  words.insert(words.end(),
               {"-filter_complex", shaped + joined + "concat=n=" + std::to_string(parts.size()), "-an"});
  words.insert(words.end(), kSmallH264.begin(), kSmallH264.end());
  return clip(name, words);
}

/// A copy of a whole episode made by these ffmpeg arguments.
fs::path edit(const std::string& name, int episode, const Words& arguments) {
  Words words{"-i", first_series(episode).string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return clip(name, words);
}

/// The same, encoded again in H.264.
fs::path reencode(const std::string& name, int episode, const std::string& filter, const Words& more = {}) {
  Words words{"-vf", filter};
  words.insert(words.end(), kSmallH264.begin(), kSmallH264.end());
  words.insert(words.end(), more.begin(), more.end());
  return edit(name, episode, words);
}

fs::path excerpt_in_stranger() {
  const fs::path stranger = stranger_footage();
  return join("excerpt.mp4", {{stranger, 0, 12}, {first_series(5), 24, 10}, {stranger, 12, 10}});
}

fs::path glued() {
  return join("glued.mp4", {{first_series(6), 0, 62}, {first_series(1), 0, 62}, {first_series(3), 0, 62}});
}

fs::path vpx(const std::string& name, int episode, const char* start_s, const char* encoder) {
  return clip(
      name, {"-ss", start_s, "-t", "20", "-i", first_series(episode).string(), "-vf", "scale=270:480", "-c:v",
             encoder, "-deadline", "realtime", "-cpu-used", "8", "-b:v", "500k", "-c:a", "libvorbis"});
}

fs::path other_sound() {
  return clip("dubbed.mp4", {"-i", first_series(5).string(), "-f", "lavfi", "-i", "sine=f=330:d=61", "-map",
                             "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac"});
}

/// Sixteen seconds of an episode under a filter.
fs::path excerpt(const std::string& name, int episode, const char* start_s, const std::string& filter) {
  Words words{"-ss", start_s, "-t", "16", "-i", first_series(episode).string(), "-vf", filter};
  words.insert(words.end(), kSmallH264.begin(), kSmallH264.end());
  return clip(name, words);
}

/// The same laid into a stranger's picture, which is [1:v] of the graph.
fs::path beside_a_stranger(const std::string& name, int episode, const char* start_s,
                           const std::string& graph) {
  Words words{"-ss",
              start_s,
              "-t",
              "16",
              "-i",
              first_series(episode).string(),
              "-t",
              "16",
              "-i",
              stranger_footage().string(),
              "-filter_complex",
              graph,
              "-map",
              "0:a?"};
  words.insert(words.end(), kSmallH264.begin(), kSmallH264.end());
  return clip(name, words);
}

/// Another picture over an episode's sound.
fs::path sound_under_a_stranger() {
  Words words{"-ss",  "26",
              "-t",   "25",
              "-i",   first_series(2).string(),
              "-t",   "25",
              "-i",   stranger_footage().string(),
              "-map", "1:v",
              "-map", "0:a",
              "-vf",  "scale=360:202"};
  words.insert(words.end(), kSmallH264.begin(), kSmallH264.end());
  return clip("sound-only.mp4", words);
}

/// Two lines of dialogue; the cards at either end have none.
const char* const kSubtitles =
    "drawbox=x=60:y=800:w=420:h=44:color=white:t=fill:enable='between(t,4,57)*lt(mod(t,4),3)',"
    "drawbox=x=110:y=850:w=320:h=44:color=white:t=fill:enable='between(t,4,57)*lt(mod(t,6),3)',scale=360:640";

double length_of(int episode) {
  return kLength_s.at(static_cast<std::size_t>(episode - 1));
}

/// All of an episode.
Truth whole(int episode, double query_start = 0) {
  const double length = length_of(episode);
  return {kFirstSeries, episode, query_start, query_start + length, 0, length, 1, false};
}

Truth mirrored(Truth truth) {
  truth.mirrored = true;
  return truth;
}

Truth faster(Truth truth, double speed) {
  truth.query_end = truth.query_start + (truth.query_end - truth.query_start) / speed;
  truth.speed = speed;
  return truth;
}

Truth part(int episode, double start, double length, double query_start = 0) {
  return {kFirstSeries, episode, query_start, query_start + length, start, start + length, 1, false};
}

void register_both_series(const fs::path& data) {
  std::string catalog = "holder,series,episode,language,file\n";
  for (int i = 1; i <= 6; ++i) catalog += catalog_line(kFirstSeries, i, first_series(i)) + '\n';
  for (int i = 1; i <= 2; ++i) catalog += catalog_line(kSecondSeries, i, second_series(i)) + '\n';
  const test::TemporaryFolder folder;
  const fs::path csv = write_file(folder.path() / "catalog.csv", catalog);
  const Ended ended = Reelprint(folder.path(), data).run({"register", csv.string()});
  if (ended.exit_code != 0) throw std::runtime_error("register the footage: " + ended.err);
}

}  // namespace

std::optional<fs::path> media_folder() {
  const char* chosen = std::getenv("REELPRINT_TEST_MEDIA");
  const fs::path folder =
      chosen != nullptr ? fs::path(chosen) : fs::path(REELPRINT_SOURCE_ROOT) / "../shared/media";
  std::error_code ignored;
  if (!fs::is_directory(folder / "series", ignored)) return std::nullopt;
  return fs::canonical(folder);
}

fs::path first_series(int episode) {
  return media("series/dev_series_ep0" + std::to_string(episode) + ".mp4");
}

fs::path second_series(int episode) {
  const Part intro{first_series(1), 0, 4};
  const Part outro{first_series(1), 54.52, 3};
  if (episode == 1) {
    return join("traffic-1.mp4", {intro,
                                  {media("clips/gsilva2016-sample-videos__car-detection.mp4"), 0, 14},
                                  {media("clips/mdn-interactive-examples__friday.mp4"), 0, 6},
                                  outro});
  }
  return join("traffic-2.mp4", {intro,
                                {media("pairs/mdn_crystal/mdn-learning-area__crystal.mp4"), 0, 11},
                                {media("pairs/mdn_flower/mdn-interactive-examples__flower.mp4"), 0, 5},
                                outro});
}

fs::path registered_footage() {
  const fs::path binary = REELPRINT_BINARY;
  const std::string name = "data-" + std::to_string(fs::last_write_time(binary).time_since_epoch().count());
  std::string recipe = "both series\n" + binary.string();
  for (int i = 1; i <= 6; ++i) recipe += '\n' + version_of(first_series(i));
  for (int i = 1; i <= 2; ++i) recipe += '\n' + version_of(second_series(i));
  return cached(name, recipe, [](const fs::path& data) {
    for (const fs::path& older : fs::directory_iterator(data.parent_path())) {
      if (older.filename().string().starts_with("data-")) fs::remove_all(older);
    }
    register_both_series(data);
  });
}

const std::vector<PirateCopy>& pirate_copies() {
  static const std::vector<PirateCopy> kCopies{
      {"Smaller",
       [] {
         return reencode("smaller.mp4", 1, "scale=360:640", {"-crf", "28"});
       },
       {whole(1)}},
      {"Mirrored", [] { return reencode("mirrored.mp4", 2, "hflip,scale=360:640"); }, {mirrored(whole(2))}},
      {"HardSubtitles", [] { return reencode("subtitles.mp4", 3, kSubtitles); }, {whole(3)}},
      {"Faster",
       [] {
         return reencode("faster.mp4", 4, "setpts=PTS/1.1,fps=25,scale=360:640", {"-af", "atempo=1.1"});
       },
       {faster(whole(4), 1.1)}},
      {"ExcerptInsideAStranger", excerpt_in_stranger, {part(5, 24, 10, 12)}},
      {"ThreeGlued", glued, {whole(6), whole(1, length_of(6)), whole(3, length_of(6) + length_of(1))}},
      {"LowBitRate",
       [] {
         return reencode("low.mp4", 6, "scale=270:480", {"-b:v", "120k"});
       },
       {whole(6)}},
      {"Matroska",
       [] {
         return edit("copy.mkv", 1, {"-c", "copy"});
       },
       {whole(1)}},
      {"TransportStream",
       [] {
         return edit("copy.ts", 2, {"-c", "copy"});
       },
       {whole(2)}},
      {"Vp8", [] { return vpx("vp8.webm", 3, "10", "libvpx"); }, {part(3, 10, 20)}},
      {"Vp9", [] { return vpx("vp9.webm", 4, "30", "libvpx-vp9"); }, {part(4, 30, 20)}},
      {"OtherSound", other_sound, {whole(5)}},
      {"CroppedToAQuarterLess",
       [] { return excerpt("crop.mp4", 1, "28", "crop=iw*0.75:ih*0.75:iw*0.05:ih*0.2,scale=360:640"); },
       {part(1, 28, 16)}},
      {"TurnedAndMirrored",
       [] { return excerpt("turned.mp4", 6, "30", "hflip,rotate=5*PI/180,scale=360:640"); },
       {mirrored(part(6, 30, 16))}},
      {"OnABlurredFill",
       [] {
         return excerpt("fill.mp4", 4, "31",
                        "split[a][b];[a]scale=640:360,boxblur=12[back];[b]scale=-2:360[front];"
                        "[back][front]overlay=(W-w)/2:0");
       },
       {part(4, 31, 16)}},
      {"AsAnInset",
       [] {
         return beside_a_stranger("inset.mp4", 4, "34",
                                  "[1:v]scale=720:404,fps=25[back];[0:v]scale=216:384[front];"
                                  "[back][front]overlay=40:10:shortest=1");
       },
       {part(4, 34, 16)}},
      {"BesideAStranger",
       [] {
         return beside_a_stranger("beside.mp4", 1, "28",
                                  "[0:v]scale=360:640[left];[1:v]fps=25,crop=ih*9/16:ih,scale=360:640[right];"
                                  "[left][right]hstack=shortest=1");
       },
       {part(1, 28, 16)}},
      {"SecondSeriesSmaller",
       [] {
         return clip("traffic-copy.mp4", {"-i", second_series(1).string(), "-vf", "scale=270:480", "-c:v",
                                          "libx264", "-preset", "veryfast"});
       },
       {{kSecondSeries, 1, 0, 27, 0, 27, 1, false}}},
  };
  return kCopies;
}

fs::path shared_intro_and_stranger() {
  return join("intro-only.mp4", {{first_series(1), 0, 4}, {stranger_footage(), 0, 20}});
}

fs::path stranger_footage() {
  return join("bunny.mp4", {{media("pairs/bbb/Zulko-moviepy__big_buck_bunny_0_30.webm"), 0, 30}});
}

fs::path sound_of_an_episode() {
  return sound_under_a_stranger();
}

fs::path same_room_at_another_time() {
  return join("room.mp4", {{first_series(4), 14, 12}});
}

void PrintTo(const PirateCopy& copy, std::ostream* out) {
  *out << copy.name;
}

}  // namespace reelprint::e2e
