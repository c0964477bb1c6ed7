#include "api/body_sinks.h"

#include <random>
#include <system_error>

#include "core/error.h"

namespace reelprint::api {
namespace {

http::Problem too_large(std::uintmax_t most_bytes) {
  return {413, "too-large", "The body is too large",
          "at most " + std::to_string(most_bytes) + " bytes are taken here"};
}

/// Nobody but us writes there; random so that no two sinks meet, in other processes either.
std::filesystem::path new_file_in(const std::filesystem::path& folder) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw Error(ErrorCode::io, "make the folder '" + folder.string() + "': " + error.message());
  std::random_device random;
  std::string name = "upload-";
  for (int i = 0; i < 32; ++i) name += kDigits[random() % 16];
  return folder / name;
}

}  // namespace

void TextSink::write(std::span<const std::byte> bytes) {
  if (bytes.size() > most_bytes_ - text_.size()) throw too_large(most_bytes_);
  text_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

http::Request TextSink::request_with_body(const http::Request& request) const {
  http::Request whole = request;
  whole.sink.reset();
  whole.body = text_;
  return whole;
}

SpoolSink::SpoolSink(const std::filesystem::path& folder, std::uintmax_t most_bytes)
    : file_(new_file_in(folder)), most_bytes_(most_bytes) {
  writing_.emplace(file_);
}

SpoolSink::~SpoolSink() {
  if (is_kept_) return;
  writing_.reset();
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

void SpoolSink::write(std::span<const std::byte> bytes) {
  if (bytes.size() > most_bytes_ - size_) throw too_large(most_bytes_);
  size_ += bytes.size();
  writing_->write(bytes);
}

void SpoolSink::finish() {
  writing_->commit();
  writing_.reset();
}

}  // namespace reelprint::api
