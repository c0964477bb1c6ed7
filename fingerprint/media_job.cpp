#include "fingerprint/media_job.h"

#include <bit>
#include <cmath>
#include <cstdint>

#include "core/bytes.h"
#include "core/error.h"
#include "core/utf8.h"
#include "fingerprint/fingerprint_codec.h"
#include "fingerprint/frames_at.h"
#include "fingerprint/sha256.h"

namespace reelprint::fingerprint {
namespace {

constexpr std::size_t kMostNameBytes = 4096;
constexpr std::size_t kMostWordBytes = 64;
constexpr std::uint8_t kFingerprintJob = 1;
constexpr std::uint8_t kFramesJob = 2;
constexpr std::size_t kMostSide = 1 << 20;  // of a picture, in pixels

void put_text(ByteWriter& out, std::string_view text, std::size_t max_bytes) {
  text = text.substr(0, max_bytes);
  out.put(static_cast<std::uint32_t>(text.size()));
  out.put_bytes(std::as_bytes(std::span(text)));
}

std::string take_text(ByteReader& in, std::size_t max_bytes) {
  const std::size_t size = in.take_count(1);
  if (size > max_bytes) in.fail("a text is too long");
  const auto bytes = in.take_bytes(size);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A codec's or a container's name: anything else is not worth showing.
std::string take_word(ByteReader& in) {
  std::string word = take_text(in, kMostWordBytes);
  return is_printable_utf8(word) ? word : std::string();
}

void put_limits(ByteWriter& out, const DecodeLimits& limits) {
  out.put(limits.max_pixels);
  out.put(limits.max_duration.count());
  out.put(static_cast<std::uint8_t>(limits.pictures_too));
}

DecodeLimits take_limits(ByteReader& in) {
  DecodeLimits limits;
  limits.max_pixels = in.take<std::int64_t>();
  limits.max_duration = Duration{in.take<std::int64_t>()};
  limits.pictures_too = in.take<std::uint8_t>() != 0;
  return limits;
}

void put(ByteWriter& out, const FingerprintJob& job) {
  out.put(kFingerprintJob);
  put_text(out, job.name, kMostNameBytes);
  out.put(static_cast<std::uint8_t>(job.settings.effort));
  out.put(static_cast<std::uint8_t>(job.settings.audio));
  const DetailSettings& detail = job.settings.detail;
  out.put(static_cast<std::uint64_t>(detail.features));
  out.put(static_cast<std::uint64_t>(detail.short_side));
  out.put(detail.step.count());
  out.put(static_cast<std::uint64_t>(detail.parts));
  put_limits(out, job.settings.limits);
}

FingerprintJob take_fingerprint_job(ByteReader& in) {
  FingerprintJob job;
  job.name = take_text(in, kMostNameBytes);
  const auto effort = in.take<std::uint8_t>();
  if (effort > static_cast<std::uint8_t>(Effort::deep)) in.fail("no such effort");
  job.settings.effort = static_cast<Effort>(effort);
  job.settings.audio = in.take<std::uint8_t>() != 0;
  DetailSettings& detail = job.settings.detail;
  detail.features = in.take<std::uint64_t>();
  detail.short_side = in.take<std::uint64_t>();
  detail.step = Duration{in.take<std::int64_t>()};
  detail.parts = in.take<std::uint64_t>();
  job.settings.limits = take_limits(in);
  return job;
}

void put(ByteWriter& out, const FramesJob& job) {
  if (job.times.size() > kMostFrames || job.short_side > kMostShortSide)
    throw Error(ErrorCode::too_large, "look at frames of '" + job.name + "': too many, or too large");
  out.put(kFramesJob);
  put_text(out, job.name, kMostNameBytes);
  out.put(static_cast<std::uint32_t>(job.times.size()));
  for (const Timestamp time : job.times) out.put(time.us);
  out.put(static_cast<std::uint64_t>(job.short_side));
  put_limits(out, job.limits);
}

FramesJob take_frames_job(ByteReader& in) {
  FramesJob job;
  job.name = take_text(in, kMostNameBytes);
  const std::size_t count = in.take_count(sizeof(std::int64_t));
  if (count > kMostFrames) in.fail("too many times");
  for (std::size_t i = 0; i < count; ++i) job.times.push_back({in.take<std::int64_t>()});
  job.short_side = in.take<std::uint64_t>();
  if (job.short_side > kMostShortSide) in.fail("too large frames");
  job.limits = take_limits(in);
  return job;
}

void put_seconds(ByteWriter& out, double seconds) {
  out.put(std::bit_cast<std::uint64_t>(seconds));
}

double take_seconds(ByteReader& in) {
  const auto seconds = std::bit_cast<double>(in.take<std::uint64_t>());
  if (!std::isfinite(seconds) || seconds < 0) in.fail("a cost that cannot be");
  return seconds;
}

Duration take_duration(ByteReader& in) {
  const Duration duration{in.take<std::int64_t>()};
  if (duration < Duration{0}) in.fail("a negative duration");
  return duration;
}

std::size_t take_side(ByteReader& in) {
  const auto pixels = in.take<std::uint64_t>();
  if (pixels > kMostSide) in.fail("a picture that cannot be");
  return pixels;
}

void put(ByteWriter& out, const MediaFacts& facts) {
  for (const std::string* word : {&facts.container, &facts.video_codec, &facts.audio_codec})
    put_text(out, *word, kMostWordBytes);
  for (const std::size_t number : {facts.width, facts.height, facts.pictures, facts.damaged})
    out.put(static_cast<std::uint64_t>(number));
  out.put(facts.duration.count());
  out.put(static_cast<std::uint8_t>(facts.truncated));
}

MediaFacts take_facts(ByteReader& in) {
  MediaFacts facts;
  for (std::string* word : {&facts.container, &facts.video_codec, &facts.audio_codec}) *word = take_word(in);
  facts.width = take_side(in);
  facts.height = take_side(in);
  facts.pictures = in.take<std::uint64_t>();
  facts.damaged = in.take<std::uint64_t>();
  facts.duration = take_duration(in);
  facts.truncated = in.take<std::uint8_t>() != 0;
  return facts;
}

Frame take_frame(ByteReader& in) {
  Frame frame;
  frame.width = take_side(in);
  frame.height = take_side(in);
  frame.shown_at = {in.take<std::int64_t>()};
  const auto luma = in.take_bytes(frame.width * frame.height);
  const auto* samples = reinterpret_cast<const std::uint8_t*>(luma.data());
  frame.luma.assign(samples, samples + luma.size());
  return frame;
}

}  // namespace

std::vector<std::byte> encode(const MediaJob& job) {
  ByteWriter out;
  std::visit([&out](const auto& one) { put(out, one); }, job);
  return out.take();
}

MediaJob decode_media_job(std::span<const std::byte> bytes) {
  ByteReader in(bytes, "a media job");
  const auto kind = in.take<std::uint8_t>();
  if (kind == kFingerprintJob) return take_fingerprint_job(in);
  if (kind == kFramesJob) return take_frames_job(in);
  in.fail("no such job");
}

std::vector<std::byte> encode(const MediaFingerprint& made) {
  ByteWriter out;
  put(out, made.facts);
  put_seconds(out, made.cost.decode_s);
  put_seconds(out, made.cost.fingerprint_s);
  out.put_bytes(encode(made.fingerprint));
  return out.take();
}

MediaFingerprint decode_media_fingerprint(std::span<const std::byte> bytes, const std::string& what) {
  ByteReader in(bytes, what);
  MediaFingerprint made;
  made.facts = take_facts(in);
  made.cost.decode_s = take_seconds(in);
  made.cost.fingerprint_s = take_seconds(in);
  made.fingerprint = decode(in.take_bytes(in.left()), what);
  return made;
}

std::vector<std::byte> encode(const Frames& frames) {
  ByteWriter out;
  out.put(static_cast<std::uint32_t>(frames.size()));
  for (const std::optional<Frame>& frame : frames) {
    out.put(static_cast<std::uint8_t>(frame.has_value()));
    if (!frame) continue;
    out.put(static_cast<std::uint64_t>(frame->width));
    out.put(static_cast<std::uint64_t>(frame->height));
    out.put(frame->shown_at.us);
    out.put_bytes(std::as_bytes(std::span(frame->luma)));
  }
  return out.take();
}

Frames decode_frames(std::span<const std::byte> bytes, const std::string& what) {
  ByteReader in(bytes, what);
  const std::size_t count = in.take_count(1);
  if (count > kMostFrames) in.fail("too many frames");
  Frames frames;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_there = in.take<std::uint8_t>() != 0;
    frames.push_back(is_there ? std::optional(take_frame(in)) : std::nullopt);
  }
  return frames;
}

std::vector<std::byte> encode(const JobProgress& progress) {
  ByteWriter out;
  out.put(progress.reached.us);
  out.put(progress.expected.count());
  return out.take();
}

JobProgress decode_job_progress(std::span<const std::byte> bytes) {
  ByteReader in(bytes, "a job's progress");
  const Duration reached = take_duration(in);
  return {Timestamp{0} + reached, take_duration(in)};
}

std::vector<std::byte> run_media_job(std::span<const std::byte> job, int descriptor,
                                     const FingerprintProgress& progress) {
  const MediaJob asked = decode_media_job(job);
  if (const auto* one = std::get_if<FingerprintJob>(&asked))
    return encode(fingerprint_media(MediaSource(descriptor, one->name), one->settings, {}, progress));
  const auto& frames = std::get<FramesJob>(asked);
  return encode(
      frames_at(MediaSource(descriptor, frames.name), frames.times, frames.short_side, frames.limits));
}

void warm_up_libraries() {
  static_cast<void>(inventory_decoders());
  static_cast<void>(sha256_of({}));  // libcrypto reads its configuration
}

}  // namespace reelprint::fingerprint
