// A picture of a captured page, drawn by a browser that may fetch nothing.
//
// A browser that loaded the page itself would go past our address guard, robots.txt and pace, and would show
// another answer than the one that is kept. So it draws the captured bytes: a local copy, no network, no
// scripts, nothing from outside: text and layout, without the pictures that the page loads.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace reelprint::crawler {

struct ScreenshotSettings {
  std::filesystem::path browser{};  ///< absolute; "": the system's chromium, if there is one
  int width_px = 1280;
  int height_px = 1600;
  std::chrono::milliseconds time_limit{std::chrono::seconds{60}};
};

struct Screenshot {
  std::filesystem::path file{};  ///< PNG; "" when there is none
  std::string browser{};         ///< that drew it
  std::string problem{};         ///< why there is none: "no browser is installed"
};

/// The system's chromium or chrome; nothing where there is none.
[[nodiscard]] std::optional<std::filesystem::path> installed_browser();

/// `page`: HTML as it was captured, up to 16 MiB are drawn; "" when it has no content. `charset`: of its
/// Content-Type, with or without quotes; "" when that said none. `folder`: an empty one for the browser to
/// work in, where the picture stays; the caller's to remove. Throws Error: not_found, io for `page` and
/// `folder`.
[[nodiscard]] Screenshot take_screenshot(const std::filesystem::path& page, std::string_view charset,
                                         const std::filesystem::path& folder,
                                         const ScreenshotSettings& settings, const std::stop_token& stop);

/// The copy that is drawn: the page in a frame that may run nothing, load nothing and go nowhere. `charset`:
/// likewise; what is none is not used. Pure.
[[nodiscard]] std::string harmless_copy(std::string_view html, std::string_view charset);

}  // namespace reelprint::crawler
