#include "api/form_sink.h"

#include "api/http/multipart.h"

namespace reelprint::api {
namespace {

constexpr std::size_t kMostFieldBytes = 2000;

/// Keeps the parts of a form as they come.
class Parts final : public http::MultipartEvents {
 public:
  Parts(std::filesystem::path folder, std::uintmax_t most_bytes)
      : folder_(std::move(folder)), most_bytes_(most_bytes) {}

  void begin(const http::MultipartPart& part) override {
    is_in_file_ = part.filename || part.name == "file";
    if (!is_in_file_) {
      fields.emplace_back(part.name, "");
      return;
    }
    if (file) {
      throw http::Problem(422, "invalid-fields", "The form is not valid", "it has more than one file",
                          {{part.name, "is a second file"}});
    }
    file = std::make_unique<SpoolSink>(folder_, most_bytes_);
    file_type = part.content_type;
    filename = part.filename.value_or("");
  }
  void write(std::span<const std::byte> bytes) override {
    if (is_in_file_) {
      file->write(bytes);
      return;
    }
    std::string& value = fields.back().second;
    if (bytes.size() > kMostFieldBytes - value.size())
      throw http::Problem(413, "too-large", "The body is too large", "a field is longer than 2000 bytes");
    value.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  void end() override {
    if (is_in_file_) file->finish();
  }

  FormSink::Pairs fields;
  std::unique_ptr<SpoolSink> file;
  std::string file_type;
  std::string filename;

 private:
  std::filesystem::path folder_;
  std::uintmax_t most_bytes_;
  bool is_in_file_ = false;
};

}  // namespace

struct FormSink::Parser {
  Parser(const std::string& boundary, const std::filesystem::path& folder, std::uintmax_t most_bytes)
      : parts(folder, most_bytes), form(boundary, parts) {}

  Parts parts;
  http::MultipartParser form;
};

FormSink::FormSink(const std::string& boundary, const std::filesystem::path& folder,
                   std::uintmax_t most_bytes)
    : parser_(std::make_unique<Parser>(boundary, folder, most_bytes)) {}
FormSink::~FormSink() = default;

void FormSink::write(std::span<const std::byte> bytes) {
  parser_->form.feed(bytes);
}

void FormSink::finish() {
  parser_->form.finish();
}

const FormSink::Pairs& FormSink::fields() const {
  return parser_->parts.fields;
}

SpoolSink* FormSink::file() const {
  return parser_->parts.file.get();
}

const std::string& FormSink::file_type() const {
  return parser_->parts.file_type;
}

const std::string& FormSink::filename() const {
  return parser_->parts.filename;
}

}  // namespace reelprint::api
