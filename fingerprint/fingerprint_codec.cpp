#include "fingerprint/fingerprint_codec.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <set>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/error.h"
#include "core/files.h"

namespace reelprint::fingerprint {
namespace {

constexpr std::array<char, 8> kMagic = {'R', 'P', 'F', 'P', 'R', 'I', 'N', 'T'};
constexpr std::uint16_t kFormatVersion = 2;
constexpr std::uint32_t tag_of(const char (&name)[5]) {
  std::uint32_t tag = 0;
  for (int i = 3; i >= 0; --i) tag = tag << 8 | static_cast<std::uint8_t>(name[i]);
  return tag;
}
constexpr std::uint32_t kMedia = tag_of("MEDI");
constexpr std::uint32_t kKeyframes = tag_of("KEYF");
constexpr std::uint32_t kThumbnails = tag_of("THMB");
constexpr std::uint32_t kDetails = tag_of("DETL");
constexpr std::uint32_t kAudio = tag_of("AUDI");
constexpr std::uint8_t kStartsShot = 0x80;
constexpr std::int64_t kMaxDurationUs = 366LL * 24 * 3600 * 1'000'000;
constexpr std::uintmax_t kMaxFileBytes = 1ULL << 30;

std::span<const std::byte> as_bytes_of(const auto& array) {
  return std::as_bytes(std::span(array));
}

std::int64_t take_time(ByteReader& in) {
  return static_cast<std::int64_t>(in.take_varint(static_cast<std::uint64_t>(kMaxDurationUs)));
}

void put_section(ByteWriter& out, std::uint32_t tag, const ByteWriter& content) {
  out.put(tag);
  out.put(static_cast<std::uint32_t>(content.bytes().size()));
  out.put_bytes(content.bytes());
}

ByteWriter media_section(const Fingerprint& print) {
  ByteWriter out;
  out.put_bytes(as_bytes_of(print.media.bytes));
  out.put(print.duration.count());
  out.put(print.width);
  out.put(print.height);
  return out;
}

ByteWriter keyframe_section(const std::vector<Keyframe>& keyframes) {
  ByteWriter out;
  out.put(static_cast<std::uint32_t>(keyframes.size()));
  Timestamp previous_end;
  for (const Keyframe& keyframe : keyframes) {
    out.put_varint(static_cast<std::uint64_t>((keyframe.span.begin - previous_end).count()));
    out.put_varint(static_cast<std::uint64_t>(keyframe.span.length().count()));
    out.put(static_cast<std::uint8_t>(keyframe.hash.quality | (keyframe.starts_shot ? kStartsShot : 0)));
    for (const std::uint64_t word : keyframe.hash.words) out.put(word);
    previous_end = keyframe.span.end;
  }
  return out;
}

ByteWriter thumbnail_section(const std::vector<Thumbnail>& thumbnails) {
  ByteWriter out;
  out.put(static_cast<std::uint32_t>(thumbnails.size()));
  for (const Thumbnail& thumbnail : thumbnails) out.put_bytes(as_bytes_of(thumbnail));
  return out;
}

ByteWriter detail_section(const std::vector<KeyframeDetail>& details) {
  ByteWriter out;
  out.put(static_cast<std::uint32_t>(details.size()));
  for (const KeyframeDetail& detail : details) {
    out.put(detail.keyframe);
    out.put(static_cast<std::uint32_t>(detail.features.size()));
    for (const LocalFeature& feature : detail.features) {
      for (const std::uint64_t word : feature.descriptor) out.put(word);
      out.put(feature.x);
      out.put(feature.y);
      out.put(feature.scale);
      out.put(feature.angle);
    }
  }
  return out;
}

ByteWriter audio_section(const AudioPrint& audio) {
  ByteWriter out;
  out.put(audio.begin.us);
  out.put(audio.step.count());
  out.put(static_cast<std::uint32_t>(audio.items.size()));
  for (const std::uint32_t item : audio.items) out.put(item);
  return out;
}

void read_media(ByteReader& in, Fingerprint& print) {
  std::memcpy(print.media.bytes.data(), in.take_bytes(print.media.bytes.size()).data(),
              print.media.bytes.size());
  print.duration = Duration{in.take<std::int64_t>()};
  if (print.duration.count() < 0 || print.duration.count() > kMaxDurationUs)
    in.fail("its duration is out of range");
  print.width = in.take<std::uint32_t>();
  print.height = in.take<std::uint32_t>();
}

void read_keyframes(ByteReader& in, Fingerprint& print) {
  constexpr std::size_t kLeastBytes = 35;
  print.keyframes.resize(in.take_count(kLeastBytes));
  Timestamp previous_end;
  for (Keyframe& keyframe : print.keyframes) {
    keyframe.span.begin = previous_end + Duration{take_time(in)};
    keyframe.span.end = keyframe.span.begin + Duration{take_time(in)};
    const auto quality = in.take<std::uint8_t>();
    keyframe.hash.quality = static_cast<std::uint8_t>(quality & ~kStartsShot);
    keyframe.starts_shot = (quality & kStartsShot) != 0;
    for (std::uint64_t& word : keyframe.hash.words) word = in.take<std::uint64_t>();
    if (keyframe.span.end.us > kMaxDurationUs || keyframe.hash.quality > 100)
      in.fail("a keyframe is out of range");
    previous_end = keyframe.span.end;
  }
}

void read_thumbnails(ByteReader& in, Fingerprint& print) {
  print.thumbnails.resize(in.take_count(sizeof(Thumbnail)));
  for (Thumbnail& thumbnail : print.thumbnails) {
    std::memcpy(thumbnail.data(), in.take_bytes(sizeof(Thumbnail)).data(), sizeof(Thumbnail));
  }
}

LocalFeature take_feature(ByteReader& in) {
  LocalFeature feature;
  for (std::uint64_t& word : feature.descriptor) word = in.take<std::uint64_t>();
  feature.x = in.take<std::uint16_t>();
  feature.y = in.take<std::uint16_t>();
  feature.scale = in.take<std::uint8_t>();
  feature.angle = in.take<std::uint8_t>();
  return feature;
}

void read_details(ByteReader& in, Fingerprint& print) {
  constexpr std::size_t kFeatureBytes = 38;
  constexpr std::size_t kLeastBytes = 8;
  print.details.resize(in.take_count(kLeastBytes));
  std::int64_t previous = -1;
  for (KeyframeDetail& detail : print.details) {
    detail.keyframe = in.take<std::uint32_t>();
    if (detail.keyframe <= previous) in.fail("its details are out of order");
    previous = detail.keyframe;
    detail.features.resize(in.take_count(kFeatureBytes));
    for (LocalFeature& feature : detail.features) feature = take_feature(in);
  }
}

void read_audio(ByteReader& in, Fingerprint& print) {
  AudioPrint& audio = print.audio;
  audio.begin.us = in.take<std::int64_t>();
  audio.step = Duration{in.take<std::int64_t>()};
  audio.items.resize(in.take_count(sizeof(std::uint32_t)));
  for (std::uint32_t& item : audio.items) item = in.take<std::uint32_t>();
  const bool begins_wildly = audio.begin.us < -kMaxDurationUs || audio.begin.us > kMaxDurationUs;
  const bool steps_wildly = audio.step.count() < 0 || audio.step > std::chrono::seconds(10);
  if (begins_wildly || steps_wildly || (audio.step.count() == 0 && !audio.items.empty())) {
    in.fail("its sound print is out of range");
  }
}

void read_section(std::uint32_t tag, ByteReader section, Fingerprint& print) {
  switch (tag) {
    case kMedia: read_media(section, print); break;
    case kKeyframes: read_keyframes(section, print); break;
    case kThumbnails: read_thumbnails(section, print); break;
    case kDetails: read_details(section, print); break;
    case kAudio: read_audio(section, print); break;
    default:
      // As in PNG, a lower-case first letter marks what a reader may skip.
      if ((tag & 0x20) == 0) {
        throw Error(ErrorCode::incompatible,
                    "read fingerprint: it has a section that this version does not know");
      }
      return;
  }
  if (section.left() != 0) section.fail("a section is longer than its content");
}

}  // namespace

std::vector<std::byte> encode(const Fingerprint& fingerprint) {
  ByteWriter out;
  out.put_bytes(as_bytes_of(kMagic));
  out.put(kFormatVersion);
  out.put(static_cast<std::uint32_t>(fingerprint.algorithm));
  out.put(static_cast<std::uint8_t>(fingerprint.effort));
  put_section(out, kMedia, media_section(fingerprint));
  put_section(out, kKeyframes, keyframe_section(fingerprint.keyframes));
  if (!fingerprint.thumbnails.empty())
    put_section(out, kThumbnails, thumbnail_section(fingerprint.thumbnails));
  if (!fingerprint.details.empty()) put_section(out, kDetails, detail_section(fingerprint.details));
  if (!fingerprint.audio.items.empty()) put_section(out, kAudio, audio_section(fingerprint.audio));
  out.put(crc32c(out.bytes()));
  return out.take();
}

Fingerprint decode(std::span<const std::byte> bytes, const std::string& what) {
  ByteReader in(bytes, what);
  const auto magic = in.take_bytes(kMagic.size());
  if (std::memcmp(magic.data(), kMagic.data(), kMagic.size()) != 0)
    in.fail("it is not a reelprint fingerprint");
  if (in.take<std::uint16_t>() != kFormatVersion) {
    throw Error(ErrorCode::incompatible,
                "read " + what + ": its format is of another version than this program's");
  }
  if (in.left() < sizeof(std::uint32_t)) in.fail("it ends too early");
  const auto body = bytes.first(bytes.size() - sizeof(std::uint32_t));
  if (ByteReader(bytes.last(sizeof(std::uint32_t)), what).take<std::uint32_t>() != crc32c(body)) {
    in.fail("its checksum is wrong");
  }

  Fingerprint print;
  print.algorithm = AlgorithmId{in.take<std::uint32_t>()};
  if (print.algorithm != kAlgorithm) {
    throw Error(ErrorCode::incompatible,
                "read " + what + ": made by another algorithm; fingerprint the media again");
  }
  const auto effort = in.take<std::uint8_t>();
  if (effort > static_cast<std::uint8_t>(Effort::deep)) in.fail("its effort is unknown");
  print.effort = Effort{effort};
  std::set<std::uint32_t> seen;
  while (in.left() > sizeof(std::uint32_t)) {
    const auto tag = in.take<std::uint32_t>();
    const auto length = in.take_count(1);
    if (!seen.insert(tag).second) in.fail("a section comes twice");
    read_section(tag, ByteReader(in.take_bytes(length), what), print);
  }
  if (in.left() != sizeof(std::uint32_t)) in.fail("a section overlaps the checksum");
  if (!seen.contains(kMedia) || !seen.contains(kKeyframes)) in.fail("a section is missing");
  if (!print.keyframes.empty() && print.keyframes.back().span.end.us > print.duration.count()) {
    in.fail("a keyframe lies behind the end of the media");
  }
  if (!print.thumbnails.empty() && print.thumbnails.size() != print.keyframes.size()) {
    in.fail("it has not one thumbnail a keyframe");
  }
  if (!print.details.empty() && print.details.back().keyframe >= print.keyframes.size()) {
    in.fail("a detail is of no keyframe");
  }
  return print;
}

void write_fingerprint(const Fingerprint& fingerprint, const std::filesystem::path& file) {
  replace_file(file, encode(fingerprint));
}

Fingerprint read_fingerprint(const std::filesystem::path& file) {
  return decode(read_file(file, kMaxFileBytes), "fingerprint '" + file.string() + "'");
}

bool is_fingerprint_file(const std::filesystem::path& file) {
  std::array<char, kMagic.size()> head{};
  std::ifstream in(file, std::ios::binary);
  return in.read(head.data(), head.size()) && head == kMagic;
}

}  // namespace reelprint::fingerprint
