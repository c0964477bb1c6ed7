// Small media files for tests, made on the spot by the `ffmpeg` command.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::test {

/// A temporary folder with clips in it; gone with the object.
class ClipFolder {
 public:
  ClipFolder();
  ~ClipFolder();
  ClipFolder(const ClipFolder&) = delete;
  ClipFolder& operator=(const ClipFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Runs `ffmpeg <arguments> <folder>/<name>` and gives the file's path; the arguments are split at spaces.
  /// Throws std::runtime_error with the command if ffmpeg fails.
  std::filesystem::path make(const std::string& name, std::string_view arguments) const;

  /// Writes a file with exactly these bytes.
  std::filesystem::path write(const std::string& name, std::string_view bytes) const;

  /// Copies the first `bytes` bytes of a file.
  std::filesystem::path cut(const std::filesystem::path& file, const std::string& name,
                            std::size_t bytes) const;

 private:
  std::filesystem::path path_;
};

/// ffmpeg input arguments: `seconds` of a moving test picture. Commas, not spaces, within a filter graph.
[[nodiscard]] std::string test_picture(std::string_view size, int rate_hz, double seconds);
/// The same, a still grey of 8-bit level `level` (limited range).
[[nodiscard]] std::string grey_picture(std::string_view size, int rate_hz, double seconds, int level);
/// ffmpeg input arguments: a sine of 440 Hz.
[[nodiscard]] std::string test_tone(double seconds);

/// The whole file.
[[nodiscard]] std::string read_bytes(const std::filesystem::path& file);

/// Is the encoder in this ffmpeg?
[[nodiscard]] bool has_encoder(std::string_view name);

}  // namespace reelprint::test
