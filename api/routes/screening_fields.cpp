#include "api/routes/screening_fields.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

#include "api/answers.h"
#include "api/body_sinks.h"
#include "api/claimed_upload.h"
#include "api/fields.h"
#include "api/form_sink.h"
#include "api/http/multipart.h"
#include "core/utf8.h"
#include "pipeline/screen_job.h"

namespace reelprint::api {
namespace {

constexpr std::int64_t kMostPriority = 100;
constexpr TextRule kAddress{.required = false, .most_bytes = 2000};
constexpr const char* kTerritoryReason = "must be an ISO 3166-1 alpha-2 code: DE";

bool is_territory(std::string_view text) {
  return text.empty() ||
         (text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; }));
}

bool is_web_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

/// What the body is, without its parameters.
std::string_view type_of(const http::Request& request) {
  const std::string_view type = request.headers.find("Content-Type").value_or("");
  return type.substr(0, std::min(type.find(';'), type.size()));
}

bool is_json(const http::Request& request) {
  return type_of(request) == "application/json";
}

void read_context(UploadContext& context, Fields& fields) {
  context.account = fields.text("account");
  context.channel = fields.text("channel");
  context.url = fields.text("url", kAddress);
  context.territory = fields.text("territory");
  if (!is_territory(context.territory)) fields.refuse("territory", kTerritoryReason);
  context.title = fields.text("title");
  context.published_at = fields.time("published_at");
}

void read_effort(ScreeningRequest& request, const std::string& effort, Fields& fields) {
  if (effort.empty() || effort == "auto") return;
  request.effort = effort_of(effort);
  if (!request.effort) fields.refuse("effort", "must be auto, fast, standard or deep");
}

void read_upload(ScreeningRequest& request, const Context& context, std::int64_t id, Fields& fields) {
  const auto upload = claimed_upload(context, UploadId{id});
  if (!upload) {
    fields.refuse("upload", "there is no such complete upload");
    return;
  }
  request.source_kind = SourceKind::upload;
  request.source = std::to_string(id);
  request.media = store::file_of({}, upload->id).filename().string();
  if (request.name.empty()) request.name = upload->name.empty() ? "upload " + request.source : upload->name;
}

/// By an address or an upload, just one of them.
void read_source(ScreeningRequest& request, const Context& context, Fields& fields) {
  const auto url = fields.optional_text("media_url", kAddress);
  const auto upload = fields.integer("upload", 1, std::numeric_limits<std::int64_t>::max());
  if (url.has_value() == upload.has_value()) {
    fields.refuse(url ? "upload" : "media_url", "exactly one of media_url and upload must be given");
  } else if (upload) {
    read_upload(request, context, *upload, fields);
  } else {
    request.source_kind = SourceKind::url;
    request.source = *url;
    if (!is_web_address(*url)) fields.refuse("media_url", "must begin with https:// or http://");
    if (request.name.empty()) request.name = *url;
  }
}

void read_json(ScreeningRequest& request, const Context& http_context, const TextSink& body) {
  Fields fields = Fields::of_body(body.request_with_body(http_context.request));
  request.name = fields.text("name");
  read_source(request, http_context, fields);
  if (auto context = fields.object("context")) read_context(request.context, *context);
  read_effort(request, fields.text("effort"), fields);
  request.with_audio = fields.flag("audio").value_or(true);
  request.priority = static_cast<int>(fields.integer("priority", -kMostPriority, kMostPriority).value_or(0));
  fields.finish();
}

http::Problem wrong_parameter(const std::string& name, const std::string& reason) {
  return {400, "invalid-parameter", "A query parameter is not valid", name + " " + reason, {{name, reason}}};
}

std::string text_parameter(const http::Request& request, const std::string& name, std::size_t most_bytes) {
  const std::string text(request.query_value(name).value_or(""));
  const bool has_control =
      std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (text.size() > most_bytes || has_control)
    throw wrong_parameter(name, "must be text of at most " + std::to_string(most_bytes) + " bytes");
  return text;
}

bool flag_parameter(const http::Request& request, const std::string& name, bool otherwise) {
  const auto text = request.query_value(name);
  if (!text) return otherwise;
  if (*text != "true" && *text != "false") throw wrong_parameter(name, "must be true or false");
  return *text == "true";
}

void read_query(ScreeningRequest& request, const http::Request& http_request) {
  const auto text = [&](const char* name, std::size_t most = TextRule{}.most_bytes) {
    return text_parameter(http_request, name, most);
  };
  UploadContext& context = request.context;
  context.account = text("account");
  context.channel = text("channel");
  context.url = text("url", kAddress.most_bytes);
  context.territory = text("territory");
  if (!is_territory(context.territory)) throw wrong_parameter("territory", kTerritoryReason);
  context.title = text("title");
  context.published_at = time_parameter(http_request, "published_at");
  request.name = text("name");
  const std::string effort = text("effort");
  if (!effort.empty() && effort != "auto") {
    request.effort = effort_of(effort);
    if (!request.effort) throw wrong_parameter("effort", "must be auto, fast, standard or deep");
  }
  request.with_audio = flag_parameter(http_request, "audio", true);
  request.priority = static_cast<int>(
      integer_parameter(http_request, "priority", -kMostPriority, kMostPriority).value_or(0));
}

void take_file(ScreeningRequest& request, SpoolSink& file, std::string_view type) {
  request.media = file.file().filename().string();
  file.keep();
  const bool is_print = type == kFingerprintType;
  request.source_kind = is_print ? SourceKind::fingerprint : SourceKind::file;
  if (request.name.empty()) request.name = is_print ? "fingerprint" : "upload";
}

http::Problem wrong_form(const std::string& field, const std::string& reason) {
  return {422, "invalid-fields", "The form is not valid", "", {{field, reason}}};
}

/// The fields of a form say what the query says of a bare body.
void read_form(ScreeningRequest& request, const http::Request& http_request, const FormSink& form) {
  if (!http_request.query.empty())
    throw wrong_parameter(http_request.query.front().first, "goes into a field of the form");
  http::Request told = http_request;
  told.query = form.fields();
  const auto known = screening_parameters();
  for (const auto& [name, value] : told.query)
    if (std::ranges::find(known, name) == known.end()) throw wrong_form(name, "is not known");
  try {
    read_query(request, told);
  } catch (const http::Problem& problem) {
    throw http::Problem(422, "invalid-fields", "The form is not valid", problem.detail, problem.fields);
  }
  if (form.file() == nullptr || form.file()->size() == 0) throw wrong_form("file", "is required");
  if (request.name.empty() && form.filename().size() <= TextRule{}.most_bytes &&
      is_printable_utf8(form.filename()))
    request.name = form.filename();
  take_file(request, *form.file(), form.file_type());
}

}  // namespace

std::vector<std::string> screening_parameters() {
  return {"account",      "channel", "url",    "territory", "title",
          "published_at", "name",    "effort", "audio",     "priority"};
}

ScreeningRequest screening_request_in(const Context& context) {
  ScreeningRequest request;
  if (const auto* text = dynamic_cast<const TextSink*>(context.request.sink.get())) {
    read_json(request, context, *text);
  } else if (const auto* form = dynamic_cast<const FormSink*>(context.request.sink.get())) {
    read_form(request, context.request, *form);
  } else if (auto* file = dynamic_cast<SpoolSink*>(context.request.sink.get())) {
    read_query(request, context.request);
    take_file(request, *file, type_of(context.request));
  }
  request.context.platform = context.principal.tenant;
  request.key = context.principal.key;
  request.created_at = context.now;
  return request;
}

std::shared_ptr<http::BodySink> open_upload(const Context& context, const Backend& backend) {
  constexpr std::size_t kMostJsonBytes = std::size_t{1} << 20;
  constexpr std::uint64_t kMostFingerprintBytes = std::uint64_t{64} << 20;
  const http::Request& request = context.request;
  if (is_json(request)) return std::make_shared<TextSink>(kMostJsonBytes);
  const auto type = type_of(request);
  const auto folder = pipeline::screening_media_folder(backend.data);
  if (type == "multipart/form-data") {
    const auto boundary = http::boundary_of(request.headers.find("Content-Type").value_or(""));
    if (!boundary)
      throw http::Problem(400, "malformed-multipart", "The Content-Type names no sound boundary");
    return std::make_shared<FormSink>(*boundary, folder, backend.screening.most_media_bytes);
  }
  const bool is_print = type == kFingerprintType;
  const bool is_media = type.starts_with("video/") || type == "application/octet-stream" ||
                        type == "application/mp4" || is_print;
  if (!is_media) {
    throw http::Problem(
        415, "unsupported-media-type", "The body is of a type that is not taken",
        std::string("send application/json, multipart/form-data, video/*, application/octet-stream or ") +
            kFingerprintType);
  }
  ScreeningRequest checked;
  read_query(checked, request);  // nobody sends gigabytes to learn that a parameter is wrong
  return std::make_shared<SpoolSink>(folder,
                                     is_print ? kMostFingerprintBytes : backend.screening.most_media_bytes);
}

int wait_wanted(const http::Request& request) {
  constexpr int kMost = 60;
  const std::string_view prefer = request.headers.find("Prefer").value_or("");
  const std::size_t at = prefer.find("wait=");
  if (at == std::string_view::npos) return 0;
  const std::string_view text = prefer.substr(at + 5);
  int wanted = 0;
  std::from_chars(text.data(), text.data() + text.size(), wanted);
  return std::clamp(wanted, 0, kMost);
}

}  // namespace reelprint::api
