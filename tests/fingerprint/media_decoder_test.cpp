#include "fingerprint/media_decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <set>
#include <string>
#include <utility>

#include "tests/support/decoded_media.h"
#include "tests/support/media_clips.h"

namespace reelprint::fingerprint {
namespace {

using test::ClipFolder;
using test::decode;
using test::error_of;
using test::grey_picture;
using test::kEfforts;
using test::Seen;
using test::SeenPicture;
using test::SeenSound;
using test::test_picture;
using test::test_tone;

/// All efforts must tell the same times: each picture of a lesser effort is one of the deeper one's.
void expect_efforts_agree(const std::filesystem::path& file, double frame_s) {
  const Seen deep = decode(file, Effort::deep);
  std::size_t fewest = 0;
  for (const Effort effort : kEfforts) {
    const Seen seen = decode(file, effort);
    EXPECT_GE(seen.pictures.size(), fewest) << to_string(effort);
    fewest = seen.pictures.size();
    EXPECT_NEAR(seen.seconds(), deep.seconds(), 2 * frame_s + 0.002) << to_string(effort);
    for (const SeenPicture& picture : seen.pictures) {
      const auto is_it = [&](const SeenPicture& other) {
        return std::abs((other.shown_at - picture.shown_at).count()) <= 2000;
      };
      EXPECT_TRUE(std::any_of(deep.pictures.begin(), deep.pictures.end(), is_it))
          << to_string(effort) << " at " << to_seconds(picture.shown_at);
    }
  }
}

// --- Every kind of file that uploads come in
// ------------------------------------------------------------------------

struct Kind {
  std::string name;
  std::string encoding;
  std::string encoder;
  int rate_hz = 25;
};

void PrintTo(const Kind& kind, std::ostream* out) {
  *out << kind.name;
}

class EveryKindOfFile : public testing::TestWithParam<Kind> {};

TEST_P(EveryKindOfFile, GivesItsPicturesItsDurationAndItsGrey) {
  const Kind& kind = GetParam();
  if (!test::has_encoder(kind.encoder)) GTEST_SKIP() << "this ffmpeg has no " << kind.encoder;
  const ClipFolder folder;
  constexpr int kLevel = 90;
  const auto file = folder.make(kind.name, grey_picture("96x64", kind.rate_hz, 2, kLevel) + kind.encoding);
  const double frame_s = 1.0 / kind.rate_hz;

  const Seen seen = decode(file);
  EXPECT_EQ(seen.pictures.size(), static_cast<std::size_t>(2 * kind.rate_hz));
  EXPECT_NEAR(seen.seconds(), 2, frame_s);
  EXPECT_EQ(seen.facts.width, 96U);
  EXPECT_EQ(seen.facts.height, 64U);
  EXPECT_EQ(seen.facts.damaged, 0U);
  EXPECT_FALSE(seen.facts.truncated);
  const bool is_full_range = kind.name.ends_with("gif") || kind.name.starts_with("rgb");
  const double expected = is_full_range ? (kLevel - 16) * 255.0 / 219 : kLevel;
  for (std::size_t i = 0; i < seen.pictures.size(); ++i) {
    EXPECT_NEAR(seen.pictures[i].level, expected, 3) << i;
    EXPECT_NEAR(seen.shown(i), static_cast<double>(i) * frame_s, 0.002) << i;
  }
}

TEST_P(EveryKindOfFile, TellsTheSameTimesWithEveryEffort) {
  const Kind& kind = GetParam();
  if (!test::has_encoder(kind.encoder)) GTEST_SKIP() << "this ffmpeg has no " << kind.encoder;
  const ClipFolder folder;
  const auto file = folder.make(
      kind.name, test_picture("96x64", kind.rate_hz, 3) + "-pix_fmt yuv420p -g 20 " + kind.encoding);
  expect_efforts_agree(file, 1.0 / kind.rate_hz);
}

INSTANTIATE_TEST_SUITE_P(
    MediaDecoder, EveryKindOfFile,
    testing::Values(
        Kind{"h264.mp4", "-c:v libx264", "libx264"},
        Kind{"h264_23976.mov", "-c:v libx264 -bf 3 -b_strategy 0", "libx264", 24},
        Kind{"fragmented.mp4", "-c:v libx264 -movflags frag_keyframe+empty_moov", "libx264"},
        Kind{"hevc.mp4", "-c:v libx265 -x265-params log-level=none", "libx265"},
        Kind{"hevc10.mkv", "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le", "libx265"},
        Kind{"h264_10.mkv", "-c:v libx264 -pix_fmt yuv420p10le", "libx264"},
        Kind{"vp8.webm", "-c:v libvpx -b:v 500k", "libvpx"},
        Kind{"vp9.webm", "-c:v libvpx-vp9 -b:v 500k -cpu-used 8", "libvpx-vp9"},
        Kind{"av1.mp4", "-c:v libsvtav1 -preset 12", "libsvtav1"},
        Kind{"av1.mkv", "-c:v libaom-av1 -cpu-used 8 -b:v 300k", "libaom-av1"},
        Kind{"h264.ts", "-c:v libx264", "libx264"}, Kind{"h264.flv", "-c:v libx264", "libx264"},
        Kind{"sorenson.flv", "-c:v flv -q:v 3", "flv"}, Kind{"mpeg4.avi", "-c:v mpeg4 -q:v 3", "mpeg4"},
        Kind{"mpeg4_b.avi", "-c:v mpeg4 -q:v 3 -bf 2", "mpeg4"},
        Kind{"mpeg2.mpg", "-c:v mpeg2video -q:v 3 -bf 2", "mpeg2video"},
        Kind{"mpeg1.mpg", "-c:v mpeg1video -q:v 3", "mpeg1video"},
        Kind{"mjpeg.mov",
             "-c:v mjpeg -q:v 3 -pix_fmt yuvj420p -color_range pc -vf scale=in_range=tv:out_range=tv",
             "mjpeg"},
        Kind{"wmv2.wmv", "-c:v wmv2 -q:v 3", "wmv2"},
        Kind{"theora.ogv", "-c:v libtheora -q:v 7 -g 1", "libtheora"},
        Kind{"raw.h264", "-c:v libx264", "libx264"},
        Kind{"raw.hevc", "-c:v libx265 -x265-params log-level=none", "libx265"},
        Kind{"grey.gif", "-pix_fmt gray", "gif"}, Kind{"rgb.mkv", "-c:v libx264rgb", "libx264rgb"}),
    [](const auto& instance) {
      std::string name = instance.param.name;
      std::replace(name.begin(), name.end(), '.', '_');
      return name;
    });

// --- Pictures
// -------------------------------------------------------------------------------------------------------

TEST(MediaDecoder, ReadsPixelFormatsThatMustBeConverted) {
  const ClipFolder folder;
  for (const std::string format :
       {"rgb24", "bgr0", "gbrp", "gbrp10le", "yuyv422", "uyvy422", "gray", "gray16be", "rgb565le", "nv12",
        "yuv420p10be", "yuv444p16le", "ya8", "rgb48be"}) {
    const auto file =
        folder.make("raw.nut", grey_picture("34x18", 5, 1, 90) + "-vf format=" + format + " -c:v rawvideo");
    const Seen seen = decode(file);
    const bool is_full_range = format.find("rgb") != std::string::npos ||
                               format.find("bgr") != std::string::npos || format == "gbrp" ||
                               format == "gbrp10le" || format.starts_with("gray") || format == "ya8";
    ASSERT_EQ(seen.pictures.size(), 5U) << format;
    EXPECT_NEAR(seen.pictures[0].level, is_full_range ? (90 - 16) * 255.0 / 219 : 90, 4) << format;
  }
  const auto palette =
      folder.make("palette.mov", grey_picture("34x18", 5, 1, 235) + "-pix_fmt pal8 -c:v png");
  EXPECT_NEAR(decode(palette).pictures.at(0).level, 255, 6);  // ffmpeg dithers
}

TEST(MediaDecoder, DecodesTinyOddAndSinglePictures) {
  const ClipFolder folder;
  const Seen tiny = decode(folder.make("tiny.mp4", grey_picture("16x16", 25, 1, 200) + "-c:v libx264"));
  EXPECT_EQ(tiny.pictures.size(), 25U);
  EXPECT_NEAR(tiny.pictures[0].level, 200, 2);

  const auto odd_file =
      folder.make("odd.mkv", test_picture("64x48", 25, 1) + "-vf scale=33:17 -pix_fmt yuv444p -c:v libx264");
  const Seen odd = decode(odd_file);
  EXPECT_EQ(odd.pictures.at(0).width, 33U);
  EXPECT_EQ(odd.pictures.at(0).height, 17U);

  const auto one_file = folder.make("one.mp4", grey_picture("64x48", 25, 1, 90) + "-frames:v 1 -c:v libx264");
  for (const Effort effort : kEfforts) {
    const Seen one = decode(one_file, effort);
    EXPECT_EQ(one.pictures.size(), 1U);
    EXPECT_EQ(one.pictures.at(0).shown_at, Timestamp{0});
    EXPECT_TRUE(one.pictures.at(0).is_key);
    EXPECT_NEAR(one.seconds(), 0.04, 0.001);
  }
}

TEST(MediaDecoder, SaysHowOftenAPictureMustBeTurned) {
  const ClipFolder folder;
  const auto upright = folder.make("upright.mp4", test_picture("64x32", 25, 1) + "-c:v libx264");
  std::set<int> turns;
  for (const std::string degrees : {"0", "90", "180", "270"}) {
    const auto file =
        folder.make("turned.mp4", "-i " + upright.string() + " -c copy -metadata:s:v rotate=" + degrees);
    const auto turned_by_ffmpeg = folder.make("oracle.mp4", "-i " + file.string() + " -c:v libx264");
    const Seen seen = decode(file);
    const Seen expected = decode(turned_by_ffmpeg);
    turns.insert(seen.pictures.at(0).quarter_turns);
    EXPECT_EQ(seen.pictures.at(0).width, 64U);
    EXPECT_EQ(seen.facts.width, expected.facts.width) << degrees;
    EXPECT_EQ(seen.facts.height, expected.facts.height) << degrees;
    for (std::size_t i = 0; i < 4; ++i)
      EXPECT_NEAR(seen.pictures.at(0).quarters[i], expected.pictures.at(0).quarters[i], 3)
          << degrees << ' ' << i;
  }
  EXPECT_EQ(turns, (std::set{0, 1, 2, 3}));
}

TEST(MediaDecoder, GivesEachPictureItsOwnSizeWhenTheStreamChangesIt) {
  const ClipFolder folder;
  const auto small = folder.make("small.ts", test_picture("64x48", 25, 1) + "-c:v libx264");
  const auto large =
      folder.make("large.ts", test_picture("128x96", 25, 1) + "-c:v libx264 -output_ts_offset 1");
  const auto both = folder.write("both.ts", test::read_bytes(small) + test::read_bytes(large));
  const Seen seen = decode(both);
  EXPECT_EQ(seen.pictures.front().width, 64U);
  EXPECT_EQ(seen.pictures.back().width, 128U);
  EXPECT_NEAR(static_cast<double>(seen.pictures.size()), 50, 1);
}

TEST(MediaDecoder, KeepsTheNumberOfPicturesInOrderOfEffort) {
  const ClipFolder folder;
  const auto file =
      folder.make("b.mp4", test_picture("160x120", 25, 4) + "-c:v libx264 -g 25 -bf 3 -b_strategy 0");
  const std::size_t fast = decode(file, Effort::fast).pictures.size();
  const std::size_t standard = decode(file, Effort::standard).pictures.size();
  const std::size_t deep = decode(file, Effort::deep).pictures.size();
  EXPECT_EQ(fast, 4U);
  EXPECT_GT(standard, fast);
  EXPECT_LT(standard, deep);
  EXPECT_EQ(deep, 100U);
}

// Key pictures were lost where a decoder held them back for reordering until the next one arrived.
TEST(MediaDecoder, HandsOutEveryKeyPictureWithTheFastEffort) {
  const ClipFolder folder;
  const std::string closed =
      "-c:v libx265 -x265-params log-level=none:keyint=25:min-keyint=25:scenecut=0:open-gop=";
  for (const auto& [name, encoding] :
       {std::pair<std::string, std::string>{"closed.mp4", closed + "0"},
        {"open.mp4", closed + "1"},
        {"hevc.ts", closed + "0"},
        {"open.mkv", "-c:v libx264 -g 25 -x264-params open-gop=1:scenecut=0"},
        {"b.avi", "-c:v mpeg4 -g 25 -bf 2 -sc_threshold 1000000000"},
        {"vp9.webm", "-c:v libvpx-vp9 -cpu-used 8 -g 25"},
        {"mpeg2.ts", "-c:v mpeg2video -g 25 -bf 2 -sc_threshold 1000000000"}}) {
    const auto file = folder.make(name, test_picture("160x120", 25, 4) + encoding);
    const Seen seen = decode(file, Effort::fast);
    EXPECT_NEAR(static_cast<double>(seen.pictures.size()), 4, name == "b.avi" || name == "mpeg2.ts" ? 2 : 0)
        << name;
    EXPECT_EQ(seen.pictures.front().shown_at, Timestamp{0}) << name;
    EXPECT_EQ(seen.facts.damaged, 0U) << name;
  }
}

TEST(MediaDecoder, HandsOutOnlyKeyPicturesWhenAskedForThem) {
  const ClipFolder folder;
  const auto file = folder.make("key.mkv", test_picture("160x120", 25, 4) + "-c:v libx264 -g 25");
  for (const SeenPicture& picture : decode(file, Effort::fast).pictures) EXPECT_TRUE(picture.is_key);
}

// --- Time
// -----------------------------------------------------------------------------------------------------------

TEST(MediaDecoder, KeepsTheTimesOfAVariableFrameRate) {
  const ClipFolder folder;
  // 25 pictures at 25 per second, then 10 at 5 per second.
  const std::string timing =
      "-vf setpts='if(lt(N,25),N/25,1+(N-25)/5)/TB' -vsync vfr -video_track_timescale 90000 ";
  for (const std::string name : {"vfr.mp4", "vfr.mkv"}) {
    const auto file = folder.make(name, test_picture("64x48", 25, 1.4) + timing + "-c:v libx264 -bf 2 -g 10");
    const Seen seen = decode(file);
    ASSERT_EQ(seen.pictures.size(), 35U) << name;
    EXPECT_NEAR(seen.shown(24), 0.96, 0.002) << name;
    EXPECT_NEAR(seen.shown(34), 2.8, 0.002) << name;
    EXPECT_NEAR(seen.seconds(), 2.9, 0.12) << name;
    expect_efforts_agree(file, 0.2);
  }
}

TEST(MediaDecoder, BeginsWhereAnEditListBegins) {
  const ClipFolder folder;
  const auto whole = folder.make("whole.mp4", test_picture("64x48", 25, 6) + "-c:v libx264 -g 50 -bf 2");
  const auto file = folder.make("edit.mp4", "-ss 1 -i " + whole.string() + " -c copy");
  const Seen seen = decode(file);
  EXPECT_EQ(seen.pictures.size(), 125U);
  EXPECT_EQ(seen.pictures[0].shown_at, Timestamp{0});
  EXPECT_FALSE(seen.pictures[0].is_key);
  EXPECT_NEAR(seen.seconds(), 5, 0.041);
  expect_efforts_agree(file, 0.04);
  const auto first_key =
      std::find_if(seen.pictures.begin(), seen.pictures.end(), [](const auto& p) { return p.is_key; });
  ASSERT_NE(first_key, seen.pictures.end());
  EXPECT_EQ(decode(file, Effort::fast).pictures.at(0).shown_at, first_key->shown_at);
}

TEST(MediaDecoder, CountsFromTheFirstPictureWhereverTheClockStarts) {
  const ClipFolder folder;
  const std::string picture = test_picture("64x48", 25, 2);
  const std::string encoding = "-c:v libx264 -g 10 -bf 2 ";
  for (const auto& [name, start] :
       {std::pair<std::string, std::string>{"late.mp4", "-output_ts_offset 3.7"},
        {"late.mkv", "-output_ts_offset 3.7"},
        {"late.ts", "-output_ts_offset 90000"},
        {"early.ts", "-copyts -output_ts_offset -1.5 -avoid_negative_ts disabled"}}) {
    const auto file = folder.make(name, picture + encoding + start);
    const Seen seen = decode(file);
    EXPECT_EQ(seen.pictures.at(0).shown_at, Timestamp{0}) << name;
    EXPECT_NEAR(seen.seconds(), 2, 0.042) << name;
    expect_efforts_agree(file, 0.04);
  }
}

TEST(MediaDecoder, GoesOnWhereASplicedRecordingStartsItsClockAgain) {
  const ClipFolder folder;
  const auto first =
      folder.make("first.ts", test_picture("64x48", 25, 2) + "-c:v libx264 -output_ts_offset 5000");
  const auto second = folder.make("second.ts", test_picture("64x48", 25, 2) + "-c:v libx264");
  const auto both = folder.write("both.ts", test::read_bytes(first) + test::read_bytes(second));
  const Seen seen = decode(both);
  EXPECT_NEAR(static_cast<double>(seen.pictures.size()), 100, 1);
  EXPECT_NEAR(seen.seconds(), 4, 0.2);
  const auto other_way = folder.write("other_way.ts", test::read_bytes(second) + test::read_bytes(first));
  EXPECT_NEAR(decode(other_way).seconds(), 4, 0.2);
}

TEST(MediaDecoder, BeginsAtTheFirstKeyPictureOfAStreamCutInTheMiddle) {
  const ClipFolder folder;
  const auto whole =
      folder.make("whole.ts", test_picture("160x120", 25, 6) + "-c:v libx264 -g 50 -x264-params open-gop=1");
  const std::string bytes = test::read_bytes(whole);
  const auto file = folder.write("tail.ts", bytes.substr(bytes.size() / 188 / 4 * 188));
  const Seen seen = decode(file);
  EXPECT_EQ(seen.pictures.at(0).shown_at, Timestamp{0});
  EXPECT_TRUE(seen.pictures.at(0).is_key);
  expect_efforts_agree(file, 0.04);
}

// --- Sound
// ----------------------------------------------------------------------------------------------------------

/// When a beep after silence begins on the sound's clock.
double beep_of(const Seen& seen) {
  for (const SeenSound& piece : seen.sound) {
    for (std::size_t i = 0; i < piece.samples.size(); ++i)
      if (std::abs(piece.samples[i]) > 2000)
        return to_seconds(piece.at) + static_cast<double>(i) / kSoundRate;
  }
  return -1;
}

TEST(MediaDecoder, PutsTheSoundOnThePicturesClock) {
  const ClipFolder folder;
  const std::string beep = "-f lavfi -i aevalsrc=exprs=if(gte(t\\,2)\\,0.5*sin(880*PI*2*t)\\,0):s=44100:d=4 ";
  const std::string h264 = "-c:v libx264 -g 25 ";
  for (const auto& [name, encoding] : {std::pair<std::string, std::string>{"beep.mp4", h264 + "-c:a aac"},
                                       {"beep.mkv", h264 + "-c:a libmp3lame"},
                                       {"beep.webm", "-c:v libvpx -c:a libopus"},
                                       {"vorbis.mkv", h264 + "-c:a libvorbis"},
                                       {"beep.ts", h264 + "-c:a aac -output_ts_offset 20"},
                                       {"beep.flv", h264 + "-c:a libmp3lame -ar 44100"},
                                       {"beep.avi", "-c:v mpeg4 -bf 2 -c:a pcm_s16le"},
                                       {"stereo.mov", h264 + "-c:a aac -ac 2 -ar 48000"},
                                       {"surround.mkv", h264 + "-c:a ac3 -ac 6"}}) {
    const auto file = folder.make(name, test_picture("64x48", 25, 4) + beep + encoding);
    for (const Effort effort : {Effort::fast, Effort::deep}) {
      const Seen seen = decode(file, effort);
      EXPECT_NEAR(beep_of(seen), 2, 0.06) << name << ' ' << to_string(effort);
      EXPECT_FALSE(seen.facts.audio_codec.empty()) << name;
      std::size_t samples = 0;
      for (const SeenSound& piece : seen.sound) samples += piece.samples.size();
      EXPECT_NEAR(static_cast<double>(samples) / kSoundRate, 4, 0.15) << name;
    }
  }
}

TEST(MediaDecoder, DropsSoundFromBeforeTheFirstPicture) {
  const ClipFolder folder;
  const std::string beep = "-f lavfi -i aevalsrc=exprs=if(gte(t\\,2)\\,0.5*sin(880*PI*2*t)\\,0):s=44100:d=4 ";
  const auto file = folder.make(
      "late_picture.mkv", "-itsoffset 1 " + test_picture("64x48", 25, 3) + beep + "-c:v libx264 -c:a aac");
  const Seen seen = decode(file);
  EXPECT_EQ(seen.pictures.at(0).shown_at, Timestamp{0});
  ASSERT_FALSE(seen.sound.empty());
  EXPECT_GE(seen.sound.front().at, Timestamp{0});
  EXPECT_LT(to_seconds(seen.sound.front().at), 0.001);
  EXPECT_NEAR(beep_of(seen), 1, 0.05);
}

TEST(MediaDecoder, LeavesTheSoundAloneWhenThePlanDoes) {
  const ClipFolder folder;
  const auto file =
      folder.make("a.mp4", test_picture("64x48", 25, 1) + test_tone(1) + "-c:v libx264 -c:a aac");
  DecodeSink sink;
  sink.on_sound = [](auto, Timestamp) { ADD_FAILURE() << "sound"; };
  EXPECT_EQ(decode_media(file, plan_of(Effort::fast, false), {}, sink).pictures, 1U);
}

TEST(DecoderInventory, NamesTheLibrariesAndMissesNothingHere) {
  const DecoderInventory inventory = inventory_decoders();
  EXPECT_EQ(inventory.libraries.size(), 4U);
  EXPECT_TRUE(inventory.libraries.at(1).starts_with("libavcodec "));
  EXPECT_TRUE(inventory.missing_decoders.empty());
}

TEST(MediaDecoder, ReadsSinglePicturesWhereItIsToldTo) {
  const ClipFolder folder;
  for (const char* name : {"picture.png", "picture.jpg"}) {
    const auto file = folder.make(name, grey_picture("64x48", 25, 1, 126) + "-frames:v 1");
    EXPECT_EQ(error_of(file), ErrorCode::unreadable) << name;
    for (const Effort effort : kEfforts) {
      const Seen seen = decode(file, effort, {.pictures_too = true});
      ASSERT_EQ(seen.pictures.size(), 1U) << name;
      EXPECT_EQ(seen.pictures[0].width, 64U);
      EXPECT_NEAR(seen.pictures[0].level, 126, 20);
    }
  }
}

}  // namespace
}  // namespace reelprint::fingerprint
