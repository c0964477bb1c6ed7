// The numbers under which China's regulator (NRTA) and its provincial bureaus license and file web dramas.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reelprint {

enum class LicenceNumberKind : std::uint8_t {
  web_series,          ///< 网剧审字
  web_film,            ///< 网影审字
  micro_drama,         ///< 网微剧审字
  micro_drama_filing,  ///< 网微剧备字
};

[[nodiscard]] std::string_view to_string(LicenceNumberKind kind);

struct LicenceNumber {
  LicenceNumberKind kind = LicenceNumberKind::micro_drama;
  std::string authority;  ///< "总局", or a province's short name: "粤"
  int year = 0;
  std::string text;  ///< in half-width brackets, without blanks: "(总局)网剧审字(2022)第001号"
};

/// Brackets and digits may be full- or half-width, quotes may stand around the whole. Nothing for any other
/// shape: such a number may be right all the same, the published shapes are not complete.
[[nodiscard]] std::optional<LicenceNumber> licence_number_of(std::string_view text);

}  // namespace reelprint
