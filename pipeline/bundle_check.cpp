#include "pipeline/bundle_check.h"

#include <unistd.h>

#include <iterator>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "core/files.h"
#include "pipeline/claim_check.h"
#include "pipeline/frame_check.h"

namespace reelprint::pipeline {
namespace {

constexpr std::uintmax_t kMostKeysBytes = std::uintmax_t{16} << 20;

std::string text_of(const std::filesystem::path& file) {
  const auto bytes = read_file(file, kMostKeysBytes);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A new folder that only we can read; gone with the object.
class Scratch {
 public:
  explicit Scratch(const std::filesystem::path& below) {
    std::string name =
        ((below.empty() ? std::filesystem::temp_directory_path() : below) / "reelprint-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw Error(ErrorCode::io, "make a folder like '" + name + "': the disk refused it");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

evidence::VerifiedBundle check_bundle(const std::filesystem::path& file, const BundleCheckSettings& settings,
                                      const MediaReader& reader, const std::stop_token& stop) {
  evidence::VerifierSettings trusted;
  if (!settings.keys.empty()) trusted.keys = evidence::published_keys_in(text_of(settings.keys));
  if (!settings.tsa_ca.empty()) trusted.authorities = text_of(settings.tsa_ca);
  evidence::BundleFile bundle(file);
  evidence::VerifiedBundle verified = evidence::verify_bundle(bundle, trusted);
  if (!verified.manifest) return verified;
  auto frames = check_frames(bundle);
  verified.checks.insert(verified.checks.end(), std::make_move_iterator(frames.begin()),
                         std::make_move_iterator(frames.end()));
  const Scratch scratch(settings.scratch);
  auto claims = check_claims(bundle, scratch.path(), reader, stop);
  verified.checks.insert(verified.checks.end(), std::make_move_iterator(claims.begin()),
                         std::make_move_iterator(claims.end()));
  return verified;
}

}  // namespace reelprint::pipeline
