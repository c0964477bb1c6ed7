#include "api/uploads_sink.h"

#include <utility>

namespace reelprint::api {
namespace {

http::Problem invalid_field(const std::string& name, std::string reason) {
  return {422, "invalid-fields", "Some fields are not valid", {}, {{name, std::move(reason)}}};
}

std::string boundary_in(std::string_view content_type) {
  if (auto boundary = http::boundary_of(content_type)) return std::move(*boundary);
  throw http::Problem(415, "unsupported-media-type", "The body must be multipart/form-data with a boundary");
}

}  // namespace

MultipartSink::MultipartSink(std::filesystem::path folder, std::string_view content_type, FormRules rules)
    : folder_(std::move(folder)),
      rules_(std::move(rules)),
      events_(*this),
      parser_(boundary_in(content_type), events_) {}

void MultipartSink::write(std::span<const std::byte> bytes) {
  parser_.feed(bytes);
}

void MultipartSink::finish() {
  parser_.finish();
}

void MultipartSink::begin(const http::MultipartPart& part) {
  const bool is_file = part.filename.has_value() || part.name == rules_.file_field;
  if (is_file) {
    if (part.name != rules_.file_field) throw invalid_field(part.name, "must not be a file");
    if (file_) throw invalid_field(part.name, "is there twice");
    file_ = std::make_unique<FileSink>(folder_, rules_.most_file_bytes);
    filename_ = part.filename.value_or("");
    field_ = nullptr;
    return;
  }
  const auto [field, is_new] = fields_.try_emplace(part.name);
  if (!is_new) throw invalid_field(part.name, "is there twice");
  field_ = &field->second;
}

void MultipartSink::add(std::span<const std::byte> bytes) {
  if (field_ == nullptr) {
    file_->write(bytes);
    return;
  }
  field_bytes_ += bytes.size();
  if (field_bytes_ > rules_.most_field_bytes) {
    throw http::Problem(413, "too-large", "The form's fields are too large",
                        "at most " + std::to_string(rules_.most_field_bytes) + " bytes are taken");
  }
  field_->append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void MultipartSink::end() {
  if (field_ == nullptr) file_->finish();
}

}  // namespace reelprint::api
