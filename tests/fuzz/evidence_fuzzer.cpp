// Hostile bundles: whatever is in the file, and in each document of it, ends as a check or an error.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "core/error.h"
#include "evidence/claims.h"
#include "evidence/custody_check.h"
#include "evidence/frame_png.h"
#include "evidence/manifest.h"
#include "evidence/published_keys.h"
#include "evidence/time_stamp.h"
#include "evidence/verifier.h"

namespace {

using namespace reelprint;

template <class Read>
void attempt(const Read& read) {
  try {
    (void)read();
  } catch (const Error&) {  // refused, which is right
  }
}

/// The manifest is the one text that there is for what it says.
int read_manifest(std::string_view text) {
  if (evidence::to_text(evidence::manifest_in(text)) != text) std::abort();
  return 0;
}

std::size_t verify(std::string_view bytes) {
  static const std::string file =
      (std::filesystem::temp_directory_path() / ("bundle-fuzz-" + std::to_string(getpid()))).string();
  std::ofstream(file, std::ios::binary) << bytes;
  evidence::BundleFile bundle(file);
  return evidence::verify_bundle(bundle, {}).checks.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  attempt([&] { return read_manifest(text); });
  attempt([&] { return evidence::claims_in(text).size(); });
  attempt([&] { return evidence::published_keys_in(text).size(); });
  attempt([&] { return evidence::frame_in_png(text).luma.size(); });
  attempt([&] { return evidence::examine_custody(text).entries; });
  attempt([&] { return evidence::examine_time_stamp(text, {}, {}).refusal; });
  attempt([&] { return verify(text); });
  return 0;
}
