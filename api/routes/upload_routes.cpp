#include "api/routes/upload_routes.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <charconv>
#include <ctime>
#include <string>
#include <system_error>
#include <utility>

#include "api/answers.h"
#include "api/append_sink.h"
#include "api/body_sinks.h"
#include "api/http/field.h"
#include "api/upload_metadata.h"
#include "core/error.h"
#include "core/file_stream.h"
#include "core/utf8.h"
#include "store/uploads.h"

namespace reelprint::api {
namespace {

using store::Upload;
using store::Uploads;
using store::UploadState;

constexpr std::string_view kVersion = "1.0.0";
constexpr std::string_view kOffsetType = "application/offset+octet-stream";
constexpr std::size_t kMostNameBytes = 255;
constexpr std::size_t kSweepAtOnce = 100;

void expect_version(const http::Request& request) {
  if (request.headers.find("Tus-Resumable") == kVersion) return;
  http::Problem problem(412, "tus-version", "Tus-Resumable must be 1.0.0");
  problem.headers.add("Tus-Version", std::string(kVersion));
  throw problem;
}

/// A header that is a whole number; throws 400 when it is there and is none.
std::optional<std::uint64_t> number_in(const http::Request& request, std::string_view name) {
  const auto field = request.headers.find(name);
  if (!field) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(field->data(), field->data() + field->size(), value);
  const bool is_sound =
      error == std::errc{} && end == field->data() + field->size() && std::in_range<std::int64_t>(value);
  if (!is_sound) {
    throw http::Problem(400, "invalid-header", "A header is not valid", {},
                        {{std::string(name), "must be a whole number"}});
  }
  return value;
}

std::uint64_t required_number(const http::Request& request, std::string_view name) {
  if (const auto number = number_in(request, name)) return *number;
  throw http::Problem(400, "invalid-header", "A header is missing", {}, {{std::string(name), "is missing"}});
}

bool is_offset_stream(const http::Request& request) {
  const auto type = request.headers.find("Content-Type");
  return type && http::is_same_name(http::trimmed(type->substr(0, type->find(';'))), kOffsetType);
}

/// RFC 9110, section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(WallTime time) {
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm fields{};
  ::gmtime_r(&seconds, &fields);
  std::array<char, 40> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &fields);
  return {text.data(), length};
}

/// What has come; 0 when there is no file.
std::uint64_t offset_of(const std::filesystem::path& file) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  return error ? 0 : size;
}

void add_tus_fields(http::Response& response, const Upload& upload, std::uint64_t offset) {
  response.headers.set("Tus-Resumable", std::string(kVersion));
  response.headers.set("Upload-Offset", std::to_string(offset));
  if (upload.state != UploadState::claimed)
    response.headers.set("Upload-Expires", http_date(upload.expires_at));
}

boost::json::object to_json(const Upload& upload, std::uint64_t offset) {
  // Who killed the service after the last byte has left a whole file that is noted nowhere.
  const bool is_whole = upload.state == UploadState::receiving && offset == upload.length_bytes;
  return {{"id", upload.id.value},
          {"name", upload.name},
          {"state", std::string(to_string(is_whole ? UploadState::complete : upload.state))},
          {"length_bytes", upload.length_bytes},
          {"offset_bytes", offset},
          {"created_at", to_rfc3339(upload.created_at)},
          {"expires_at", to_rfc3339(upload.expires_at)}};
}

/// The routes' handlers; copied into each of them.
class UploadRoutes {
 public:
  explicit UploadRoutes(const Backend& backend) : data_(backend.data), settings_(backend.uploads) {}

  /// Nothing of the body is taken before the length and what it would fill have been looked at.
  std::shared_ptr<http::BodySink> open_created(Context& context) const {
    const std::uint64_t length = admitted_length(context);
    if (is_offset_stream(context.request)) return std::make_shared<SpoolSink>(data_ / "uploads", length);
    return std::make_shared<TextSink>(0);
  }

  Outcome create(Context& context) const {
    Upload upload;
    upload.tenant = context.principal.tenant;
    upload.length_bytes = admitted_length(context);
    upload.metadata = context.request.headers.find("Upload-Metadata").value_or("");
    upload.name = name_in(upload.metadata);
    upload.created_at = context.now;
    upload.expires_at = context.now + settings_.lifetime;
    Uploads uploads(context.store.database());
    upload.id = uploads.add(upload);
    const std::uint64_t offset = place(context, upload.id);
    if (offset == upload.length_bytes && uploads.complete(upload.id)) upload.state = UploadState::complete;
    const std::string name = std::to_string(upload.id.value);
    context.audit("upload.create", "upload " + name, upload.tenant);
    http::Response response = created(to_json(upload, offset), "/v1/uploads/" + name);
    add_tus_fields(response, upload, offset);
    return response;
  }

  Outcome show(Context& context) const {
    const Upload upload = found(context);
    const std::uint64_t offset = offset_of(store::file_of(data_, upload.id));
    http::Response response = json_answer(to_json(upload, offset));
    add_tus_fields(response, upload, offset);
    response.headers.set("Upload-Length", std::to_string(upload.length_bytes));
    if (!upload.metadata.empty()) response.headers.set("Upload-Metadata", upload.metadata);
    return response;
  }

  std::shared_ptr<http::BodySink> open_append(Context& context) const {
    expect_version(context.request);
    if (!is_offset_stream(context.request)) {
      throw http::Problem(415, "unsupported-media-type",
                          "The Content-Type must be application/offset+octet-stream");
    }
    const Upload upload = found(context);
    const std::uint64_t offset = required_number(context.request, "Upload-Offset");
    if (upload.state == UploadState::claimed) throw conflict("the upload is in use");
    if (number_in(context.request, "Content-Length").value_or(0) >
        upload.length_bytes - std::min(offset, upload.length_bytes))
      throw http::Problem(413, "too-large", "The upload is longer than it said");
    return std::make_shared<AppendSink>(store::file_of(data_, upload.id), offset, upload.length_bytes);
  }

  Outcome append(Context& context) const {
    Upload upload = found(context);
    const std::uint64_t offset = offset_of(store::file_of(data_, upload.id));
    if (offset == upload.length_bytes && Uploads(context.store.database()).complete(upload.id))
      upload.state = UploadState::complete;
    http::Response response = no_content();
    add_tus_fields(response, upload, offset);
    return response;
  }

  Outcome remove(Context& context) const {
    expect_version(context.request);
    const Upload upload = found(context);
    if (upload.state == UploadState::claimed) throw conflict("the upload is in use");
    Uploads(context.store.database()).remove(upload.id);
    context.audit("upload.delete", "upload " + std::to_string(upload.id.value), upload.tenant);
    std::error_code ignored;
    std::filesystem::remove(store::file_of(data_, upload.id), ignored);
    http::Response response = no_content();
    response.headers.set("Tus-Resumable", std::string(kVersion));
    return response;
  }

  Outcome describe(Context&) const {
    http::Response response = no_content();
    response.headers.set("Tus-Resumable", std::string(kVersion));
    response.headers.set("Tus-Version", std::string(kVersion));
    response.headers.set("Tus-Extension", "creation,creation-with-upload,termination,expiration");
    response.headers.set("Tus-Max-Size", std::to_string(settings_.most_bytes));
    return response;
  }

 private:
  /// Upload-Length, if there is room for that much. Throws 400, 412, 413, 503.
  [[nodiscard]] std::uint64_t admitted_length(Context& context) const {
    expect_version(context.request);
    const std::uint64_t length = required_number(context.request, "Upload-Length");
    if (length == 0) throw http::Problem(400, "invalid-header", "An upload must not be empty");
    if (length > settings_.most_bytes) {
      throw http::Problem(413, "too-large", "The upload is too large",
                          "at most " + std::to_string(settings_.most_bytes) + " bytes are taken");
    }
    const std::uint64_t promised = Uploads(context.store.database()).promised_bytes(context.principal.tenant);
    if (promised + length > settings_.most_bytes_per_tenant)
      throw http::Problem(413, "quota-exceeded", "Too much of yours waits here already",
                          std::to_string(promised) + " bytes; delete uploads or let them be used");
    static_cast<void>(name_in(context.request.headers.find("Upload-Metadata").value_or("")));
    std::error_code error;
    const auto room = std::filesystem::space(data_, error);
    if (error || room.available < length + settings_.spare_disk_bytes) {
      http::Problem problem(503, "no-room", "There is no room for this just now");
      problem.headers.add("Retry-After", "60");
      throw problem;
    }
    return length;
  }

  [[nodiscard]] static std::string name_in(std::string_view metadata) {
    const auto values = upload_metadata(metadata);
    const auto name = values.find("filename");
    if (name == values.end() || name->second.size() > kMostNameBytes || !is_printable_utf8(name->second))
      return "";
    return name->second;
  }

  /// Makes the upload's file, of what came with its creation; its size.
  [[nodiscard]] std::uint64_t place(Context& context, UploadId id) const {
    const std::filesystem::path file = store::file_of(data_, id);
    if (const auto first = std::dynamic_pointer_cast<SpoolSink>(context.request.sink)) {
      std::filesystem::rename(first->file(), file);
      first->keep();
      return first->size();
    }
    std::filesystem::create_directories(file.parent_path());
    FileReplacement(file).commit();
    return 0;
  }

  [[nodiscard]] static Upload found(Context& context) {
    const std::int64_t id = id_in(context, "upload");
    const auto upload = Uploads(context.store.database()).find(UploadId{id});
    const bool may_see = upload && context.principal.may_see(upload->tenant) &&
                         (upload->state == UploadState::claimed || upload->expires_at > context.now);
    if (!may_see) throw not_found("upload", std::to_string(id));
    return *upload;
  }

  std::filesystem::path data_;
  UploadSettings settings_;
};

}  // namespace

void add_upload_routes(Router& router, const Backend& backend) {
  using http::Method;
  const UploadRoutes routes(backend);
  const auto add = [&](Method method, std::string pattern, std::string operation, auto handler,
                       OpenSink open_sink = {}) {
    Route route;
    route.method = method;
    route.pattern = std::move(pattern);
    route.operation = std::move(operation);
    if (method != Method::options) route.roles = {Role::admin, Role::holder, Role::platform};
    route.handler = [routes, handler](Context& context) { return (routes.*handler)(context); };
    if (open_sink) route.most_body_bytes = static_cast<std::size_t>(backend.uploads.most_bytes);
    route.open_sink = std::move(open_sink);
    router.add(std::move(route));
  };
  add(Method::options, "/v1/uploads", "describeUploads", &UploadRoutes::describe);
  add(Method::post, "/v1/uploads", "createUpload", &UploadRoutes::create,
      [routes](Context& context) { return routes.open_created(context); });
  add(Method::get, "/v1/uploads/{upload}", "getUpload", &UploadRoutes::show);
  add(Method::patch, "/v1/uploads/{upload}", "appendToUpload", &UploadRoutes::append,
      [routes](Context& context) { return routes.open_append(context); });
  add(Method::del, "/v1/uploads/{upload}", "deleteUpload", &UploadRoutes::remove);
}

std::size_t sweep_uploads(store::Store& store, const std::filesystem::path& data_folder, WallTime now) {
  store::Transaction change(store.database(), store::Transaction::Kind::write);
  Uploads uploads(store.database());
  const auto expired = uploads.expired(now, kSweepAtOnce);
  for (const UploadId id : expired) {
    std::error_code ignored;
    std::filesystem::remove(store::file_of(data_folder, id), ignored);
    uploads.remove(id);
  }
  change.commit();
  return expired.size();
}

}  // namespace reelprint::api
