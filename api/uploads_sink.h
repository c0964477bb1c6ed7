// A form with one file in it: fields in memory, the file on the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "api/body_sinks.h"
#include "api/http/multipart.h"

namespace reelprint::api {

/// A body that is a file and nothing else.
using FileSink = SpoolSink;

struct FormRules {
  std::string file_field = "file";  ///< the one part that may be a file
  std::uint64_t most_file_bytes = 0;
  std::size_t most_field_bytes = std::size_t{64} << 10;  ///< of all fields together
};

/// multipart/form-data.
class MultipartSink final : public http::BodySink {
 public:
  /// Throws Problem 415 "unsupported-media-type" when the Content-Type is no multipart/form-data.
  MultipartSink(std::filesystem::path folder, std::string_view content_type, FormRules rules);

  /// Throws Problem: 400 "malformed-multipart", 413 "too-large", 422 "invalid-fields" (a field twice, a file
  /// where none may be), Error{io}.
  void write(std::span<const std::byte> bytes) override;
  /// The file is on the disk then.
  void finish() override;

  [[nodiscard]] const std::map<std::string, std::string>& fields() const { return fields_; }
  /// Nothing when the form has no file. Removed at the end unless its keep() is called.
  [[nodiscard]] FileSink* file() { return file_.get(); }
  /// What the client calls the file.
  [[nodiscard]] const std::string& filename() const { return filename_; }

 private:
  void begin(const http::MultipartPart& part);
  void end();
  void add(std::span<const std::byte> bytes);

  /// The parser's face: BodySink and MultipartEvents have a write() each.
  class Events final : public http::MultipartEvents {
   public:
    explicit Events(MultipartSink& sink) : sink_(sink) {}
    void begin(const http::MultipartPart& part) override { sink_.begin(part); }
    void write(std::span<const std::byte> bytes) override { sink_.add(bytes); }
    void end() override { sink_.end(); }

   private:
    MultipartSink& sink_;
  };

  std::filesystem::path folder_;
  FormRules rules_;
  Events events_;
  http::MultipartParser parser_;
  std::map<std::string, std::string> fields_;
  std::string* field_ = nullptr;  ///< that is being read; none: the file
  std::size_t field_bytes_ = 0;
  std::unique_ptr<FileSink> file_;
  std::string filename_;
};

}  // namespace reelprint::api
