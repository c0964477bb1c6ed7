#include "evidence/record_names.h"

#include <algorithm>
#include <span>

namespace reelprint::evidence {
namespace {

struct Named {
  std::string_view code;
  std::string_view en;
  std::string_view zh;
};

constexpr Named kActions[] = {
    {"case.view", "case read", "查看案件"},
    {"case.change", "case changed", "变更案件"},
    {"case.propose", "change of the case proposed", "提议变更案件"},
    {"case.assign", "case assigned", "指派案件"},
    {"case.comment", "comment added", "添加备注"},
    {"case.merge", "case merged", "合并案件"},
    {"case.ask_export", "evidence bundle asked for", "请求生成证据包"},
    {"case.export", "evidence bundle made", "生成证据包"},
    {"evidence.access", "evidence bundle fetched", "取用证据包"},
    {"sighting.seen", "video fetched and compared", "获取视频并比对"},
    {"sighting.capture", "page and media captured", "页面和媒体文件取证"},
    {"sighting.check", "availability changed", "可访问性变化"},
    {"screening.create", "upload handed in for comparison", "提交上传视频供比对"},
    {"screening.cancel", "comparison cancelled", "取消比对"},
    {"decision.made", "ruling made", "作出判定"},
    {"decision.release", "ruling taken back", "撤回判定"},
    {"dispute.open", "dispute opened", "提出异议"},
    {"dispute.appeal", "appeal lodged", "提出申诉"},
    {"dispute.decide", "dispute decided", "裁定异议"},
    {"notice.draft", "notice drafted", "起草通知"},
    {"notice.change", "notice changed", "修改通知"},
    {"notice.approve", "notice signed off by a person", "人工签署通知"},
    {"notice.sent", "sending of the notice recorded", "记录通知已发送"},
    {"notice.mark", "answer to the notice recorded", "记录对通知的答复"},
    {"notice.withdraw", "notice taken back", "撤回通知"},
    {"notice.export", "text of the notice given out", "导出通知文本"},
    {"reference.create", "work registered", "登记作品"},
    {"reference.change", "registered work changed", "变更登记作品"},
    {"reference.exclude", "seconds of the work excluded", "排除作品中的时段"},
    {"reference.retract", "registered work retracted", "撤回登记作品"},
    {"reference.reinstate", "registered work reinstated", "恢复登记作品"},
    {"reference.delete", "registered work deleted", "删除登记作品"},
    {"reference.quarantine", "registered work put into quarantine", "隔离登记作品"},
    {"reference.lift-quarantine", "quarantine of the work lifted", "解除作品隔离"},
};

constexpr Named kObjects[] = {
    {"case", "case no.", "案件"},           {"decision", "ruling no.", "判定"},
    {"screening", "screening no.", "比对"}, {"sighting", "sighting no.", "发现记录"},
    {"notice", "notice no.", "通知"},       {"dispute", "dispute no.", "异议"},
    {"reference", "work no.", "参照作品"},
};

constexpr Named kEvents[] = {
    {"state", "state", "状态"},       {"proposal", "proposal", "提议"},
    {"assignee", "assigned", "指派"}, {"decision", "ruling", "判定"},
    {"sighting", "sighting", "发现"}, {"retraction", "retraction", "撤回通知"},
    {"merge", "merged", "合并"},      {"notice", "notice", "通知"},
    {"dispute", "dispute", "异议"},   {"export", "bundle", "证据包"},
    {"access", "access", "取用"},     {"check", "check", "检查"},
    {"comment", "comment", "备注"},
};

constexpr Named kFailures[] = {
    {"dns", "the host’s name has no address", "主机名无法解析"},
    {"connect", "no connection", "无法连接"},
    {"tls", "no encrypted connection that can be trusted", "无法建立可信的加密连接"},
    {"timeout", "no answer in time", "超时无响应"},
    {"slow", "the answer came too slowly", "响应过慢"},
    {"too_large", "the answer was too large", "响应过大"},
    {"forbidden_address", "an address that may not be asked", "禁止访问的地址"},
    {"invalid_url", "no valid address", "网址无效"},
    {"decompression", "the answer could not be unpacked", "响应无法解压"},
    {"cancelled", "stopped", "已中止"},
    {"protocol", "the answer was no HTTP", "响应不符合 HTTP"},
};

constexpr Named kStates[] = {
    {"drafted", "drafted", "已起草"},
    {"approved", "signed off by a person", "已由人工签署"},
    {"sent", "sent", "已发送"},
    {"acknowledged", "receipt confirmed", "已确认收到"},
    {"removed", "the material was removed", "内容已移除"},
    {"refused", "refused", "被拒绝"},
    {"countered", "a counter-notice came", "收到反通知"},
    {"withdrawn", "taken back", "已撤回"},
    {"open", "open", "待处理"},
    {"upheld", "upheld", "成立"},
    {"rejected", "rejected", "不成立"},
};

constexpr Named kActors[] = {
    {"crawler", "crawler (program)", "爬虫（程序）"},
    {"service", "service (program)", "系统（程序）"},
};

std::string named(std::span<const Named> names, std::string_view code, ReportLanguage language) {
  const auto found = std::ranges::find(names, code, &Named::code);
  if (found == names.end()) return std::string(code);
  return std::string(language == ReportLanguage::zh ? found->zh : found->en);
}

}  // namespace

std::string name_of_action(std::string_view action, ReportLanguage language) {
  return named(kActions, action, language);
}

std::string name_of_object(std::string_view object, ReportLanguage language) {
  const std::size_t blank = object.find(' ');
  if (blank == std::string_view::npos) return std::string(object);
  return named(kObjects, object.substr(0, blank), language) + std::string(object.substr(blank));
}

std::string name_of_event(std::string_view what, ReportLanguage language) {
  return named(kEvents, what, language);
}

std::string name_of_failure(std::string_view error_code, ReportLanguage language) {
  return named(kFailures, error_code, language);
}

std::string name_of_state(std::string_view state, ReportLanguage language) {
  return named(kStates, state, language);
}

std::string name_of_actor(std::string_view actor, ReportLanguage language) {
  constexpr std::string_view kCommandLine = "command line";
  if (language == ReportLanguage::zh && actor.starts_with(kCommandLine))
    return "命令行" + std::string(actor.substr(kCommandLine.size()));
  return named(kActors, actor, language);
}

}  // namespace reelprint::evidence
