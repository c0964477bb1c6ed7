// Internal to media_decoder: an opened container and its streams, with libav's handles owned. No other file
// includes it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <stop_token>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
}

#include "core/descriptor.h"
#include "core/error.h"
#include "core/time.h"
#include "fingerprint/media_source.h"

namespace reelprint::fingerprint {

struct LibavFree {
  void operator()(AVIOContext* io) const {
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(SwrContext* resampler) const { swr_free(&resampler); }
};

template <class T>
using Owned = std::unique_ptr<T, LibavFree>;

/// Takes what libav allocated; throws std::bad_alloc for a null.
template <class T>
[[nodiscard]] Owned<T> owned(T* made) {
  if (!made) throw std::bad_alloc();
  return Owned<T>(made);
}

/// Every timestamp behind libav_input is in this base.
inline constexpr AVRational kMicroseconds{1, 1'000'000};

/// Nothing for AV_NOPTS_VALUE and for a base that makes no sense; clamped to ±kFarthestTime.
[[nodiscard]] std::optional<Duration> time_of(std::int64_t ticks, AVRational base);

/// How a file's streams are looked into before the first packet is handed out.
enum class Probe {
  decode,   ///< the first picture is decoded as well: how long pictures wait for others is then known
  headers,  ///< no picture is decoded where the container says all that key pictures alone need
};

/// Which files are read.
enum class Kinds {
  moving,        ///< containers of video
  pictures_too,  ///< single pictures as well
};

/// A local media file, opened, its streams known. It opens no other file and no network address, whatever the
/// bytes say, and it takes nothing from the file's name. Of a source that is open already it only reads.
class LibavInput {
 public:
  /// Throws Error: not_found, invalid_input (not a regular file), io, unreadable, cancelled.
  LibavInput(MediaSource source, Kinds kinds, Probe probe, std::stop_token stop);
  LibavInput(const LibavInput&) = delete;
  LibavInput& operator=(const LibavInput&) = delete;

  [[nodiscard]] AVFormatContext& format() { return *format_; }
  /// The best stream of moving pictures; cover art does not count. Throws Error: no_video, encrypted.
  [[nodiscard]] AVStream& choose_video();
  /// The next packet; null at the end of what can be read. Throws Error{cancelled}.
  [[nodiscard]] Owned<AVPacket> read();
  /// How long the container says that the file is; nothing if it does not or if libav only guessed by the bit
  /// rate.
  [[nodiscard]] std::optional<Duration> stated_duration(const AVStream& stream) const;

  [[nodiscard]] std::size_t read_failures() const { return read_failures_; }
  /// Reading ended with a failure, not at the container's end.
  [[nodiscard]] bool ended_badly() const { return ended_badly_; }

  [[nodiscard]] bool is_stopped() const { return stop_.stop_requested(); }
  void fail_if_stopped() const;
  [[noreturn]] void fail(ErrorCode code, const std::string& why) const;

 private:
  void open_file();
  void open_reader();
  static int read_bytes(void* input, std::uint8_t* buffer, int size);
  static std::int64_t seek(void* input, std::int64_t offset, int whence);
  void open_container(Kinds kinds);
  void find_streams(Probe probe);
  [[noreturn]] void fail_with(int error) const;

  MediaSource source_;
  std::stop_token stop_;
  Descriptor own_;  ///< of a file that was opened by its name
  int descriptor_ = -1;
  std::int64_t position_ = 0;
  bool has_read_error_ = false;  ///< of the operating system
  Owned<AVIOContext> io_;
  Owned<AVFormatContext> format_;
  std::size_t read_failures_ = 0;
  bool ended_badly_ = false;
};

}  // namespace reelprint::fingerprint
