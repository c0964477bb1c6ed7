// A media file → its pictures and its sound, in presentation order. The only public face of libav.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/time.h"
#include "fingerprint/decode_plan.h"
#include "fingerprint/media_source.h"

namespace reelprint::fingerprint {

/// Luma borrowed from the decoder: valid only during the call that hands it out. Sample (x, y) is at
/// samples + y * row_bytes + x * sample_bytes; two-byte samples are little-endian with `bit_depth`
/// significant low bits. The picture as stored: it must still be turned by `quarter_turns` × 90° clockwise to
/// be upright.
struct LumaPlane {
  const std::uint8_t* samples = nullptr;
  std::ptrdiff_t row_bytes = 0;  ///< may be negative: bottom-up pictures
  std::size_t width = 0;
  std::size_t height = 0;
  int sample_bytes = 1;
  int bit_depth = 8;
  int quarter_turns = 0;  ///< 0..3
};

struct Picture {
  LumaPlane luma;
  Timestamp shown_at;  ///< from the first picture of the file, never decreasing
  bool is_key = false;
};

/// What was learnt of a file while it was decoded.
struct MediaFacts {
  std::string container;  ///< short name, as libav gives it
  std::string video_codec;
  std::string audio_codec;  ///< "" without sound
  std::size_t width = 0;    ///< upright
  std::size_t height = 0;
  Duration duration{0};      ///< of the picture, first frame's begin to last frame's end
  std::size_t pictures = 0;  ///< handed out
  std::size_t damaged = 0;   ///< packets and frames that libav called broken, or 1 for a missing end alone
  bool truncated = false;    ///< the file ended before its own index said it would
};

struct DecodeLimits {
  std::int64_t max_pixels = 8192LL * 8192;  ///< of one frame; larger → Error{too_large}
  Duration max_duration = std::chrono::hours(24);
  bool pictures_too = false;  ///< JPEG, PNG and WebP are read as well, each as a video of one picture
};

/// Receives what is decoded. Sound is mono, 16 bit, at kSoundRate; `at` is the media time of the first
/// sample.
struct DecodeSink {
  std::function<void(const Picture&)> on_picture;
  std::function<void(std::span<const std::int16_t> samples, Timestamp at)> on_sound;
  std::function<void(Timestamp reached, Duration expected)> on_progress;  ///< may be empty
};

inline constexpr int kSoundRate = 11025;  ///< Hz; the rate that Chromaprint works at

/// Decodes the whole file on the calling thread with one decoding thread. Times are pts × time base from the
/// first picture's, so variable frame rate, edit lists and negative start times are right. A damaged or
/// truncated file gives what it has. Protocols other than local files are refused, whatever the file says
/// (playlists, concat lists). Throws Error: not_found, invalid_input (not a regular file), io, unreadable,
/// no_video, no_frames, encrypted, too_large, cancelled (stop requested). Thread-safe: every call is its own
/// decoder.
MediaFacts decode_media(const MediaSource& file, const DecodePlan& plan, const DecodeLimits& limits,
                        const DecodeSink& sink, std::stop_token stop = {});

/// Versions of the libraries behind decode_media and the decoders it has, for `reelprint doctor`.
struct DecoderInventory {
  std::vector<std::string> libraries;  ///< "libavcodec 59.37.100"
  std::vector<std::string>
      missing_decoders;  ///< of the codecs that uploads come in: h264 hevc vp8 vp9 av1 mpeg4 ...
};
[[nodiscard]] DecoderInventory inventory_decoders();

}  // namespace reelprint::fingerprint
