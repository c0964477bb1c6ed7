// Media in, a pending reference and its job out.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "api/answers.h"
#include "api/body_sinks.h"
#include "api/catalog_models.h"
#include "api/fields.h"
#include "api/form_sink.h"
#include "api/http/multipart.h"
#include "api/json_text.h"
#include "api/routes/catalog_routes.h"
#include "api/routes/catalog_rows.h"
#include "api/routes/media_places.h"
#include "api/routes/reference_fields.h"
#include "pipeline/register_job.h"
#include "store/references.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;
using Kind = store::MediaSource::Kind;

constexpr std::string_view kFingerprintType = "application/vnd.reelprint.fingerprint";
constexpr std::uint64_t kMostFingerprintBytes = std::uint64_t{64} << 20;
constexpr std::size_t kMostTextBytes = std::size_t{1} << 20;

/// What a body is by its Content-Type.
enum class BodyKind { json, fingerprint, media, form };

BodyKind kind_of(std::string type) {
  type.resize(std::min(type.find_first_of("; \t"), type.size()));
  std::ranges::transform(type, type.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (type == "application/json") return BodyKind::json;
  if (type == kFingerprintType) return BodyKind::fingerprint;
  if (type.starts_with("video/") || type == "application/octet-stream") return BodyKind::media;
  if (type == "multipart/form-data") return BodyKind::form;
  throw http::Problem(415, "unsupported-media-type", "The body is of a kind that is not taken here",
                      "send application/json, multipart/form-data, a video/* type, application/octet-stream "
                      "or " +
                          std::string(kFingerprintType),
                      {{"Content-Type", "is not taken here"}});
}

std::string type_of(const http::Request& request) {
  return std::string(request.headers.find("Content-Type").value_or(""));
}

/// Before a byte of it is read.
void expect_length(const http::Request& request, std::uint64_t most_bytes) {
  const std::string_view text = request.headers.find("Content-Length").value_or("0");
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc() || length > most_bytes) {
    throw http::Problem(413, "too-large", "The body is too large",
                        "at most " + std::to_string(most_bytes) + " bytes are taken here");
  }
}

std::shared_ptr<http::BodySink> open_sink(Context& context, const Backend& backend) {
  (void)episode_in(context);
  const BodyKind kind = kind_of(type_of(context.request));
  if (kind == BodyKind::json) {
    expect_length(context.request, kMostTextBytes);
    return std::make_shared<TextSink>(kMostTextBytes);
  }
  Reference told;
  told.language = "und";
  read_cut(told, context.request);
  const std::uint64_t most =
      kind == BodyKind::fingerprint ? kMostFingerprintBytes : backend.catalog.most_media_bytes;
  expect_length(context.request, most);
  const std::filesystem::path folder = backend.data / "spool";
  if (kind != BodyKind::form) return std::make_shared<SpoolSink>(folder, most);
  const auto boundary = http::boundary_of(type_of(context.request));
  if (!boundary) throw http::Problem(400, "malformed-multipart", "The Content-Type names no sound boundary");
  return std::make_shared<FormSink>(*boundary, folder, most);
}

/// The reference and its media as a JSON body tells them.
store::MediaSource read_told(Context& context, Reference& reference, const TextSink& body,
                             const CatalogSettings& settings) {
  Fields fields = Fields::of_body(body.request_with_body(context.request));
  read_cut(reference, fields);
  const auto url = fields.optional_text("url", {.most_bytes = 2000});
  const auto upload = fields.integer("upload", 1, std::numeric_limits<std::int64_t>::max());
  if (url.has_value() == upload.has_value())
    fields.refuse(url ? "upload" : "url", "exactly one of url and upload must be given");
  MediaPlace place;
  if (url) place = place_of_url(*url, settings);
  if (upload) place = place_of_upload(context, *upload, settings);
  if (!place.problem.empty()) fields.refuse(url ? "url" : "upload", place.problem);
  fields.finish();
  return place.source;
}

store::MediaSource spooled(const SpoolSink* body, BodyKind kind) {
  if (body == nullptr || body->size() == 0)
    throw http::Problem(422, "invalid-fields", "There are no media", "", {{"/file", "is required"}});
  return {kind == BodyKind::fingerprint ? Kind::fingerprint : Kind::spooled, body->file().string()};
}

/// The fields of a form say what the query says of a bare body.
store::MediaSource read_form(Context& context, Reference& reference, const FormSink& form) {
  http::Request told = context.request;
  told.query = form.fields();
  const auto known = cut_parameters();
  for (const auto& [name, value] : told.query) {
    if (std::ranges::find(known, name) == known.end())
      throw http::Problem(422, "invalid-fields", "The form is not valid", "", {{name, "is not known"}});
  }
  read_cut(reference, told);
  const bool is_print = form.file_type() == kFingerprintType;
  return spooled(form.file(), is_print ? BodyKind::fingerprint : BodyKind::media);
}

/// The reference as its client describes it, and where its media are.
store::MediaSource read_body(Context& context, Reference& reference, const CatalogSettings& settings) {
  const auto& sink = context.request.sink;
  if (const auto text = std::dynamic_pointer_cast<TextSink>(sink))
    return read_told(context, reference, *text, settings);
  if (const auto form = std::dynamic_pointer_cast<FormSink>(sink))
    return read_form(context, reference, *form);
  read_cut(reference, context.request);
  return spooled(std::dynamic_pointer_cast<SpoolSink>(sink).get(), kind_of(type_of(context.request)));
}

void keep_body(const std::shared_ptr<http::BodySink>& sink) {
  const auto form = std::dynamic_pointer_cast<FormSink>(sink);
  if (form && form->file() != nullptr) form->file()->keep();
  if (const auto spool = std::dynamic_pointer_cast<SpoolSink>(sink)) spool->keep();
}

Outcome announce(Context& context, const CatalogSettings& settings) {
  const store::WorkEpisode episode = episode_in(context);
  Reference reference;
  reference.episode = episode.episode.id;
  reference.language = "und";
  reference.registered_at = context.now;
  const store::MediaSource source = read_body(context, reference, settings);
  reference.file = source.kind == Kind::url ? source.place : "";
  store::References references(context.store.database());
  const ReferenceId id = references.add_pending(reference);
  ReferenceEntry entry = context.store.reference(id).value();
  pipeline::enqueue_registration(context.store, entry, source, context.now);
  context.audit("reference.create", "reference " + std::to_string(id.value), entry.holder.tenant,
                to_text(reference_json(entry)));
  http::Response response = json_answer(reference_json(entry, references.notes(id).value(), {}), 202);
  response.headers.add("Location", "/v1/references/" + std::to_string(id.value));
  tag(response, entry.reference.version);
  keep_body(context.request.sink);
  return response;
}

}  // namespace

void add_registration_routes(Router& router, const Backend& backend) {
  router.add(
      {.method = http::Method::post,
       .pattern = "/v1/episodes/{episode}/references",
       .operation = "createReference",
       .roles = catalog_writers(),
       .handler = [settings = backend.catalog](Context& context) { return announce(context, settings); },
       .open_sink = [backend](Context& context) { return open_sink(context, backend); },
       .most_body_bytes = backend.catalog.most_media_bytes,
       .is_heavy = true,
       .parameters = cut_parameters()});
}

}  // namespace reelprint::api
