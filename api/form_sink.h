// A form with one file in it: the file goes to the disk, the fields beside it into memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/body_sinks.h"

namespace reelprint::api {

/// The file is the part with a filename or called "file"; a second one is 422 "invalid-fields", a field of
/// more than 2,000 bytes 413 "too-large".
class FormSink final : public http::BodySink {
 public:
  /// `boundary` as http::boundary_of gives it; the file goes to `folder`, at most `most_bytes` of it.
  FormSink(const std::string& boundary, const std::filesystem::path& folder, std::uintmax_t most_bytes);
  ~FormSink() override;
  void write(std::span<const std::byte> bytes) override;
  void finish() override;

  using Pairs = std::vector<std::pair<std::string, std::string>>;
  [[nodiscard]] const Pairs& fields() const;
  /// Nothing when the form had none.
  [[nodiscard]] SpoolSink* file() const;
  /// Its Content-Type.
  [[nodiscard]] const std::string& file_type() const;
  /// What the client calls it; "" when it does not.
  [[nodiscard]] const std::string& filename() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace reelprint::api
