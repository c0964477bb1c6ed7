#include "evidence/notice_rules.h"

#include <algorithm>

namespace reelprint::evidence {
namespace {

bool has_signature(const Notice& n) {
  return !n.signature.empty();
}
bool has_works(const Notice& n) {
  return !n.works.empty() && std::all_of(n.works.begin(), n.works.end(),
                                         [](const NoticeWork& work) { return !work.name.empty(); });
}
bool has_targets(const Notice& n) {
  return !n.targets.empty() && std::all_of(n.targets.begin(), n.targets.end(),
                                           [](const NoticeTarget& target) { return !target.url.empty(); });
}
bool has_sender_name(const Notice& n) {
  return !n.sender.name.empty();
}
bool has_sender_address(const Notice& n) {
  return !n.sender.address.empty();
}
bool has_sender_country(const Notice& n) {
  return n.sender.country.size() == 2;
}
bool has_sender_phone(const Notice& n) {
  return !n.sender.phone.empty();
}
bool has_sender_email(const Notice& n) {
  return !n.sender.email.empty();
}
bool has_sender_contact(const Notice& n) {
  return has_sender_phone(n) || has_sender_email(n);
}
bool has_sender_identity(const Notice& n) {
  return !n.sender.identity.empty();
}
bool has_holder_name(const Notice& n) {
  return !holder_of(n).name.empty();
}
bool has_holder_contact(const Notice& n) {
  return !holder_of(n).phone.empty() || !holder_of(n).email.empty();
}
bool has_holder_address(const Notice& n) {
  return !holder_of(n).address.empty();
}
bool has_holder_identity(const Notice& n) {
  return !holder_of(n).identity.empty();
}
bool has_mandate(const Notice& n) {
  return !is_by_agent(n) || !n.mandate.empty();
}
bool has_explanation(const Notice& n) {
  return !n.explanation.empty();
}
bool has_evidence(const Notice& n) {
  return std::any_of(n.evidence.begin(), n.evidence.end(),
                     [](const std::string& text) { return !text.empty(); });
}
bool has_what_is_retracted(const Notice& n) {
  return !n.their_reference.empty() || !n.reference.empty();
}
bool has_qualification(const Notice& n) {
  return !n.certified.qualification.empty();
}
bool has_system(const Notice& n) {
  return !n.certified.system.empty();
}
bool has_process(const Notice& n) {
  return !n.certified.process.empty();
}
bool has_storage(const Notice& n) {
  return !n.certified.storage.empty();
}
bool has_files(const Notice& n) {
  return !n.certified.files.empty();
}

constexpr NoticeRule kDmca[] = {
    {"signature", "17 U.S.C. 512(c)(3)(A)(i)", "the signature of a person authorized to act for the owner",
     has_signature, true},
    {"works", "17 U.S.C. 512(c)(3)(A)(ii)",
     "the copyrighted work, or a representative list of works, by name", has_works},
    {"targets", "17 U.S.C. 512(c)(3)(A)(iii)", "the infringing material, and where it is to be found",
     has_targets},
    {"sender.name", "17 U.S.C. 512(c)(3)(A)(iv)", "who complains", has_sender_name},
    {"sender.address", "17 U.S.C. 512(c)(3)(A)(iv)", "the complaining party's address", has_sender_address},
    {"sender.phone", "17 U.S.C. 512(c)(3)(A)(iv)", "the complaining party's telephone number",
     has_sender_phone},
    {"sender.email", "17 U.S.C. 512(c)(3)(A)(iv)", "the complaining party's e-mail address",
     has_sender_email},
    {"holder.name", "17 U.S.C. 512(c)(3)(A)(vi)", "the owner of the exclusive right", has_holder_name},
};

constexpr NoticeRule kDsa[] = {
    {"explanation", "Regulation (EU) 2022/2065, art. 16(2)(a)",
     "a sufficiently substantiated explanation of why the information is illegal", has_explanation},
    {"works", "Regulation (EU) 2022/2065, art. 16(2)(a)", "the work whose right is infringed", has_works},
    {"targets", "Regulation (EU) 2022/2065, art. 16(2)(b)",
     "the exact electronic location of the information", has_targets},
    {"sender.name", "Regulation (EU) 2022/2065, art. 16(2)(c)", "the name of who submits the notice",
     has_sender_name},
    {"sender.email", "Regulation (EU) 2022/2065, art. 16(2)(c)",
     "the e-mail address of who submits the notice", has_sender_email},
    {"signature", "Regulation (EU) 2022/2065, art. 16(2)(d)", "the name of the person who states the belief",
     has_signature, true},
};

constexpr NoticeRule kCnArt14[] = {
    {"holder.name", "《信息网络传播权保护条例》第十四条第一款第（一）项", "权利人的姓名（名称）",
     has_holder_name},
    {"holder.phone", "《信息网络传播权保护条例》第十四条第一款第（一）项",
     "权利人的联系方式（电话或电子邮箱）", has_holder_contact},
    {"holder.address", "《信息网络传播权保护条例》第十四条第一款第（一）项", "权利人的地址",
     has_holder_address},
    {"holder.identity", "《中华人民共和国民法典》第一千一百九十五条第一款",
     "权利人的真实身份信息（身份证件号码或统一社会信用代码）", has_holder_identity},
    {"works", "《信息网络传播权保护条例》第十四条第一款第（二）项", "侵权作品的名称", has_works},
    {"targets", "《信息网络传播权保护条例》第十四条第一款第（二）项", "侵权作品的网络地址", has_targets},
    {"evidence",
     "《信息网络传播权保护条例》第十四条第一款第（三）项；《中华人民共和国民法典》第一千一百九十五条第一款",
     "构成侵权的初步证明材料", has_evidence},
    {"mandate", "《中华人民共和国民法典》第一百六十五条", "代理人的授权委托书", has_mandate},
    {"signature", "《信息网络传播权保护条例》第十四条第一款、第二款", "对通知书真实性负责者的签名或盖章",
     has_signature, true},
};

constexpr NoticeRule kDmcaCounter[] = {
    {"signature", "17 U.S.C. 512(g)(3)(A)", "the subscriber's signature", has_signature, true},
    {"targets", "17 U.S.C. 512(g)(3)(B)", "the material that was removed, and where it was", has_targets},
    {"explanation", "17 U.S.C. 512(g)(3)(C)", "why it was removed by mistake or misidentification",
     has_explanation},
    {"sender.name", "17 U.S.C. 512(g)(3)(D)", "the subscriber's name", has_sender_name},
    {"sender.address", "17 U.S.C. 512(g)(3)(D)", "the subscriber's address", has_sender_address},
    {"sender.country", "17 U.S.C. 512(g)(3)(D)",
     "the country of the address, which decides on the jurisdiction", has_sender_country},
    {"sender.phone", "17 U.S.C. 512(g)(3)(D)", "the subscriber's telephone number", has_sender_phone},
};

constexpr NoticeRule kCnCounter[] = {
    {"sender.name", "《信息网络传播权保护条例》第十六条第一款第（一）项", "服务对象的姓名（名称）",
     has_sender_name},
    {"sender.phone", "《信息网络传播权保护条例》第十六条第一款第（一）项",
     "服务对象的联系方式（电话或电子邮箱）", has_sender_contact},
    {"sender.address", "《信息网络传播权保护条例》第十六条第一款第（一）项", "服务对象的地址",
     has_sender_address},
    {"sender.identity", "《中华人民共和国民法典》第一千一百九十六条第一款", "网络用户的真实身份信息",
     has_sender_identity},
    {"works", "《信息网络传播权保护条例》第十六条第一款第（二）项", "要求恢复的作品的名称", has_works},
    {"targets", "《信息网络传播权保护条例》第十六条第一款第（二）项", "要求恢复的作品的网络地址",
     has_targets},
    {"evidence",
     "《信息网络传播权保护条例》第十六条第一款第（三）项；《中华人民共和国民法典》第一千一百九十六条第一款",
     "不构成侵权的初步证明材料", has_evidence},
    {"signature", "《信息网络传播权保护条例》第十六条第二款", "对书面说明真实性负责者的签名或盖章",
     has_signature, true},
};

constexpr NoticeRule kCounterNotice[] = {
    {"targets", "Regulation (EU) 2022/2065, art. 20(1)", "the information that the decision was about",
     has_targets},
    {"explanation", "Regulation (EU) 2022/2065, art. 20(4)", "sufficient grounds for the complaint",
     has_explanation},
    {"sender.name", "", "who complains", has_sender_name},
    {"sender.email", "Regulation (EU) 2022/2065, art. 20(5)", "where the decision is to be sent to",
     has_sender_email},
    {"signature", "", "the name of the person who complains", has_signature, true},
};

constexpr NoticeRule kRetraction[] = {
    {"their_reference", "", "the number of the notice that is taken back, theirs or ours",
     has_what_is_retracted},
    {"targets", "", "the places for which it is taken back", has_targets},
    {"sender.name", "", "who takes it back", has_sender_name},
    {"sender.email", "", "where questions go to", has_sender_email},
    {"signature", "", "the signature of the person who takes it back", has_signature, true},
};

constexpr NoticeRule kCertification13[] = {
    {"sender.name", "Fed. R. Evid. 902(13), 902(11)", "the qualified person", has_sender_name},
    {"certified.qualification", "Fed. R. Evid. 902(13)", "why this person is qualified", has_qualification},
    {"certified.system", "Fed. R. Evid. 902(13)", "the electronic process or system", has_system},
    {"certified.process", "Fed. R. Evid. 902(13)", "how it produces an accurate result, step by step",
     has_process},
    {"certified.files", "Fed. R. Evid. 902(13)", "the records that were generated", has_files},
    {"signature", "28 U.S.C. 1746", "the signature under penalty of perjury", has_signature, true},
};

constexpr NoticeRule kCertification14[] = {
    {"sender.name", "Fed. R. Evid. 902(14), 902(11)", "the qualified person", has_sender_name},
    {"certified.qualification", "Fed. R. Evid. 902(14)", "why this person is qualified", has_qualification},
    {"certified.process", "Fed. R. Evid. 902(14)", "the process of digital identification, step by step",
     has_process},
    {"certified.files", "Fed. R. Evid. 902(14)", "the copies and their digests", has_files},
    {"signature", "28 U.S.C. 1746", "the signature under penalty of perjury", has_signature, true},
};

constexpr NoticeRule kCertificationCn[] = {
    {"certified.system", "《最高人民法院关于互联网法院审理案件若干问题的规定》第十一条第一款第（一）项",
     "电子数据所依赖的硬件、软件环境", has_system},
    {"sender.name", "《最高人民法院关于互联网法院审理案件若干问题的规定》第十一条第一款第（二）项",
     "电子数据的生成主体", has_sender_name},
    {"certified.storage", "《最高人民法院关于互联网法院审理案件若干问题的规定》第十一条第一款第（三）项",
     "存储、保管介质及方式", has_storage},
    {"certified.process", "《最高人民法院关于互联网法院审理案件若干问题的规定》第十一条第一款第（四）项",
     "提取和固定的主体、工具、方式及过程", has_process},
    {"certified.files",
     "《最高人民法院关于互联网法院审理案件若干问题的规定》第十一条第一款第（六）项、第二款",
     "可供验证的文件及其哈希值", has_files},
    {"signature", "《最高人民法院关于互联网法院审理案件若干问题的规定》第十一条第一款第（二）项",
     "说明人签名", has_signature, true},
};

}  // namespace

std::span<const NoticeRule> rules_of(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::dmca: return kDmca;
    case NoticeKind::dsa: return kDsa;
    case NoticeKind::cn_art14: return kCnArt14;
    case NoticeKind::dmca_counter: return kDmcaCounter;
    case NoticeKind::cn_counter: return kCnCounter;
    case NoticeKind::counter_notice: return kCounterNotice;
    case NoticeKind::retraction: return kRetraction;
    case NoticeKind::certification_902_13: return kCertification13;
    case NoticeKind::certification_902_14: return kCertification14;
    case NoticeKind::certification_cn_spc11: return kCertificationCn;
  }
  return {};
}

const NoticeParty& holder_of(const Notice& notice) {
  return notice.holder.name.empty() ? notice.sender : notice.holder;
}

bool is_by_agent(const Notice& notice) {
  return !notice.holder.name.empty() && notice.holder.name != notice.sender.name &&
         notice.holder.name != notice.sender.organisation;
}

}  // namespace reelprint::evidence
