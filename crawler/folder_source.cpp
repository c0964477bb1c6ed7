#include "crawler/folder_source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "core/error.h"

namespace reelprint::crawler {
namespace {

constexpr std::array<std::string_view, 23> kExtensions = {
    ".3gp", ".asf", ".avi", ".flv", ".gif", ".m2ts", ".m4v", ".mkv", ".mov",  ".mp4", ".mpeg", ".mpg",
    ".mts", ".mxf", ".ogg", ".ogv", ".rm",  ".rmvb", ".ts",  ".vob", ".webm", ".wmv", ".rpf"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes a run of digits off the front, without its leading zeros.
std::string_view take_number(std::string_view& text) {
  const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
  std::string_view number = text.substr(0, end);
  text.remove_prefix(end);
  while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
  return number;
}

}  // namespace

bool has_media_extension(const std::filesystem::path& file) {
  std::string extension = file.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kExtensions, extension) != kExtensions.end();
}

bool is_naturally_before(std::string_view a, std::string_view b) {
  const std::string_view whole_a = a;
  const std::string_view whole_b = b;
  while (!a.empty() && !b.empty()) {
    if (is_digit(a.front()) && is_digit(b.front())) {
      const std::string_view x = take_number(a);
      const std::string_view y = take_number(b);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      continue;
    }
    if (a.front() != b.front()) {  // bytes, so that the order does not depend on the machine's char
      return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front());
    }
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  if (a.empty() != b.empty()) return a.empty();
  return whole_a < whole_b;
}

std::vector<Sighting> media_in_folder(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    throw Error(ErrorCode::not_found, "list folder '" + folder.string() + "': no such folder");
  }
  std::vector<Sighting> found;
  fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    const bool is_hidden = it->path().filename().string().starts_with('.');
    if (is_hidden && it->is_directory(error)) it.disable_recursion_pending();
    if (is_hidden || it->symlink_status(error).type() != fs::file_type::regular ||
        !has_media_extension(it->path()))
      continue;
    found.push_back({.location = it->path().string(), .bytes = it->file_size(error)});
  }
  if (error) throw Error(ErrorCode::io, "list folder '" + folder.string() + "': " + error.message());
  std::ranges::sort(found, is_naturally_before, &Sighting::location);
  return found;
}

}  // namespace reelprint::crawler
