#include "crawler/tracking_parameters.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace reelprint::crawler {
namespace {

// Each by the documentation of who puts it there. What could also name content somewhere ("ref", "source",
// "si", "sid") is not among them.
// clang-format off
constexpr auto kNames = std::to_array<std::string_view>({
    // Google Ads and Merchant Center; Google Analytics across domains
    "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid", "_ga", "_gl", "_gac",
    // Meta: Facebook, Instagram
    "fbclid", "fb_action_ids", "fb_action_types", "fb_source", "igshid", "igsh",
    // Microsoft Advertising; Yandex
    "msclkid", "yclid", "ymclid", "ysclid", "_openstat",
    // X; TikTok; LinkedIn; Pinterest; Reddit; Snapchat
    "twclid", "ref_src", "ref_url", "ttclid", "tt_medium", "tt_content", "li_fat_id", "trk", "trkinfo", "epik",
    "rdt_cid", "sccid",
    // Mailchimp; HubSpot; Marketo; Vero; Omeda
    "mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking", "mkt_tok", "vero_id",
    "vero_conv", "oly_enc_id", "oly_anon_id",
    // Adobe; Wicked Reports; Impact; Awin
    "s_cid", "s_kwcid", "ef_id", "wickedid", "irclickid", "zanpid", "awc",
    // Alibaba; Bilibili
    "spm", "scm", "spm_id_from", "from_spmid", "vd_source", "share_source", "share_medium", "share_plat",
    "share_session_id", "share_tag", "share_times",
    // Baidu, with Tongji; 360; Sina
    "bd_vid", "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "qhclickid", "sudaref",
});
// clang-format on

// Urchin's, which all analytics understand; Matomo's; Piwik PRO's; Oracle's; Meta's own.
constexpr std::array<std::string_view, 6> kPrefixes{"utm_", "mtm_", "pk_", "matomo_", "piwik_", "hsa_"};

// RFC 6265 has made them needless; servers still write them where there are no cookies.
constexpr std::array<std::string_view, 6> kSessions{"jsessionid", "phpsessid", "cfid",
                                                    "cftoken",    "sessionid", "session_id"};

}  // namespace

bool is_tracking_parameter(std::string_view name) {
  return std::ranges::find(kNames, name) != kNames.end() ||
         std::ranges::any_of(kPrefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool is_session_parameter(std::string_view name, std::string_view value) {
  if (std::ranges::find(kSessions, name) != kSessions.end() || name.starts_with("aspsessionid")) return true;
  return name == "sid" && value.size() >= 32 &&
         std::ranges::all_of(value, [](unsigned char c) { return std::isalnum(c) != 0; });
}

}  // namespace reelprint::crawler
