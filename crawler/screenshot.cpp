#include "crawler/screenshot.h"

#include <unistd.h>

#include <algorithm>
#include <span>
#include <system_error>
#include <vector>

#include "core/file_stream.h"
#include "core/files.h"
#include "crawler/child_program.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostPageBytes = std::size_t{16} << 20;
constexpr std::size_t kMostPrologBytes = 2048;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// Allows what is in the page itself, and nothing else: no frames, scripts, forms or addresses; and it stands
/// in a frame that may not go anywhere by itself either (<meta http-equiv=refresh>).
constexpr std::string_view kRules =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline' "
    "data:; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">"
    "<meta http-equiv=\"X-DNS-Prefetch-Control\" content=\"off\">"
    "<style>body{margin:0}iframe{border:0;width:100vw;height:100vh}</style><iframe sandbox srcdoc=\"";

/// The walls, each enough by itself where it holds: no network of its own (child_program.h), no name that
/// leads anywhere, a proxy at a port that nobody listens on. Scripts are forbidden by the rules in the page:
/// a browser without any could not be told to take a picture.
std::vector<std::string> arguments(const std::filesystem::path& folder, const ScreenshotSettings& settings) {
  return {"--headless",
          "--disable-gpu",
          "--no-first-run",
          "--mute-audio",
          "--hide-scrollbars",
          "--disable-extensions",
          "--disable-sync",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-default-apps",
          "--disable-dev-shm-usage",
          "--disable-breakpad",
          "--password-store=basic",
          "--force-color-profile=srgb",
          "--host-resolver-rules=MAP * ~NOTFOUND",
          "--proxy-server=http://127.0.0.1:9",
          "--proxy-bypass-list=<-loopback>",
          "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
          "--timeout=" + std::to_string(settings.time_limit.count() / 2),
          "--user-data-dir=" + (folder / "profile").string(),
          "--window-size=" + std::to_string(settings.width_px) + "," + std::to_string(settings.height_px),
          "--screenshot=" + (folder / "page.png").string(),
          "file://" + (folder / "page.html").string()};
}

/// What stands at the beginning of `text` and could be the name of a charset.
std::string_view charset_name(std::string_view text) {
  const auto end = std::ranges::find_if_not(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  const auto size = static_cast<std::size_t>(end - text.begin());
  return size <= 40 ? text.substr(0, size) : std::string_view();
}

/// Of the page itself: <meta charset=…>, the first of HTML's ways to say it and of XML's.
std::string_view own_charset(std::string_view html) {
  html = html.substr(0, kMostPrologBytes);
  for (const std::string_view name : {"charset=", "encoding="}) {
    const std::size_t at = html.find(name);
    if (at == std::string_view::npos) continue;
    std::string_view value = html.substr(at + name.size());
    if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
    if (const auto found = charset_name(value); !found.empty()) return found;
  }
  return {};
}

/// Of a Content-Type's parameter: gbk, "gbk", gbk; x=y.
std::string_view said_charset(std::string_view text) {
  if (text.starts_with('"')) text.remove_prefix(1);
  const std::string_view name = charset_name(text);
  const std::string_view rest = text.substr(name.size());
  const bool is_whole = rest.empty() || rest == "\"" || rest.starts_with(';') || rest.starts_with("\";");
  return is_whole ? name : std::string_view();
}

std::string read_begin(const std::filesystem::path& page) {
  FileReader reader(page);
  std::string text(static_cast<std::size_t>(std::min<std::uintmax_t>(reader.left(), kMostPageBytes)), '\0');
  reader.read(std::as_writable_bytes(std::span(text)));
  return text;
}

bool is_png(const std::filesystem::path& file) {
  constexpr std::string_view kBegin = "\x89PNG\r\n\x1a\n";
  std::error_code missing;
  if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(file, missing))) return false;
  FileReader reader(file);
  if (reader.left() < kBegin.size()) return false;
  std::string begin(kBegin.size(), '\0');
  reader.read(std::as_writable_bytes(std::span(begin)));
  return begin == kBegin;
}

}  // namespace

std::optional<std::filesystem::path> installed_browser() {
  for (const char* path : {"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"}) {
    if (::access(path, X_OK) == 0) return path;
  }
  return std::nullopt;
}

std::string harmless_copy(std::string_view html, std::string_view charset) {
  if (html.starts_with(kByteOrderMark)) {
    charset = "utf-8";
    html.remove_prefix(kByteOrderMark.size());
  }
  charset = said_charset(charset);
  if (charset.empty()) charset = own_charset(html);
  if (charset.empty()) charset = "utf-8";
  std::string copy = "<!DOCTYPE html><meta charset=\"" + std::string(charset) + "\">";
  copy += kRules;
  for (const char c : html) {
    if (c == '&') {
      copy += "&amp;";
    } else if (c == '"') {
      copy += "&quot;";
    } else {
      copy += c;
    }
  }
  return copy + "\"></iframe>";
}

Screenshot take_screenshot(const std::filesystem::path& page, std::string_view charset,
                           const std::filesystem::path& folder, const ScreenshotSettings& settings,
                           const std::stop_token& stop) {
  const auto browser = settings.browser.empty() ? installed_browser() : settings.browser;
  if (!browser) return {.problem = "no browser is installed"};
  if (page.empty()) return {.problem = "the page is empty"};
  const std::string copy = harmless_copy(read_begin(page), charset);
  replace_file(folder / "page.html", std::as_bytes(std::span(copy)));
  const ChildOutcome outcome = run_program({.program = *browser,
                                            .arguments = arguments(folder, settings),
                                            .folder = folder,
                                            .has_own_walls = true,
                                            .time_limit = settings.time_limit},
                                           stop);
  std::error_code ignored;
  std::filesystem::remove_all(folder / "profile", ignored);
  Screenshot made{.browser = browser->string()};
  if (outcome.end != ChildOutcome::End::exited) {
    made.problem = "the browser did not end well: " + std::string(to_string(outcome.end));
  } else if (outcome.exit_code != 0) {
    made.problem = "the browser failed with exit code " + std::to_string(outcome.exit_code);
  } else if (!is_png(folder / "page.png")) {
    made.problem = "the browser drew nothing";
  } else {
    made.file = folder / "page.png";
  }
  return made;
}

}  // namespace reelprint::crawler
