#include "fingerprint/media_decoder.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>

extern "C" {
#include <libavutil/display.h>
}

#include "fingerprint/libav_input.h"
#include "fingerprint/luma_conversion.h"
#include "fingerprint/media_clock.h"

namespace reelprint::fingerprint {
namespace {

constexpr std::size_t kMostDecodeFailures = 64;  // for one packet
constexpr std::size_t kMostHeldPackets = 2000;
constexpr std::int64_t kMostHeldBytes = std::int64_t{64} << 20;
constexpr int kSlowestSoundHz = 1000;
constexpr int kMostSamplesAtOnce = 1 << 22;
constexpr Duration kShortestFrame = std::chrono::milliseconds(1);
constexpr Duration kLongestFrame = std::chrono::seconds(10);
constexpr Duration kUsualFrame = std::chrono::milliseconds(40);
constexpr Duration kProgressEvery = std::chrono::seconds(1);
constexpr Duration kMissingTail = std::chrono::seconds(2);

/// One decoding thread, timestamps in microseconds. Null where nothing here decodes the stream.
Owned<AVCodecContext> open_decoder(const AVStream& stream, const DecodePlan& plan, std::int64_t max_pixels) {
  const AVCodec* decoder = avcodec_find_decoder(stream.codecpar->codec_id);
  if (!decoder) return nullptr;
  auto codec = owned(avcodec_alloc_context3(decoder));
  if (avcodec_parameters_to_context(codec.get(), stream.codecpar) < 0) return nullptr;
  codec->thread_count = 1;
  codec->pkt_timebase = kMicroseconds;
  codec->max_pixels = max_pixels;
  if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO) {
    if (plan.skip == SkipFrames::non_reference) codec->skip_frame = AVDISCARD_NONREF;
    if (plan.skip == SkipFrames::non_key) codec->skip_frame = AVDISCARD_NONKEY;
    if (!plan.deblock) codec->skip_loop_filter = AVDISCARD_ALL;
  }
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0) return nullptr;
  return codec;
}

/// Feeds `packet` (null: the end) and passes on each frame; gives how often libav called something broken.
template <class OnFrame>
std::size_t decode_packet(AVCodecContext& codec, const AVPacket* packet, AVFrame& frame, OnFrame&& on_frame) {
  if (packet && packet->size == 0) return 0;  // libav would take it for the end
  std::size_t broken = avcodec_send_packet(&codec, packet) < 0 ? 1 : 0;
  while (broken < kMostDecodeFailures) {
    const int got = avcodec_receive_frame(&codec, &frame);
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) break;
    if (got < 0) {
      ++broken;
      continue;
    }
    if ((frame.flags & AV_FRAME_FLAG_CORRUPT) || frame.decode_error_flags != 0) ++broken;
    if (!(frame.flags & AV_FRAME_FLAG_DISCARD)) on_frame(frame);
  }
  return broken;
}

/// Clockwise quarter turns that make upright what `matrix` (nine 16.16 numbers) is said of; the nearest for
/// other angles.
int quarter_turns_of(const std::uint8_t* matrix) {
  const double counterclockwise = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  if (!std::isfinite(counterclockwise)) return 0;
  return static_cast<int>((std::lround(-counterclockwise / 90) % 4 + 4) % 4);
}

Duration frame_length_of(const AVStream& stream) {
  for (const AVRational rate : {stream.avg_frame_rate, stream.r_frame_rate}) {
    if (rate.num > 0 && rate.den > 0)
      return std::clamp(duration_of(av_q2d(av_inv_q(rate))), kShortestFrame, kLongestFrame);
  }
  return kUsualFrame;
}

/// Does the container's index name bytes past the end of the file?
bool is_cut_short(AVStream& stream, std::int64_t file_bytes) {
  for (int i = 0, count = avformat_index_get_entries_count(&stream); i < count && file_bytes > 0; ++i) {
    const AVIndexEntry& entry = *avformat_index_get_entry(&stream, i);
    if (entry.pos > file_bytes - entry.size) return true;
  }
  return false;
}

/// Sound frames → mono, 16 bit, kSoundRate.
class SoundConverter {
 public:
  /// The converted samples, valid until the next call; empty for sound that cannot be converted. `delay`
  /// becomes how long before the frame's own begin the samples begin (what the resampler still held).
  std::span<const std::int16_t> convert(const AVFrame& frame, Duration& delay) {
    if (!prepare(frame)) return {};
    delay = Duration{swr_get_delay(resampler_.get(), kMicroseconds.den)};
    const int room = swr_get_out_samples(resampler_.get(), frame.nb_samples);
    if (room <= 0 || room > kMostSamplesAtOnce) return {};
    samples_.resize(static_cast<std::size_t>(room));
    auto* out = reinterpret_cast<std::uint8_t*>(samples_.data());
    const auto** in = const_cast<const std::uint8_t**>(frame.extended_data);
    const int made = swr_convert(resampler_.get(), &out, room, in, frame.nb_samples);
    return std::span(samples_).first(static_cast<std::size_t>(std::max(made, 0)));
  }

 private:
  bool prepare(const AVFrame& frame) {
    const int channels = frame.ch_layout.nb_channels;
    if (resampler_ && frame.format == format_ && frame.sample_rate == rate_hz_ && channels == channels_)
      return true;
    resampler_.reset();
    if (frame.sample_rate < kSlowestSoundHz || channels <= 0) return false;
    AVChannelLayout layout = frame.ch_layout;
    if (layout.order == AV_CHANNEL_ORDER_UNSPEC) av_channel_layout_default(&layout, channels);
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
    SwrContext* made = nullptr;
    const int error =
        swr_alloc_set_opts2(&made, &mono, AV_SAMPLE_FMT_S16, kSoundRate, &layout,
                            static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
    Owned<SwrContext> resampler(made);
    if (error < 0 || swr_init(made) < 0) return false;
    resampler_ = std::move(resampler);
    format_ = frame.format;
    rate_hz_ = frame.sample_rate;
    channels_ = channels;
    return true;
  }

  Owned<SwrContext> resampler_;
  std::vector<std::int16_t> samples_;
  int format_ = -1;
  int rate_hz_ = 0;
  int channels_ = 0;
};

/// One stream that is decoded.
struct Lane {
  AVStream* stream = nullptr;
  Owned<AVCodecContext> codec;
  Track track;
};

/// One call of decode_media: packets in, pictures and sound out.
class Decoding {
 public:
  Decoding(LibavInput& input, const DecodePlan& plan, const DecodeLimits& limits, const DecodeSink& sink);
  MediaFacts run();

 private:
  void open_video();
  void open_sound();
  PacketTimes put_on_clock(AVPacket& packet, Lane& lane);
  void take(Owned<AVPacket> packet);
  void look_at_picture(const AVPacket& packet, const PacketTimes& times);
  [[nodiscard]] Duration plausible_length(Duration said) const;
  void fail_if_too_long() const;
  void begin();
  void release_held();
  [[nodiscard]] bool is_wanted(const AVPacket& packet);
  void decode_picture(const AVPacket* packet);
  void decode_sound(const AVPacket* packet);
  void hand_out(const AVFrame& frame);
  void hand_out_sound(const AVFrame& frame);
  void report(Duration reached);
  void finish();

  LibavInput& input_;
  const DecodePlan& plan_;
  const DecodeLimits& limits_;
  const DecodeSink& sink_;
  MediaFacts facts_;
  Owned<AVFrame> frame_ = owned(av_frame_alloc());

  Lane video_;
  Lane sound_;
  Duration frame_length_{0};
  std::optional<Duration> stated_;
  std::optional<TimeRepair> repair_;

  // Packets wait here until it is known when the first picture is shown.
  std::deque<Owned<AVPacket>> held_;
  std::int64_t held_bytes_ = 0;
  OriginFinder finder_;
  std::optional<Duration> origin_;
  std::optional<PictureClock> clock_;
  bool has_pts_ = false;
  bool is_key_reached_ = false;

  LumaReader luma_;
  SoundConverter converter_;
  Duration picture_end_{0};  // on the container's clock
  Timestamp last_shown_;
  Duration last_length_{0};
  Timestamp sound_end_;
  Duration reported_{0};
  bool is_last_broken_ = false;
};

Decoding::Decoding(LibavInput& input, const DecodePlan& plan, const DecodeLimits& limits,
                   const DecodeSink& sink)
    : input_(input), plan_(plan), limits_(limits), sink_(sink) {
  AVFormatContext& format = input_.format();
  facts_.container = format.iformat->name;
  open_video();
  open_sound();
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    AVStream* stream = format.streams[i];
    if (stream != video_.stream && stream != sound_.stream) stream->discard = AVDISCARD_ALL;
  }
  repair_.emplace((format.iformat->flags & AVFMT_TS_DISCONT) != 0, stated_);
}

void Decoding::open_video() {
  AVStream& stream = input_.choose_video();
  const AVCodecParameters& codec = *stream.codecpar;
  facts_.video_codec = avcodec_get_name(codec.codec_id);
  if (std::int64_t{codec.width} * codec.height > limits_.max_pixels)
    input_.fail(ErrorCode::too_large,
                "pictures of " + std::to_string(codec.width) + "×" + std::to_string(codec.height));
  video_.stream = &stream;
  video_.codec = open_decoder(stream, plan_, limits_.max_pixels);
  if (!video_.codec) input_.fail(ErrorCode::unreadable, "no decoder for " + facts_.video_codec);
  stated_ = input_.stated_duration(stream);
  frame_length_ = frame_length_of(stream);
  video_.track.step = frame_length_;
}

void Decoding::open_sound() {
  AVFormatContext& format = input_.format();
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    AVStream* stream = format.streams[i];
    if (stream->codecpar->codec_type != AVMEDIA_TYPE_AUDIO) continue;
    auto codec = open_decoder(*stream, plan_, limits_.max_pixels);
    if (!codec) continue;
    facts_.audio_codec = avcodec_get_name(stream->codecpar->codec_id);
    if (plan_.audio && sink_.on_sound) sound_ = Lane{stream, std::move(codec), {}};
    return;
  }
}

MediaFacts Decoding::run() {
  while (auto packet = input_.read()) take(std::move(packet));
  release_held();
  decode_picture(nullptr);
  if (sound_.codec) decode_sound(nullptr);
  finish();
  return std::move(facts_);
}

/// Reads the packet's times, repairs them and writes them back in microseconds.
PacketTimes Decoding::put_on_clock(AVPacket& packet, Lane& lane) {
  const AVRational base = lane.stream->time_base;
  PacketTimes times;
  times.presented = time_of(packet.pts, base);
  times.decoded = time_of(packet.dts, base);
  times.lasts = plausible_length(time_of(packet.duration, base).value_or(Duration{0}));
  times.is_key = (packet.flags & AV_PKT_FLAG_KEY) != 0;
  times.is_hidden = (packet.flags & AV_PKT_FLAG_DISCARD) != 0;
  if (&lane == &sound_) lane.track.step = times.lasts;
  repair_->repair(times, lane.track);
  const auto ticks_of = [](const auto& time) { return time ? time->count() : AV_NOPTS_VALUE; };
  packet.pts = ticks_of(times.presented);
  packet.dts = ticks_of(times.decoded);
  packet.duration = times.lasts.count();
  // libav guesses a missing pts from the dts at which the picture comes out; with most packets left out that
  // would be the next key picture's.
  if (plan_.skip == SkipFrames::non_key && !times.presented) packet.pts = packet.dts;
  return times;
}

void Decoding::take(Owned<AVPacket> packet) {
  const bool is_picture = packet->stream_index == video_.stream->index;
  const bool is_sound = sound_.stream && packet->stream_index == sound_.stream->index;
  if (!is_picture && !is_sound) return;
  is_last_broken_ = (packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
  if (is_last_broken_) ++facts_.damaged;
  const PacketTimes times = put_on_clock(*packet, is_picture ? video_ : sound_);
  if (is_picture) look_at_picture(*packet, times);
  held_bytes_ += packet->size;
  held_.push_back(std::move(packet));
  if (origin_ || held_.size() > kMostHeldPackets || held_bytes_ > kMostHeldBytes) release_held();
}

void Decoding::look_at_picture(const AVPacket& packet, const PacketTimes& times) {
  if (av_packet_get_side_data(&packet, AV_PKT_DATA_ENCRYPTION_INFO, nullptr))
    input_.fail(ErrorCode::encrypted, "the picture is encrypted");
  if (!finder_.has_key()) has_pts_ = times.presented.has_value();
  if (!origin_ && finder_.look_at(times)) begin();
  if (times.is_hidden) return;
  picture_end_ =
      std::max(picture_end_, times.shown() + (times.lasts > Duration{0} ? times.lasts : frame_length_));
  if (!origin_) return;
  fail_if_too_long();
  report(times.shown() - *origin_);
}

/// Zero for what cannot be: a picture longer than the whole.
Duration Decoding::plausible_length(Duration said) const {
  const bool is_plausible =
      said > Duration{0} && said <= std::max(kLongestFrame, stated_.value_or(Duration{0}));
  return is_plausible ? said : Duration{0};
}

void Decoding::fail_if_too_long() const {
  if (picture_end_ - *origin_ <= limits_.max_duration) return;
  const auto most = std::chrono::duration_cast<std::chrono::seconds>(limits_.max_duration);
  input_.fail(ErrorCode::too_large, "longer than " + std::to_string(most.count()) + " s");
}

/// The origin is known, or must be guessed now. The demuxer is not told to leave out packets
/// (AVStream::discard): libav 5.1's mov demuxer then gives key pictures the pts offsets of others, and
/// reading is 5 % of this plan's cost.
void Decoding::begin() {
  origin_ = finder_.origin();
  if (has_pts_ || plan_.skip == SkipFrames::non_key) clock_.emplace(*origin_);
  if (plan_.skip == SkipFrames::non_key && !finder_.has_key()) video_.codec->skip_frame = AVDISCARD_NONINTRA;
}

void Decoding::release_held() {
  if (!origin_) begin();
  for (; !held_.empty(); held_.pop_front()) {
    const AVPacket& packet = *held_.front();
    if (packet.stream_index != video_.stream->index)
      decode_sound(&packet);
    else if (is_wanted(packet))
      decode_picture(&packet);
  }
  held_bytes_ = 0;
}

/// Before the first key packet nothing can be decoded; behind it the plan may want nothing else.
bool Decoding::is_wanted(const AVPacket& packet) {
  const bool is_key = (packet.flags & AV_PKT_FLAG_KEY) != 0;
  is_key_reached_ = is_key_reached_ || is_key;
  if (!is_key_reached_) return !finder_.has_key();
  return is_key || plan_.skip != SkipFrames::non_key;
}

void Decoding::decode_picture(const AVPacket* packet) {
  const auto decode = [this](const AVPacket* next) {
    return decode_packet(*video_.codec, next, *frame_, [this](const AVFrame& frame) { hand_out(frame); });
  };
  facts_.damaged += decode(packet);
  if (!packet || plan_.skip != SkipFrames::non_key || !finder_.has_key()) return;
  // A key picture needs no other, and must not wait for one to come out: HEVC may order that a key picture
  // discards whatever still waits.
  facts_.damaged += decode(nullptr);
  avcodec_flush_buffers(video_.codec.get());
}

void Decoding::decode_sound(const AVPacket* packet) {
  facts_.damaged +=
      decode_packet(*sound_.codec, packet, *frame_, [this](const AVFrame& frame) { hand_out_sound(frame); });
}

void Decoding::hand_out(const AVFrame& frame) {
  input_.fail_if_stopped();
  if (plan_.skip == SkipFrames::non_key && !frame.key_frame && frame.pict_type != AV_PICTURE_TYPE_I) return;
  const auto presented = time_of(frame.best_effort_timestamp, kMicroseconds);
  if (!clock_)
    clock_.emplace(presented.value_or(*origin_));  // no pts: decoding times, late by the decoder's delay
  const Duration length = frame.pkt_duration > 0 ? Duration{frame.pkt_duration} : frame_length_;
  const auto shown_at = clock_->place(presented, std::min(length, kLongestFrame));
  if (!shown_at) return;
  auto luma = luma_.read(frame);
  if (!luma) {
    ++facts_.damaged;
    return;
  }
  const AVFrameSideData* turned = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX);
  const std::uint8_t* matrix =
      turned ? turned->data : av_stream_get_side_data(video_.stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
  luma->quarter_turns = matrix ? quarter_turns_of(matrix) : 0;
  if (facts_.pictures++ == 0) {
    facts_.width = luma->quarter_turns % 2 == 0 ? luma->width : luma->height;
    facts_.height = luma->quarter_turns % 2 == 0 ? luma->height : luma->width;
  }
  last_shown_ = *shown_at;
  last_length_ = length;
  if (sink_.on_picture) sink_.on_picture(Picture{*luma, *shown_at, frame.key_frame != 0});
}

void Decoding::hand_out_sound(const AVFrame& frame) {
  input_.fail_if_stopped();
  Duration delay{0};
  auto samples = converter_.convert(frame, delay);
  const auto heard = time_of(frame.best_effort_timestamp, kMicroseconds);
  Timestamp at = heard ? Timestamp{(*heard - *origin_ - delay).count()} : sound_end_;
  if (at < Timestamp{0}) {
    const double too_early = std::ceil(-to_seconds(at) * kSoundRate);
    if (too_early >= static_cast<double>(samples.size())) return;
    samples = samples.subspan(static_cast<std::size_t>(too_early));
    at = at + duration_of(too_early / kSoundRate);
  }
  if (samples.empty() || at - Timestamp{0} > limits_.max_duration) return;
  sound_end_ = at + duration_of(static_cast<double>(samples.size()) / kSoundRate);
  sink_.on_sound(samples, at);
}

void Decoding::report(Duration reached) {
  if (!sink_.on_progress || reached < reported_ + kProgressEvery) return;
  reported_ = reached;
  sink_.on_progress(Timestamp{reached.count()}, stated_.value_or(Duration{0}));
}

void Decoding::finish() {
  if (facts_.pictures == 0) input_.fail(ErrorCode::no_frames, "no picture could be decoded");
  fail_if_too_long();
  facts_.damaged += input_.read_failures();
  facts_.duration = picture_end_ - *origin_;
  facts_.duration = std::max(facts_.duration, last_shown_ - Timestamp{0} + last_length_);
  const Duration decoded = std::max(facts_.duration, sound_end_ - Timestamp{0});
  AVFormatContext& format = input_.format();
  const bool is_all_seen = format.nb_streams == (sound_.codec ? 2U : 1U);
  const bool ended_early = format.duration_estimation_method == AVFMT_DURATION_FROM_STREAM && stated_ &&
                           is_all_seen && decoded + kMissingTail < *stated_;
  facts_.truncated = input_.ended_badly() || is_last_broken_ || ended_early ||
                     is_cut_short(*video_.stream, avio_size(format.pb));
  if (facts_.truncated && facts_.damaged == 0) facts_.damaged = 1;  // the missing end is damage too
}

}  // namespace

MediaFacts decode_media(const MediaSource& file, const DecodePlan& plan, const DecodeLimits& limits,
                        const DecodeSink& sink, std::stop_token stop) {
  static const bool is_silent = (av_log_set_level(AV_LOG_QUIET), true);
  static_cast<void>(is_silent);
  const Probe probe = plan.skip == SkipFrames::non_key ? Probe::headers : Probe::decode;
  const Kinds kinds = limits.pictures_too ? Kinds::pictures_too : Kinds::moving;
  LibavInput input(file, kinds, probe, std::move(stop));
  return Decoding(input, plan, limits, sink).run();
}

DecoderInventory inventory_decoders() {
  DecoderInventory inventory;
  const auto add = [&](const char* library, unsigned version) {
    inventory.libraries.push_back(std::string(library) + " " + std::to_string(AV_VERSION_MAJOR(version)) +
                                  "." + std::to_string(AV_VERSION_MINOR(version)) + "." +
                                  std::to_string(AV_VERSION_MICRO(version)));
  };
  add("libavformat", avformat_version());
  add("libavcodec", avcodec_version());
  add("libavutil", avutil_version());
  add("libswresample", swresample_version());
  for (const char* name : {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mpeg2video", "mpeg1video", "gif",
                           "mjpeg", "aac", "mp3", "opus", "vorbis"}) {
    const AVCodecDescriptor* codec = avcodec_descriptor_get_by_name(name);
    const AVCodec* decoder = codec ? avcodec_find_decoder(codec->id) : nullptr;
    // libavcodec's own "av1" only drives hardware.
    const bool has_decoder = decoder && std::string_view(decoder->name) != "av1";
    if (!has_decoder) inventory.missing_decoders.emplace_back(name);
  }
  return inventory;
}

}  // namespace reelprint::fingerprint
