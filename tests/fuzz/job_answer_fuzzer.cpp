// What a jailed job writes into its pipe, by a decoder that its media have taken over: read or refused.
#include <algorithm>
#include <cstdint>

#include "core/error.h"
#include "fingerprint/media_job.h"
#include "jail/records.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reelprint;
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto attempt = [](auto&& read) {
    try {
      (void)read();
    } catch (const Error&) {  // refused, which is right
    }
  };
  attempt([&] {
    jail::RecordReader reader(1 << 16,
                              [](auto progress) { (void)fingerprint::decode_job_progress(progress); });
    for (auto rest = bytes; !rest.empty(); rest = rest.subspan(std::min<std::size_t>(rest.size(), 7)))
      reader.feed(rest.first(std::min<std::size_t>(rest.size(), 7)));
    return reader.take_result();
  });
  attempt([&] { return fingerprint::decode_media_fingerprint(bytes, "fuzz"); });
  attempt([&] { return fingerprint::decode_frames(bytes, "fuzz"); });
  attempt([&] { return fingerprint::decode_media_job(bytes); });
  return 0;
}
