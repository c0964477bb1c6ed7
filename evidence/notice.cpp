#include "evidence/notice.h"

#include <algorithm>
#include <array>
#include <utility>

namespace reelprint::evidence {
namespace {

constexpr std::array<std::pair<NoticeKind, std::string_view>, 10> kNames{{
    {NoticeKind::dmca, "dmca"},
    {NoticeKind::dsa, "dsa"},
    {NoticeKind::cn_art14, "cn_art14"},
    {NoticeKind::dmca_counter, "dmca_counter"},
    {NoticeKind::cn_counter, "cn_counter"},
    {NoticeKind::counter_notice, "counter_notice"},
    {NoticeKind::retraction, "retraction"},
    {NoticeKind::certification_902_13, "certification_902_13"},
    {NoticeKind::certification_902_14, "certification_902_14"},
    {NoticeKind::certification_cn_spc11, "certification_cn_spc11"},
}};

}  // namespace

std::string_view to_string(NoticeKind kind) {
  for (const auto& [value, name] : kNames) {
    if (value == kind) return name;
  }
  return "unknown";
}

std::optional<NoticeKind> notice_kind_of(std::string_view name) {
  for (const auto& [value, known] : kNames) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::vector<RequiredStatement> required_statements(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::dmca:
      return {{"good_faith", "17 U.S.C. 512(c)(3)(A)(v)"},
              {"accurate", "17 U.S.C. 512(c)(3)(A)(vi)"},
              {"authorised", "17 U.S.C. 512(c)(3)(A)(vi)"}};
    case NoticeKind::dsa: return {{"bona_fide", "Regulation (EU) 2022/2065, art. 16(2)(d)"}};
    case NoticeKind::cn_art14: return {{"truthful", "《信息网络传播权保护条例》第十四条第二款"}};
    case NoticeKind::dmca_counter:
      return {{"mistake", "17 U.S.C. 512(g)(3)(C)"},
              {"jurisdiction", "17 U.S.C. 512(g)(3)(D)"},
              {"service", "17 U.S.C. 512(g)(3)(D)"}};
    case NoticeKind::cn_counter:
      return {{"not_infringing", "《中华人民共和国民法典》第一千一百九十六条第一款"},
              {"truthful", "《信息网络传播权保护条例》第十六条第二款"}};
    case NoticeKind::counter_notice: return {{"truthful", ""}};
    case NoticeKind::retraction: return {{"withdrawn", ""}};
    case NoticeKind::certification_902_13:
      return {{"qualified", "Fed. R. Evid. 902(13)"},
              {"accurate_result", "Fed. R. Evid. 902(13)"},
              {"perjury", "28 U.S.C. 1746"}};
    case NoticeKind::certification_902_14:
      return {{"qualified", "Fed. R. Evid. 902(14)"},
              {"identified", "Fed. R. Evid. 902(14)"},
              {"perjury", "28 U.S.C. 1746"}};
    case NoticeKind::certification_cn_spc11:
      return {{"unchanged", "《最高人民法院关于互联网法院审理案件若干问题的规定》第十一条第一款第（五）项"},
              {"truthful", "《最高人民法院关于互联网法院审理案件若干问题的规定》第十一条第一款第（二）项"}};
  }
  return {};
}

}  // namespace reelprint::evidence
