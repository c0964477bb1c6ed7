#include "api/routes/media_places.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace reelprint::api {
namespace {

using Kind = store::MediaSource::Kind;
constexpr std::string_view kUpload = "upload:";

MediaPlace refused(std::string why) {
  return {{}, std::move(why)};
}

bool has_scheme(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

/// Both made canonical first, so that neither ".." nor a link leads out.
MediaPlace place_in(const std::filesystem::path& folder, const std::string& name) {
  std::error_code error;
  const auto base = std::filesystem::canonical(folder, error);
  if (error) return refused("the import folder cannot be read");
  const auto file = std::filesystem::canonical(base / name, error);
  const bool is_inside = !error && std::ranges::mismatch(base, file).in1 == base.end();
  if (!is_inside || !std::filesystem::is_regular_file(file, error) || error)
    return refused("there is no such file in the import folder");
  return {{Kind::file, file.string()}, ""};
}

}  // namespace

MediaPlace place_of_url(const std::string& url, const CatalogSettings& settings) {
  constexpr std::size_t kMostBytes = 2000;
  if (!settings.takes_urls) return refused("this service fetches nothing");
  if (!has_scheme(url)) return refused("must begin with https:// or http://");
  const bool is_visible = std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7F; });
  if (url.size() > kMostBytes || !is_visible)
    return refused("must be an address of at most 2000 visible characters of ASCII");
  return {{Kind::url, url}, ""};
}

MediaPlace place_of_upload(Context& context, std::int64_t upload, const CatalogSettings& settings) {
  if (!settings.owns_upload || !settings.owns_upload(context, UploadId{upload}))
    return refused("there is no such complete upload");
  return {{Kind::upload, std::to_string(upload)}, ""};
}

MediaPlace place_of_row(Context& context, const std::string& name, const CatalogSettings& settings) {
  if (has_scheme(name)) return place_of_url(name, settings);
  if (name.starts_with(kUpload)) {
    const std::string_view digits = std::string_view(name).substr(kUpload.size());
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
    if (error != std::errc() || end != digits.data() + digits.size() || id <= 0)
      return refused("must be upload: and a number");
    return place_of_upload(context, id, settings);
  }
  if (settings.import_folder.empty())
    return refused("must be an address or an upload: this service reads no files of its own");
  return place_in(settings.import_folder, name);
}

}  // namespace reelprint::api
