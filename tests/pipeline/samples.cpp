#include "samples.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "fingerprint/fingerprint_codec.h"

namespace reelprint::pipeline::test {
namespace {

constexpr const char* kEncoding = " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -threads 1 -g 10 ";
constexpr int kWidth = 64;
constexpr int kHeight = 48;
constexpr int kRate_hz = 10;
constexpr int kSeconds = 10;
constexpr int kWaves = 10;

/// One plane wave across the picture; it travels.
struct Wave {
  double across = 0;
  double down = 0;
  double phase = 0;
  double speed = 0;
};

std::vector<Wave> make_shot(std::mt19937& random) {
  const auto within = [&](double most) { return most * (static_cast<double>(random() % 2001) / 1000 - 1); };
  std::vector<Wave> waves;
  for (int i = 0; i < kWaves; ++i) waves.push_back({within(0.6), within(0.8), within(3), within(0.2)});
  return waves;
}

void append_picture(std::string& y4m, const std::vector<Wave>& waves, int time) {
  y4m += "FRAME\n";
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      double level = 128;
      for (const Wave& w : waves)
        level += 14 * std::cos(w.across * x + w.down * y + w.phase + w.speed * time);
      y4m += static_cast<char>(static_cast<std::uint8_t>(std::clamp(level, 16.0, 235.0)));
    }
  }
}

/// A grey rectangle that drifts.
struct Block {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  double drift_x = 0;
  double drift_y = 0;
  char level = 0;
};

std::vector<Block> make_blocks_of_shot(std::mt19937& random) {
  const auto below = [&](double most) { return most * static_cast<double>(random() % 1000) / 1000; };
  std::vector<Block> blocks;
  for (int i = 0; i < 70; ++i) {
    blocks.push_back({below(260) - 20, below(340) - 20, 8 + below(50), 8 + below(50), below(4) - 2,
                      below(4) - 2, static_cast<char>(static_cast<std::uint8_t>(20 + random() % 210))});
  }
  return blocks;
}

void append_blocks(std::string& y4m, const std::vector<Block>& blocks, int time) {
  constexpr int kBlocksWidth = 240;
  constexpr int kBlocksHeight = 320;
  std::string picture(static_cast<std::size_t>(kBlocksWidth) * kBlocksHeight, static_cast<char>(0x70));
  for (const Block& block : blocks) {
    const auto within = [](double value, int most) { return std::clamp(static_cast<int>(value), 0, most); };
    const double left = block.x + block.drift_x * time;
    const double top = block.y + block.drift_y * time;
    for (int y = within(top, kBlocksHeight); y < within(top + block.height, kBlocksHeight); ++y) {
      for (int x = within(left, kBlocksWidth); x < within(left + block.width, kBlocksWidth); ++x)
        picture[static_cast<std::size_t>(y * kBlocksWidth + x)] = block.level;
    }
  }
  y4m += "FRAME\n" + picture;
}

}  // namespace

std::filesystem::path make_blocks(const ClipFolder& folder, const std::string& name, int seed) {
  std::mt19937 random(static_cast<std::uint32_t>(seed));
  std::string y4m = "YUV4MPEG2 W240 H320 F10:1 Ip Cmono\n";
  std::vector<Block> shot;
  for (int time = 0; time < 80; ++time) {
    if (time % 20 == 0) shot = make_blocks_of_shot(random);
    append_blocks(y4m, shot, time % 20);
  }
  const auto raw = folder.write(name + ".y4m", y4m);
  return folder.make(name, "-i " + raw.string() + kEncoding + "-crf 12");
}

std::filesystem::path make_mirrored_crop(const ClipFolder& folder, const std::string& name,
                                         const std::filesystem::path& blocks) {
  return folder.make(
      name, "-i " + blocks.string() + " -vf hflip,crop=150:200:50:60,scale=240:320" + kEncoding + "-crf 20");
}

std::filesystem::path make_clip(const ClipFolder& folder, const std::string& name, int seed) {
  std::mt19937 random(static_cast<std::uint32_t>(seed));
  std::string y4m = "YUV4MPEG2 W64 H48 F10:1 Ip Cmono\n";
  std::vector<Wave> shot;
  for (int time = 0; time < kSeconds * kRate_hz; ++time) {
    if (time % kRate_hz == 0) shot = make_shot(random);
    append_picture(y4m, shot, time);
  }
  const auto raw = folder.write(name + ".y4m", y4m);
  return folder.make(name, "-i " + raw.string() + kEncoding + "-crf 12");
}

std::filesystem::path make_copy(const ClipFolder& folder, const std::string& name,
                                const std::filesystem::path& clip, const std::string& cut) {
  return folder.make(name, cut + "-i " + clip.string() + " -vf scale=80:60" + kEncoding + "-crf 26");
}

std::filesystem::path join_clips(const ClipFolder& folder, const std::string& name,
                                 const std::filesystem::path& first, const std::filesystem::path& second) {
  return folder.make(name, "-i " + first.string() + " -i " + second.string() +
                               " -filter_complex [0:v][1:v]concat=n=2:v=1" + kEncoding + "-crf 20");
}

Catalog catalog_of(const std::vector<std::filesystem::path>& files) {
  Catalog catalog;
  for (const auto& file : files) {
    CatalogRow row;
    row.line = catalog.rows.size() + 2;
    row.file = file;
    row.reference.holder = "Lotus";
    row.reference.series = "The Oath";
    row.reference.episode.number = static_cast<int>(catalog.rows.size() + 1);
    row.reference.reference.language = "en";
    row.reference.reference.file = file.string();
    catalog.rows.push_back(row);
  }
  return catalog;
}

Fingerprint print_of(std::uint64_t seed, int seconds) {
  std::mt19937_64 random(seed);
  Fingerprint print;
  print.duration = std::chrono::seconds(seconds);
  print.media.bytes[0] = static_cast<std::uint8_t>(seed);
  for (int s = 0; s < seconds; ++s) {
    print.keyframes.push_back({{Timestamp{s * 1'000'000}, Timestamp{(s + 1) * 1'000'000}},
                               {{random(), random(), random(), random()}, 100},
                               true});
  }
  return print;
}

ReferenceId add_reference(store::Store& store, int number) {
  const Fingerprint print = print_of(static_cast<std::uint64_t>(number));
  store::NewReference reference;
  reference.holder = "Lotus";
  reference.series = "The Oath";
  reference.episode.number = number;
  reference.reference.language = "en";
  reference.reference.file = "/media/" + std::to_string(number) + ".mp4";
  reference.reference.media = print.media;
  reference.reference.duration = print.duration;
  return store.add_reference(reference, fingerprint::encode(print), kAlgorithm).reference;
}

}  // namespace reelprint::pipeline::test
