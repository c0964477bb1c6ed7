#include "fingerprint/fingerprinter.h"

#include <algorithm>
#include <utility>

#include "core/cpu_time.h"
#include "fingerprint/audio_print.h"
#include "fingerprint/keyframe_selector.h"
#include "fingerprint/luma_grid.h"
#include "fingerprint/pdq.h"
#include "fingerprint/sha256.h"

namespace reelprint::fingerprint {

MediaFingerprint fingerprint_media(const MediaSource& file, const FingerprintSettings& settings,
                                   std::stop_token stop, const FingerprintProgress& progress) {
  MediaFingerprint result;
  double whole_s = 0;
  double& after_decoding_s = result.cost.fingerprint_s;
  {
    const CpuTimer whole(whole_s);
    KeyframeSelector selector(selection_of(settings.effort));
    DetailCollector details(settings.detail);
    AudioPrinter printer;

    DecodeSink sink;
    sink.on_picture = [&](const Picture& picture) {
      const CpuTimer timer(after_decoding_s);
      if (!selector.add(shrink(picture.luma), picture.shown_at)) return;
      details.add(selector.newest(), selector.count() - 1, picture.luma);
    };
    sink.on_sound = [&](std::span<const std::int16_t> samples, Timestamp at) {
      const CpuTimer timer(after_decoding_s);
      printer.feed(samples, at);
    };
    sink.on_progress = progress;
    result.facts = decode_media(file, plan_of(settings.effort, settings.audio), settings.limits, sink, stop);

    const CpuTimer timer(after_decoding_s);
    Fingerprint& print = result.fingerprint;
    print.effort = settings.effort;
    print.duration = result.facts.duration;
    print.keyframes = selector.finish(print.duration);
    print.thumbnails = selector.take_thumbnails();
    print.details = details.finish(print.keyframes.size(), Timestamp{print.duration.count()});
    print.width = static_cast<std::uint32_t>(result.facts.width);
    print.height = static_cast<std::uint32_t>(result.facts.height);
    if (!print.keyframes.empty()) {
      print.duration = std::max(print.duration, print.keyframes.back().span.end - Timestamp{0});
    }
    print.audio = printer.finish();
    print.media = sha256_of_source(file, stop);
  }
  result.cost.decode_s = whole_s - after_decoding_s;
  return result;
}

std::vector<PublishedHash> published_hashes(const MediaSource& file, std::stop_token stop) {
  std::vector<PublishedHash> hashes;
  KeyframeSelector selector(selection_of(Effort::standard));
  DecodeSink sink;
  sink.on_picture = [&](const Picture& picture) {
    if (!selector.add(shrink(picture.luma), picture.shown_at)) return;
    hashes.push_back({picture.shown_at, pdq_hash(shrink(picture.luma, Sampling::published))});
  };
  decode_media(file, plan_of(Effort::standard, false), {}, sink, stop);
  return hashes;
}

}  // namespace reelprint::fingerprint
