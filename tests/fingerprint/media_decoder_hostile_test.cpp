// decode_media on what is no video, not allowed, or broken.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "core/error.h"
#include "fingerprint/media_decoder.h"
#include "tests/support/decoded_media.h"
#include "tests/support/media_clips.h"

namespace reelprint::fingerprint {
namespace {

using test::ClipFolder;
using test::decode;
using test::error_of;
using test::kEfforts;
using test::Seen;
using test::test_picture;
using test::test_tone;

// --- What is refused
// ------------------------------------------------------------------------------------------------

TEST(MediaDecoder, SaysWhatIsNoVideo) {
  const ClipFolder folder;
  EXPECT_EQ(error_of(folder.path() / "nothing.mp4"), ErrorCode::not_found);
  EXPECT_EQ(error_of(folder.path()), ErrorCode::invalid_input);
  EXPECT_EQ(error_of("/dev/zero"), ErrorCode::invalid_input);
  EXPECT_EQ(error_of(folder.write("empty.mp4", "")), ErrorCode::unreadable);
  EXPECT_EQ(error_of(folder.write("text.mp4", std::string(5000, 'x') + "\nno video here\n")),
            ErrorCode::unreadable);
  EXPECT_EQ(error_of(folder.make("sound.m4a", test_tone(1) + "-c:a aac")), ErrorCode::no_video);
  EXPECT_EQ(error_of(folder.make("sound.mp3", test_tone(1) + "-c:a libmp3lame")), ErrorCode::no_video);
  EXPECT_EQ(error_of(folder.make("picture.png", test_picture("64x48", 25, 1) + "-frames:v 1")),
            ErrorCode::unreadable);
}

TEST(MediaDecoder, DoesNotTakeCoverArtForVideo) {
  const ClipFolder folder;
  const auto cover = folder.make("cover.png", test_picture("64x64", 25, 1) + "-frames:v 1");
  const auto song =
      folder.make("song.m4a", test_tone(2) + "-i " + cover.string() +
                                  " -map 0 -map 1 -c:a aac -c:v png -disposition:v:0 attached_pic");
  EXPECT_EQ(error_of(song), ErrorCode::no_video);
  const auto film =
      folder.make("film.mp4", "-i " + cover.string() + " " + test_picture("128x96", 25, 1) +
                                  "-map 0 -map 1 -c:v:0 png -c:v:1 libx264 -disposition:v:0 attached_pic");
  EXPECT_EQ(decode(film).facts.video_codec, "h264");
}

TEST(MediaDecoder, NeverCircumventsEncryption) {
  const ClipFolder folder;
  const auto file = folder.make("cenc.mp4", test_picture("64x48", 25, 1) +
                                                "-c:v libx264 -encryption_scheme cenc-aes-ctr "
                                                "-encryption_key 76a6c65c5ea762046bd749a2e632ccbb "
                                                "-encryption_kid a7e61c373e219033c21091fa607bf3b8");
  EXPECT_EQ(error_of(file), ErrorCode::encrypted);
}

TEST(MediaDecoder, RefusesFilesThatNameOtherFiles) {
  const ClipFolder folder;
  const auto video = folder.make("part.ts", test_picture("64x48", 25, 1) + "-c:v libx264");
  const std::string name = video.string();
  EXPECT_EQ(error_of(video), std::nullopt);
  EXPECT_EQ(error_of(folder.write(
                "list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + name + "\n#EXT-X-ENDLIST\n")),
            ErrorCode::unreadable);
  EXPECT_EQ(error_of(folder.write(
                "list.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + name + "\n#EXT-X-ENDLIST\n")),
            ErrorCode::unreadable);
  EXPECT_EQ(error_of(folder.write("list.txt", "ffconcat version 1.0\nfile '" + name + "'\n")),
            ErrorCode::unreadable);
  EXPECT_EQ(error_of(folder.write("session.sdp",
                                  "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
                                  "m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n")),
            ErrorCode::unreadable);
}

TEST(MediaDecoder, KeepsToItsLimits) {
  const ClipFolder folder;
  const auto file = folder.make("a.mp4", test_picture("128x96", 25, 4) + "-c:v libx264");
  EXPECT_EQ(error_of(file, {.max_pixels = 128 * 96}), std::nullopt);
  EXPECT_EQ(error_of(file, {.max_pixels = 128 * 96 - 1}), ErrorCode::too_large);
  EXPECT_EQ(error_of(file, {.max_duration = std::chrono::seconds(3)}), ErrorCode::too_large);
  EXPECT_EQ(error_of(file, {.max_duration = std::chrono::seconds(4)}), std::nullopt);
}

TEST(MediaDecoder, StopsOnRequest) {
  const ClipFolder folder;
  const auto file = folder.make("a.mp4", test_picture("64x48", 25, 2) + "-c:v libx264");
  std::stop_source source;
  std::size_t pictures = 0;
  DecodeSink sink;
  sink.on_picture = [&](const Picture&) {
    if (++pictures == 3) source.request_stop();
  };
  try {
    static_cast<void>(decode_media(file, plan_of(Effort::deep, false), {}, sink, source.get_token()));
    ADD_FAILURE() << "not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  EXPECT_EQ(pictures, 3U);
}

TEST(MediaDecoder, TakesNothingFromAFilesName) {
  const ClipFolder folder;
  const auto made = folder.make("a.gif", test_picture("64x48", 25, 1));
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  for (const std::string name :
       {"with spaces.gif", "http://x.gif", "a%03d.gif", "-i.gif", "concat:a|b.gif", "плёнка 影.gif"}) {
    const std::filesystem::path file = name;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
    std::filesystem::copy_file(made, file);
    EXPECT_EQ(error_of(file), std::nullopt) << name;
  }
  std::filesystem::current_path(before);
}

// --- Damage
// ---------------------------------------------------------------------------------------------------------

TEST(MediaDecoder, GivesWhatATruncatedFileStillHas) {
  const ClipFolder folder;
  const std::string source = test_picture("160x120", 25, 8);
  for (const auto& [name, encoding] :
       {std::pair<std::string, std::string>{"cut.mp4", "-c:v libx264 -g 25 -movflags +faststart"},
        {"cut.mkv", "-c:v libx264 -g 25"},
        {"cut.avi", "-c:v mpeg4 -g 25"},
        {"cut.flv", "-c:v libx264 -g 25"}}) {
    const auto whole = folder.make("whole_" + name, source + encoding);
    const auto file = folder.cut(whole, name, std::filesystem::file_size(whole) / 2);
    for (const Effort effort : kEfforts) {
      const Seen seen = decode(file, effort);
      EXPECT_TRUE(seen.facts.truncated) << name << ' ' << to_string(effort);
      EXPECT_GT(seen.seconds(), 2) << name << ' ' << to_string(effort);
      EXPECT_LT(seen.seconds(), 6) << name << ' ' << to_string(effort);
      EXPECT_LE(seen.pictures.back().shown_at, Timestamp{seen.facts.duration.count()}) << name;
    }
  }
}

TEST(MediaDecoder, DecodesAroundDamagedBytes) {
  const ClipFolder folder;
  const std::string source = test_picture("160x120", 25, 6) + test_tone(6);
  for (const std::string name : {"damaged.ts", "damaged.mkv", "damaged.mp4"}) {
    const auto whole = folder.make("whole_" + name, source + "-c:v libx264 -g 25 -c:a aac");
    std::string bytes = test::read_bytes(whole);
    std::uint32_t noise = 1;
    for (std::size_t i = bytes.size() * 2 / 5; i < bytes.size() / 2; ++i) {
      noise = noise * 1664525U + 1013904223U;
      bytes[i] = static_cast<char>(noise >> 24);
    }
    const auto file = folder.write(name, bytes);
    for (const Effort effort : kEfforts) {
      const Seen seen = decode(file, effort);
      EXPECT_GT(seen.pictures.size(), effort == Effort::fast ? 2U : 60U) << name << ' ' << to_string(effort);
      EXPECT_NEAR(seen.seconds(), 6, 0.3) << name << ' ' << to_string(effort);
      if (effort == Effort::deep) {
        EXPECT_GT(seen.facts.damaged, 0U) << name;
      }
    }
  }
}

TEST(MediaDecoder, EndsOnGarbageWhereverItLies) {
  const ClipFolder folder;
  for (const std::string name : {"a.mp4", "a.mkv", "a.ts", "a.avi", "a.flv", "a.gif"}) {
    const std::string encoding = name == "a.gif" ? "" : name == "a.avi" ? "-c:v mpeg4" : "-c:v libx264 -g 10";
    const std::string whole = test::read_bytes(folder.make(name, test_picture("64x48", 25, 1) + encoding));
    std::uint32_t noise = 7;
    for (int round = 0; round < 12; ++round) {
      std::string bytes = whole;
      for (int hit = 0; hit < 20; ++hit) {
        noise = noise * 1664525U + 1013904223U;
        bytes[(noise >> 4) % bytes.size()] = static_cast<char>(noise);
      }
      const auto file = folder.write("garbage", bytes);
      for (const Effort effort : kEfforts) {
        try {
          EXPECT_LE(decode(file, effort).seconds(), 24 * 3600.0);
        } catch (const Error& error) {
          EXPECT_NE(error.code(), ErrorCode::cancelled);
        }
      }
    }
  }
}

}  // namespace
}  // namespace reelprint::fingerprint
