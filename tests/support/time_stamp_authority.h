// A time stamp authority of a test's own, by the command `openssl ts`.
#pragma once

#include <filesystem>
#include <string>

namespace reelprint::test {

/// Whether the command is there.
[[nodiscard]] bool has_openssl();

/// Makes its certificates in a folder: ca.pem, and one that ca.pem signed for time stamping.
class TimeStampAuthority {
 public:
  /// Throws std::runtime_error with the command that failed.
  explicit TimeStampAuthority(std::filesystem::path folder);

  /// The DER of a TimeStampResp to the DER of a TimeStampReq.
  [[nodiscard]] std::string answer(const std::string& request) const;
  [[nodiscard]] std::filesystem::path ca() const { return folder_ / "ca.pem"; }

 private:
  void run(const std::string& arguments) const;

  std::filesystem::path folder_;
};

}  // namespace reelprint::test
